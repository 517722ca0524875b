//! The documents of one replica: how far into each stream it is, and what it has to send.

use std::collections::{BTreeMap, VecDeque};

use terms::{ChangeId, DocId};

use super::outbox::Outbox;
use crate::Cursor;

/// One document.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// How far the disk is.
    pub(super) stored: Cursor,
    /// How far what came is, stored or not.
    pub(super) received: Cursor,
    /// Parts received and not stored yet.
    unstored: VecDeque<Part>,
    /// What is to be sent.
    pub(super) outbox: Outbox,
}

#[derive(Debug)]
struct Part {
    cursor: Cursor,
    ids: Vec<ChangeId>,
    bytes: usize,
}

impl Document {
    /// A part of the stream has come.
    pub(super) fn receive(&mut self, cursor: Cursor, ids: Vec<ChangeId>, bytes: usize) {
        self.received = cursor;
        self.outbox.arrived(&ids);
        self.unstored.push_back(Part { cursor, ids, bytes });
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
pub(super) struct Documents(BTreeMap<DocId, Document>);

impl Documents {
    /// From the cursors on the disk.
    pub(super) fn new(cursors: BTreeMap<DocId, Cursor>) -> Self {
        let document = |stored| Document {
            stored,
            received: stored,
            ..Document::default()
        };
        Self(
            cursors
                .into_iter()
                .map(|(doc, cursor)| (doc, document(cursor)))
                .collect(),
        )
    }

    /// One document, new if need be.
    pub(super) fn get(&mut self, doc: &DocId) -> &mut Document {
        self.0.entry(doc.clone()).or_default()
    }

    /// All of them.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = (&DocId, &mut Document)> {
        self.0.iter_mut()
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&DocId, &Document)> {
        self.0.iter()
    }
}
