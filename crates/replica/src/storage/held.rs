//! Which changes are here, and how far each has got.

use rusqlite::Connection;
use terms::{ChangeId, DocId};

use super::changes::{doc_at, unsigned};

/// A change that is here and not aside, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The document.
    pub doc: DocId,
    /// The change.
    pub id: ChangeId,
    /// Whether the relay has not answered.
    pub is_pending: bool,
    /// Its number in the relay's log, where that is known.
    pub relay_seq: Option<u64>,
    /// Whether the author's signature is here, where there must be one.
    pub is_proved: bool,
    /// Whether it stands in its document, and does not wait for another change.
    pub stands: bool,
}

/// All changes, in the order in which they came to stand.
pub(crate) fn all(db: &Connection) -> rusqlite::Result<Vec<Held>> {
    db.prepare_cached(
        "SELECT doc, hash, state = 'pending', relay_seq, author IS NULL OR signature IS NOT NULL,
                NOT waits
         FROM change ORDER BY number",
    )?
    .query_map([], |row| {
        Ok(Held {
            doc: doc_at(row, 0)?,
            id: ChangeId(row.get(1)?),
            is_pending: row.get(2)?,
            relay_seq: row.get::<_, Option<i64>>(3)?.map(unsigned),
            is_proved: row.get(4)?,
            stands: row.get(5)?,
        })
    })?
    .collect()
}
