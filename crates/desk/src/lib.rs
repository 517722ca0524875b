//! Answers the UI's commands with a replica.
//!
//! A [`Desk`] is what stands behind one window: it knows who is signed in, answers each command of
//! [`ipc`], and sends what changed of the views that the window watches. The shell only carries
//! the two directions; tests and a browser worker can stand in for it.
//!
//! It must not know Tauri, decide anything that `programme` or `replica` decides, or hold data of
//! its own: all it keeps is what the window has been told.

mod answers;
mod diff;
mod find;
mod office;
mod problem;
mod router;
mod session;
mod views;
mod watches;

use std::{path::PathBuf, sync::Arc};

use ipc::{Problem, Update};
use replica::Clock;
use serde_json::Value;
use tokio::sync::mpsc;

use crate::{office::Office, router::Router};

/// What the desk is told when it is set up.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// The clock is a demonstration's: the window says so.
    pub demonstration: bool,
}

/// What stands behind one window.
pub struct Desk {
    office: Arc<Office>,
    router: Router,
}

impl Desk {
    /// A desk over the data folder `folder`. Nobody is signed in yet. Must be called, and then
    /// used, within a tokio runtime.
    pub fn new(folder: PathBuf, clock: Arc<dyn Clock>, options: Options) -> Self {
        Self {
            office: Arc::new(Office::new(folder, clock, options)),
            router: answers::router(),
        }
    }

    /// Answers the command `name`.
    pub async fn call(&self, name: &str, args: Value) -> Result<Value, Problem> {
        self.router.call(Arc::clone(&self.office), name, args).await
    }

    /// Where updates of watched views come out from now on. A new listener takes the place of the
    /// one before and its watches end: the web view was loaded anew.
    pub fn listen(&self) -> mpsc::Receiver<Update> {
        self.office.listen()
    }

    /// Closes every replica, waiting until what was handed to it is on the disk.
    pub async fn close(&self) {
        self.office.close().await;
    }
}
