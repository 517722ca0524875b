//! Whose numbers changes carry: the first fifteen bytes of this enrolment's actors.

use rusqlite::{Connection, OptionalExtension as _, params};
use terms::DocId;

/// The first fifteen bytes of an actor.
pub(crate) type Prefix = [u8; 15];

/// The prefix that this enrolment writes `doc` with, in its present incarnation.
pub(crate) fn prefix(db: &Connection, doc: &DocId) -> rusqlite::Result<Option<Prefix>> {
    db.prepare_cached(
        "SELECT prefix FROM actor
         WHERE doc = ?1
           AND incarnation = (SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'incarnation')",
    )?
    .query_row([doc.to_string()], |row| row.get(0))
    .optional()
}

/// Writes `doc` with another prefix from now on.
pub(crate) fn set_prefix(db: &Connection, doc: &DocId, prefix: &Prefix) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO actor (doc, incarnation, prefix)
         VALUES (?1, (SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'incarnation'), ?2)
         ON CONFLICT (doc, incarnation) DO UPDATE SET prefix = excluded.prefix",
    )?
    .execute(params![doc.to_string(), prefix])
    .map(|_| ())
}

/// Draws new prefixes for every document from now on: the disk was restored or cloned, and the
/// numbers of the old ones may have been used elsewhere.
pub(crate) fn begin_incarnation(db: &Connection) -> rusqlite::Result<()> {
    db.execute(
        "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'incarnation'",
        [],
    )
    .map(|_| ())
}
