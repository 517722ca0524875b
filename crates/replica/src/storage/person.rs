//! What is the person's alone and never sent: drafts, and which requests were carried out.

use rusqlite::{Connection, OptionalExtension as _, params};
use sha2::{Digest as _, Sha256};
use terms::{DocId, EditRequest, Heads, Timestamp, rows::Draft};

use super::{
    changes::doc_at,
    projection::{heads_at, heads_bytes, json},
};

/// An edit that is on this disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// The document's heads with it.
    pub heads: Heads,
    /// When it was committed.
    pub at: Timestamp,
}

pub(crate) fn keep_draft(db: &Connection, draft: &Draft) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO draft (doc, path, seen, text, since) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (doc, path) DO UPDATE SET seen = excluded.seen, text = excluded.text",
    )?
    .execute(params![
        draft.doc.to_string(),
        draft.path,
        heads_bytes(&draft.seen),
        draft.text,
        draft.since.0,
    ])
    .map(|_| ())
}

pub(crate) fn drop_draft(db: &Connection, doc: &DocId, path: &str) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM draft WHERE doc = ?1 AND path = ?2")?
        .execute(params![doc.to_string(), path])
        .map(|_| ())
}

pub(crate) fn drafts(db: &Connection) -> rusqlite::Result<Vec<Draft>> {
    db.prepare_cached("SELECT doc, path, seen, text, since FROM draft ORDER BY since, doc, path")?
        .query_map([], |row| {
            Ok(Draft {
                doc: doc_at(row, 0)?,
                path: row.get(1)?,
                seen: heads_at(row, 2)?,
                text: row.get(3)?,
                since: Timestamp(row.get(4)?),
            })
        })?
        .collect()
}

/// How many drafts there are.
pub(crate) fn count_drafts(db: &Connection) -> rusqlite::Result<usize> {
    let count: i64 = db
        .prepare_cached("SELECT count(*) FROM draft")?
        .query_row([], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// What became of a request, if it was carried out before.
pub(crate) fn edited(db: &Connection, request: &EditRequest) -> rusqlite::Result<Option<Edited>> {
    db.prepare_cached("SELECT heads, at FROM edited WHERE request = ?1")?
        .query_row([digest(request)?], |row| {
            Ok(Edited {
                heads: heads_at(row, 0)?,
                at: Timestamp(row.get(1)?),
            })
        })
        .optional()
}

/// How many requests are remembered.
const REMEMBERED: i64 = 1_000;

/// A request has been carried out. Only the last ones are remembered: a window sends a request
/// again only while it waits for the answer, and nobody has as many under way. Were a forgotten one
/// repeated all the same, its text would be made once more against what the field showed, and stand
/// beside itself; nothing is lost.
pub(crate) fn set_edited(
    db: &Connection,
    request: &EditRequest,
    edited: &Edited,
) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT INTO edited VALUES (?1, ?2, ?3)")?
        .execute(params![
            digest(request)?,
            heads_bytes(&edited.heads),
            edited.at.0
        ])?;
    db.prepare_cached(
        "DELETE FROM edited
         WHERE at < (SELECT at FROM edited ORDER BY at DESC LIMIT 1 OFFSET ?1)",
    )?
    .execute([REMEMBERED - 1])
    .map(|_| ())
}

/// The whole request with its number: should somebody number two edits alike, both are made.
fn digest(request: &EditRequest) -> rusqlite::Result<[u8; 32]> {
    Ok(Sha256::digest(json(request)?).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_requests_are_remembered() {
        let folder = tempfile::tempdir().unwrap();
        let db = crate::storage::open(&folder.path().join("replica.sqlite")).unwrap();
        let request = |number| crate::testing::narrative(Heads::default(), number, "Một.");
        db.execute_batch("BEGIN").unwrap();
        for number in 1..=1_100_u64 {
            let edited = Edited {
                heads: Heads::default(),
                at: Timestamp(number.cast_signed()),
            };
            set_edited(&db, &request(number), &edited).unwrap();
        }
        let remembered = |number| edited(&db, &request(number)).unwrap().is_some();
        assert!(remembered(1_100) && remembered(101));
        assert!(!remembered(1) && !remembered(100));
        let count = "SELECT count(*) FROM edited";
        let count: i64 = db.query_row(count, [], |row| row.get(0)).unwrap();
        assert_eq!(count, 1_000);
    }
}
