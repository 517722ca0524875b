//! Views: a query, and rows that are found again by their key.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use terms::{
    Period, TaskId, TreeFilter,
    rows::{DraftRow, OverviewRow, TargetRow, TaskRow, TreeRow, WorkRow},
};

use crate::{Drafts, Me, ShownHeads, ShowsDocuments, SyncFacts, WhoAmI};

/// A query whose rows can be watched.
pub trait View: Serialize + DeserializeOwned + Clone + PartialEq + Send + Sync + 'static {
    /// What the view is made of.
    type Row: Serialize
        + DeserializeOwned
        + ShowsDocuments
        + Clone
        + PartialEq
        + Send
        + Sync
        + 'static;

    /// The same query as one of all.
    fn query(self) -> Query;
}

/// Any view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "view", rename_all = "kebab-case")]
pub enum Query {
    /// «Việc của tôi».
    MyWork(MyWork),
    /// «Chương trình».
    Tree(Tree),
    /// «Nhiệm vụ».
    Task(Task),
    /// «Chỉ tiêu».
    Targets(Targets),
    /// «Tổng quan».
    Overview(Overview),
    /// The status line.
    Status(Status),
    /// The person at the window: one row.
    WhoAmI(WhoAmI),
    /// What is typed and not an edit yet.
    Drafts(Drafts),
}

macro_rules! views {
    ($($name:ident => $row:ty;)*) => {$(
        impl View for $name {
            type Row = $row;

            fn query(self) -> Query {
                Query::$name(self)
            }
        }
    )*};
}

views! {
    MyWork => WorkRow;
    Tree => TreeRow;
    Task => TaskRow;
    Targets => TargetRow;
    Overview => OverviewRow;
    Status => SyncFacts;
    WhoAmI => Me;
    Drafts => DraftRow;
}

/// «Việc của tôi»: rows of the person's own agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyWork {
    /// The period.
    pub period: Period,
}

/// «Chương trình», filtered; groups and sections with nothing left are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tree {
    /// The period.
    pub period: Period,
    /// What it is narrowed to.
    pub filter: TreeFilter,
}

/// «Nhiệm vụ»: one task in one period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// The task.
    pub task: TaskId,
    /// The period.
    pub period: Period,
}

/// «Chỉ tiêu» in one period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Targets {
    /// The period.
    pub period: Period,
    /// Only targets that the person's agency owns or contributes to.
    pub mine: bool,
}

/// «Tổng quan» in one period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// The period.
    pub period: Period,
}

/// The status line: one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {}

/// Which watch, given by whoever answers.
pub type WatchId = u64;

/// What a watcher receives: a snapshot first, then numbered changes. A number that does not
/// follow the last one means: watch again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Update {
    /// Which watch.
    pub watch: WatchId,
    /// 0 for the snapshot, then one more each time.
    pub number: u64,
    /// The documents that rows show at other heads than before, or did not show before: of all
    /// rows, not only of those that changed. To be taken in together with the changes.
    pub heads: ShownHeads,
    /// What changed. The snapshot is a [`RowChange::Put`] for each row, in order.
    pub changes: Vec<RowChange>,
}

/// A change of one row. Rows travel as JSON values so that one channel serves all views.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum RowChange {
    /// The row with this key is now this, right after the row `after` (none: first).
    Put {
        /// The key.
        key: String,
        /// The key of the row before it.
        after: Option<String>,
        /// The row.
        row: serde_json::Value,
    },
    /// The row with this key is gone.
    Remove {
        /// The key.
        key: String,
    },
}
