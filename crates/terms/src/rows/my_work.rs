//! «Việc của tôi».

use serde::{Deserialize, Serialize};

use crate::{
    Date, Decimal, OfficialStatus, TaskId, WorkStatus,
    rows::{News, TaskRole},
};

/// Why a row of «Việc của tôi» is where it is, the most pressing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bucket {
    /// Two values wait for a choice, or a merged text to be read again.
    ToChoose,
    /// Led by this agency alone and not updated in the period.
    OnlyMine,
    /// A milestone is late, or due within 14 days.
    Milestone,
    /// Others wrote since this person last looked.
    ChangedByOthers,
    /// Not updated in the period.
    NotUpdated,
    /// Updated.
    Updated,
}

/// A row of «Việc của tôi».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkRow {
    /// The task.
    pub task: TaskId,
    /// «II.3.đ, gạch 3».
    pub clause: String,
    /// The title.
    pub title: String,
    /// What the agency is to it.
    pub part: TaskRole,
    /// Why it is here.
    pub bucket: Bucket,
    /// The agency's own status in the period.
    pub status: Option<WorkStatus>,
    /// The agency's own percentage in the period.
    pub percent: Option<Decimal>,
    /// The official status today.
    pub official: OfficialStatus,
    /// The next day due: an open milestone's, or the task's.
    pub due: Date,
    /// The milestone that `due` is of, if one.
    pub milestone: Option<String>,
    /// Open obstacles of this agency.
    pub obstacles: usize,
    /// What others did since this person last looked, newest first, at most three.
    pub news: Vec<News>,
}
