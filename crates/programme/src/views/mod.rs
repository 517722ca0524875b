//! What people look at, computed from a [`World`].
//!
//! Every view is total: whatever the documents hold, it shows what it understands. Rows come with
//! the key by which they are found again, in the order in which they are shown.

mod history;
mod names;

use std::collections::{BTreeMap, BTreeSet};

use terms::{
    AgencyId, Date, OfficialStatus, Period, TaskId,
    rows::{News, OverviewRow, TargetRow, TaskRow, TreeRow, WorkRow},
};

use crate::{Viewer, World};

pub use history::{history_row, news};
pub use names::{agencies, agency, agency_name, periods, target_name, task_name};

/// What «Chương trình» is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TreeFilter {
    /// Only tasks in which this agency has a part.
    pub agency: Option<AgencyId>,
    /// Only tasks of this official status.
    pub status: Option<OfficialStatus>,
    /// Only tasks with an open obstacle.
    pub obstacles: bool,
    /// Only tasks that no lead has updated in the period.
    pub not_updated: bool,
    /// Only tasks whose title, clause or agencies have these words.
    pub search: String,
    /// Tasks that a search of everything written has found besides.
    pub found: Option<BTreeSet<TaskId>>,
}

/// «Việc của tôi».
pub fn my_work(
    _world: &World,
    _viewer: &Viewer,
    _period: Period,
    _today: Date,
    _news: &BTreeMap<TaskId, Vec<News>>,
) -> Vec<(String, WorkRow)> {
    Vec::new()
}

/// «Chương trình».
pub fn tree(
    _world: &World,
    _viewer: &Viewer,
    _filter: &TreeFilter,
    _period: Period,
    _today: Date,
) -> Vec<(String, TreeRow)> {
    Vec::new()
}

/// «Nhiệm vụ».
pub fn task(
    _world: &World,
    _viewer: &Viewer,
    _task: &TaskId,
    _period: Period,
    _today: Date,
) -> Vec<(String, TaskRow)> {
    Vec::new()
}

/// «Chỉ tiêu».
pub fn targets(
    _world: &World,
    _viewer: &Viewer,
    _period: Period,
    _mine: bool,
) -> Vec<(String, TargetRow)> {
    Vec::new()
}

/// «Tổng quan».
pub fn overview(
    _world: &World,
    _period: Period,
    _today: Date,
    _news: Vec<News>,
) -> Vec<(String, OverviewRow)> {
    Vec::new()
}

/// How many values stand against each other that this person may choose between.
pub fn conflicts(_world: &World, _viewer: &Viewer) -> usize {
    0
}
