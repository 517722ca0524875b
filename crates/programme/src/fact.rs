//! What a document says, flat: paths, values, and who said them when.

use serde::{Deserialize, Serialize};
use terms::{ChangeId, EnrolmentId, Timestamp, text::is_blank};

/// A leaf's value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "kebab-case")]
pub enum Scalar {
    /// Cleared.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A word, a figure, a day: canonical, in NFC.
    Text(String),
    /// A text that several people write, as merged.
    Merged(String),
}

impl Scalar {
    /// The string, whichever sort it is.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Merged(text) => Some(text),
            Self::Null | Self::Bool(_) => None,
        }
    }

    /// Whether it says nothing: cleared, or a text of which nobody sees a letter.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Bool(_) => false,
            Self::Text(text) | Self::Merged(text) => is_blank(text),
        }
    }
}

/// A value with who said it, when and in which change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The value.
    pub value: Scalar,
    /// The change that says so.
    pub change: ChangeId,
    /// Who; none of a birth change.
    pub author: Option<EnrolmentId>,
    /// When, by the writer's clock.
    pub time: Timestamp,
}

/// What stands at a path.
///
/// Of a single value: each different value that nobody has chosen against; equal ones count once,
/// for whoever said it first. Of a text: a stamp for each last write that knows nothing of the
/// others, each with the merged text. In the order of time and change, so equal on every replica.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Where: map keys joined by `/`.
    pub path: String,
    /// What stands there; empty only where a change that is not ours deleted it.
    pub values: Vec<Stamp>,
}

/// One step in the history of a path: a change that wrote there.
///
/// `from` is the value that the writer saw, `to` the value with this change. Both are the same in
/// whatever order changes arrive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryStep {
    /// Where.
    pub path: String,
    /// The change.
    pub change: ChangeId,
    /// Who; none of a birth change.
    pub author: Option<EnrolmentId>,
    /// When, by the writer's clock.
    pub time: Timestamp,
    /// What the writer wrote over: several where they chose.
    pub from: Vec<Scalar>,
    /// What was written.
    pub to: Scalar,
    /// Why, where the writer said so.
    pub reason: Option<String>,
}
