//! The one thread that writes the database.
//!
//! Work comes over a bounded channel. What waits at the same moment shares a transaction, and so
//! one `fsync`; nobody gets an answer, and nothing is shown, before it has been committed.

use std::{sync::Arc, thread::JoinHandle};

use tokio::sync::{mpsc, oneshot};

use crate::{engine::Engine, shown::Shown, storage::StoreError};

/// Pieces of work that may wait. More make whoever asks wait.
const WAITING: usize = 256;

/// The most pieces of work in one transaction.
const TOGETHER: usize = 64;

type Work = Box<dyn FnOnce(Result<&mut Engine, StoreError>) -> Answer + Send>;

/// Tells whoever asked, once the transaction has ended.
type Answer = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

/// Hands work to the writer's thread.
#[derive(Debug, Clone)]
pub(crate) struct Writer {
    work: mpsc::Sender<Work>,
}

impl Writer {
    /// Starts the thread. It ends when all handles are gone and what was handed over is done.
    pub(crate) fn start(
        engine: Engine,
        shown: Arc<Shown>,
    ) -> std::io::Result<(Self, JoinHandle<()>)> {
        let (work, waiting) = mpsc::channel(WAITING);
        let thread = std::thread::Builder::new()
            .name("replica".to_owned())
            .spawn(move || run(waiting, engine, &shown))?;
        Ok((Self { work }, thread))
    }

    /// Whether the thread still runs.
    pub(crate) fn is_running(&self) -> bool {
        !self.work.is_closed()
    }

    /// Does a piece of work, all of it or none; what it did is on the disk when this returns.
    pub(crate) async fn call<T, E>(
        &self,
        work: impl FnOnce(&mut Engine) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (tell, told) = oneshot::channel();
        let work: Work = Box::new(move |engine| {
            let done = engine
                .map_err(E::from)
                .and_then(|engine| engine.attempt(work));
            Box::new(move |committed| {
                // Whoever asked may be gone; the work is done all the same.
                let _ = tell.send(done.and_then(|done| committed.map(|()| done).map_err(E::from)));
            })
        });
        let closed = || E::from(StoreError::Closed);
        self.work.send(work).await.map_err(|_| closed())?;
        told.await.unwrap_or_else(|_| Err(closed()))
    }
}

/// The engine stands after the channel, and so goes before it, also when work panics: whoever sees
/// the channel closed finds the folder free.
fn run(mut waiting: mpsc::Receiver<Work>, mut engine: Engine, shown: &Shown) {
    while let Some(first) = waiting.blocking_recv() {
        if let Err(error) = engine.begin() {
            tracing::error!(%error, "no transaction");
            first(Err(error))(Ok(()));
            continue;
        }
        let mut answers = vec![first(Ok(&mut engine))];
        while answers.len() < TOGETHER
            && let Ok(next) = waiting.try_recv()
        {
            answers.push(next(Ok(&mut engine)));
        }
        let committed = engine.commit().map(|batch| shown.take_in(batch));
        for answer in answers {
            answer(committed.clone());
        }
    }
}
