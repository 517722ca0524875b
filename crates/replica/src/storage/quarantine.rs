//! Changes that the relay refused: kept with the reason and what they touched.

use std::collections::BTreeMap;

use programme::HistoryStep;
use rusqlite::{Connection, OptionalExtension as _, params};
use sync::{SignedChange, admit::Rejection};
use terms::{ChangeId, DocId, EnrolmentId, Timestamp};

use super::{
    changes::{self, doc_at},
    projection::{from_json, json},
};

/// A change that the relay refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The document.
    pub doc: DocId,
    /// The change.
    pub change: ChangeId,
    /// Why.
    pub rejection: Rejection,
    /// What it touched.
    pub steps: Vec<HistoryStep>,
    /// When it was refused.
    pub at: Timestamp,
}

/// Keeps a refused change.
pub(crate) fn keep(
    db: &Connection,
    refused: &Refused,
    change: &SignedChange,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT OR IGNORE INTO quarantine
           (doc, hash, author, signature, bytes, rejection, touches, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        refused.doc.to_string(),
        refused.change.0,
        change.author.as_ref().map(EnrolmentId::as_str),
        change.signature.map(|signature| signature.0),
        change.bytes,
        json(&refused.rejection)?,
        json(&refused.steps)?,
        refused.at.0,
    ])
    .map(|_| ())
}

/// All refused changes, the oldest first.
pub(crate) fn all(db: &Connection) -> rusqlite::Result<Vec<Refused>> {
    db.prepare_cached("SELECT doc, hash, rejection, touches, at FROM quarantine ORDER BY number")?
        .query_map([], |row| {
            Ok(Refused {
                doc: doc_at(row, 0)?,
                change: ChangeId(row.get(1)?),
                rejection: from_json(row, 2)?,
                steps: from_json(row, 3)?,
                at: Timestamp(row.get(4)?),
            })
        })?
        .collect()
}

/// A refused change as it came.
pub(crate) fn one(
    db: &Connection,
    doc: &DocId,
    id: &ChangeId,
) -> rusqlite::Result<Option<SignedChange>> {
    db.prepare_cached(
        "SELECT bytes, author, signature FROM quarantine WHERE doc = ?1 AND hash = ?2",
    )?
    .query_row(params![doc.to_string(), id.0], changes::read)
    .optional()
}

/// The changes of a document that are aside for what they build on, in the order in which they went
/// aside.
pub(crate) fn for_what_they_build_on(
    db: &Connection,
    doc: &DocId,
) -> rusqlite::Result<Vec<SignedChange>> {
    let mut statement = db.prepare_cached(
        "SELECT bytes, author, signature, rejection FROM quarantine WHERE doc = ?1 ORDER BY number",
    )?;
    let mut rows = statement.query([doc.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        match from_json(row, 3)? {
            Rejection::BuildsOnRejected(_) | Rejection::MissingDeps(_) => {
                found.push(changes::read(row)?);
            }
            Rejection::Revoked
            | Rejection::NotGranted(_)
            | Rejection::BadSignature
            | Rejection::AuthorMismatch
            | Rejection::ActorTaken
            | Rejection::DuplicateSeq
            | Rejection::Malformed(_)
            | Rejection::TooLarge(_)
            | Rejection::ClockSkew { .. }
            | Rejection::Unproved => {}
        }
    }
    Ok(found)
}

/// How many refused changes somebody wrote: births go along.
pub(crate) fn count(db: &Connection) -> rusqlite::Result<usize> {
    let written = "SELECT count(*) FROM quarantine WHERE author IS NOT NULL";
    let count: i64 = db
        .prepare_cached(written)?
        .query_row([], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// Why each refused change was refused, as a person reads it.
pub(crate) fn reasons(db: &Connection) -> rusqlite::Result<BTreeMap<ChangeId, String>> {
    db.prepare_cached("SELECT hash, rejection FROM quarantine")?
        .query_map([], |row| {
            let rejection: Rejection = from_json(row, 1)?;
            Ok((ChangeId(row.get(0)?), rejection.to_string()))
        })?
        .collect()
}

/// The hashes of all refused changes.
pub(crate) fn ids(db: &Connection) -> rusqlite::Result<Vec<ChangeId>> {
    db.prepare_cached("SELECT hash FROM quarantine")?
        .query_map([], |row| row.get(0).map(ChangeId))?
        .collect()
}

/// Lets a change go that the relay has after all. Whether there was one.
pub(crate) fn release(db: &Connection, doc: &DocId, id: &ChangeId) -> rusqlite::Result<bool> {
    db.prepare_cached("DELETE FROM quarantine WHERE doc = ?1 AND hash = ?2")?
        .execute(params![doc.to_string(), id.0])
        .map(|deleted| deleted > 0)
}
