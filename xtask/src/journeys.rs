//! The program that drives real windows: journeys, pictures and figures.

use std::path::PathBuf;

use anyhow::Context;

use crate::{
    place::Place,
    run,
    setup::{self, Needs},
    shell,
    ui::{self, Profile},
};

/// Takes a picture of every screen.
pub(crate) fn pictures(place: &Place, arguments: &[String]) -> anyhow::Result<()> {
    let folder = arguments
        .first()
        .context("pictures needs a folder: cargo xtask pictures DIR")?;
    let folder = std::env::current_dir()?.join(folder);
    ready(place)?;
    shell::run(program(place, "pictures").arg(folder))
}

/// Measures.
pub(crate) fn bench(place: &Place, arguments: &[String]) -> anyhow::Result<()> {
    ready(place)?;
    shell::run(program(place, "bench").args(arguments))
}

/// The journeys' program with the command and the places it needs.
pub(crate) fn program(place: &Place, command: &str) -> std::process::Command {
    let mut program = place.command(place.program("journeys"), &[command]);
    program
        .env("TIENDO_SEEDS", place.seeds())
        .env("TIENDO_NODE_MODULES", node_modules(place))
        .env("TIENDO_UI_DIR", place.ui());
    program
}

/// Where Automerge's own JavaScript library is kept, outside the clone.
pub(crate) fn node_modules(place: &Place) -> PathBuf {
    place.cache.join("interop")
}

fn ready(place: &Place) -> anyhow::Result<()> {
    let wasm = setup::setup(&Needs::everything())?;
    run::build(place)?;
    ui::build(place, wasm, Profile::Dev)
}
