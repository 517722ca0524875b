//! Carrying out what a session wants.

use std::sync::Arc;

use axum::extract::ws::Message;
use sync::{
    Inspect as _, SignedChange,
    admit::Checked,
    directory::Directory,
    relay::{Action, Event, LogEntry, Page},
};
use terms::{ChangeId, DocId, EnrolmentId};
use tokio::task;
use tracing::error;

use super::{Connection, Phase};
use crate::{
    event_queue::EventQueue,
    inspect::HeaderReader,
    log::Candidate,
    readers::Readers,
    store::{ReadTransaction, StoreError},
};

impl Connection {
    /// Carries out what the session wants. Answers come through the inbox.
    pub(super) async fn perform(&mut self, actions: Vec<Action>) {
        for action in actions {
            match action {
                Action::Send(bytes) => self.out.push(Message::Binary(bytes.into())),
                Action::Append {
                    doc,
                    changes,
                    pusher,
                } => self.append(doc, changes, pusher).await,
                Action::AppendDirectory(entries) => {
                    let to = Arc::clone(self.registration.event_queue());
                    self.relay.writer.append_directory(entries, to).await;
                }
                Action::FindMissing { doc, ids } => self.read(move |tx| {
                    let ids = missing(tx, &doc, ids)?;
                    Ok(Event::Missing { doc, ids })
                }),
                Action::Read { doc, from, limit } => {
                    // First this, then the reading: what is stored in between is not missed.
                    self.registration.follow(&doc);
                    self.read(move |tx| page(tx, doc, from, limit).map(Event::Page));
                }
                Action::ReadDirectory { from, limit } => self.read(move |tx| {
                    let entries = tx.some_entries_after(from, limit)?;
                    Ok(Event::DirectoryPage(entries))
                }),
                Action::Presence {
                    enrolment,
                    presence,
                } => {
                    self.registration.tell_others(&enrolment, presence.as_ref());
                }
                Action::Close(refusal) => self.state = Phase::Ended(refusal),
            }
        }
    }

    async fn append(&mut self, doc: DocId, changes: Vec<SignedChange>, pusher: EnrolmentId) {
        let directory = self.relay.hub.directory();
        let mut candidates = Vec::with_capacity(changes.len());
        for change in changes {
            if !candidates.is_empty() {
                // Many at once must not keep the other connections waiting.
                task::yield_now().await;
            }
            candidates.push(candidate(&doc, change, &directory));
        }
        let to = Arc::clone(self.registration.event_queue());
        let writer = &self.relay.writer;
        writer.append(doc, candidates, pusher, to).await;
    }

    fn read(
        &self,
        look: impl FnOnce(&ReadTransaction<'_>) -> Result<Event, StoreError> + Send + 'static,
    ) {
        let (readers, event_queue) = (
            self.relay.readers.clone(),
            Arc::clone(self.registration.event_queue()),
        );
        tokio::spawn(answer(readers, event_queue, look));
    }
}

/// Reads a change's header, for the only time, and checks its signature.
pub(crate) fn candidate(doc: &DocId, change: SignedChange, directory: &Directory) -> Candidate {
    let header = HeaderReader.inspect(doc, &change.bytes);
    let header = header.map_err(|why| (change.digest(), why));
    let known = header.as_ref().ok();
    let checked = known.and_then(|header| Checked::of(doc, &change, &header.id, directory));
    Candidate {
        change,
        checked,
        header,
    }
}

async fn answer(
    readers: Readers,
    event_queue: Arc<EventQueue>,
    look: impl FnOnce(&ReadTransaction<'_>) -> Result<Event, StoreError> + Send + 'static,
) {
    let event = readers.read(look).await.unwrap_or_else(|error| {
        error!(error = %database::causes(&error), "the log could not be read");
        Event::Failed
    });
    event_queue.answer(event);
}

/// A part of a document's log.
pub(crate) fn page(
    tx: &ReadTransaction<'_>,
    doc: DocId,
    from: u64,
    limit: usize,
) -> Result<Page, StoreError> {
    let tail = tx.tail(&doc)?;
    let at = tx.cursor_at(&doc, from)?;
    let mut entries = Vec::new();
    if let Some(mut cursor) = at {
        for (id, change) in tx.changes_after(&doc, from, limit)? {
            cursor = cursor.then(&id);
            entries.push(LogEntry { cursor, id, change });
        }
    }
    Ok(Page {
        doc,
        from,
        chain: at.map(|at| at.chain),
        entries,
        tail,
    })
}

/// Those of these changes that the log lacks.
pub(crate) fn missing(
    tx: &ReadTransaction<'_>,
    doc: &DocId,
    ids: Vec<ChangeId>,
) -> Result<Vec<ChangeId>, StoreError> {
    let mut missing = Vec::new();
    for id in ids {
        if tx.seq_of(doc, &id)?.is_none() {
            missing.push(id);
        }
    }
    Ok(missing)
}
