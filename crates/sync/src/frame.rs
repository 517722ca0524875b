//! What travels between replica and relay: one version byte, then the frame in postcard.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use terms::{ChangeId, DocId, EnrolmentId, Timestamp};

use crate::{
    Cursor, Presence, Refusal, Signature, SignedChange, admit::Rejection, directory::SignedEntry,
};

/// The version of the protocol, the first byte of every frame.
pub const VERSION: u8 = 1;

/// The longest frame, in bytes.
pub const MAX_FRAME: usize = 2 * 1024 * 1024;

/// The longest frame before authentication, in bytes.
pub const MAX_FRAME_BEFORE_AUTH: usize = 4 * 1024;

/// How many bytes of streams a relay may have under way to a replica before it must wait for
/// [`ClientFrame::Credit`].
pub const WINDOW: u32 = 1024 * 1024;

/// How many changes a replica may have pushed that the relay has not answered.
pub const MAX_UNANSWERED: usize = 256;

/// How many hashes one [`ClientFrame::Offer`] may hold.
pub const MAX_OFFER: usize = 16 * 1024;

/// What a frame is: every frame of one side. Sealed by its two implementors.
pub trait Frame: Serialize + DeserializeOwned {
    /// How many kinds of frame there are.
    const KINDS: u8;
}

/// What a replica says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClientFrame {
    /// Who connects, and the proof; the answer to the relay's challenge.
    Auth(Auth),
    /// Send the directory from here on.
    FollowDirectory {
        /// What the replica has.
        from: Cursor,
    },
    /// Entries of the directory that the relay has lost, with its own signatures.
    GiveDirectory {
        /// In order.
        entries: Vec<SignedEntry>,
    },
    /// Send these documents' streams from here on.
    Follow {
        /// What the replica has of each.
        docs: Vec<(DocId, Cursor)>,
    },
    /// Changes to store.
    Push {
        /// Of this document.
        doc: DocId,
        /// In an order in which each comes after those it builds on.
        changes: Vec<SignedChange>,
    },
    /// What the replica has; the relay answers with [`RelayFrame::Wanted`], once for each.
    Offer {
        /// Of this document.
        doc: DocId,
        /// Hashes, in an order in which each comes after those it builds on.
        ids: Vec<ChangeId>,
    },
    /// So many bytes of streams were stored: the relay may send as many more.
    Credit {
        /// Bytes.
        bytes: u32,
    },
    /// Where the person is; `None` nowhere any more.
    Presence(Option<Presence>),
}

/// The answer to a challenge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Auth {
    /// Who connects.
    pub enrolment: EnrolmentId,
    /// Fresh random bytes that the relay signs in [`RelayFrame::Welcome`].
    pub nonce: [u8; 32],
    /// The time by the device's clock.
    pub time: Timestamp,
    /// The application's version, for the relay's log.
    pub app: String,
    /// The enrolment's signature.
    pub signature: Signature,
}

/// What a relay says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RelayFrame {
    /// The first frame: prove who you are. It also proves who the relay is.
    Challenge {
        /// Fresh random bytes.
        nonce: [u8; 32],
        /// The time by the relay's clock.
        time: Timestamp,
        /// The relay's signature.
        signature: Signature,
    },
    /// Authenticated, both ways.
    Welcome {
        /// The relay's signature over the replica's own nonce.
        signature: Signature,
    },
    /// The last frame: why the relay closes.
    Refused(Refusal),
    /// Entries of the directory, in order.
    Directory {
        /// The entries.
        entries: Vec<SignedEntry>,
    },
    /// The relay has less of the directory than the replica: it was restored from a backup.
    DirectoryBehind {
        /// The number of the relay's last entry.
        tail: u64,
    },
    /// The relay's directory is another one: the replica reads it again from the start.
    DirectoryDiverged,
    /// A part of a document's stream.
    Changes {
        /// The document.
        doc: DocId,
        /// The number of the first entry. The chain is not sent: the follower computes it.
        first_seq: u64,
        /// The entries.
        entries: Vec<Entry>,
    },
    /// Pushed changes that the stream will not answer: stored before, or their document is not
    /// followed now.
    Known {
        /// The document.
        doc: DocId,
        /// Number in the document's stream, and hash.
        changes: Vec<(u64, ChangeId)>,
    },
    /// A pushed change was refused; nothing of it is stored.
    Rejected {
        /// The document.
        doc: DocId,
        /// Its hash, or [the digest of its bytes](SignedChange::digest) where the relay cannot
        /// read them.
        change: ChangeId,
        /// Why.
        rejection: Rejection,
    },
    /// The relay's stream is not the one that the replica remembers: the replica offers what it
    /// has, pushes what is wanted, and reads again from the start.
    Diverged {
        /// The document.
        doc: DocId,
        /// Where the relay's stream ends.
        tail: Cursor,
    },
    /// Of the hashes offered, those that the relay does not have, in the order offered.
    Wanted {
        /// The document.
        doc: DocId,
        /// The hashes.
        ids: Vec<ChangeId>,
    },
    /// Everything there was has been sent.
    UpToDate {
        /// How many [`ClientFrame::Follow`] the relay had received by then.
        follows: u32,
    },
    /// Where somebody else is.
    Presence {
        /// Who.
        enrolment: EnrolmentId,
        /// Where; `None` nowhere any more.
        presence: Option<Presence>,
    },
}

