//! Reading the log without being in the writer's way.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{sync::Semaphore, task};

use crate::store::{ReadTransaction, Store, StoreError};

/// How many reads run at once. The pages are in memory here; more threads would not read faster.
const MAX_READS: usize = 4;

/// A few connections for reading, opened when they are first needed.
#[derive(Debug, Clone)]
pub(crate) struct Readers {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    path: PathBuf,
    idle: Mutex<Vec<Store>>,
    permits: Semaphore,
}

impl Readers {
    /// Readers of a database that was opened before.
    pub(crate) fn new(path: PathBuf) -> Self {
        let permits = Semaphore::new(MAX_READS);
        Self {
            inner: Arc::new(Inner {
                path,
                idle: Mutex::default(),
                permits,
            }),
        }
    }

    /// Looks at one moment of the database, on a thread that may wait for the disk.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        look: impl FnOnce(&ReadTransaction<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let inner = Arc::clone(&self.inner);
        // Never closed, so a place always comes.
        let _permit = self.inner.permits.acquire().await;
        let read = task::spawn_blocking(move || {
            let mut store = inner.take()?;
            let seen = store.read(look);
            inner
                .idle
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(store);
            seen
        });
        match read.await {
            Ok(seen) => seen,
            Err(error) => Err(StoreError::BadRow(error.to_string())),
        }
    }
}

impl Inner {
    fn take(&self) -> Result<Store, StoreError> {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        idle.map_or_else(|| Store::reconnect(&self.path), Ok)
    }
}
