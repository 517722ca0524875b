//! The program that drives real windows: journeys, pictures and figures.

use std::{path::PathBuf, process::Command};

use anyhow::Context;

use crate::{
    place::{Place, Profile},
    run,
    setup::{self, Needs},
    shell, ui,
};

/// Takes a picture of every screen.
pub(crate) fn pictures(place: &Place, arguments: &[String]) -> anyhow::Result<()> {
    let folder = arguments
        .first()
        .context("pictures needs a folder: cargo xtask pictures DIR")?;
    let folder = std::env::current_dir()?.join(folder);
    ready(place, Profile::Dev)?;
    shell::run(program(place, Profile::Dev, "pictures").arg(folder))
}

/// Measures what officials get, not what we work with.
pub(crate) fn bench(place: &Place, arguments: &[String]) -> anyhow::Result<()> {
    ready(place, Profile::Release)?;
    shell::run(program(place, Profile::Release, "bench").args(arguments))
}

/// The journeys' program with the command and the places it needs.
pub(crate) fn program(place: &Place, profile: Profile, command: &str) -> Command {
    let mut program = place.command(place.program(profile, "journeys"), &[command]);
    program
        .env("TIENDO_SEEDS", place.seeds())
        .env("TIENDO_NODE_MODULES", node_modules(place))
        .env("TIENDO_UI_DIR", place.ui(profile));
    program
}

/// Where Automerge's own JavaScript library is kept, outside the clone.
pub(crate) fn node_modules(place: &Place) -> PathBuf {
    place.cache.join("interop")
}

fn ready(place: &Place, profile: Profile) -> anyhow::Result<()> {
    let wasm = setup::setup(&Needs::everything())?;
    run::build(place, profile)?;
    ui::build(place, wasm, profile)
}