/// One entry of a document's stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Entry {
    /// A change pushed on this connection: the entry is its acknowledgement.
    Yours(ChangeId),
    /// A change.
    Theirs(SignedChange),
}

impl Frame for ClientFrame {
    const KINDS: u8 = 8;
}

impl Frame for RelayFrame {
    const KINDS: u8 = 13;
}

/// Why bytes are no frame.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// The bytes end too early.
    #[error("gói tin bị cắt cụt")]
    Cut,
    /// More bytes than allowed.
    #[error("gói tin dài {len} byte, quá giới hạn {limit}")]
    TooLong {
        /// Bytes.
        len: usize,
        /// Bytes allowed.
        limit: usize,
    },
    /// A kind of frame that this version does not know.
    #[error("gói tin loại {0}, không có trong phiên bản giao thức này")]
    UnknownKind(u8),
    /// Another version of the protocol, or no such protocol at all.
    #[error("phiên bản giao thức {0}, ở đây dùng phiên bản {VERSION}")]
    WrongVersion(u8),
    /// More bytes than the frame has.
    #[error("gói tin thừa {0} byte ở cuối")]
    Trailing(usize),
    /// The contents make no sense.
    #[error("nội dung gói tin sai")]
    Malformed,
}

/// The bytes of a frame.
pub fn encode<F: Frame>(frame: &F) -> Vec<u8> {
    // Into memory, of types that postcard can write: there is nothing to fail.
    postcard::to_extend(frame, vec![VERSION]).unwrap_or_default()
}

/// Reads a frame of at most `limit` bytes.
pub fn decode<F: Frame>(bytes: &[u8], limit: usize) -> Result<F, FrameError> {
    if bytes.len() > limit {
        return Err(FrameError::TooLong {
            len: bytes.len(),
            limit,
        });
    }
    let (&version, body) = bytes.split_first().ok_or(FrameError::Cut)?;
    if version != VERSION {
        return Err(FrameError::WrongVersion(version));
    }
    match body.first() {
        None => return Err(FrameError::Cut),
        Some(&kind) if kind >= F::KINDS => return Err(FrameError::UnknownKind(kind)),
        Some(_) => {}
    }
    match postcard::take_from_bytes(body) {
        Ok((frame, [])) => Ok(frame),
        Ok((_, rest)) => Err(FrameError::Trailing(rest.len())),
        Err(postcard::Error::DeserializeUnexpectedEnd) => Err(FrameError::Cut),
        Err(_) => Err(FrameError::Malformed),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn bytes_that_are_no_frame_are_told_apart() {
        let doc: DocId = "programme/2019".parse().unwrap();
        let good = encode(&ClientFrame::Offer {
            doc,
            ids: vec![ChangeId([1; 32])],
        });
        assert!(decode::<ClientFrame>(&good, MAX_FRAME).is_ok());
        let bad_doc = [vec![VERSION, 5, 3], b"a/b".to_vec(), vec![0]].concat();
        let table: [(&str, Vec<u8>, usize, FrameError); 8] = [
            ("empty", Vec::new(), 10, FrameError::Cut),
            ("version only", vec![VERSION], 10, FrameError::Cut),
            ("cut", good[..good.len() - 1].to_vec(), 100, FrameError::Cut),
            (
                "too long",
                vec![VERSION; 11],
                10,
                FrameError::TooLong { len: 11, limit: 10 },
            ),
            (
                "unknown kind",
                vec![VERSION, 8],
                10,
                FrameError::UnknownKind(8),
            ),
            ("wrong version", vec![2, 0], 10, FrameError::WrongVersion(2)),
            (
                "trailing",
                [good, vec![0; 3]].concat(),
                100,
                FrameError::Trailing(3),
            ),
            ("no document", bad_doc, 100, FrameError::Malformed),
        ];
        for (name, bytes, limit, error) in table {
            assert_eq!(decode::<ClientFrame>(&bytes, limit), Err(error), "{name}");
        }
    }

    #[test]
    fn the_number_of_kinds_is_right() {
        // The last kind of each side is readable, the next is not known.
        let last = encode(&ClientFrame::Presence(None));
        assert_eq!(last[1] + 1, ClientFrame::KINDS);
        let enrolment = "e".parse().unwrap();
        let last = encode(&RelayFrame::Presence {
            enrolment,
            presence: None,
        });
        assert_eq!(last[1] + 1, RelayFrame::KINDS);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>, kind in 0..14_u8) {
            let bytes = [vec![VERSION, kind], bytes].concat();
            _ = decode::<ClientFrame>(&bytes, MAX_FRAME);
            if let Ok(frame) = decode::<RelayFrame>(&bytes, MAX_FRAME) {
                prop_assert_eq!(decode(&encode(&frame), MAX_FRAME), Ok(frame));
            }
        }
    }
}
