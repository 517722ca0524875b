//! Who signed which change, for a replica that has the changes from a
//! [snapshot](crate::snapshot).

use serde::{Deserialize, Serialize};
use terms::{ChangeId, DocId, EnrolmentId};

use crate::{PublicKey, Signature, SignedChange, signed};

/// How many entries of a stream one [`SignaturePage`] covers at most.
pub const MAX_SIGNATURES: usize = 1024;

/// A part of a stream without the changes themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignaturePage {
    /// Of the entries looked at; births need none.
    pub signatures: Vec<ChangeSignature>,
    /// The number of the last entry looked at, if there are more.
    pub next: Option<u64>,
}

/// That somebody wrote a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeSignature {
    /// The change.
    pub change: ChangeId,
    /// Who wrote it.
    pub author: EnrolmentId,
    /// The author's signature over the document and the change.
    pub signature: Signature,
}

impl ChangeSignature {
    /// Of an entry of a stream, unless it is a birth.
    pub fn of(id: ChangeId, change: &SignedChange) -> Option<Self> {
        Some(Self {
            change: id,
            author: change.author.clone()?,
            signature: change.signature?,
        })
    }

    /// Whether the owner of `key` signed the change of `doc`.
    pub fn holds(&self, doc: &DocId, key: &PublicKey) -> bool {
        signed::is_signed_by(doc, &self.change, &self.signature, key)
    }
}

impl SignaturePage {
    /// The bytes that travel, in postcard.
    pub fn to_bytes(&self) -> Vec<u8> {
        // Into memory, of types that postcard can write: there is nothing to fail.
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// What bytes say; nothing if they are no proofs.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Keypair;

    #[test]
    fn a_proof_is_the_signature_that_the_change_had() {
        let [key, other] = [1, 2].map(|seed| Keypair::from_seed(&[seed; 32]));
        let doc: DocId = "agency/2019/so-y-te".parse().unwrap();
        let id = ChangeId([3; 32]);
        let change = SignedChange::sign(vec![1], &doc, &id, "e1".parse().unwrap(), &key);
        let signature = ChangeSignature::of(id, &change).unwrap();
        assert!(signature.holds(&doc, &key.public()) && !signature.holds(&doc, &other.public()));
        assert_eq!(ChangeSignature::of(id, &SignedChange::birth(vec![1])), None);
        let signatures = SignaturePage {
            signatures: vec![signature],
            next: Some(7),
        };
        assert_eq!(
            SignaturePage::from_bytes(&signatures.to_bytes()),
            Some(signatures)
        );
        assert_eq!(SignaturePage::from_bytes(b"<html>"), None);
    }
}
