//! A change as it travels and is kept: its bytes, who wrote it, and the proof.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use terms::{ChangeId, DocId, EnrolmentId};

use crate::{Keypair, PublicKey, Signature};

const LABEL: &[u8] = b"tiendo change 1\0";

/// A change with its author's signature. A birth change has neither author nor signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedChange {
    /// The change as automerge writes it; never rewritten by anybody.
    #[serde(with = "whole")]
    pub bytes: Vec<u8>,
    /// The enrolment that wrote it.
    pub author: Option<EnrolmentId>,
    /// The author's signature over the document and the change's hash.
    pub signature: Option<Signature>,
}

impl SignedChange {
    /// A change of `doc` with the hash `id`, signed by its author.
    pub fn sign(
        bytes: Vec<u8>,
        doc: &DocId,
        id: &ChangeId,
        author: EnrolmentId,
        key: &Keypair,
    ) -> Self {
        let signature = key.sign(&message(doc, id));
        Self {
            bytes,
            author: Some(author),
            signature: Some(signature),
        }
    }

    /// A birth change: the same bytes on every replica, signed by nobody.
    pub fn birth(bytes: Vec<u8>) -> Self {
        Self {
            bytes,
            author: None,
            signature: None,
        }
    }

    /// Whether the signature proves that the owner of `key` wrote the change `id` of `doc`.
    pub fn is_signed_by(&self, doc: &DocId, id: &ChangeId, key: &PublicKey) -> bool {
        self.signature
            .is_some_and(|signature| is_signed_by(doc, id, &signature, key))
    }

    /// SHA-256 of the bytes: what names a change that cannot be read.
    pub fn digest(&self) -> ChangeId {
        ChangeId(Sha256::digest(&self.bytes).into())
    }

    /// What it takes on the way, near enough to fill frames by.
    pub fn weight(&self) -> usize {
        self.bytes.len() + 128
    }
}

/// Whether the owner of `key` made this signature for the change `id` of `doc`.
pub(crate) fn is_signed_by(
    doc: &DocId,
    id: &ChangeId,
    signature: &Signature,
    key: &PublicKey,
) -> bool {
    key.verify(&message(doc, id), signature)
}

fn message(doc: &DocId, id: &ChangeId) -> Vec<u8> {
    let mut message = LABEL.to_vec();
    message.extend_from_slice(doc.to_string().as_bytes());
    message.push(0);
    message.extend_from_slice(&id.0);
    message
}

/// Bytes in one piece: serde takes a `Vec<u8>` for a list of numbers, and goes through it one by
/// one. What is written is the same.
mod whole {
    use std::fmt;

    use serde::{
        Deserializer, Serializer,
        de::{Error, Visitor},
    };

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        struct Whole;
        impl Visitor<'_> for Whole {
            type Value = Vec<u8>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
                Ok(bytes.to_vec())
            }

            fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<Vec<u8>, E> {
                Ok(bytes)
            }
        }
        from.deserialize_byte_buf(Whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_one_document_one_change_and_one_key() {
        let key = Keypair::from_seed(&[7; 32]);
        let doc: DocId = "agency/2019/so-y-te".parse().unwrap();
        let other: DocId = "agency/2019/so-y-t".parse().unwrap();
        let id = ChangeId([3; 32]);
        let change = SignedChange::sign(vec![1], &doc, &id, "e1".parse().unwrap(), &key);
        assert!(change.is_signed_by(&doc, &id, &key.public()));
        assert!(!change.is_signed_by(&other, &id, &key.public()));
        assert!(!change.is_signed_by(&doc, &ChangeId([4; 32]), &key.public()));
        assert!(!change.is_signed_by(&doc, &id, &Keypair::from_seed(&[8; 32]).public()));
        assert!(!SignedChange::birth(vec![1]).is_signed_by(&doc, &id, &key.public()));
    }

    #[test]
    fn changes_are_signed_for_ever_in_this_way() {
        let (key, id) = (Keypair::from_seed(&[7; 32]), ChangeId([3; 32]));
        let doc: DocId = "agency/2019/so-y-te".parse().unwrap();
        let change = SignedChange::sign(vec![1], &doc, &id, "e1".parse().unwrap(), &key);
        let signature = change.signature.unwrap().to_string();
        assert_eq!(signature[..32], *"d52dddd9a22565a63061f32673f6f904");
    }
}
