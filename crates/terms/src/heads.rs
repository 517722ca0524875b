//! What somebody had seen when they wrote: the tips of a document's history.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The hash of one change, as automerge computes it; written as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ChangeId(pub [u8; 32]);

/// A string that is not 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("không phải mã băm của một thay đổi (64 chữ số thập lục phân)")]
pub struct ChangeIdError;

impl fmt::Display for ChangeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ChangeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().take(4).try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for ChangeId {
    type Err = ChangeIdError;

    fn from_str(text: &str) -> Result<Self, ChangeIdError> {
        if text.len() != 64 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(ChangeIdError);
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| ChangeIdError)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| ChangeIdError)?;
        }
        Ok(Self(bytes))
    }
}

impl TryFrom<String> for ChangeId {
    type Error = ChangeIdError;

    fn try_from(text: String) -> Result<Self, ChangeIdError> {
        text.parse()
    }
}

impl From<ChangeId> for String {
    fn from(id: ChangeId) -> String {
        id.to_string()
    }
}

/// The tips of a document's history that a view was made from, sorted. An edit is made against
/// them, not against whatever has arrived since (design §4).
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Heads(Vec<ChangeId>);

impl Heads {
    /// From hashes in any order.
    pub fn new(mut hashes: Vec<ChangeId>) -> Self {
        hashes.sort_unstable();
        hashes.dedup();
        Self(hashes)
    }

    /// The hashes, sorted.
    pub fn as_slice(&self) -> &[ChangeId] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_read_back_and_nothing_else_is_read() {
        let id = ChangeId([0xa5; 32]);
        assert_eq!(id.to_string().parse(), Ok(id));
        for bad in ["", "a5", &"g".repeat(64), &"+5".repeat(32), &"ế".repeat(32)] {
            assert_eq!(bad.parse::<ChangeId>(), Err(ChangeIdError), "{bad}");
        }
    }
}
