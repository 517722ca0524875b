//! Ed25519 keys and signatures. Seeds are handed in; nothing random is drawn here.

use std::fmt;

use data_encoding::HEXLOWER;
use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use terms::ChangeId;

/// A key that signs: of an enrolment, or of the relay.
#[derive(Clone)]
pub struct Keypair(SigningKey);

impl Keypair {
    /// The key made from 32 random bytes, which are also what a keystore keeps.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// The half that everybody may know.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Signature {
        Signature(self.0.sign(message).to_bytes())
    }
}

impl fmt::Debug for Keypair {
    /// Shows the public half only: a log must never hold a seed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keypair({:?})", self.public())
    }
}

/// A key that checks signatures: 32 bytes, written as 64 hexadecimal digits for people.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicKey(pub [u8; 32]);

impl PublicKey {
    /// Whether `signature` over `message` was made with the other half. Strict: weak keys, and
    /// signatures that only some implementations accept, are refused, so that all replicas agree.
    pub(crate) fn verify(&self, message: &[u8], signature: &Signature) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
        VerifyingKey::from_bytes(&self.0)
            .is_ok_and(|key| key.verify_strict(message, &signature).is_ok())
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", HEXLOWER.encode_display(&self.0))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.8}", self.to_string())
    }
}

impl Serialize for PublicKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            self.0.serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for PublicKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return <[u8; 32]>::deserialize(deserializer).map(Self);
        }
        // The same 64 digits as a change's hash, so the same reader.
        let digits = String::deserialize(deserializer)?;
        let id: ChangeId = digits.parse().map_err(D::Error::custom)?;
        Ok(Self(id.0))
    }
}

/// A signature: 64 bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Signature(pub [u8; 64]);

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", HEXLOWER.encode_display(&self.0))
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.8}", self.to_string())
    }
}

impl Serialize for Signature {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return serializer.collect_str(self);
        }
        // As two halves: serde knows arrays up to 32.
        let (halves, _) = self.0.as_chunks::<32>();
        (halves[0], halves[1]).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Signature {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (first, second) = if deserializer.is_human_readable() {
            let digits = String::deserialize(deserializer)?;
            let half = |digits: Option<&str>| digits.unwrap_or_default().parse::<ChangeId>();
            let first = half(digits.get(..64)).map_err(D::Error::custom)?;
            (first.0, half(digits.get(64..)).map_err(D::Error::custom)?.0)
        } else {
            Deserialize::deserialize(deserializer)?
        };
        let mut bytes = [0; 64];
        bytes[..32].copy_from_slice(&first);
        bytes[32..].copy_from_slice(&second);
        Ok(Self(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_proves_the_key_and_the_message() {
        let (key, other) = (Keypair::from_seed(&[1; 32]), Keypair::from_seed(&[2; 32]));
        let signature = key.sign(b"a");
        assert!(key.public().verify(b"a", &signature));
        assert!(!key.public().verify(b"b", &signature));
        assert!(!other.public().verify(b"a", &signature));
        // The neutral point verifies anything in a lax check.
        let mut neutral = [0; 32];
        neutral[0] = 1;
        let mut forged = [0; 64];
        forged[0] = 1;
        assert!(!PublicKey(neutral).verify(b"a", &Signature(forged)));
    }

    #[test]
    fn keys_and_signatures_read_back() {
        let key = Keypair::from_seed(&[1; 32]);
        let pair = (key.public(), key.sign(b"a"));
        let bytes = postcard::to_allocvec(&pair).unwrap();
        assert_eq!(bytes.len(), 96);
        assert_eq!(postcard::from_bytes(&bytes), Ok(pair));
        let text = serde_json::to_string(&pair).unwrap();
        assert_eq!(
            serde_json::from_str::<(PublicKey, Signature)>(&text).unwrap(),
            pair
        );
        assert!(
            !format!("{key:?}").contains(&"01".repeat(8)),
            "the seed shows"
        );
    }
}
