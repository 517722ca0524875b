//! Reads and checks a programme written as TOML.
//!
//! A folder such as `seeds/soc-trang-2019` holds what a programme's text says, in a form that a
//! person can read and correct (`seeds/README.md`, in Vietnamese). [`parse()`] takes the files'
//! contents and gives a [`Programme`], or every fault at once, each with its file, line and
//! column and what to do about it. [`load()`] reads the folder first; it is the only thing here
//! that touches the disk.

mod build;
mod build_targets;
mod build_tasks;
mod check;
mod clause;
mod direction;
mod error;
mod load;
mod log;
mod model;
mod parse;
mod reader;
mod sourced;
mod typed;

pub use clause::{Clause, ClauseError, Place};
pub use direction::{Direction, UnknownDirection};
pub use error::{Problem, SeedError};
pub use load::load;
pub use model::{Duty, Figure, Ground, Programme, Reading, Words};
pub use parse::parse;
pub use sourced::{
    Agency, AgencyGroup, AgencySource, Assigned, PeriodRow, PeriodSource, Sourced, Statement,
    Target, TargetSource, Task, TaskSource,
};
