//! How a stream is numbered, and the hash chained over it that shows when two streams differ.

use std::fmt;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use terms::ChangeId;

/// The hash over a stream up to some entry: SHA-256 of the hash before and the entry's own hash.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Chain(pub [u8; 32]);

impl Chain {
    /// Before the first entry.
    pub const START: Self = Self([0; 32]);

    /// A chain that no stream can have: it marks a diverged one.
    const DIVERGED: Self = Self([0xff; 32]);

    /// After one more entry.
    pub fn then(self, entry: &[u8; 32]) -> Self {
        Self(
            Sha256::new()
                .chain_update(self.0)
                .chain_update(entry)
                .finalize()
                .into(),
        )
    }
}

impl fmt::Debug for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", HEXLOWER.encode_display(&self.0[..4]))
    }
}

/// How far into a stream: the number of the last entry, from 1, and the chain at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Cursor {
    /// The number of the last entry; 0 before the first.
    pub seq: u64,
    /// The chain at it.
    pub chain: Chain,
}

impl Cursor {
    /// Before the first entry.
    pub const START: Self = Self {
        seq: 0,
        chain: Chain::START,
    };

    /// The same number with a chain that no relay has. A replica that stores this is told on every
    /// connection that the streams differ, until it has read the relay's stream again.
    pub fn diverged(self) -> Self {
        Self {
            chain: Chain::DIVERGED,
            ..self
        }
    }

    /// Whether it marks a diverged stream.
    pub fn is_diverged(self) -> bool {
        self.chain == Chain::DIVERGED
    }

    /// After one more change of a document's stream.
    pub fn then(self, change: &ChangeId) -> Self {
        Self {
            seq: self.seq + 1,
            chain: self.chain.then(&change.0),
        }
    }
}
