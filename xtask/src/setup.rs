//! What a fresh machine is missing: system packages and the wasm target.
//!
//! Checks are quick (two programs asked, a tenth of a second), so there is no stamp to go stale.

mod packages;
mod wasm;

pub(crate) use wasm::{TARGET, Wasm};

/// What a command needs of the machine.
pub(crate) struct Needs {
    packages: Vec<&'static str>,
}

/// To build a native program with a window.
const WINDOW: [&str; 3] = ["build-essential", "pkg-config", "libwebkit2gtk-4.1-dev"];
/// To show a window where there is no screen.
const VIRTUAL: [&str; 2] = ["xvfb", "dbus-daemon"];
/// To drive one.
const DRIVER: [&str; 1] = ["webkit2gtk-driver"];

impl Needs {
    /// To build the UI.
    pub(crate) fn ui() -> Self {
        Self {
            packages: vec!["build-essential"],
        }
    }

    /// To build and show the app.
    pub(crate) fn window(virtual_screen: bool) -> Self {
        let screen = if virtual_screen { &VIRTUAL[..] } else { &[] };
        Self {
            packages: [&WINDOW[..], screen].concat(),
        }
    }

    /// For the tests as well.
    pub(crate) fn everything() -> Self {
        Self {
            packages: [&WINDOW[..], &VIRTUAL, &DRIVER].concat(),
        }
    }
}

/// Sees to it that everything is there; says how the UI is compiled on this machine.
pub(crate) fn setup(needs: &Needs) -> anyhow::Result<Wasm> {
    packages::see_to(&needs.packages)?;
    wasm::see_to()
}
