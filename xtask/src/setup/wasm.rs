//! The compiler for the UI: rustup's own target, or Debian's compiler where rustup is refused.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context;

use super::packages;
use crate::{shell, workspace::Workspace};

/// The target that web views run.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Debian's compiler with the standard library's source, and a linker.
const DEBIAN: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld"];

/// How the UI is compiled on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wasm {
    /// By the toolchain in use, which has the target.
    Rustup,
    /// By Debian's compiler, which builds the standard library first.
    Debian,
}

impl Wasm {
    /// A cargo that compiles for [`TARGET`].
    pub(crate) fn cargo(self, workspace: &Workspace, arguments: &[&str]) -> Command {
        let mut command = match self {
            Self::Rustup => workspace.cargo(arguments),
            Self::Debian => {
                let mut command = workspace.command("/usr/bin/cargo", arguments);
                command
                    .args(["-Z", "build-std=std,panic_abort"])
                    .env("RUSTC_BOOTSTRAP", "1")
                    .env("RUSTC", "/usr/bin/rustc")
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld")
                    .env_remove("RUSTUP_TOOLCHAIN");
                command
            }
        };
        command.args(["--target", TARGET]);
        command
    }
}

/// Adds the target if it is not there.
pub(crate) fn see_to() -> anyhow::Result<Wasm> {
    if rustup_has_it() {
        return Ok(Wasm::Rustup);
    }
    if packages::missing(&DEBIAN).is_empty() {
        return Ok(Wasm::Debian);
    }
    let added = shell::step(&format!("adding the target {TARGET}"), || {
        shell::run(Command::new("rustup").args(["target", "add", TARGET]))
    });
    if added.is_ok() && rustup_has_it() {
        return Ok(Wasm::Rustup);
    }
    println!("rustup could not add it; taking Debian's compiler for the UI instead.");
    packages::see_to(&DEBIAN).with_context(|| {
        format!("the UI needs a compiler for {TARGET}: `rustup target add {TARGET}` adds it")
    })?;
    Ok(Wasm::Debian)
}

fn rustup_has_it() -> bool {
    let mut rustc = Command::new("rustc");
    let asked = shell::ask(rustc.args(["--print", "target-libdir", "--target", TARGET]));
    asked.is_some_and(|folder| has_library(Path::new(folder.trim())))
}

fn has_library(folder: &Path) -> bool {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    files
        .map(|file| PathBuf::from(file.file_name()))
        .any(|file| {
            file.extension()
                .is_some_and(|extension| extension == "rlib")
        })
}
