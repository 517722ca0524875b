//! What the UI and whoever answers it say to each other: commands, views and what changed of
//! them. On `terms` alone, so that it builds for the window and for the shell.
//!
//! A command is its own arguments and names its reply; a view is its own query and names its
//! row. Nothing here does anything.

mod command;
mod problem;
mod status;
mod view;

pub use command::*;
pub use problem::{Problem, ProblemKind};
pub use status::{StatusSummary, SummaryKind, SyncFacts};
pub use terms::ConnectionStatus;
pub use view::*;
