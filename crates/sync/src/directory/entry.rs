//! The entries of the log: what they say, and how the relay signs them.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use terms::{AgencyClass, AgencyId, DocId, EnrolmentId, PersonId, Role, Timestamp};

use crate::{Chain, Cursor, Keypair, PublicKey, Signature};

/// One thing that the directory says, and when the relay wrote it down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectoryEntry {
    /// When, by the relay's clock.
    pub time: Timestamp,
    /// What.
    #[serde(flatten)]
    pub fact: DirectoryEvent,
}

/// What the directory can say. A later entry about the same thing replaces the earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "kebab-case")]
pub enum DirectoryEvent {
    /// An agency.
    AgencyAdded {
        /// The id.
        id: AgencyId,
        /// The full name: «UBND huyện Trần Đề».
        name: String,
        /// A unique short label: «Huyện Trần Đề».
        short: String,
        /// The class.
        class: AgencyClass,
    },
    /// A person.
    PersonAdded {
        /// The id.
        id: PersonId,
        /// The name.
        name: String,
        /// Where they work.
        agency: AgencyId,
        /// What they may say.
        role: Role,
        /// «Phó Chủ tịch», for signatures.
        position: String,
    },
    /// A person on a device.
    Enrolled {
        /// The id.
        enrolment: EnrolmentId,
        /// Who.
        person: PersonId,
        /// What the device is called.
        device: String,
        /// What its signatures are checked with.
        key: PublicKey,
    },
    /// An enrolment may do nothing any more. For ever: a person enrols again instead.
    Revoked {
        /// Which.
        enrolment: EnrolmentId,
        /// Why.
        why: String,
    },
    /// A right is given.
    Granted {
        /// To whom.
        subject: Subject,
        /// On which document.
        doc: DocId,
        /// Which right.
        right: Right,
    },
    /// A right that was given in the same words is taken back.
    Ungranted {
        /// From whom.
        subject: Subject,
        /// On which document.
        doc: DocId,
        /// Which right.
        right: Right,
    },
}

/// To whom a right is given.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// One person.
    Person(PersonId),
    /// Everybody of an agency, whatever their role.
    Agency(AgencyId),
    /// Everybody of a role, wherever they work.
    Role(Role),
    /// Everybody of a role in one agency.
    RoleIn(Role, AgencyId),
}

/// What may be done with a document. Who may write may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Right {
    /// Follow it.
    Read,
    /// Also change it.
    Write,
}

/// An entry as it travels and is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedEntry {
    /// Its number in the log, from 1.
    pub seq: u64,
    /// The [`DirectoryEntry`] as JSON: this very text is what is signed, it is never written anew.
    pub json: String,
    /// The relay's signature over the chain at this entry, and so over all entries before it.
    pub signature: Signature,
}

impl SignedEntry {
    /// The entry that follows `tail`, signed by the relay.
    pub fn sign(record: &DirectoryEntry, tail: Cursor, relay: &Keypair) -> Self {
        // A record is strings and numbers: writing it into memory cannot fail.
        Self::sign_json(
            serde_json::to_string(record).unwrap_or_default(),
            tail,
            relay,
        )
    }

    pub(super) fn sign_json(json: String, tail: Cursor, relay: &Keypair) -> Self {
        let signature = relay.sign(&message(after(tail, &json).chain));
        Self {
            seq: tail.seq + 1,
            json,
            signature,
        }
    }

    /// Where the log ends with this entry, if it follows `tail` and the relay signed it.
    pub fn check(&self, tail: Cursor, relay: &PublicKey) -> Result<Cursor, DirectoryError> {
        if self.seq != tail.seq + 1 {
            return Err(DirectoryError::Gap {
                after: tail.seq,
                seq: self.seq,
            });
        }
        let next = after(tail, &self.json);
        if relay.verify(&message(next.chain), &self.signature) {
            Ok(next)
        } else {
            Err(DirectoryError::BadSignature { seq: self.seq })
        }
    }

    /// What it says; none where a newer relay says something that this version has no word for.
    pub fn record(&self) -> Option<DirectoryEntry> {
        serde_json::from_str(&self.json).ok()
    }
}

fn after(tail: Cursor, json: &str) -> Cursor {
    let hash = Sha256::digest(json.as_bytes()).into();
    Cursor {
        seq: tail.seq + 1,
        chain: tail.chain.then(&hash),
    }
}

fn message(chain: Chain) -> Vec<u8> {
    [b"tiendo directory 1\0".as_slice(), &chain.0].concat()
}

/// Why an entry does not belong to the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DirectoryError {
    /// It is not the next one.
    #[error("danh bạ thiếu mục: sau mục {after} lại nhận mục {seq}; ứng dụng sẽ tải lại danh bạ")]
    Gap {
        /// The last entry there is.
        after: u64,
        /// The entry that came.
        seq: u64,
    },
    /// The relay did not sign it, or signed another history.
    #[error("mục {seq} của danh bạ không có chữ ký đúng của máy chủ; hãy báo quản trị")]
    BadSignature {
        /// The entry.
        seq: u64,
    },
}
