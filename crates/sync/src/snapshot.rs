//! A document at one place of its stream, for a device that has nothing of it.
//!
//! Automerge saves a document in a small part of the bytes that its changes take one by one, so
//! this is what a new device reads; from there on it follows the stream. The relay signs what the
//! saved document must contain: its heads, which hash all that led to them, and the cursor. The
//! authors' signatures would be longer than all the rest; they come afterwards, as
//! [`SignaturePage`](crate::signatures::SignaturePage).

use serde::{Deserialize, Serialize};
use terms::{DocId, Heads};

use crate::{Cursor, Keypair, PublicKey, Signature};

const LABEL: &[u8] = b"tiendo snapshot 1\0";

/// How many bytes a stream must weigh for a snapshot of it to be worth a question of its own, and
/// how many it may have gone on since the last one was made.
pub const WORTHWHILE: u64 = 4 * 1024;

/// The largest snapshot that a replica takes, in bytes.
pub const MAX_SNAPSHOT: usize = 64 * 1024 * 1024;

/// What a document contains at one place of its stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The document.
    pub doc: DocId,
    /// The place.
    pub cursor: Cursor,
    /// The document's heads there.
    pub heads: Heads,
}

/// A snapshot as it travels: what it must contain, signed by the relay, and the saved document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedSnapshot {
    /// What it must contain.
    pub snapshot: Snapshot,
    /// The relay's signature over that.
    signature: Signature,
    /// The document as automerge saves it.
    pub saved: Vec<u8>,
}

impl SignedSnapshot {
    /// Signed with the relay's key.
    pub fn sign(snapshot: Snapshot, saved: Vec<u8>, relay: &Keypair) -> Self {
        let signature = relay.sign(&message(&snapshot));
        Self {
            snapshot,
            signature,
            saved,
        }
    }

    /// Whether the relay with this key says so.
    pub fn is_of(&self, relay: &PublicKey) -> bool {
        relay.verify(&message(&self.snapshot), &self.signature)
    }

    /// The bytes that travel: what is signed in postcard, and the rest as it is.
    pub fn to_bytes(&self) -> Vec<u8> {
        // Into memory, of types that postcard can write: there is nothing to fail.
        let mut bytes =
            postcard::to_allocvec(&(&self.snapshot, &self.signature)).unwrap_or_default();
        bytes.extend_from_slice(&self.saved);
        bytes
    }

    /// What bytes say; nothing if they are no snapshot.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let ((snapshot, signature), saved) = postcard::take_from_bytes(bytes).ok()?;
        Some(Self {
            snapshot,
            signature,
            saved: saved.to_vec(),
        })
    }
}

fn message(snapshot: &Snapshot) -> Vec<u8> {
    let said = postcard::to_allocvec(snapshot).unwrap_or_default();
    [LABEL, &said].concat()
}

#[cfg(test)]
mod tests {
    use terms::ChangeId;

    use super::*;

    fn snapshot() -> Snapshot {
        Snapshot {
            doc: "agency/2019/so-y-te".parse().unwrap(),
            cursor: Cursor::START.then(&ChangeId([1; 32])),
            heads: Heads::new(vec![ChangeId([1; 32])]),
        }
    }

    #[test]
    fn a_signature_holds_for_one_relay_and_for_all_that_the_document_must_contain() {
        let [relay, other] = [1, 2].map(|seed| Keypair::from_seed(&[seed; 32]));
        let good = SignedSnapshot::sign(snapshot(), vec![1, 2, 3], &relay);
        assert!(good.is_of(&relay.public()) && !good.is_of(&other.public()));
        let changed: [fn(&mut Snapshot); 3] = [
            |snapshot| snapshot.doc = "agency/2019/so-y-t".parse().unwrap(),
            |snapshot| snapshot.cursor = snapshot.cursor.diverged(),
            |snapshot| snapshot.heads = Heads::default(),
        ];
        for change in changed {
            let mut forged = good.clone();
            change(&mut forged.snapshot);
            assert!(!forged.is_of(&relay.public()), "{forged:?}");
        }
    }

    #[test]
    fn what_travels_reads_back_and_nothing_else_is_read() {
        let relay = Keypair::from_seed(&[1; 32]);
        let good = SignedSnapshot::sign(snapshot(), vec![1, 2, 3], &relay);
        let bytes = good.to_bytes();
        assert_eq!(SignedSnapshot::from_bytes(&bytes), Some(good));
        for cut in 0..bytes.len() - 3 {
            assert_eq!(SignedSnapshot::from_bytes(&bytes[..cut]), None, "{cut}");
        }
    }
}
