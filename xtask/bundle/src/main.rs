//! Turns the UI's wasm into what a web view loads: `bundle APP.wasm FOLDER [--release]`.
//!
//! A program of its own, because only a build of the UI needs the wasm-bindgen library. It stands
//! in the workspace, so Cargo.lock keeps it equal to the wasm-bindgen that the UI is built with.

use std::{env, path::PathBuf};

use anyhow::{Context, bail};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> anyhow::Result<()> {
    let mut arguments = env::args_os().skip(1);
    let (Some(wasm), Some(folder)) = (arguments.next(), arguments.next()) else {
        bail!("usage: bundle APP.wasm FOLDER [--release]");
    };
    let release = arguments.next().is_some_and(|flag| flag == "--release");
    let (wasm, folder) = (PathBuf::from(wasm), PathBuf::from(folder));
    Bindgen::new()
        .input_path(&wasm)
        .out_name("app")
        .web(true)?
        .typescript(false)
        .keep_debug(false)
        .remove_name_section(release)
        .remove_producers_section(release)
        .generate(&folder)
        .with_context(|| format!("{} can't be turned into a module", wasm.display()))
}
