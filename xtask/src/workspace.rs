//! Where things are: the clone, the build products, the caches.

use std::{
    env,
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context;

/// For whom something is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// For whoever works on it: quick to build.
    Dev,
    /// As officials have it: the UI small, the programs optimised (by the profile `measure`, which
    /// leaves out what takes longest to build).
    Release,
}

/// The folders that every command works with.
pub(crate) struct Workspace {
    /// The clone.
    pub(crate) root: PathBuf,
    /// Build products, outside the clone.
    pub(crate) target: PathBuf,
    /// What was fetched once and is used again.
    pub(crate) cache: PathBuf,
}

impl Workspace {
    /// The folders of this clone and this user.
    pub(crate) fn find() -> anyhow::Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .context("xtask does not stand in a workspace")?
            .to_owned();
        let cache = absolute("XDG_CACHE_HOME")
            .or_else(|| absolute("HOME").map(|home| home.join(".cache")))
            .context("neither XDG_CACHE_HOME nor HOME is set")?
            .join("tien-do");
        let target = match env::var_os("CARGO_TARGET_DIR").filter(|dir| !dir.is_empty()) {
            Some(named) => env::current_dir()?.join(named),
            None => cache.join("target"),
        };
        Ok(Self {
            root,
            target,
            cache,
        })
    }

    /// Where `cargo xtask ui` puts what a web view loads.
    pub(crate) fn ui(&self, profile: Profile) -> PathBuf {
        self.target.join(match profile {
            Profile::Dev => "ui",
            Profile::Release => "ui-release",
        })
    }

    /// One of our programs.
    pub(crate) fn program(&self, profile: Profile, name: &str) -> PathBuf {
        let folder = match profile {
            Profile::Dev => "debug",
            Profile::Release => "measure",
        };
        self.target.join(folder).join(name)
    }

    /// The programme as data.
    pub(crate) fn seeds(&self) -> PathBuf {
        self.root.join("seeds/soc-trang-2019")
    }

    /// A cargo that builds into our target folder.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        self.command(cargo, arguments)
    }

    /// Any command, started in the clone.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", &self.target);
        command
    }
}

fn absolute(variable: &str) -> Option<PathBuf> {
    env::var_os(variable)
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
}
