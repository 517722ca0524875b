//! What views are made of: plain rows, each found again by its key.
//!
//! `programme` computes them, `desk` sends what changed of them, `src-ui` paints them.

mod items;
mod my_work;
mod overview;
mod said;
mod steps;
mod targets;
mod task;
mod tree;
mod who;

pub use self::{
    items::{ItemKind, ItemRow, MilestoneRow, MilestoneSaid},
    my_work::{Bucket, WorkRow},
    overview::{OverviewRow, StatusCounts},
    said::{Author, Register, Said, Saved, TextField},
    steps::{HistoryRow, News, Topic},
    targets::{Condition, Contribution, TargetRow, ValueCells},
    task::{PartLine, PartRow, PartText, TaskHead, TaskRow},
    tree::{TreeRow, TreeTask},
    who::{AgencyName, GroupName, Part, Responsible},
};
