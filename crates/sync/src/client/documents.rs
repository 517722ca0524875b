//! The documents of one replica: how far into each stream it is, and what it has to send.

use std::collections::{BTreeMap, VecDeque};

use terms::{ChangeId, DocId};

use super::outbox::Outbox;
use crate::Cursor;

/// One document.
#[derive(Debug, Default)]
pub(super) struct DocumentState {
    /// How far the disk is.
    pub(super) stored: Cursor,
    /// How far what came is, stored or not.
    pub(super) received: Cursor,
    /// Where the relay's stream ended when it was found to be another one. Until it has been read
    /// again up to there, and to its end, the stored cursor is a diverged one, so that every new
    /// connection starts again.
    pub(super) diverged: Option<u64>,
    /// Parts received and not stored yet.
    unstored: VecDeque<UnstoredPart>,
    /// What is to be sent.
    pub(super) outbox: Outbox,
}

#[derive(Debug)]
struct UnstoredPart {
    cursor: Cursor,
    ids: Vec<ChangeId>,
    bytes: usize,
}

impl DocumentState {
    /// The stream's beginning is on the disk, from a snapshot.
    pub(super) fn begin(&mut self, cursor: Cursor, ids: &[ChangeId]) {
        (self.stored, self.received) = (cursor, cursor);
        self.outbox.streamed(ids);
    }

    /// A part of the stream has come: the cursor to store with it.
    pub(super) fn receive(&mut self, to: Cursor, ids: Vec<ChangeId>, bytes: usize) -> Cursor {
        self.received = to;
        self.outbox.arrived(&ids);
        let cursor = self.follow_from();
        self.unstored.push_back(UnstoredPart { cursor, ids, bytes });
        cursor
    }

    /// From where on to follow.
    pub(super) fn follow_from(&self) -> Cursor {
        if self.diverged.is_some() {
            self.received.diverged()
        } else {
            self.received
        }
    }

    /// The stream has been read to its end. Whether it was diverged until now.
    pub(super) fn ends_divergence(&mut self) -> bool {
        let read = self.diverged.is_some_and(|tail| self.received.seq >= tail);
        let found = read && self.outbox.is_repaired();
        if found {
            self.diverged = None;
        }
        found
    }

    /// The part up to `cursor` is on the disk: what it was, and how many bytes of streams.
    pub(super) fn store(&mut self, cursor: Cursor) -> (Vec<ChangeId>, usize) {
        self.stored = cursor;
        let Some(index) = self.unstored.iter().position(|part| part.cursor == cursor) else {
            return (Vec::new(), 0);
        };
        let (mut ids, mut bytes) = (Vec::new(), 0);
        for part in self.unstored.drain(..=index) {
            ids.extend(part.ids);
            bytes += part.bytes;
        }
        self.outbox.streamed(&ids);
        (ids, bytes)
    }

    /// Whether something received is not on the disk yet.
    pub(super) fn is_storing(&self) -> bool {
        !self.unstored.is_empty()
    }

    /// The connection is gone. What was received and is being stored still will be; nobody waits
    /// for credit for it any more.
    pub(super) fn closed(&mut self) {
        self.outbox.closed();
        for part in &mut self.unstored {
            part.bytes = 0;
        }
    }
}

/// All documents.
#[derive(Debug, Default)]
pub(super) struct DocumentStates(BTreeMap<DocId, DocumentState>);

impl DocumentStates {
    /// From the cursors on the disk.
    pub(super) fn new(cursors: BTreeMap<DocId, Cursor>) -> Self {
        let document = |stored: Cursor| DocumentState {
            stored,
            received: stored,
            diverged: stored.is_diverged().then_some(0),
            ..DocumentState::default()
        };
        Self(
            cursors
                .into_iter()
                .map(|(doc, cursor)| (doc, document(cursor)))
                .collect(),
        )
    }

    /// One document, new if need be.
    pub(super) fn get(&mut self, doc: &DocId) -> &mut DocumentState {
        self.0.entry(doc.clone()).or_default()
    }

    /// All of them.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = (&DocId, &mut DocumentState)> {
        self.0.iter_mut()
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&DocId, &DocumentState)> {
        self.0.iter()
    }
}
