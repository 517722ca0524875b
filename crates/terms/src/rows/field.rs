//! Values that people said: with who, when and how safe they are.

use serde::{Deserialize, Serialize};

use crate::{ChangeId, EnrolmentId, SaveState, Timestamp, saved::least_safe};

/// Who said something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// The person on a device.
    pub enrolment: EnrolmentId,
    /// The person's name; empty while the directory does not know the enrolment.
    pub person: String,
    /// The short name of the person's agency.
    pub agency: String,
}

/// A value with who, when and how safe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authored<T> {
    /// The value; `None` where somebody cleared it.
    pub value: Option<T>,
    /// Who.
    pub by: Author,
    /// When, by the writer's clock.
    pub at: Timestamp,
    /// The change that says so.
    pub change: ChangeId,
    /// How far it has got.
    pub saved: SaveState,
}

/// A single value that people may have set at once: none, one, or several that stand against
/// each other until a named person chooses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register<T> {
    /// Where it stands in its document: the key of its history.
    pub path: String,
    /// Each different value, the same order on every replica.
    pub values: Vec<Authored<T>>,
}

impl<T> Register<T> {
    /// The value, where there is one and nobody contradicts it.
    pub fn agreed(&self) -> Option<&T> {
        match self.values.as_slice() {
            [said] => said.value.as_ref(),
            _ => None,
        }
    }

    /// How safe it is, and when that was written: see [`least_safe`].
    pub fn saved(&self) -> Option<(SaveState, Timestamp)> {
        least_safe(&self.values)
    }

    /// Whether two values stand against each other.
    pub fn in_conflict(&self) -> bool {
        self.values.len() > 1
    }
}

/// A text that several people write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextField {
    /// Where it stands in its document: the key of its history.
    pub path: String,
    /// The text as merged.
    pub text: String,
    /// The last writes that know nothing of each other: none in an empty text, one in a text
    /// that somebody has read as it stands, several in a merged text to be read again.
    pub tips: Vec<Authored<()>>,
}

impl TextField {
    /// How safe it is, and when that was written: see [`least_safe`].
    pub fn saved(&self) -> Option<(SaveState, Timestamp)> {
        least_safe(&self.tips)
    }

    /// Whether it must be read again («cần đọc lại»).
    pub fn merged(&self) -> bool {
        self.tips.len() > 1
    }
}
