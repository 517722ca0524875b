//! A person at the window.

use replica::Replica;
use tokio::task::JoinHandle;

/// The replica of who is signed in, and the task that tells the window what changes in it.
pub(crate) struct Session {
    replica: Replica,
    refresher: JoinHandle<()>,
}

impl Session {
    pub(crate) fn new(replica: Replica, refresher: JoinHandle<()>) -> Self {
        Self { replica, refresher }
    }

    pub(crate) fn replica(&self) -> &Replica {
        &self.replica
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.refresher.abort();
    }
}
