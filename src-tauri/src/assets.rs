//! The UI's files read from the disk, so that a change of the UI needs no build of the shell.

use std::{borrow::Cow, path::PathBuf};

use tauri::{
    Assets, Runtime,
    utils::assets::{AssetKey, AssetsIter, CspHash},
};

/// A folder as `cargo xtask ui` writes it.
pub(crate) struct DiskAssets {
    folder: PathBuf,
}

impl DiskAssets {
    /// The folder that `TIENDO_UI_DIR` names. Without it a debug build takes the one beside its
    /// own target folder, and a release build what was built into it.
    pub(crate) fn find() -> Option<Self> {
        let named = std::env::var_os("TIENDO_UI_DIR").map(PathBuf::from);
        let folder = named.or_else(|| cfg!(debug_assertions).then(beside_the_program).flatten())?;
        folder
            .join("index.html")
            .is_file()
            .then_some(Self { folder })
    }
}

/// `<target>/ui` for `<target>/debug/tien-do`.
fn beside_the_program() -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?;
    Some(program.parent()?.parent()?.join("ui"))
}

impl<R: Runtime> Assets<R> for DiskAssets {
    fn get(&self, key: &AssetKey) -> Option<Cow<'_, [u8]>> {
        // A key is already clean: absolute within the folder and without «..».
        let name = key.as_ref().trim_start_matches('/');
        std::fs::read(self.folder.join(name)).ok().map(Cow::Owned)
    }

    fn iter(&self) -> Box<AssetsIter<'_>> {
        Box::new(std::iter::empty())
    }

    fn csp_hashes(&self, _: &AssetKey) -> Box<dyn Iterator<Item = CspHash<'_>> + '_> {
        Box::new(std::iter::empty())
    }
}
