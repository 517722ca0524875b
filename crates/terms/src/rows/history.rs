//! What somebody did: as news, and as a step of a history.

use serde::{Deserialize, Serialize};

use crate::{
    ChangeId, Field, SaveState, TargetId, TaskId, Timestamp,
    rows::{Author, ItemKind},
};

/// What somebody did, in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// The task it is about, if one.
    pub task: Option<TaskId>,
    /// The target it is about, if one.
    pub target: Option<TargetId>,
    /// What of it.
    pub what: Topic,
    /// The value before, as a person reads it.
    pub from: Option<String>,
    /// The value after, as a person reads it; of a text its first words.
    pub to: Option<String>,
    /// Who.
    pub by: Author,
    /// When.
    pub at: Timestamp,
    /// How far it has got.
    pub saved: SaveState,
    /// The change.
    pub change: ChangeId,
    /// The title of the task or the name of the target.
    pub title: String,
}

/// What a step is about, to be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// A field.
    Field(Field),
    /// A field of an obstacle, a proposal or a comment.
    Item(ItemKind),
    /// Anything that this version has no field for.
    Other,
}

impl Topic {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Field(field) => field.name(),
            Self::Item(kind) => kind.name(),
            Self::Other => "Nội dung khác",
        }
    }
}

/// One step in the history of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryRow {
    /// Where the field stands.
    pub path: String,
    /// What it is about.
    pub what: Topic,
    /// What stood there for the writer: several where they chose between values.
    pub from: Vec<String>,
    /// What was written; `None` where it was cleared.
    pub to: Option<String>,
    /// Why, where the writer said so.
    pub reason: Option<String>,
    /// Who.
    pub by: Author,
    /// When, by the writer's clock.
    pub at: Timestamp,
    /// The change.
    pub change: ChangeId,
    /// How far it has got.
    pub saved: SaveState,
}
