//! Changes that stand in for automerge's.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use terms::{ChangeHeader, ChangeId, DocId, EnrolmentId, Timestamp};

use crate::Inspect;

/// What the bytes of a stand-in change say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FakeChange {
    /// The actor.
    pub(crate) actor: [u8; 16],
    /// Its number among its actor's changes.
    pub(crate) seq: u64,
    /// What it builds on.
    pub(crate) deps: Vec<ChangeId>,
    /// Who says to have written it.
    pub(crate) author: Option<EnrolmentId>,
    /// When.
    pub(crate) time: Timestamp,
    /// What it changes.
    pub(crate) text: String,
}

impl FakeChange {
    /// The birth change of a document: the same everywhere.
    pub(crate) fn birth(doc: &DocId) -> Self {
        let hash: [u8; 32] = Sha256::digest(doc.to_string().as_bytes()).into();
        let mut actor = [0; 16];
        actor.copy_from_slice(&hash[..16]);
        let (deps, text) = (Vec::new(), doc.to_string());
        Self {
            actor,
            seq: 1,
            deps,
            author: None,
            time: Timestamp(0),
            text,
        }
    }

    /// Its bytes.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(self).unwrap_or_default()
    }
}

/// Reads stand-in changes.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Fake;

impl Inspect for Fake {
    fn inspect(&self, doc: &DocId, bytes: &[u8]) -> Result<ChangeHeader, String> {
        let change: FakeChange = postcard::from_bytes(bytes).map_err(|error| error.to_string())?;
        let hash = Sha256::new()
            .chain_update(b"change")
            .chain_update(bytes)
            .finalize();
        Ok(ChangeHeader {
            id: ChangeId(hash.into()),
            birth: bytes == FakeChange::birth(doc).bytes(),
            actor: change.actor,
            seq: change.seq,
            deps: change.deps,
            author: change.author,
            time: change.time,
            reason: None,
        })
    }
}
