//! The shell: a window over a [`desk::Desk`], the door between the two, and the demonstration.
//!
//! It must not know what a command means, and keeps nothing of its own.

mod args;
mod assets;
mod demo;
mod door;
mod window;

use std::path::PathBuf;

use anyhow::Context;
use clap::Parser;
use replica::ShiftedClock;

use crate::{
    args::{Args, Command},
    window::Opening,
};

/// The program on a computer: reads its arguments, then opens the window or the demonstration.
pub fn main() -> anyhow::Result<()> {
    log_to_standard_error();
    let args = Args::parse();
    if let Some(Command::Demo(demo)) = &args.command {
        return demo::show(demo);
    }
    let folder = match args.data {
        Some(folder) => folder,
        None => default_folder()?,
    };
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("the data folder {} can't be made", folder.display()))?;
    let clock = args
        .clock
        .map_or_else(ShiftedClock::default, ShiftedClock::on);
    window::open(&Opening {
        folder: &folder,
        clock,
        sign_in: args.sign_in,
    })
}

/// The app on a phone or tablet: no arguments, the system's folder, the real clock.
#[cfg(mobile)]
#[tauri::mobile_entry_point]
fn run() {
    log_to_standard_error();
    let opened = default_folder().and_then(|folder| {
        let clock = ShiftedClock::default();
        window::open(&Opening {
            folder: &folder,
            clock,
            sign_in: false,
        })
    });
    if let Err(error) = opened {
        tracing::error!("{error:#}");
    }
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

fn log_to_standard_error() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("TIENDO_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}
