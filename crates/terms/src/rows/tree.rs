//! «Chương trình».

use serde::{Deserialize, Serialize};

use crate::{Date, Decimal, GroupId, OfficialStatus, SectionId, TaskId, rows::Responsible};

/// A row of «Chương trình»: a group, a section or a task, in the document's order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[expect(
    clippy::large_enum_variant,
    reason = "most rows are tasks; a box for each would gain nothing"
)]
pub enum TreeRow {
    /// A numbered group.
    Group {
        /// The id.
        id: GroupId,
        /// «1».
        number: String,
        /// The title.
        title: String,
        /// Tasks below that pass the filter.
        tasks: usize,
    },
    /// A lettered section.
    Section {
        /// The id.
        id: SectionId,
        /// «1.a».
        number: String,
        /// The title.
        title: String,
        /// Tasks below that pass the filter.
        tasks: usize,
    },
    /// A task or a heading with tasks below.
    Task(TreeTask),
}

/// A task in the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreeTask {
    /// The task.
    pub task: TaskId,
    /// 0 right below its section, 1 below another task.
    pub depth: u8,
    /// «II.3.đ, gạch 3».
    pub clause: String,
    /// The title.
    pub title: String,
    /// A heading has a text and tasks below, but nobody reports on it.
    pub heading: bool,
    /// Who answers, in a line.
    pub responsible: Responsible,
    /// The official status today.
    pub official: OfficialStatus,
    /// The lead's percentage in the period.
    pub percent: Option<Decimal>,
    /// Due.
    pub due: Date,
    /// Leads that have written in the period, and leads in all.
    pub updated: (usize, usize),
    /// Open obstacles of all agencies.
    pub obstacles: usize,
    /// Whether values stand against each other.
    pub conflict: bool,
}
