//! The demonstration: a relay on this computer, invented people who are enrolled already and have
//! said something, and a window for each that is asked for. Nothing of it reaches the network.
//!
//! Its people's names and words are in `src-tauri/demo`; the programme is the real one.

mod enrol;
mod office;
mod people;
mod said;
mod sign_in;
mod windows;

pub(crate) use sign_in::{greeting, is_demonstration, sign_in};

use anyhow::Context;
use terms::Date;

use self::office::Office;
use crate::args::Demo;

/// Everybody's PIN. It protects nothing: whoever has the folder has the demonstration.
const PIN: &str = "2019";

/// The day on which it plays: four days before the third quarter's reports are due.
fn today() -> Option<Date> {
    Date::new(2019, 9, 11)
}

/// Makes everything ready that is not yet, then opens the windows and returns when all of them
/// were closed.
pub(crate) fn show(demo: &Demo) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Runtime::new().context("threads can't be started")?;
    runtime.block_on(async {
        let mut office = Office::open(demo).await?;
        let prepared = prepare(demo, &office).await;
        let ended = match prepared {
            Ok(()) if demo.prepare_only => Ok(()),
            Ok(()) => windows::open(demo, &mut office).await,
            Err(error) => Err(error),
        };
        office.close().await;
        ended
    })
}

async fn prepare(demo: &Demo, office: &Office) -> anyhow::Result<()> {
    let ready = demo.data.join("ready");
    if ready.is_file() {
        return Ok(());
    }
    println!(
        "Making the demonstration ready in {} …",
        demo.data.display()
    );
    let people = people::all()?;
    office.furnish(&people)?;
    for person in &people {
        enrol::enrol(office, person).await?;
        println!("  {}, {}", person.name, person.agency);
    }
    enrol::import(office).await?;
    println!("  the programme");
    if !demo.silent {
        said::say(office).await?;
    }
    std::fs::write(&ready, "").with_context(|| format!("{} can't be written", ready.display()))
}
