//! The demonstration: a relay on this computer, invented people who are enrolled already and have
//! said something, and a window for each that is asked for. Nothing of it reaches the network.
//!
//! Its people's names and words are in `people.toml` and `said`; the programme is the real one, and
//! the window is the app's own.

mod args;
mod enrol;
mod office;
mod people;
mod said;
mod sign_in;
mod window;
mod windows;

use anyhow::Context;
use clap::Parser;
use terms::Date;

use crate::{
    args::{Args, Command, Open},
    office::Office,
};

/// Everybody's PIN. It protects nothing: whoever has the folder has the demonstration.
const PIN: &str = "2019";

/// The day on which it plays: four days before the third quarter's reports are due.
fn today() -> Option<Date> {
    Date::new(2019, 9, 11)
}

fn main() -> anyhow::Result<()> {
    tiendo_app::log_to_standard_error();
    match Args::parse().command {
        Command::Open(wanted) => open(&wanted),
        Command::Window(wanted) => window::open(&wanted),
    }
}

/// Makes everything ready that is not yet, then opens the windows and returns when all of them
/// were closed.
fn open(wanted: &Open) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Runtime::new().context("threads can't be started")?;
    runtime.block_on(async {
        let mut office = Office::open(wanted).await?;
        let prepared = prepare(wanted, &office).await;
        let ended = match prepared {
            Ok(()) if wanted.prepare_only => Ok(()),
            Ok(()) => windows::open(wanted, &mut office).await,
            Err(error) => Err(error),
        };
        office.close().await;
        ended
    })
}

async fn prepare(wanted: &Open, office: &Office) -> anyhow::Result<()> {
    let ready = wanted.data.join("ready");
    if ready.is_file() {
        return Ok(());
    }
    println!(
        "Making the demonstration ready in {} …",
        wanted.data.display()
    );
    let people = people::all()?;
    office.furnish(&people)?;
    for person in &people {
        enrol::enrol(office, person).await?;
        println!("  {}, {}", person.name, person.agency);
    }
    enrol::import(office).await?;
    println!("  the programme");
    if !wanted.silent {
        said::say(office).await?;
    }
    std::fs::write(&ready, "").with_context(|| format!("{} can't be written", ready.display()))
}
