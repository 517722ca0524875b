//! What the protocol's state machine wants of the database.

use std::collections::BTreeSet;

use sync::client::{Action, Event, Setup};

use super::{Engine, header};
use crate::storage::{StoreError, changes, directory, quarantine};

impl Engine {
    /// What the machine starts from, and the place among all changes of the last one that it then
    /// knows.
    pub(crate) fn setup(&self, app: &str) -> Result<(Setup, i64), StoreError> {
        let pending = changes::pending_after(&self.db, 0)?;
        let told = pending.last().map_or(0, |last| last.number);
        let mut headers = Vec::with_capacity(pending.len());
        for waiting in pending {
            let header = header(&waiting.doc, &waiting.change.bytes)?;
            headers.push((waiting.doc, header));
        }
        let setup = Setup {
            enrolment: self.enrolment.clone(),
            key: self.key.clone(),
            relay: *self.directory.relay(),
            app: app.to_owned(),
            directory: self.directory.clone(),
            cursors: directory::cursors(&self.db)?.into_iter().collect(),
            pending: headers,
            quarantined: BTreeSet::from_iter(quarantine::ids(&self.db)?),
        };
        Ok((setup, told))
    }

    /// Carries out what the machine wants, and answers. Nothing is done here of what concerns the
    /// connection. `live` says that everything is exchanged as it is made.
    pub(crate) fn carry_out(
        &mut self,
        action: Action,
        live: bool,
    ) -> Result<Option<Event>, StoreError> {
        match action {
            Action::StoreDirectory(entries) => self.store_directory(&entries)?,
            Action::ReplaceDirectory(entries) => self.replace_directory(&entries)?,
            Action::ListDirectory { from } => {
                let entries = directory::entries(&self.db, from)?;
                return Ok(Some(Event::DirectoryListed(entries)));
            }
            Action::Store {
                doc,
                first_seq,
                entries,
                cursor,
            } => {
                self.receive(&doc, first_seq, &entries, cursor)?;
                if live {
                    self.synced()?;
                }
                return Ok(Some(Event::Stored { doc, cursor }));
            }
            Action::Acknowledged { doc, change, seq } => self.acknowledge(&doc, &change, seq)?,
            Action::Unacknowledged { doc, changes } => self.unacknowledge(&doc, &changes)?,
            Action::Quarantine { doc, changes } => {
                let changes = self.quarantine(&doc, &changes)?;
                return Ok(Some(Event::Quarantined { doc, changes }));
            }
            Action::Fetch { doc, ids } => {
                let changes = changes::some(&self.db, &doc, &ids)?;
                return Ok(Some(Event::Fetched { doc, changes }));
            }
            Action::List { doc } => {
                let ids = changes::hashes(&self.db, &doc)?;
                return Ok(Some(Event::Listed { doc, ids }));
            }
            Action::Send(_)
            | Action::Begin { .. }
            | Action::Presence { .. }
            | Action::Status(_)
            | Action::Close(_) => {}
        }
        Ok(None)
    }
}
