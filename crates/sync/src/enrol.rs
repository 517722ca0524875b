//! How a device enrols: one question and one answer, over HTTPS as JSON.
//!
//! The answer proves itself: the directory's entries are signed by the relay whose key the code
//! carries, and one of them enrols the key that the device has just made.

use serde::{Deserialize, Serialize};
use terms::EnrolmentId;

use crate::{
    Keypair, PublicKey, Signature,
    code::Secret,
    directory::{Directory, DirectoryError, SignedEntry},
};

/// What a device asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolRequest {
    /// The secret of the code.
    secret: [u8; 16],
    /// What the device is called.
    pub device: String,
    /// The key that the device has made.
    pub key: PublicKey,
    /// That the device has the other half of it.
    signature: Signature,
}

impl EnrolRequest {
    /// For the code with this secret, the key just made.
    pub fn new(secret: Secret, device: String, key: &Keypair, relay: &PublicKey) -> Self {
        let signature = key.sign(&message(&secret.0, &device, &key.public(), relay));
        Self {
            secret: secret.0,
            device,
            key: key.public(),
            signature,
        }
    }

    /// The secret, to be looked up by its hash.
    pub fn secret(&self) -> Secret {
        Secret(self.secret)
    }

    /// Whether the device has the other half of the key, and asks this relay.
    pub fn is_signed(&self, relay: &PublicKey) -> bool {
        let message = message(&self.secret, &self.device, &self.key, relay);
        self.key.verify(&message, &self.signature)
    }
}

fn message(secret: &[u8; 16], device: &str, key: &PublicKey, relay: &PublicKey) -> Vec<u8> {
    let parts: [&[u8]; 5] = [
        b"tiendo enrol 1\0",
        secret,
        &key.0,
        &relay.0,
        device.as_bytes(),
    ];
    parts.concat()
}

/// What the relay answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolReply {
    /// The new enrolment.
    pub enrolment: EnrolmentId,
    /// The whole directory.
    pub entries: Vec<SignedEntry>,
}

/// Why an answer is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnrolError {
    /// The directory is not signed by the relay of the code.
    #[error("máy chủ không đúng khóa ghi trong mã đăng ký; chưa đăng ký gì cả, hãy báo quản trị")]
    WrongRelay(#[from] DirectoryError),
    /// The directory does not enrol this key.
    #[error("máy chủ trả lời nhưng chưa đăng ký thiết bị này; hãy thử lại hoặc xin mã mới")]
    NotEnrolled,
}

impl EnrolReply {
    /// The directory, if it comes from the relay of the code and enrols this device's key.
    pub fn check(&self, relay: PublicKey, key: &PublicKey) -> Result<Directory, EnrolError> {
        let mut directory = Directory::new(relay);
        for entry in &self.entries {
            directory.apply(entry)?;
        }
        let enrolled = directory.key(&self.enrolment) == Some(key);
        let stands = directory.revoked(&self.enrolment).is_none();
        if enrolled && stands {
            Ok(directory)
        } else {
            Err(EnrolError::NotEnrolled)
        }
    }
}

#[cfg(test)]
mod tests {
    use terms::{PersonId, Timestamp};

    use super::*;
    use crate::{
        Cursor,
        directory::{DirectoryEntry, DirectoryEvent},
    };

    fn reply(relay: &Keypair, key: &Keypair) -> EnrolReply {
        let enrolment: EnrolmentId = "e".parse().unwrap();
        let person: PersonId = "p".parse().unwrap();
        let device = String::new();
        let enrolled = enrolment.clone();
        let fact = DirectoryEvent::Enrolled {
            enrolment: enrolled,
            person,
            device,
            key: key.public(),
        };
        let record = DirectoryEntry {
            time: Timestamp(0),
            fact,
        };
        EnrolReply {
            enrolment,
            entries: vec![SignedEntry::sign(&record, Cursor::START, relay)],
        }
    }

    #[test]
    fn an_answer_is_believed_only_from_the_relay_of_the_code_and_for_the_own_key() {
        let [relay, key, other] = [1, 2, 3].map(|seed| Keypair::from_seed(&[seed; 32]));
        let good = reply(&relay, &key);
        let text = serde_json::to_string(&good).unwrap();
        let good: EnrolReply = serde_json::from_str(&text).unwrap();
        assert!(good.check(relay.public(), &key.public()).is_ok());
        let wrong = good.check(other.public(), &key.public()).map(drop);
        assert!(matches!(wrong, Err(EnrolError::WrongRelay(_))));
        let not = good.check(relay.public(), &other.public()).map(drop);
        assert_eq!(not, Err(EnrolError::NotEnrolled));
    }

    #[test]
    fn a_request_proves_the_key_and_is_meant_for_one_relay() {
        let [relay, key, other] = [1, 2, 3].map(|seed| Keypair::from_seed(&[seed; 32]));
        let secret = Secret([7; 16]);
        let request = EnrolRequest::new(secret, "máy".to_owned(), &key, &relay.public());
        assert!(request.is_signed(&relay.public()));
        assert!(!request.is_signed(&other.public()));
        let stolen = EnrolRequest {
            key: other.public(),
            ..request
        };
        assert!(!stolen.is_signed(&relay.public()));
    }
}
