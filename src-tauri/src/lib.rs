//! The shell: one window over a [`desk::Desk`].
//!
//! - `window`: opens the window and waits until everything is on the disk;
//! - `commands`: Tauri's two commands, `call` and `listen`;
//! - `args`: the command line; `assets`: the UI's files.
//!
//! It must not know what a command means, and keeps nothing of its own.

mod args;
mod assets;
mod commands;
mod window;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;
use clap::Parser;
use desk::{Desk, Options};
use replica::ShiftedClock;

/// Runs a future on the threads that also serve the window: a desk is made on them.
pub use tauri::async_runtime::block_on;
pub use window::{Opening, TITLE, open};

use crate::args::Args;

/// The program on a computer: reads its arguments, then opens the window.
pub fn main() -> anyhow::Result<()> {
    log_to_standard_error();
    let args = Args::parse();
    let folder = match args.data {
        Some(folder) => folder,
        None => default_folder()?,
    };
    let clock = args
        .clock
        .map_or_else(ShiftedClock::default, ShiftedClock::on);
    open_on(&folder, clock)
}

/// The app on a phone or tablet: no arguments, the system's folder, the real clock.
#[cfg(mobile)]
#[tauri::mobile_entry_point]
fn run() {
    log_to_standard_error();
    let opened = default_folder().and_then(|folder| open_on(&folder, ShiftedClock::default()));
    if let Err(error) = opened {
        tracing::error!("{error:#}");
    }
}

/// Logs what goes wrong, or as much as `TIENDO_LOG` says.
pub fn log_to_standard_error() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("TIENDO_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}

fn open_on(folder: &Path, clock: ShiftedClock) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("the data folder {} can't be made", folder.display()))?;
    let new = async { Desk::new(folder.to_owned(), Arc::new(clock), Options::default()) };
    open(Opening {
        folder,
        desk: block_on(new),
        script: None,
    })
}

/// The system's place for an app's data.
fn default_folder() -> anyhow::Result<PathBuf> {
    let variable = |name| {
        std::env::var_os(name)
            .map(PathBuf::from)
            .filter(|p| p.is_absolute())
    };
    let base = variable("XDG_DATA_HOME")
        .or_else(|| variable("APPDATA"))
        .or_else(|| variable("HOME").map(|home| home.join(".local/share")))
        .context("neither XDG_DATA_HOME nor HOME is set: name the data folder with --data")?;
    Ok(base.join("tien-do"))
}
