//! Birth changes: containers that several people write first are created by them, not by edits
//! (ARCHITECTURE.md, Documents).
//!
//! A birth change is a pure function of the document's id and a path, byte for byte the same on
//! every replica, signed by nobody, and accepted only if it equals what is made here. The bytes
//! are frozen for ever (`tests/golden/`): add new births, never change one.

use automerge::{
    ActorId, Automerge, Change, ChangeHash, ObjId, ObjType, PatchLog, ROOT, ReadDoc as _,
    transaction::{CommitOptions, Transactable as _, Transaction},
};
use sha2::{Digest as _, Sha256};
use terms::{
    DocId, FieldPath, Period, TargetId, TaskId,
    field::{Merge, TextBirth},
};

/// The version of the layout that a root carries. Layouts only add.
const SCHEMA: &str = "1";

/// The first change of a document: its maps, its own name and the layout's version.
pub fn birth_root(doc: &DocId) -> Vec<u8> {
    build(doc, "", &[], |tx| {
        tx.put(ROOT, "schema", SCHEMA)?;
        tx.put(ROOT, "document", doc.to_string())?;
        for map in maps(doc) {
            tx.put_object(ROOT, *map, ObjType::Map)?;
        }
        if matches!(doc, DocId::Programme(_)) {
            let assigned = tx.put_object(ROOT, "assigned", ObjType::Map)?;
            tx.put_object(&assigned, "tasks", ObjType::Map)?;
            tx.put_object(&assigned, "targets", ObjType::Map)?;
        }
        Ok(())
    })
    .unwrap_or_default()
}

/// The change that creates the record at `path`, of a task or a target in a period, with the text
/// that is as old as it; none elsewhere.
pub fn birth_cell(doc: &DocId, path: &str) -> Option<Vec<u8>> {
    let (map, key, text) = cell(doc, path)?;
    let root = Change::from_bytes(birth_root(doc)).ok()?;
    build(doc, path, &[root], |tx| {
        let Some(map) = object(tx, map)? else {
            return Ok(());
        };
        let cell = tx.put_object(&map, key, ObjType::Map)?;
        tx.put_object(&cell, text, ObjType::Text)?;
        Ok(())
    })
}

/// The change that creates a text that is newer than its record's birth change; none elsewhere.
pub fn birth_text(doc: &DocId, path: &str) -> Option<Vec<u8>> {
    let at = FieldPath::parse(path).filter(|at| !at.read)?;
    let own = matches!(
        at.field.declaration().merge,
        Merge::Text {
            birth: TextBirth::Own,
            ..
        }
    );
    if !own {
        return None;
    }
    let record = at.record.to_string();
    let (map, key, _) = cell(doc, &record)?;
    let parents = [birth_root(doc), birth_cell(doc, &record)?];
    let parents = parents.map(|bytes| Change::from_bytes(bytes).ok());
    let parents: Vec<Change> = parents.into_iter().collect::<Option<_>>()?;
    build(doc, path, &parents, |tx| {
        let map = object(tx, map)?;
        let cell = map.map(|map| tx.get(&map, key)).transpose()?.flatten();
        if let Some((_, cell)) = cell {
            tx.put_object(&cell, at.field.key(), ObjType::Text)?;
        }
        Ok(())
    })
}

/// The actor of a birth change.
pub(crate) fn actor(doc: &DocId, path: &str) -> [u8; 16] {
    let mut hash = Sha256::new();
    hash.update(b"tiendo birth 1\0");
    hash.update(doc.to_string());
    hash.update(b"\0");
    hash.update(path);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    bytes
}

/// The birth change of a path, the root's being "".
pub(crate) fn birth(doc: &DocId, path: &str) -> Option<Vec<u8>> {
    match path {
        "" => Some(birth_root(doc)).filter(|bytes| !bytes.is_empty()),
        path => birth_cell(doc, path).or_else(|| birth_text(doc, path)),
    }
}

fn maps(doc: &DocId) -> &'static [&'static str] {
    match doc {
        DocId::Programme(_) => &[
            "groups",
            "sections",
            "tasks",
            "targets",
            "agencies",
            "agency_groups",
            "periods",
            "citations",
            "recipients",
            "signing",
            "milestones",
            "items",
        ],
        DocId::Agency(..) => &[
            "progress",
            "values",
            "items",
            "milestones",
            "named",
            "statements",
        ],
        DocId::Review(..) => &["items", "statements"],
    }
}

/// The map of a cell, its key there, and the text within it.
fn cell<'a>(doc: &DocId, path: &'a str) -> Option<(&'static str, &'a str, &'static str)> {
    let (map, key) = path.split_once('/')?;
    let (id, period) = key.split_once('/')?;
    let period: Period = period.parse().ok()?;
    if !matches!(doc, DocId::Agency(..)) || period.year != doc.year() {
        return None;
    }
    match map {
        "progress" if id.parse::<TaskId>().is_ok() => Some(("progress", key, "narrative")),
        "values" if id.parse::<TargetId>().is_ok() => Some(("values", key, "note")),
        _ => None,
    }
}

fn object(tx: &Transaction<'_>, key: &str) -> Result<Option<ObjId>, automerge::AutomergeError> {
    Ok(tx.get(ROOT, key)?.map(|(_, id)| id))
}

fn build(
    doc: &DocId,
    path: &str,
    parents: &[Change],
    make: impl FnOnce(&mut Transaction<'_>) -> Result<(), automerge::AutomergeError>,
) -> Option<Vec<u8>> {
    let mut automerge = Automerge::new();
    automerge.apply_changes(parents.to_vec()).ok()?;
    automerge.set_actor(ActorId::from(&actor(doc, path)[..]));
    // The last of them builds on all others.
    let deps: Vec<ChangeHash> = parents.last().map(Change::hash).into_iter().collect();
    let mut tx = automerge.transaction_at(PatchLog::inactive(), &deps).ok()?;
    make(&mut tx).ok()?;
    let options = CommitOptions::default().with_message(path).with_time(0);
    let hash = tx.commit_with(options).0?;
    Some(automerge.get_change_by_hash(&hash)?.raw_bytes().to_vec())
}
