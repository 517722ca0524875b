//! Who is looking at what, who is typing where: told while it lasts, kept by nobody.

use serde::{Deserialize, Serialize};
use terms::DocId;

/// The longest path of a field, in bytes.
pub const MAX_PATH: usize = 160;

/// Where a person is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    /// In which document.
    pub doc: DocId,
    /// At which field: the path of its fact.
    pub path: String,
    /// Typing, or only looking.
    pub typing: bool,
}

impl Presence {
    /// Whether it is small enough to pass on.
    pub fn fits(&self) -> bool {
        self.path.len() <= MAX_PATH
    }
}
