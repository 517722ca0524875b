//! Rows of changes.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use sync::{Signature, SignedChange};
use terms::{ChangeHeader, ChangeId, DocId, EnrolmentId};

use super::broken;

/// Where a change stands with the relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ChangeState {
    /// Not answered yet.
    Pending,
    /// In the relay's log, under this number if it is known.
    Acknowledged(Option<u64>),
}

/// Whether a change stands in its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    /// It does.
    Stands,
    /// Not yet: something that it builds on is not here.
    Waits,
    /// No: the document as it is takes it for no change of its own. It is kept, for the relay has
    /// it, and is not tried again until something was taken out of the document.
    Refused,
}

impl Taken {
    /// As it stands in the column `waits`.
    fn column(self) -> i64 {
        match self {
            Self::Stands => 0,
            Self::Waits => 1,
            Self::Refused => 2,
        }
    }
}

/// A change to be stored.
pub(crate) struct NewChange<'a> {
    /// The document.
    pub(crate) doc: &'a DocId,
    /// Its header.
    pub(crate) header: &'a ChangeHeader,
    /// The change.
    pub(crate) change: &'a SignedChange,
    /// Where it stands.
    pub(crate) state: ChangeState,
    /// Whether it stands in its document.
    pub(crate) taken: Taken,
}

/// Stores a change that is not there yet: its place among all changes.
pub(crate) fn insert(db: &Connection, new: &NewChange<'_>) -> rusqlite::Result<i64> {
    let (state, relay_seq) = match new.state {
        ChangeState::Pending => ("pending", None),
        ChangeState::Acknowledged(seq) => ("acknowledged", seq),
    };
    db.prepare_cached(
        "INSERT INTO change (doc, hash, actor, seq, author, signature, bytes, state, waits, relay_seq)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?
    .execute(params![
        new.doc.to_string(),
        new.header.id.0,
        new.header.actor,
        signed(new.header.seq),
        new.change.author.as_ref().map(EnrolmentId::as_str),
        new.change.signature.map(|signature| signature.0),
        new.change.bytes,
        state,
        new.taken.column(),
        relay_seq.map(signed),
    ])?;
    Ok(db.last_insert_rowid())
}

/// Whether a change is stored, and if so whether it is still pending.
pub(crate) fn pending(
    db: &Connection,
    doc: &DocId,
    id: &ChangeId,
) -> rusqlite::Result<Option<bool>> {
    db.prepare_cached("SELECT state = 'pending' FROM change WHERE doc = ?1 AND hash = ?2")?
        .query_row(params![doc.to_string(), id.0], |row| row.get(0))
        .optional()
}

/// The relay has a change, under this number if it is known.
pub(crate) fn acknowledge(
    db: &Connection,
    doc: &DocId,
    id: &ChangeId,
    relay_seq: Option<u64>,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE change SET state = 'acknowledged', relay_seq = ?3, lost = 0
         WHERE doc = ?1 AND hash = ?2",
    )?
    .execute(params![doc.to_string(), id.0, relay_seq.map(signed)])
    .map(|_| ())
}

/// The author's signature of a change that came without it has come.
pub(crate) fn set_signature(
    db: &Connection,
    doc: &DocId,
    id: &ChangeId,
    signature: &Signature,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE change SET signature = ?3
         WHERE doc = ?1 AND hash = ?2 AND author IS NOT NULL AND signature IS NULL",
    )?
    .execute(params![doc.to_string(), id.0, signature.0])
    .map(|_| ())
}

/// The changes that came without their author's signature, with the author, by document.
pub(crate) fn without_signature(
    db: &Connection,
) -> rusqlite::Result<BTreeMap<DocId, BTreeMap<ChangeId, EnrolmentId>>> {
    let mut without_signature: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
    let mut statement = db.prepare_cached(
        "SELECT doc, hash, author FROM change WHERE author IS NOT NULL AND signature IS NULL",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if let Some(author) = author_at(row, 2)? {
            let of = without_signature.entry(doc_at(row, 0)?).or_default();
            of.insert(ChangeId(row.get(1)?), author);
        }
    }
    Ok(without_signature)
}

/// The relay has lost a change; it is pending again if it is by this enrolment. One of somebody
/// else's is offered to the relay as well, and until it has it back it is on this device alone.
pub(crate) fn unacknowledge(
    db: &Connection,
    doc: &DocId,
    id: &ChangeId,
    own: &EnrolmentId,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE change
         SET relay_seq = NULL, lost = 1, state = iif(author IS ?3, 'pending', state)
         WHERE doc = ?1 AND hash = ?2",
    )?
    .execute(params![doc.to_string(), id.0, own.as_str()])
    .map(|_| ())
}

/// A change waits no more. It gets a new number, after what it waited for.
pub(crate) fn stop_waiting(db: &Connection, doc: &DocId, id: &ChangeId) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE change
         SET waits = 0, number = (SELECT 1 + max(number) FROM change)
         WHERE doc = ?1 AND hash = ?2",
    )?
    .execute(params![doc.to_string(), id.0])
    .map(|_| ())
}

/// Nobody tries this change again: see [`Taken::Refused`].
pub(crate) fn give_up(db: &Connection, doc: &DocId, id: &ChangeId) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE change SET waits = 2 WHERE doc = ?1 AND hash = ?2")?
        .execute(params![doc.to_string(), id.0])
        .map(|_| ())
}

/// Something was taken out of a document: what it did not take waits for another try.
pub(crate) fn try_all_again(db: &Connection, doc: &DocId) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE change SET waits = 1 WHERE doc = ?1 AND waits = 2")?
        .execute([doc.to_string()])
        .map(|_| ())
}

