//! `tiendo`: one enrolment's copy of the programme without a window, for scripts and for load.
//!
//! It opens the same data folder as the window and goes through the same replica: what it says is
//! saved is on the disk, what it says is at the province is in the relay's log. It must not reach
//! around the replica into its database.

mod args;

mod export;
mod fields;
mod figure;
mod import;
mod open;
mod set;
mod show;
mod sync;

use std::{io::Write as _, process::ExitCode};

use anyhow::Result;
use clap::Parser;
use replica::{
    EditProblem, OpenError, StoreError,
    enrolment::{EnrolError, UnlockError},
};

use crate::args::{Args, Task};

/// Refused: the same call again does not help.
const REFUSED: u8 = 1;
/// Not now: the same call can succeed later.
const LATER: u8 = 3;

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_env("TIENDO_LOG"))
        .with_writer(std::io::stderr)
        .init();
    match run(Args::parse()).await.and_then(|said| tell(&said)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tiendo: {error:#}");
            ExitCode::from(if may_succeed_later(&error) {
                LATER
            } else {
                REFUSED
            })
        }
    }
}

async fn run(args: Args) -> Result<String> {
    if let Task::People = args.task {
        return open::people(&args.data, args.json);
    }
    if let Task::Enrol { code, device } = &args.task {
        return open::enrol(&args, code, device).await;
    }
    let replica = open::replica(&args)?;
    let done = carry_out(&args, &replica).await;
    replica.close().await;
    done
}

async fn carry_out(args: &Args, replica: &replica::Replica) -> Result<String> {
    match &args.task {
        Task::People | Task::Enrol { .. } => Ok(String::new()),
        Task::Status => show::status(replica, args.json),
        Task::List {
            period,
            not_updated,
        } => show::list(replica, *period, *not_updated, args.today(), args.json),
        Task::Show { task, period } => show::task(replica, task, *period, args.today(), args.json),
        Task::Search { words } => show::search(replica, words, args.json),
        Task::Progress(progress) => set::progress(replica, progress).await,
        Task::Value(figures) => set::figures(replica, figures).await,
        Task::Sync { wait } => sync::sync(replica, *wait).await,
        Task::Export { form, to } => export::export(replica, *form, to),
        Task::Import { seeds } => import::import(replica, seeds).await,
    }
}

/// Prints what a task has to say. Who reads only the beginning (`| head`) has what they wanted.
fn tell(said: &str) -> Result<()> {
    match std::io::stdout().write_all(said.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

fn may_succeed_later(error: &anyhow::Error) -> bool {
    let asked = [
        error.downcast_ref().map(OpenError::retry),
        error.downcast_ref().map(StoreError::retry),
        error.downcast_ref().map(EditProblem::retry),
        error.downcast_ref().map(UnlockError::retry),
        error.downcast_ref().map(EnrolError::retry),
        error.downcast_ref().map(|_: &sync::NotYet| true),
    ];
    asked.into_iter().flatten().any(|retry| retry)
}
