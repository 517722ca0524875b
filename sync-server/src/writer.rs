//! The one thread that writes the log.
//!
//! Requests of all connections that wait at the same time are judged and stored in one
//! transaction, and answered after its commit. One that cannot be stored fails alone.

use std::{
    io,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use database::{Ended, Limits, Observer, TrySendError, causes};
use sync::{
    directory::SignedEntry,
    enrol::EnrolRequest,
    relay::{Event, LogEntry},
};
use terms::{DocId, EnrolmentId};
use tokio::{sync::oneshot, time::timeout};
use tracing::{debug, error, info};

use crate::{
    enrol::EnrolError,
    event_queue::EventQueue,
    hub::Hub,
    log::{Candidate, Committed, Log, Stored},
    store::StoreError,
};

/// A connection whose request does not fit waits with it; a commit costs the same for all requests
/// that share it.
const LIMITS: Limits = Limits {
    waiting: 1024,
    together: 256,
};

/// How often the disk is tried for those who ask how the relay is.
const BETWEEN_PROBES: Duration = Duration::from_secs(1);

/// How long that may take.
const PROBE: Duration = Duration::from_secs(2);

/// Hands requests to the writing thread.
#[derive(Debug, Clone)]
pub(crate) struct Writer {
    requests: database::Writer<Log>,
    healthy: Arc<AtomicBool>,
    probed: Arc<Mutex<Option<Instant>>>,
}

impl Writer {
    /// Starts the thread. It ends when the last handle is dropped; then the receiver hears.
    pub(crate) fn start(log: Log, hub: Arc<Hub>) -> io::Result<(Self, Ended)> {
        let healthy = Arc::new(AtomicBool::new(true));
        let publisher = Publisher {
            hub,
            healthy: Arc::clone(&healthy),
        };
        let (requests, ended) = database::Writer::start("writer", LIMITS, log, publisher)?;
        let writer = Self {
            requests,
            healthy,
            probed: Arc::default(),
        };
        Ok((writer, ended))
    }

    /// Has changes of one document admitted and stored; waits only for a place in the queue.
    pub(crate) async fn append(
        &self,
        doc: DocId,
        changes: Vec<Candidate>,
        pusher: EnrolmentId,
        to: Arc<EventQueue>,
    ) {
        let of = doc.clone();
        let append = move |log: &mut Log| log.append(&doc, &changes, &pusher);
        let event = move |outcomes| Event::Appended { doc: of, outcomes };
        self.ask(append, event, to).await;
    }

    /// Has entries of the directory taken back.
    pub(crate) async fn append_directory(&self, entries: Vec<SignedEntry>, to: Arc<EventQueue>) {
        let append = move |log: &mut Log| log.append_directory(&entries);
        self.ask(append, Event::DirectoryAppended, to).await;
    }

    /// Enrols a device.
    pub(crate) async fn enrol(&self, request: EnrolRequest) -> Result<EnrolmentId, EnrolError> {
        let enrolled = self.requests.call(move |log| log.enrol(&request)).await;
        enrolled.unwrap_or_else(|error: StoreError| {
            error!(error = %causes(&error), "nobody could be enrolled");
            Err(EnrolError::Trouble)
        })
    }

    /// Has the thread look for what other processes have committed, unless it is busy and does so
    /// anyway.
    pub(crate) fn poll_other_writers(&self) {
        self.requests.poll_other_writers();
    }

    /// Whether the database can be written: a small write went through within the last second.
    pub(crate) async fn is_writable(&self) -> bool {
        if self.is_probe_due() {
            let (tell, told) = oneshot::channel();
            let answer = move |done: Result<(), StoreError>| {
                let _ = tell.send(done.is_ok());
            };
            match self.requests.try_send(Log::probe, answer) {
                Ok(()) => return matches!(timeout(PROBE, told).await, Ok(Ok(true))),
                Err(TrySendError::Closed) => return false,
                // A full queue says nothing new: how the last transaction ended does.
                Err(TrySendError::Full) => {}
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

    /// Hands a request over; the answer goes to the inbox.
    async fn ask<T: Send + 'static>(
        &self,
        request: impl FnOnce(&mut Log) -> Result<T, StoreError> + Send + 'static,
        event: impl FnOnce(T) -> Event + Send + 'static,
        to: Arc<EventQueue>,
    ) {
        let event_queue = Arc::clone(&to);
        let answer = move |done: Result<T, StoreError>| match done {
            Ok(done) => event_queue.answer(event(done)),
            Err(error) => {
                error!(error = %causes(&error), "a request could not be stored");
                event_queue.answer(Event::Failed);
            }
        };
        if !self.requests.send(request, answer).await {
            to.answer(Event::Failed);
        }
    }
}

/// Tells those who are connected what was committed.
struct Publisher {
    hub: Arc<Hub>,
    healthy: Arc<AtomicBool>,
}

impl Observer<Log> for Publisher {
    /// Before anything is published that was admitted by the new directory.
    fn committed(&mut self, committed: &mut Committed) {
        debug!(changes = committed.stored.len(), "committed");
        let directory = &committed.directory;
        if directory.tail() != self.hub.directory().tail() {
            info!(seq = directory.tail().seq, "directory");
            self.hub.publish_directory(Arc::clone(directory));
        }
    }

    /// One batch for each document. Whoever pushed a change has had the answer.
    fn answered(&mut self, committed: Committed) {
        self.healthy.store(true, Ordering::Relaxed);
        let mut batches: Vec<(DocId, Vec<LogEntry>)> = Vec::new();
        for Stored { doc, entry } in committed.stored {
            match batches.iter_mut().find(|(of, _)| *of == doc) {
                Some((_, entries)) => entries.push(entry),
                None => batches.push((doc, vec![entry])),
            }
        }
        for (doc, entries) in batches {
            self.hub.publish(&doc, &entries.into());
        }
    }

    fn failed(&mut self, error: &StoreError) {
        self.healthy.store(false, Ordering::Relaxed);
        error!(error = %causes(error), "nothing was stored");
    }
}
