//! Words to find things by. `duong` finds «đường», `hòa` finds «hoà»: what is kept and what is
//! asked are folded the same way.

use std::collections::{BTreeSet, HashSet};

use programme::Fact;
use rusqlite::{Connection, OptionalExtension as _, params};
use terms::{AgencyId, DocId, FieldPath, TargetId, TaskId, text::fold};

use super::{changes::doc_at, excerpt::excerpt, keys, ranking::SearchTerms};

/// Something found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hit {
    /// A task, by its title or clause.
    Task(TaskId),
    /// A target, by its name.
    Target(TargetId),
    /// An agency, by one of its names.
    Agency(AgencyId),
    /// Words that somebody wrote.
    Text {
        /// The document.
        doc: DocId,
        /// The field.
        path: String,
        /// The task it is about, if one.
        task: Option<TaskId>,
        /// The words around the place.
        excerpt: String,
    },
}

/// The most that a search gives.
const MOST: usize = 200;

/// Keeps the words of a field that can be searched; another field is passed over.
pub(super) fn note(db: &Connection, doc: &str, fact: &Fact) -> rusqlite::Result<()> {
    if !searchable(&fact.path) {
        return Ok(());
    }
    let parts: Vec<&str> = fact
        .values
        .iter()
        .filter_map(|stamp| stamp.value.as_str())
        .collect();
    let mut texts = parts;
    texts.dedup();
    let text = texts.join("\n");
    let known: Option<i64> = db
        .prepare_cached("SELECT id FROM said WHERE doc = ?1 AND path = ?2")?
        .query_row([doc, &fact.path], |row| row.get(0))
        .optional()?;
    if let Some(id) = known {
        drop_words(db, id)?;
    }
    if text.is_empty() {
        return Ok(());
    }
    db.prepare_cached("INSERT INTO said (id, doc, path, text) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![known, doc, fact.path, text])?;
    db.prepare_cached("INSERT INTO folded (rowid, words) VALUES (?1, ?2)")?
        .execute(params![db.last_insert_rowid(), fold(&text)])
        .map(|_| ())
}

/// Forgets the words of a document.
pub(super) fn forget(db: &Connection, doc: &str) -> rusqlite::Result<()> {
    let ids: Vec<i64> = db
        .prepare_cached("SELECT id FROM said WHERE doc = ?1")?
        .query_map([doc], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    ids.into_iter().try_for_each(|id| drop_words(db, id))
}

fn drop_words(db: &Connection, id: i64) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM folded WHERE rowid = ?1")?
        .execute([id])?;
    db.prepare_cached("DELETE FROM said WHERE id = ?1")?
        .execute([id])
        .map(|_| ())
}

/// The tasks in whose titles, or in what anybody wrote of them, every word asked for is found.
/// All of them, unlike [`find`]: what is narrowed to them must not miss one.
pub(crate) fn tasks(db: &Connection, asked: &str) -> rusqlite::Result<BTreeSet<TaskId>> {
    as_typed_or_meant(asked, |words| tasks_with(db, words), BTreeSet::is_empty)
}

fn tasks_with(db: &Connection, words: &[String]) -> rusqlite::Result<BTreeSet<TaskId>> {
    let Some(query) = query(words, false) else {
        return Ok(BTreeSet::new());
    };
    let mut statement = db.prepare_cached(
        "SELECT said.doc, said.path FROM folded JOIN said ON said.id = folded.rowid
         WHERE folded MATCH ?1",
    )?;
    let mut rows = statement.query([query])?;
    let (mut found, mut seen) = (BTreeSet::new(), HashSet::new());
    while let Some(row) = rows.next()? {
        let path = row.get_ref(1)?.as_str()?;
        // Most is said of the same tasks again and again.
        if let Some(of) = task_in(path) {
            if seen.contains(of) {
                continue;
            }
            seen.insert(of.to_owned());
        }
        let doc = doc_at(row, 0)?;
        if !is_removed(db, &doc, path)? {
            found.extend(task_of(db, &doc, path)?);
        }
    }
    Ok(found)
}

/// The beginning of a path that names its task.
fn task_in(path: &str) -> Option<&str> {
    let rest = path
        .strip_prefix("progress/")
        .or_else(|| path.strip_prefix("tasks/"))?;
    rest.split('/').next()
}

/// What the words lead to or, where that is nothing, what they mean as keys of Telex or VNI.
fn as_typed_or_meant<T>(
    asked: &str,
    find: impl Fn(&[String]) -> rusqlite::Result<T>,
    is_nothing: impl Fn(&T) -> bool,
) -> rusqlite::Result<T> {
    let typed = words(asked);
    let found = find(&typed)?;
    let meant: Vec<String> = typed.iter().map(|word| keys::plain(word)).collect();
    if is_nothing(&found) && meant != typed {
        find(&meant)
    } else {
        Ok(found)
    }
}

/// What the index is asked: every word, as a whole or also as a beginning.
fn query(words: &[String], whole: bool) -> Option<String> {
    let end = if whole { "" } else { "*" };
    let each = words.iter().map(|word| format!("\"{word}\"{end}"));
    (!words.is_empty()).then(|| each.collect::<Vec<_>>().join(" "))
}

/// What holds every word asked for: with the marks as typed before others, then as whole words
/// before beginnings («lua»: «lúa» before «luật»), then the best first.
pub(crate) fn find(db: &Connection, asked: &str) -> rusqlite::Result<Vec<Hit>> {
    let marked = SearchTerms::of(asked);
    as_typed_or_meant(asked, |words| find_words(db, words, &marked), Vec::is_empty)
}

fn find_words(
    db: &Connection,
    words: &[String],
    marked: &SearchTerms,
) -> rusqlite::Result<Vec<Hit>> {
    let mut found = Vec::new();
    for whole in [true, false] {
        if found.len() < MOST {
            let texts = texts(db, words, whole)?.into_iter();
            found.extend(texts.map(|text| (whole, text)));
        }
    }
    found.sort_by_cached_key(|(whole, (_, _, text))| (marked.other_marks(text), !whole));
    let mut hits = Vec::new();
    for (_, (doc, path, text)) in found {
        let hit = hit(db, doc, path, &text, words)?;
        hits.extend(hit.filter(|hit| !hits.contains(hit)));
    }
    Ok(hits)
}

fn texts(
    db: &Connection,
    words: &[String],
    whole: bool,
) -> rusqlite::Result<Vec<(DocId, String, String)>> {
    let Some(query) = query(words, whole) else {
        return Ok(Vec::new());
    };
    let limit = i64::try_from(MOST).unwrap_or(i64::MAX);
    db.prepare_cached(
        "SELECT said.doc, said.path, said.text FROM folded
         JOIN said ON said.id = folded.rowid
         WHERE folded MATCH ?1 ORDER BY folded.rank LIMIT ?2",
    )?
    .query_map(params![query, limit], |row| {
        Ok((doc_at(row, 0)?, row.get(1)?, row.get(2)?))
    })?
    .collect()
}

/// The words asked for, folded, as the index splits them.
fn words(asked: &str) -> Vec<String> {
    fold(asked)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn hit(
    db: &Connection,
    doc: DocId,
    path: String,
    text: &str,
    words: &[String],
) -> rusqlite::Result<Option<Hit>> {
    let parts: Vec<&str> = path.split('/').collect();
    let hit = match parts.as_slice() {
        ["tasks", id, _] => id.parse().ok().map(Hit::Task),
        ["targets", id, _] => id.parse().ok().map(Hit::Target),
        ["agencies", id, _] => id.parse().ok().map(Hit::Agency),
        _ if is_removed(db, &doc, &path)? => None,
        _ => {
            let task = task_of(db, &doc, &path)?;
            let excerpt = excerpt(text, words);
            Some(Hit::Text {
                doc,
                path,
                task,
                excerpt,
            })
        }
    };
    Ok(hit)
}

/// Whether a path is of an item or a milestone that was struck out, and nobody says otherwise.
fn is_removed(db: &Connection, doc: &DocId, path: &str) -> rusqlite::Result<bool> {
    let removed = FieldPath::parse(path).and_then(|FieldPath { record, .. }| {
        let field = record.removed_field()?;
        Some(record.path(field))
    });
    let Some(removed) = removed else {
        return Ok(false);
    };
    db.prepare_cached(
        "SELECT count(*) = 1 AND max(value) = ?3 FROM fact WHERE doc = ?1 AND path = ?2",
    )?
    .query_row(params![doc.to_string(), removed, REMOVED], |row| row.get(0))
}

const REMOVED: &str = r#"{"type":"bool","value":true}"#;

/// The task that a path is about, if one. That of an item or a milestone stands beside it.
pub(super) fn task_of(
    db: &Connection,
    doc: &DocId,
    path: &str,
) -> rusqlite::Result<Option<TaskId>> {
    let Some(FieldPath { record, .. }) = FieldPath::parse(path) else {
        let of_programme = || path.strip_prefix("tasks/")?.split('/').next()?.parse().ok();
        return Ok(of_programme());
    };
    let Some(beside) = record.task_field() else {
        return Ok(record.task().cloned());
    };
    let value = value(db, doc, &record.path(beside))?;
    let scalar = value.and_then(|json| serde_json::from_str::<programme::Scalar>(&json).ok());
    Ok(scalar
        .as_ref()
        .and_then(programme::Scalar::as_str)
        .and_then(|id| id.parse().ok()))
}

fn value(db: &Connection, doc: &DocId, path: &str) -> rusqlite::Result<Option<String>> {
    db.prepare_cached("SELECT value FROM fact WHERE doc = ?1 AND path = ?2 AND ord = 0")?
        .query_row([&doc.to_string(), path], |row| row.get(0))
        .optional()
}

/// Whether the words at a path are found: of a field as it declares, of the programme its titles
/// and names.
fn searchable(path: &str) -> bool {
    if let Some(at) = FieldPath::parse(path) {
        return !at.read && at.field.declaration().searched;
    }
    let parts: Vec<&str> = path.split('/').collect();
    matches!(
        parts.as_slice(),
        ["tasks", _, "title" | "clause"]
            | ["targets", _, "name"]
            | ["agencies", _, "name" | "short"]
    )
}

#[cfg(test)]
#[path = "search_tests.rs"]
mod tests;
