//! `tiendo`: one enrolment's copy of the programme without a window, for scripts and for load.
//!
//! It opens the same data folder as the window and goes through the same replica: what it says is
//! saved is on the disk, what it says is at the province is in the relay's log. It must not reach
//! around the replica into its database.

mod args;

mod export;
mod import;
mod open;
mod set;
mod show;
mod sync;

use anyhow::Result;
use clap::Parser;

use crate::args::{Args, Task};

#[tokio::main]
async fn main() -> std::process::ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_env("TIENDO_LOG"))
        .with_writer(std::io::stderr)
        .init();
    match run(Args::parse()).await {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tiendo: {error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}

async fn run(args: Args) -> Result<()> {
    if let Task::People = args.task {
        return open::people(&args.data);
    }
    if let Task::Enrol { code, device } = &args.task {
        return open::enrol(&args, code, device).await;
    }
    let replica = open::replica(&args)?;
    let done = carry_out(&args, &replica).await;
    replica.close().await;
    done
}

async fn carry_out(args: &Args, replica: &replica::Replica) -> Result<()> {
    match &args.task {
        Task::People | Task::Enrol { .. } => Ok(()),
        Task::Status => show::status(replica, args.json),
        Task::List {
            period,
            not_updated,
        } => show::list(replica, *period, *not_updated, args.today(), args.json),
        Task::Show { task, period } => show::task(replica, task, *period, args.today(), args.json),
        Task::Search { words } => show::search(replica, words, args.json),
        Task::Progress(progress) => set::progress(replica, progress).await,
        Task::Value(value) => set::value(replica, value).await,
        Task::Sync { wait } => sync::sync(replica, *wait).await,
        Task::Export { form, to } => export::export(replica, *form, to),
        Task::Import { seeds } => import::import(replica, seeds).await,
    }
}
