//! The history: what each change touched.
//!
//! The number of a step is the order in which it came here, in which every change stands after
//! those it builds on. That decides the order of a document's steps; the authors' clocks, which may
//! be wrong, are only shown.

use std::collections::{BTreeMap, BTreeSet};

use programme::{HistoryStep, views};
use rusqlite::{Connection, Params, Row, params};
use terms::{ChangeId, DocId, EnrolmentId, FieldPath, TargetId, TaskId, Timestamp};

use super::{
    changes::{author_at, doc_at},
    projection::{from_json, json},
    search::task_of,
};

/// What a step of history is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A task.
    Task(TaskId),
    /// A target.
    Target(TargetId),
}

impl About {
    fn key(&self) -> String {
        match self {
            Self::Task(id) => format!("task/{id}"),
            Self::Target(id) => format!("target/{id}"),
        }
    }
}

/// Adds steps to a document's history, after the facts that they made were written.
pub(crate) fn write(db: &Connection, doc: &DocId, steps: &[HistoryStep]) -> rusqlite::Result<()> {
    let mut insert = db.prepare_cached(
        "INSERT INTO touch (doc, path, change, author, time, was, became, reason, about)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for step in steps {
        insert.execute(params![
            doc.to_string(),
            step.path,
            step.change.0,
            step.author.as_ref().map(EnrolmentId::as_str),
            step.time.0,
            json(&step.from)?,
            json(&step.to)?,
            step.reason,
            about(db, doc, &step.path)?.map(|about| about.key()),
        ])?;
    }
    Ok(())
}

/// Takes the steps of a change out; gives them back.
pub(crate) fn remove(
    db: &Connection,
    doc: &DocId,
    change: &ChangeId,
) -> rusqlite::Result<Vec<HistoryStep>> {
    let of = params![doc.to_string(), change.0];
    let steps = query(db, "WHERE doc = ?1 AND change = ?2 ORDER BY number", of)?;
    db.prepare_cached("DELETE FROM touch WHERE doc = ?1 AND change = ?2")?
        .execute(params![doc.to_string(), change.0])?;
    Ok(steps.into_iter().map(|(_, step)| step).collect())
}

/// A document's history, in the order in which it came here.
#[cfg(test)]
pub(crate) fn of_document(db: &Connection, doc: &DocId) -> rusqlite::Result<Vec<HistoryStep>> {
    let steps = query(db, "WHERE doc = ?1 ORDER BY number", [doc.to_string()])?;
    Ok(steps.into_iter().map(|(_, step)| step).collect())
}

/// The history of a field, the newest first.
pub(crate) fn of_field(
    db: &Connection,
    doc: &DocId,
    path: &str,
) -> rusqlite::Result<Vec<HistoryStep>> {
    let steps = query(
        db,
        "WHERE doc = ?1 AND path = ?2 ORDER BY number DESC",
        params![doc.to_string(), path],
    )?;
    Ok(steps.into_iter().map(|(_, step)| step).collect())
}

/// All that was said of a task or a target, the newest first, at most so many steps.
///
/// The documents of a new device come one after the other, so between documents nothing but the
/// clock can say what was first. A step counts as no older than those before it in its document.
pub(crate) fn of(
    db: &Connection,
    about: &About,
    most: usize,
) -> rusqlite::Result<Vec<(DocId, HistoryStep)>> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    db.prepare_cached(
        "SELECT doc, path, change, author, time, was, became, reason FROM (
           SELECT *, max(time) OVER (PARTITION BY doc ORDER BY number) AS since
           FROM touch WHERE about = ?1
         ) ORDER BY since DESC, number DESC LIMIT ?2",
    )?
    .query_map(params![about.key(), most], step)?
    .collect()
}

/// The last steps of all documents in the order in which they came here, the newest first.
pub(crate) fn recent(db: &Connection, most: usize) -> rusqlite::Result<Vec<(DocId, HistoryStep)>> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    query(db, "ORDER BY number DESC LIMIT ?1", [most])
}

