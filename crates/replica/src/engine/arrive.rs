//! What comes from the relay.

use programme::ApplyError;
use sync::{
    Cursor, SignedChange,
    client::StreamEntry,
    directory::{Directory, SignedEntry},
    signatures::ChangeSignature,
};
use terms::{ChangeHeader, ChangeId, DocId};

use super::{Engine, year_of};
use crate::storage::{
    self, StoreError, actors,
    changes::{self, ChangeState, NewChange, Taken},
    projection, quarantine,
};

impl Engine {
    /// Stores a part of a document's stream and how far into it that is.
    pub(crate) fn receive(
        &mut self,
        doc: &DocId,
        first_seq: u64,
        entries: &[StreamEntry],
        cursor: Cursor,
    ) -> Result<(), StoreError> {
        let mut grown = false;
        for (seq, arrived) in (first_seq..).zip(entries) {
            grown |= self.arrive(doc, arrived, Some(seq))?;
        }
        if grown {
            self.apply_waiting(doc)?;
        }
        Ok(storage::directory::set_cursor(&self.db, doc, cursor)?)
    }

    /// Stores a snapshot of a document, each change after those it builds on, and how far into the
    /// stream that is. Which number each has is not known.
    pub(crate) fn begin_with(
        &mut self,
        doc: &DocId,
        changes: &[StreamEntry],
        cursor: Cursor,
    ) -> Result<(), StoreError> {
        let mut grown = false;
        for arrived in changes {
            grown |= self.arrive(doc, arrived, None)?;
        }
        if grown {
            self.apply_waiting(doc)?;
        }
        Ok(storage::directory::set_cursor(&self.db, doc, cursor)?)
    }

    /// Whether the document has grown by it.
    fn arrive(
        &mut self,
        doc: &DocId,
        arrived: &StreamEntry,
        seq: Option<u64>,
    ) -> Result<bool, StoreError> {
        let Some(pending) = changes::pending(&self.db, doc, &arrived.id)? else {
            let Some((change, header)) = &arrived.change else {
                return Ok(false);
            };
            return self.take_in(doc, header, change, seq);
        };
        changes::acknowledge(&self.db, doc, &arrived.id, seq)?;
        self.note_state(arrived.id, ChangeState::Acknowledged(seq));
        self.batch.states_changed |= pending;
        if let Some(signature) = arrived.change.as_ref().and_then(|(c, _)| c.signature) {
            changes::set_signature(&self.db, doc, &arrived.id, &signature)?;
        }
        Ok(false)
    }

    /// Stores the authors' signatures of changes that came in a snapshot, checked.
    pub(crate) fn store_signatures(
        &mut self,
        doc: &DocId,
        signatures: &[ChangeSignature],
    ) -> Result<(), StoreError> {
        for signature in signatures {
            changes::set_signature(&self.db, doc, &signature.change, &signature.signature)?;
        }
        Ok(())
    }

    /// The relay has stored the change before.
    pub(crate) fn acknowledge(
        &mut self,
        doc: &DocId,
        id: &ChangeId,
        seq: u64,
    ) -> Result<(), StoreError> {
        changes::acknowledge(&self.db, doc, id, Some(seq))?;
        self.note_state(*id, ChangeState::Acknowledged(Some(seq)));
        self.batch.states_changed = true;
        Ok(())
    }

    /// The relay has lost these; our own are pending again.
    pub(crate) fn unacknowledge(
        &mut self,
        doc: &DocId,
        ids: &[ChangeId],
    ) -> Result<(), StoreError> {
        for id in ids {
            changes::unacknowledge(&self.db, doc, id, &self.enrolment)?;
            self.note_state(*id, ChangeState::Pending);
        }
        self.batch.states_changed = true;
        Ok(())
    }

    /// Adds checked entries to the directory.
    pub(crate) fn store_directory(&mut self, entries: &[SignedEntry]) -> Result<(), StoreError> {
        let known = self.directory.tail().seq;
        for entry in entries.iter().filter(|entry| entry.seq > known) {
            self.directory
                .apply(entry)
                .map_err(|error| StoreError::Damaged(error.to_string()))?;
            storage::directory::add(&self.db, entry)?;
        }
        self.batch.directory = Some(self.directory.clone());
        self.follow_year()
    }

