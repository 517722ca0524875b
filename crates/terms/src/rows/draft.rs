//! What is typed and not an edit yet.

use serde::{Deserialize, Serialize};

use crate::{DocId, Heads, Period, TargetId, TaskId, Timestamp, rows::Topic};

/// What somebody was typing, as kept on this device. One for each path of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The document that it would be written in.
    pub doc: DocId,
    /// The field; of something that is not there yet, `new/…` (see [`new_item`] and its like).
    pub path: String,
    /// What the field showed when typing began.
    pub seen: Heads,
    /// What was typed. The parts of a form are held apart by [`PARTS`].
    pub text: String,
    /// When it was begun.
    pub since: Timestamp,
}

/// Holds the parts of a form apart in the text of its draft: «unit separator», which nobody types.
pub const PARTS: char = '\u{1f}';

/// The path of the draft of a new obstacle, proposal or comment (`kind`) of a task.
pub fn new_item(kind: &str, task: &TaskId, period: Period) -> String {
    format!("new/{kind}/{task}/{period}")
}

/// The path of the draft of a new milestone of a task.
pub fn new_milestone(task: &TaskId) -> String {
    format!("new/milestone/{task}")
}

/// A row of the drafts, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftRow {
    /// What is kept.
    #[serde(flatten)]
    pub draft: Draft,
    /// The task it is about, if one.
    pub task: Option<TaskId>,
    /// The target it is about, if one.
    pub target: Option<TargetId>,
    /// The period it is about, if one.
    pub period: Option<Period>,
    /// Which field of it.
    pub what: Topic,
    /// The title of the task or the name of the target; empty where it is not known.
    pub title: String,
}
