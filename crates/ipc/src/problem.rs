//! What went wrong, for a person.

use serde::{Deserialize, Serialize};

/// A problem as the UI shows it: what happened and what to do next, in Vietnamese.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What sort, for the UI to place it.
    pub kind: ProblemKind,
    /// What happened and what to do next.
    pub message: String,
    /// Whether the same request may succeed later.
    pub retry: bool,
}

/// Where a problem belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemKind {
    /// What was typed can't be taken: shown at the field, which keeps what was typed.
    Input,
    /// Nobody is signed in, or the PIN is wrong.
    Locked,
    /// Not allowed to write there.
    Denied,
    /// The relay can't be reached.
    Offline,
    /// The disk or the database.
    Storage,
    /// Anything else.
    Internal,
}
