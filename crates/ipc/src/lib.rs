//! What the UI and the shell say to each other, on `terms` alone, so that it builds for both.
//!
//! - `Command`: a struct is its own arguments and names its reply: `Unlock`, `Submit`, `KeepDraft`
//!   …;
//! - `View`, `Query`: a view is its own query and names its row: `MyWork`, `Tree`, `Task` …;
//! - `Update`, `RowChange`: what changed of a watched view;
//! - `ShowsDocuments`: the heads of the documents that rows show, which travel beside the rows;
//! - `SyncFacts`: what is known about saving and sending, and what the status line shows of it;
//! - `Problem`: what went wrong, for a person.
//!
//! It must not know who answers, and does nothing itself.

mod command;
mod heads;
mod problem;
mod status;
mod view;

pub use command::*;
pub use heads::{ShownHeads, ShowsDocuments};
pub use problem::{Problem, ProblemKind};
pub use status::{StatusSummary, SummaryKind, SyncFacts};
pub use terms::ConnectionStatus;
pub use view::*;
