//! What the two sides sign to prove themselves to each other.
//!
//! The relay signs its own nonce first, so that a replica tells nothing, not even its name, to a
//! relay whose key is not the one in its code. It signs the replica's nonce in its welcome: an
//! overheard challenge cannot be played again to a replica that would then push its changes, and
//! have them acknowledged, into nowhere.

use terms::{EnrolmentId, Timestamp};

use crate::{Keypair, PublicKey, Signature};

/// The relay's signature in a challenge.
pub(crate) fn sign_challenge(relay: &Keypair, nonce: &[u8; 32], time: Timestamp) -> Signature {
    relay.sign(&challenge(nonce, time))
}

/// Whether a challenge comes from the relay with this key.
pub(crate) fn is_challenge_of(
    relay: &PublicKey,
    nonce: &[u8; 32],
    time: Timestamp,
    signature: &Signature,
) -> bool {
    relay.verify(&challenge(nonce, time), signature)
}

/// What a replica proves.
pub(crate) struct Transcript<'a> {
    /// The nonce of the challenge.
    pub(crate) challenge: &'a [u8; 32],
    /// The relay that the proof is meant for.
    pub(crate) relay: &'a PublicKey,
    /// Who connects.
    pub(crate) enrolment: &'a EnrolmentId,
    /// The replica's nonce.
    pub(crate) nonce: &'a [u8; 32],
    /// The time by the device's clock.
    pub(crate) time: Timestamp,
}

impl Transcript<'_> {
    /// The enrolment's signature in its authentication.
    pub(crate) fn sign(&self, enrolment: &Keypair) -> Signature {
        enrolment.sign(&self.message(b"tiendo auth 1\0"))
    }

    /// Whether the owner of `key` made the proof.
    pub(crate) fn is_of(&self, key: &PublicKey, signature: &Signature) -> bool {
        key.verify(&self.message(b"tiendo auth 1\0"), signature)
    }

    /// The relay's signature in its welcome: over all that the replica proved.
    pub(crate) fn sign_welcome(&self, relay: &Keypair) -> Signature {
        relay.sign(&self.message(b"tiendo welcome 1\0"))
    }

    /// Whether the relay saw this very proof.
    pub(crate) fn is_welcomed(&self, signature: &Signature) -> bool {
        self.relay
            .verify(&self.message(b"tiendo welcome 1\0"), signature)
    }

    fn message(&self, label: &[u8]) -> Vec<u8> {
        let mut message = label.to_vec();
        message.extend_from_slice(self.challenge);
        message.extend_from_slice(&self.relay.0);
        message.extend_from_slice(self.nonce);
        message.extend_from_slice(&self.time.0.to_be_bytes());
        // The only part without a fixed length comes last.
        message.extend_from_slice(self.enrolment.as_str().as_bytes());
        message
    }
}

fn challenge(nonce: &[u8; 32], time: Timestamp) -> Vec<u8> {
    let mut message = b"tiendo challenge 1\0".to_vec();
    message.extend_from_slice(nonce);
    message.extend_from_slice(&time.0.to_be_bytes());
    message
}
