//! What views are made of: plain rows, each found again by its key.
//!
//! `programme` computes them, `desk` sends what changed of them, `src-ui` paints them.

mod draft;
mod history;
mod items;
mod my_work;
mod overview;
mod said;
mod targets;
mod task;
mod tree;
mod who;

pub use self::{
    draft::{Draft, DraftRow, PARTS, new_item, new_milestone},
    history::{HistoryRow, News, Topic},
    items::{ItemKind, ItemRow, MilestoneRow, MilestoneSaid},
    my_work::{Bucket, WorkRow},
    overview::{OverviewRow, StatusCounts},
    said::{Author, Register, Said, TextField},
    targets::{Condition, Contribution, TargetRow, ValueCells},
    task::{PartLine, PartRow, PartText, TaskHead, TaskRow},
    tree::{TreeRow, TreeTask},
    who::{AgencyName, GroupName, Part, Responsible},
};
