//! The directory's log, and how far into the relay's streams this replica is.

use rusqlite::{Connection, params};
use sync::{Chain, Cursor, Signature, directory::SignedEntry};
use terms::DocId;

use super::changes::{doc_at, signed, unsigned};

/// Adds an entry.
pub(crate) fn add(db: &Connection, entry: &SignedEntry) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT OR REPLACE INTO directory VALUES (?1, ?2, ?3)")?
        .execute(params![signed(entry.seq), entry.json, entry.signature.0])
        .map(|_| ())
}

/// Empties the log: the relay's is another one.
pub(crate) fn clear(db: &Connection) -> rusqlite::Result<()> {
    db.execute("DELETE FROM directory", []).map(|_| ())
}

/// The entries after the one with this number.
pub(crate) fn entries(db: &Connection, after: u64) -> rusqlite::Result<Vec<SignedEntry>> {
    db.prepare_cached("SELECT seq, json, signature FROM directory WHERE seq > ?1 ORDER BY seq")?
        .query_map([signed(after)], |row| {
            Ok(SignedEntry {
                seq: row.get(0).map(unsigned)?,
                json: row.get(1)?,
                signature: Signature(row.get(2)?),
            })
        })?
        .collect()
}

/// How far into each document's stream.
pub(crate) fn cursors(db: &Connection) -> rusqlite::Result<Vec<(DocId, Cursor)>> {
    db.prepare_cached("SELECT doc, seq, chain FROM cursor ORDER BY doc")?
        .query_map([], |row| {
            let cursor = Cursor {
                seq: row.get(1).map(unsigned)?,
                chain: Chain(row.get(2)?),
            };
            Ok((doc_at(row, 0)?, cursor))
        })?
        .collect()
}

/// Sets how far into a document's stream.
pub(crate) fn set_cursor(db: &Connection, doc: &DocId, cursor: Cursor) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO cursor VALUES (?1, ?2, ?3)
         ON CONFLICT (doc) DO UPDATE SET seq = excluded.seq, chain = excluded.chain",
    )?
    .execute(params![doc.to_string(), signed(cursor.seq), cursor.chain.0])
    .map(|_| ())
}
