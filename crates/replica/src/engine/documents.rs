//! Documents in memory, the ones used last.

use programme::Document;
use rusqlite::Connection;
use terms::DocId;

use crate::storage::{StoreError, changes};

/// How many are kept. A reviewer who receives from all agencies at once reads some again.
const KEPT: usize = 24;

/// The documents used last, the latest at the end.
#[derive(Debug, Default)]
pub(crate) struct DocumentCache(Vec<Document>);

impl DocumentCache {
    /// A document, read from its changes if it is not here.
    pub(crate) fn get(
        &mut self,
        db: &Connection,
        doc: &DocId,
    ) -> Result<&mut Document, StoreError> {
        let document = match self.0.iter().position(|held| held.id() == doc) {
            Some(place) => self.0.remove(place),
            None => load(db, doc)?,
        };
        if self.0.len() == KEPT {
            self.0.remove(0);
        }
        Ok(self.0.push_mut(document))
    }

    /// Reads these again when they are needed.
    pub(crate) fn forget<'a>(&mut self, docs: impl Iterator<Item = &'a DocId>) {
        for doc in docs {
            self.0.retain(|held| held.id() != doc);
        }
    }

    /// Reads all again when they are needed.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}

/// A document, from the changes that stand.
pub(crate) fn load(db: &Connection, doc: &DocId) -> Result<Document, StoreError> {
    let changes = changes::standing(db, doc)?;
    Document::load(doc.clone(), changes.iter().map(|change| &change.bytes))
        .map_err(|error| StoreError::Damaged(format!("{doc}: {error}")))
}