/// What the pending changes touched, the oldest first.
pub(crate) fn pending(db: &Connection) -> rusqlite::Result<Vec<(DocId, HistoryStep)>> {
    db.prepare_cached(
        "SELECT touch.doc, path, touch.change, touch.author, time, was, became, reason
         FROM touch JOIN change ON change.doc = touch.doc AND change.hash = touch.change
         WHERE change.state = 'pending' ORDER BY change.number, touch.number",
    )?
    .query_map([], step)?
    .collect()
}

/// What others than `reader` said of each task since the reader last looked at it, the newest
/// first, at most so many steps of each: who has not looked for long has years of them.
pub(crate) fn news(
    db: &Connection,
    reader: &BTreeSet<EnrolmentId>,
    most: usize,
) -> rusqlite::Result<BTreeMap<TaskId, Vec<(DocId, HistoryStep)>>> {
    let own = json(&reader.iter().map(EnrolmentId::as_str).collect::<Vec<_>>())?;
    let mut of_task = db.prepare_cached(
        "SELECT doc, path, change, author, time, was, became, reason FROM touch
         WHERE about = ?1
           AND number > coalesce((SELECT touch FROM look WHERE task = ?2), 0)
           AND author IS NOT NULL AND author NOT IN (SELECT value FROM json_each(?3))
         ORDER BY number DESC",
    )?;
    let mut news = BTreeMap::new();
    for task in tasks(db)? {
        let about = About::Task(task.clone()).key();
        let mut rows = of_task.query(params![about, task.as_str(), own])?;
        let mut steps = Vec::new();
        while steps.len() < most
            && let Some(row) = rows.next()?
        {
            let (doc, step) = step(row)?;
            if views::is_news(&step) {
                steps.push((doc, step));
            }
        }
        if !steps.is_empty() {
            news.insert(task, steps);
        }
    }
    Ok(news)
}

/// The tasks of which anything was said: from one to the next through the index, not step by step.
fn tasks(db: &Connection) -> rusqlite::Result<Vec<TaskId>> {
    let mut next =
        db.prepare_cached("SELECT min(about) FROM touch WHERE about > ?1 AND about < 'task0'")?;
    let mut tasks = Vec::new();
    let mut last = "task/".to_owned();
    while let Some(about) = next.query_row([&last], |row| row.get::<_, Option<String>>(0))? {
        tasks.extend(about.strip_prefix("task/").and_then(|id| id.parse().ok()));
        last = about;
    }
    Ok(tasks)
}

/// The person has seen all that was said of a task until now.
pub(crate) fn look(db: &Connection, task: &TaskId) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO look VALUES (?1, (SELECT coalesce(max(number), 0) FROM touch))
         ON CONFLICT (task) DO UPDATE SET touch = excluded.touch",
    )?
    .execute([task.as_str()])
    .map(|_| ())
}

fn about(db: &Connection, doc: &DocId, path: &str) -> rusqlite::Result<Option<About>> {
    let of_programme = || {
        path.strip_prefix("targets/")?
            .split('/')
            .next()?
            .parse()
            .ok()
    };
    let target = match FieldPath::parse(path) {
        Some(at) => at.record.target().cloned(),
        None => of_programme(),
    };
    if let Some(target) = target {
        return Ok(Some(About::Target(target)));
    }
    Ok(task_of(db, doc, path)?.map(About::Task))
}

fn query(
    db: &Connection,
    which: &str,
    params: impl Params,
) -> rusqlite::Result<Vec<(DocId, HistoryStep)>> {
    db.prepare_cached(&format!(
        "SELECT doc, path, change, author, time, was, became, reason FROM touch {which}"
    ))?
    .query_map(params, step)?
    .collect()
}

fn step(row: &Row<'_>) -> rusqlite::Result<(DocId, HistoryStep)> {
    let step = HistoryStep {
        path: row.get(1)?,
        change: ChangeId(row.get(2)?),
        author: author_at(row, 3)?,
        time: Timestamp(row.get(4)?),
        from: from_json(row, 5)?,
        to: from_json(row, 6)?,
        reason: row.get(7)?,
    };
    Ok((doc_at(row, 0)?, step))
}

#[cfg(test)]
#[path = "history_tests.rs"]
mod tests;