    /// Takes another directory, of which all has come, in place of the one that was: the relay's
    /// log is another one.
    pub(crate) fn replace_directory(&mut self, entries: &[SignedEntry]) -> Result<(), StoreError> {
        storage::directory::clear(&self.db)?;
        self.directory = Directory::new(*self.directory.relay());
        self.store_directory(entries)
    }

    /// Shows the year that the directory now opens: everything is read again for it.
    fn follow_year(&mut self) -> Result<(), StoreError> {
        let year = year_of(&self.directory, &self.enrolment);
        let Some(year) = year.filter(|year| *year != self.year) else {
            return Ok(());
        };
        self.year = year;
        self.batch.year = Some(year);
        for (doc, heads) in projection::heads(&self.db)? {
            let facts = projection::read(&self.db, &doc)?;
            self.note_facts(&doc, heads, &facts, true);
        }
        Ok(())
    }

    /// Everything that the relay had has come; notes when, if nothing waits to be sent either.
    pub(crate) fn synced(&mut self) -> Result<(), StoreError> {
        if changes::any_pending(&self.db)? {
            return Ok(());
        }
        let now = self.now();
        storage::set_meta(&self.db, "synced_at", &now.0.to_string())?;
        self.batch.synced_at = Some(now);
        Ok(())
    }

    fn take_in(
        &mut self,
        doc: &DocId,
        header: &ChangeHeader,
        change: &SignedChange,
        seq: Option<u64>,
    ) -> Result<bool, StoreError> {
        self.begin_projection(doc)?;
        if actors::prefix(&self.db, doc)?.is_some_and(|prefix| header.actor.starts_with(&prefix)) {
            // A change by our own actor that this disk does not have: it was made before the disk
            // was restored, or on a copy of it.
            tracing::warn!(%doc, "the relay knows more of this disk than itself: a new actor");
            self.draw_prefix(doc)?;
        }
        let taken = self.apply(doc, &change.bytes)?;
        let state = ChangeState::Acknowledged(seq);
        changes::insert(
            &self.db,
            &NewChange {
                doc,
                header,
                change,
                state,
                taken,
            },
        )?;
        self.note_state(header.id, state);
        // A change that was refused and is in the relay's log after all counts again.
        if quarantine::release(&self.db, doc, &header.id)? {
            self.batch.states_changed = true;
            self.try_what_built_on(doc)?;
        }
        Ok(taken == Taken::Stands)
    }

    /// Applies the changes that waited for what has come, or has made room, meanwhile.
    pub(super) fn apply_waiting(&mut self, doc: &DocId) -> Result<(), StoreError> {
        let mut waiting = changes::waiting(&self.db, doc)?;
        loop {
            let before = waiting.len();
            let mut still = Vec::new();
            for (id, change) in waiting {
                match self.apply(doc, &change.bytes)? {
                    Taken::Stands => {
                        changes::stop_waiting(&self.db, doc, &id)?;
                        // It may have been refused here, and come back before what it builds on.
                        self.try_what_built_on(doc)?;
                    }
                    Taken::Waits => still.push((id, change)),
                    Taken::Refused => changes::give_up(&self.db, doc, &id)?,
                }
            }
            if still.is_empty() || still.len() == before {
                return Ok(());
            }
            waiting = still;
        }
    }

    /// Applies a change and projects it.
    pub(super) fn apply(&mut self, doc: &DocId, bytes: &[u8]) -> Result<Taken, StoreError> {
        self.batch.documents.entry(doc.clone()).or_default();
        let document = self.documents.get(&self.db, doc)?;
        let applied = match document.apply(bytes) {
            Ok(applied) => applied,
            Err(ApplyError::MissingDeps(_)) => return Ok(Taken::Waits),
            Err(error) => {
                tracing::error!(%doc, %error, "a change from the relay can't be applied");
                return Ok(Taken::Refused);
            }
        };
        let heads = document.heads();
        self.project(doc, &heads, &applied)?;
        Ok(Taken::Stands)
    }
}
