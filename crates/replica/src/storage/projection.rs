//! The projection: what each document says, as rows. Views and search read these; documents are
//! loaded only to be edited or merged.

use std::collections::BTreeMap;

use programme::{Fact, Scalar, Stamp};
use rusqlite::{Connection, Row, params};
use serde::{Serialize, de::DeserializeOwned};
use terms::{ChangeId, DocId, Heads, Timestamp};

use super::{
    broken,
    changes::{author_at, doc_at},
    search,
};

/// Sets what stands at each of these paths, in rows and in the words to search.
pub(crate) fn write(
    db: &Connection,
    doc: &DocId,
    heads: &Heads,
    facts: &[Fact],
) -> rusqlite::Result<()> {
    set_heads(db, doc, heads)?;
    let name = doc.to_string();
    let mut delete = db.prepare_cached("DELETE FROM fact WHERE doc = ?1 AND path = ?2")?;
    for fact in facts {
        delete.execute([&name, &fact.path])?;
        insert(db, &name, fact)?;
        search::note(db, &name, fact)?;
    }
    Ok(())
}

/// Sets all that a document says, in place of what it said.
pub(crate) fn replace(
    db: &Connection,
    doc: &DocId,
    heads: &Heads,
    facts: &[Fact],
) -> rusqlite::Result<()> {
    let name = doc.to_string();
    db.prepare_cached("DELETE FROM fact WHERE doc = ?1")?
        .execute([&name])?;
    search::forget(db, &name)?;
    write(db, doc, heads, facts)
}

/// The heads of every document that there is.
pub(crate) fn heads(db: &Connection) -> rusqlite::Result<BTreeMap<DocId, Heads>> {
    db.prepare_cached("SELECT doc, heads FROM document")?
        .query_map([], |row| Ok((doc_at(row, 0)?, heads_at(row, 1)?)))?
        .collect()
}

/// Whether anything of a document has been projected.
pub(crate) fn has(db: &Connection, doc: &DocId) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT EXISTS (SELECT 1 FROM document WHERE doc = ?1)")?
        .query_row([doc.to_string()], |row| row.get(0))
}

/// What a document says, in the order of paths.
pub(crate) fn read(db: &Connection, doc: &DocId) -> rusqlite::Result<Vec<Fact>> {
    let mut statement = db.prepare_cached(
        "SELECT value, change, author, time, path FROM fact WHERE doc = ?1 ORDER BY path, ord",
    )?;
    let rows = statement.query_map([doc.to_string()], |row| {
        Ok((row.get::<_, String>(4)?, stamp(row)?))
    })?;
    let mut facts: Vec<Fact> = Vec::new();
    for row in rows {
        let (path, stamp) = row?;
        match facts.last_mut() {
            Some(last) if last.path == path => last.values.push(stamp),
            _ => facts.push(Fact {
                path,
                values: vec![stamp],
            }),
        }
    }
    Ok(facts)
}

fn insert(db: &Connection, doc: &str, fact: &Fact) -> rusqlite::Result<()> {
    let mut insert = db.prepare_cached("INSERT INTO fact VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
    for (ord, stamp) in fact.values.iter().enumerate() {
        insert.execute(params![
            doc,
            fact.path,
            i64::try_from(ord).unwrap_or(i64::MAX),
            json(&stamp.value)?,
            stamp.change.0,
            stamp.author.as_ref().map(terms::EnrolmentId::as_str),
            stamp.time.0,
        ])?;
    }
    Ok(())
}

fn stamp(row: &Row<'_>) -> rusqlite::Result<Stamp> {
    Ok(Stamp {
        value: from_json::<Scalar>(row, 0)?,
        change: ChangeId(row.get(1)?),
        author: author_at(row, 2)?,
        time: Timestamp(row.get(3)?),
    })
}

fn set_heads(db: &Connection, doc: &DocId, heads: &Heads) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO document VALUES (?1, ?2)
         ON CONFLICT (doc) DO UPDATE SET heads = excluded.heads",
    )?
    .execute(params![doc.to_string(), heads_bytes(heads)])
    .map(|_| ())
}

/// Hashes one after the other.
pub(super) fn heads_bytes(heads: &Heads) -> Vec<u8> {
    heads.as_slice().iter().flat_map(|id| id.0).collect()
}

pub(super) fn heads_at(row: &Row<'_>, column: usize) -> rusqlite::Result<Heads> {
    let bytes: Vec<u8> = row.get(column)?;
    let (hashes, rest) = bytes.as_chunks::<32>();
    if rest.is_empty() {
        Ok(Heads::new(hashes.iter().copied().map(ChangeId).collect()))
    } else {
        Err(broken("heads of a document"))
    }
}

pub(super) fn json(value: &impl Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(broken)
}

pub(super) fn from_json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    serde_json::from_str(row.get_ref(column)?.as_str()?).map_err(broken)
}
