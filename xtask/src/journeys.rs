//! The program that drives real windows: journeys, pictures and figures.

use std::{path::PathBuf, process::Command};

use anyhow::Context;

use crate::{
    run,
    setup::{self, Needs},
    shell, ui,
    workspace::{Profile, Workspace},
};

/// Takes a picture of every screen.
pub(crate) fn pictures(workspace: &Workspace, arguments: &[String]) -> anyhow::Result<()> {
    let folder = arguments
        .first()
        .context("pictures needs a folder: cargo xtask pictures DIR")?;
    let folder = std::env::current_dir()?.join(folder);
    ready(workspace, Profile::Dev)?;
    shell::run(program(workspace, Profile::Dev, "pictures").arg(folder))
}

/// Measures what officials get, not what we work with.
pub(crate) fn bench(workspace: &Workspace, arguments: &[String]) -> anyhow::Result<()> {
    ready(workspace, Profile::Release)?;
    shell::run(program(workspace, Profile::Release, "bench").args(arguments))
}

/// The journeys' program with the command and the places it needs.
pub(crate) fn program(workspace: &Workspace, profile: Profile, command: &str) -> Command {
    let mut program = workspace.command(workspace.program(profile, "journeys"), &[command]);
    program
        .env("TIENDO_SEEDS", workspace.seeds())
        .env("TIENDO_NODE_MODULES", node_modules(workspace))
        .env("TIENDO_UI_DIR", workspace.ui(profile));
    program
}

/// Where Automerge's own JavaScript library is kept, outside the clone.
pub(crate) fn node_modules(workspace: &Workspace) -> PathBuf {
    workspace.cache.join("interop")
}

fn ready(workspace: &Workspace, profile: Profile) -> anyhow::Result<()> {
    let wasm = setup::setup(&Needs::everything())?;
    run::build(workspace, profile)?;
    ui::build(workspace, wasm, profile)
}
