//! Milestones, obstacles, proposals and comments.

use serde::{Deserialize, Serialize};

use crate::{
    Date, DocId, Heads, ItemId, MilestoneId, TaskId, Timestamp,
    rows::{AgencyName, Author, Register, TextField},
};

/// A milestone under a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MilestoneRow {
    /// The milestone.
    pub id: MilestoneId,
    /// What is due; the first wording where several stand against each other.
    pub title: String,
    /// The last valid day; the earliest where several stand against each other.
    pub due: Date,
    /// The paper or decision that sets it.
    pub source: String,
    /// Everything that people say of the three above, and whether it is struck out.
    pub fields: Box<MilestoneFields>,
    /// Reached on.
    pub done_on: Register<Date>,
    /// The document it stands in.
    pub doc: DocId,
    /// What this view has seen of it.
    pub heads: Heads,
    /// Who set it; none where the programme itself does.
    pub by: Option<Author>,
    /// Whether the person at this window may write it.
    pub writable: bool,
    /// The task, for lists over all tasks.
    pub task: TaskId,
}

/// What of a milestone can be corrected, with everything that stands there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MilestoneFields {
    /// What is due.
    pub title: Register<String>,
    /// The last valid day.
    pub due: Register<Date>,
    /// The paper or decision that sets it.
    pub source: Register<String>,
    /// Struck out. Where one struck it out and another corrected it, both stand here.
    pub removed: Register<bool>,
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// Khó khăn, vướng mắc.
    Obstacle,
    /// Kiến nghị, đề xuất.
    Proposal,
    /// Ý kiến.
    Comment,
}

impl ItemKind {
    /// All of them, in the order in which a task shows them.
    pub const ALL: [Self; 3] = [Self::Obstacle, Self::Proposal, Self::Comment];

    /// As it stands in documents.
    pub fn code(self) -> &'static str {
        match self {
            Self::Obstacle => "obstacle",
            Self::Proposal => "proposal",
            Self::Comment => "comment",
        }
    }

    /// The reverse of [`code`](Self::code); a word of a newer version is none.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Obstacle => "Khó khăn, vướng mắc",
            Self::Proposal => "Kiến nghị, đề xuất",
            Self::Comment => "Ý kiến",
        }
    }
}

/// An obstacle, a proposal or a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemRow {
    /// The item.
    pub id: ItemId,
    /// What it is.
    pub item: ItemKind,
    /// The task it is about, if one.
    pub task: Option<TaskId>,
    /// The agency whose document it stands in.
    pub agency: AgencyName,
    /// The text.
    pub text: TextField,
    /// Who is asked to act on an obstacle.
    pub waits_for: Register<AgencyName>,
    /// Since when an obstacle is out of the way.
    pub resolved_on: Register<Date>,
    /// Struck out. Where one struck it out and another edited it, both stand here.
    pub removed: Register<bool>,
    /// Who added it, and when.
    pub added: Option<(Author, Timestamp)>,
    /// The document it stands in.
    pub doc: DocId,
    /// What this view has seen of it.
    pub heads: Heads,
    /// Whether the person at this window may write it.
    pub writable: bool,
}
