//! The one thread that writes the log.
//!
//! Requests of all connections that wait at the same time are judged and stored in one
//! transaction, and answered after its commit. Rights are checked inside it, against the directory
//! as the database has it at that moment: what an administrator committed a millisecond ago, from
//! another process, counts.

pub(crate) mod jobs;

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use sync::{Keypair, directory::Directory, relay::LogEntry};
use terms::DocId;
use tokio::{
    sync::{
        mpsc::{self, error::TrySendError},
        oneshot,
    },
    time::timeout,
};
use tracing::{debug, error, info};

pub(crate) use jobs::{Candidate, Job};
use jobs::{Done, Stored};

use crate::{
    clock::Clock,
    hub::Hub,
    store::{Store, StoreError},
};

/// How many jobs may wait. A connection whose job does not fit waits with it.
const MAX_WAITING: usize = 1024;

/// How many jobs one transaction takes: a commit costs the same for all of them.
const MAX_TOGETHER: usize = 256;

/// How often the disk is tried for those who ask how the relay is.
const BETWEEN_PROBES: Duration = Duration::from_secs(1);

/// How long that may take.
const PROBE: Duration = Duration::from_secs(2);

/// Hands jobs to the writing thread.
#[derive(Debug, Clone)]
pub(crate) struct Writer {
    jobs: mpsc::Sender<Job>,
    healthy: Arc<AtomicBool>,
    probed: Arc<Mutex<Option<Instant>>>,
}

impl Writer {
    /// Starts the thread. It ends when the last handle is dropped; then the receiver hears.
    pub(crate) fn start(
        store: Store,
        key: Keypair,
        directory: Arc<Directory>,
        hub: Arc<Hub>,
        clock: Clock,
    ) -> std::io::Result<(Self, oneshot::Receiver<()>)> {
        let (jobs, waiting) = mpsc::channel(MAX_WAITING);
        let (ended, end) = oneshot::channel();
        let healthy = Arc::new(AtomicBool::new(true));
        let thread = Thread {
            store,
            key,
            directory,
            hub,
            clock,
            healthy: Arc::clone(&healthy),
        };
        thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || {
                thread.run(waiting);
                let _ = ended.send(());
            })?;
        let probed = Arc::default();
        let writer = Self {
            jobs,
            healthy,
            probed,
        };
        Ok((writer, end))
    }

    /// Waits for a place in the queue. False if the thread is gone.
    pub(crate) async fn send(&self, job: Job) -> bool {
        self.jobs.send(job).await.is_ok()
    }

    /// Has the thread look for what other processes have committed, unless it is busy and does so
    /// anyway.
    pub(crate) fn look_around(&self) {
        let _ = self.jobs.try_send(Job::Look);
    }

    /// Whether the database can be written: a small write went through within the last second.
    pub(crate) async fn is_writable(&self) -> bool {
        let (reply, answer) = oneshot::channel();
        if self.is_probe_due() {
            match self.jobs.try_send(Job::Probe(reply)) {
                Ok(()) => return matches!(timeout(PROBE, answer).await, Ok(Ok(true))),
                Err(TrySendError::Closed(_)) => return false,
                // A full queue says nothing new: how the last transaction ended does.
                Err(TrySendError::Full(_)) => {}
            }
        }
        self.healthy.load(Ordering::Relaxed)
    }

    /// Whoever asks often must not have the disk written often.
    fn is_probe_due(&self) -> bool {
        let mut probed = self.probed.lock().unwrap_or_else(PoisonError::into_inner);
        let due = probed.is_none_or(|last| last.elapsed() >= BETWEEN_PROBES);
        if due {
            *probed = Some(Instant::now());
        }
        due
    }
}

struct Thread {
    store: Store,
    key: Keypair,
    directory: Arc<Directory>,
    hub: Arc<Hub>,
    clock: Clock,
    healthy: Arc<AtomicBool>,
}

impl Thread {
    fn run(mut self, mut waiting: mpsc::Receiver<Job>) {
        let mut together = Vec::new();
        let mut version = None;
        while waiting.blocking_recv_many(&mut together, MAX_TOGETHER) > 0 {
            let mut jobs: Vec<Job> = std::mem::take(&mut together);
            let looks = jobs.len();
            jobs.retain(|job| !matches!(job, Job::Look));
            if !jobs.is_empty() {
                self.write(jobs);
            } else if looks > 0 {
                self.look(&mut version);
            }
        }
        if let Err(error) = self.store.finish() {
            error!(%error, "the database could not be closed");
        }
        info!("writer ended");
    }

    /// Judges and stores what waits, commits, then answers and publishes.
    fn write(&mut self, jobs: Vec<Job>) {
        let mut directory = Arc::clone(&self.directory);
        let now = (self.clock)();
        let result: Result<Done, StoreError> = self.store.write(|edit| {
            let mut done = Done::default();
            edit.refresh(&mut directory)?;
            for job in &jobs {
                jobs::run(job, edit, &mut directory, &self.key, now, &mut done)?;
            }
            Ok(done)
        });
        self.healthy.store(result.is_ok(), Ordering::Relaxed);
        match result {
            Ok(done) => {
                debug!(jobs = jobs.len(), changes = done.stored.len(), "committed");
                self.set_directory(directory);
                jobs::answer(jobs, done.answers);
                self.publish(done.stored);
            }
            Err(error) => {
                error!(%error, jobs = jobs.len(), "nothing was stored");
                jobs::fail(jobs);
            }
        }
    }

    /// Another process may have added to the directory.
    fn look(&mut self, version: &mut Option<i64>) {
        let mut directory = Arc::clone(&self.directory);
        let seen = self.store.version().and_then(|now| {
            if *version != Some(now) {
                self.store.read(|view| view.refresh(&mut directory))?;
                *version = Some(now);
            }
            Ok(())
        });
        match seen {
            Ok(()) => self.set_directory(directory),
            Err(error) => error!(%error, "the directory could not be read"),
        }
    }

    /// To be called before anything is published that was admitted by the new directory.
    fn set_directory(&mut self, directory: Arc<Directory>) {
        if directory.head() != self.directory.head() {
            info!(seq = directory.head().seq, "directory");
            self.directory = Arc::clone(&directory);
            self.hub.publish_directory(directory);
        }
    }

    /// Tells the followers, one batch for each document.
    fn publish(&self, stored: Vec<Stored>) {
        let mut batches: Vec<(DocId, Vec<LogEntry>)> = Vec::new();
        for Stored { doc, entry } in stored {
            match batches.iter_mut().find(|(of, _)| *of == doc) {
                Some((_, entries)) => entries.push(entry),
                None => batches.push((doc, vec![entry])),
            }
        }
        for (doc, entries) in batches {
            self.hub.publish(&doc, &entries.into());
        }
    }
}
