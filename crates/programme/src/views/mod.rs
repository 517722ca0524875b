//! What people look at, computed from a [`ReadModel`].
//!
//! Every view is total: whatever the documents hold, it shows what it understands. Rows come with
//! the key by which they are found again, in the order in which they are shown.

mod board;
mod drafts;
mod figures;
mod history;
mod items;
mod my_work;
mod names;
mod overview;
mod roles;
mod targets;
mod task;
mod tree;

pub use drafts::draft;
pub use history::{history_row, is_news, news};
pub use my_work::my_work;
pub use names::{agencies, agency, agency_name, groups, periods, target_name, task_name};
pub use overview::overview;
pub use targets::targets;
pub use task::task;
pub use tree::tree;

use crate::{ReadModel, Viewer};

/// How many values stand against each other, or texts wait to be read again, that this person may
/// choose between.
pub fn conflicts(model: &ReadModel, viewer: &Viewer) -> usize {
    let writable = viewer.writable.iter().filter_map(|doc| model.doc(doc));
    writable.map(|document| document.conflicts.len()).sum()
}