/// Takes a change out.
pub(crate) fn remove(db: &Connection, doc: &DocId, id: &ChangeId) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM change WHERE doc = ?1 AND hash = ?2")?
        .execute(params![doc.to_string(), id.0])
        .map(|_| ())
}

/// Every change of a document that stands, each after those it builds on.
pub(crate) fn standing(db: &Connection, doc: &DocId) -> rusqlite::Result<Vec<SignedChange>> {
    db.prepare_cached(
        "SELECT bytes, author, signature FROM change WHERE doc = ?1 AND NOT waits ORDER BY number",
    )?
    .query_map([doc.to_string()], read)?
    .collect()
}

/// The changes of a document that wait for one that they build on.
pub(crate) fn waiting(
    db: &Connection,
    doc: &DocId,
) -> rusqlite::Result<Vec<(ChangeId, SignedChange)>> {
    db.prepare_cached(
        "SELECT bytes, author, signature, hash FROM change WHERE doc = ?1 AND waits AND waits = 1
         ORDER BY number",
    )?
    .query_map([doc.to_string()], |row| {
        Ok((ChangeId(row.get(3)?), read(row)?))
    })?
    .collect()
}

/// A change that the relay has not answered.
pub(crate) struct Pending {
    /// Its place among all changes.
    pub(crate) number: i64,
    /// The document.
    pub(crate) doc: DocId,
    /// The change.
    pub(crate) change: SignedChange,
}

/// The pending changes after this place among all changes, each after those it builds on.
pub(crate) fn pending_after(db: &Connection, number: i64) -> rusqlite::Result<Vec<Pending>> {
    db.prepare_cached(
        "SELECT bytes, author, signature, doc, number FROM change
         WHERE state = 'pending' AND number > ?1 ORDER BY number",
    )?
    .query_map([number], |row| {
        Ok(Pending {
            number: row.get(4)?,
            doc: doc_at(row, 3)?,
            change: read(row)?,
        })
    })?
    .collect()
}

/// How many pending changes somebody wrote: births go along.
pub(crate) fn count_pending(db: &Connection) -> rusqlite::Result<usize> {
    let written = "SELECT count(author) FROM change WHERE state = 'pending'";
    let count: i64 = db
        .prepare_cached(written)?
        .query_row([], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// Every change that the relay said it has, with its number where that is known.
pub(crate) fn at_province(db: &Connection) -> rusqlite::Result<Vec<(ChangeId, Option<u64>)>> {
    db.prepare_cached(
        "SELECT hash, relay_seq FROM change WHERE state = 'acknowledged' AND NOT lost",
    )?
    .query_map([], |row| {
        let seq: Option<i64> = row.get(1)?;
        Ok((ChangeId(row.get(0)?), seq.map(unsigned)))
    })?
    .collect()
}

/// Whether any change is pending.
pub(crate) fn any_pending(db: &Connection) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT EXISTS (SELECT 1 FROM change WHERE state = 'pending')")?
        .query_row([], |row| row.get(0))
}

/// The hashes of a document's changes that can be proved, each after those it builds on.
pub(crate) fn hashes(db: &Connection, doc: &DocId) -> rusqlite::Result<Vec<ChangeId>> {
    db.prepare_cached(
        "SELECT hash FROM change
         WHERE doc = ?1 AND (author IS NULL OR signature IS NOT NULL) ORDER BY number",
    )?
    .query_map([doc.to_string()], |row| row.get(0).map(ChangeId))?
    .collect()
}

/// A change.
pub(crate) fn one(
    db: &Connection,
    doc: &DocId,
    id: &ChangeId,
) -> rusqlite::Result<Option<SignedChange>> {
    db.prepare_cached("SELECT bytes, author, signature FROM change WHERE doc = ?1 AND hash = ?2")?
        .query_row(params![doc.to_string(), id.0], read)
        .optional()
}

/// Whether a change stands without its author's signature: the relay vouched for it.
pub(crate) fn is_unproved(db: &Connection, doc: &DocId, id: &ChangeId) -> rusqlite::Result<bool> {
    db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM change WHERE doc = ?1 AND hash = ?2
                        AND author IS NOT NULL AND signature IS NULL)",
    )?
    .query_row(params![doc.to_string(), id.0], |row| row.get(0))
}

/// Those of these changes that there are, in the order asked for.
pub(crate) fn some(
    db: &Connection,
    doc: &DocId,
    ids: &[ChangeId],
) -> rusqlite::Result<Vec<(ChangeId, SignedChange)>> {
    let found = |id: &ChangeId| {
        one(db, doc, id)
            .map(|change| change.map(|change| (*id, change)))
            .transpose()
    };
    ids.iter().filter_map(found).collect()
}

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<SignedChange> {
    let signature: Option<[u8; 64]> = row.get(2)?;
    Ok(SignedChange {
        bytes: row.get(0)?,
        author: author_at(row, 1)?,
        signature: signature.map(Signature),
    })
}

pub(super) fn doc_at(row: &Row<'_>, column: usize) -> rusqlite::Result<DocId> {
    row.get::<_, String>(column)?.parse().map_err(broken)
}

pub(super) fn author_at(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<EnrolmentId>> {
    let author: Option<String> = row.get(column)?;
    author.map(|id| id.parse().map_err(broken)).transpose()
}

/// `SQLite` has no unsigned numbers; the bits are the same.
pub(super) fn signed(number: u64) -> i64 {
    number.cast_signed()
}

pub(super) fn unsigned(number: i64) -> u64 {
    number.cast_unsigned()
}
