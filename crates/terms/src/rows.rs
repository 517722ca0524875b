//! What views are made of: plain rows, each found again by its key.
//!
//! `programme` computes them, `desk` sends what changed of them, `src-ui` paints them.

mod draft;
mod field;
mod history;
mod items;
mod my_work;
mod overview;
mod targets;
mod task;
mod tree;
mod who;

pub use self::{
    draft::{Draft, DraftRow, PARTS, new_item, new_milestone},
    field::{Author, Authored, Register, TextField},
    history::{HistoryRow, News, Topic},
    items::{ItemKind, ItemRow, MilestoneFields, MilestoneRow},
    my_work::{Bucket, WorkRow},
    overview::{OverviewRow, StatusCounts},
    targets::{Condition, Contribution, TargetRow, ValueCells},
    task::{PartLine, PartText, ProgressRow, TaskDetails, TaskRow},
    tree::{TreeRow, TreeTask},
    who::{AgencyName, GroupName, Responsible, TaskRole},
};
