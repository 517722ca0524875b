//! The replica's end of one connection after another.
//!
//! A [`Client`] lives as long as its shell keeps it, over many connections. It is fed [`Event`]s
//! and answers with [`Action`]s, in order. It holds the headers of pending changes, not their bytes:
//! those it asks for when there is room to send them.
//!
//! The shell promises:
//! - actions that write ([`Action::StoreDirectory`], [`Action::Store`] and the like) are carried
//!   out in order, each in one transaction, and [`Event::Stored`] comes after the commit;
//! - every [`Action::Fetch`] and [`Action::List`] is answered once;
//! - so it is also when the connection breaks meanwhile: only what was to be sent is lost. If an
//!   action fails or is passed over, the shell drops this client and makes a new one from what is
//!   on the disk;
//! - a local change is committed before it comes in as [`Event::Committed`];
//! - documents need no registration: what the directory lets this enrolment read is followed.

mod connection;
mod documents;
mod machine;
mod outbox;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use terms::{ChangeHeader, ChangeId, DocId, EnrolmentId};

use connection::ConnectionState;
pub use machine::Client;

use crate::{
    Cursor, Keypair, Presence, PublicKey, Refusal, SignedChange,
    admit::Rejection,
    directory::{Directory, DirectoryError, SignedEntry},
    frame::FrameError,
};

/// What a client starts from: what is on the disk, and who it is.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Who connects.
    pub enrolment: EnrolmentId,
    /// With which key.
    pub key: Keypair,
    /// To the relay with this key: from the enrolment code.
    pub relay: PublicKey,
    /// The application's version, for the relay's log.
    pub app: String,
    /// The directory as stored.
    pub directory: Directory,
    /// How far into each document's stream the replica is.
    pub cursors: BTreeMap<DocId, Cursor>,
    /// Local changes that are neither acknowledged nor quarantined, in an order in which each
    /// comes after those it builds on.
    pub pending: Vec<(DocId, ChangeHeader)>,
    /// Local changes in quarantine.
    pub quarantined: BTreeSet<ChangeId>,
}

/// What happens to a client.
#[derive(Debug, Clone)]
#[allow(
    clippy::large_enum_variant,
    reason = "a local change is what mostly happens"
)]
pub enum Event {
    /// A connection was opened.
    Opened {
        /// Fresh random bytes.
        nonce: [u8; 32],
    },
    /// A frame came.
    Frame(Vec<u8>),
    /// The connection is gone, whoever closed it.
    Closed,
    /// A local change was committed to the disk, as pending.
    Committed {
        /// The document.
        doc: DocId,
        /// The change's header.
        header: ChangeHeader,
        /// The change.
        change: SignedChange,
    },
    /// An [`Action::Store`] was committed.
    Stored {
        /// The document.
        doc: DocId,
        /// The cursor stored.
        cursor: Cursor,
    },
    /// The answer to [`Action::Begin`] for one of the documents.
    Begun {
        /// The document.
        doc: DocId,
        /// The place in its stream of the snapshot that was stored; the start if there was none.
        cursor: Cursor,
        /// The changes that the snapshot holds.
        ids: Vec<ChangeId>,
    },
    /// The answer to [`Action::Fetch`]: those that there are, in the order asked for.
    Fetched {
        /// The document.
        doc: DocId,
        /// Hash and change.
        changes: Vec<(ChangeId, SignedChange)>,
    },
    /// The answer to [`Action::List`].
    Listed {
        /// The document.
        doc: DocId,
        /// Every change that the replica has of it and can prove, except quarantined ones, in an
        /// order in which each comes after those it builds on.
        ids: Vec<ChangeId>,
    },
    /// The answer to [`Action::Quarantine`]: all that went aside, the refused changes and whatever
    /// built on them.
    Quarantined {
        /// The document.
        doc: DocId,
        /// The changes.
        changes: Vec<ChangeId>,
    },
    /// The answer to [`Action::ListDirectory`].
    DirectoryListed(Vec<SignedEntry>),
    /// The person went elsewhere; `None` nowhere.
    Moved(Option<Presence>),
}

/// What a client wants done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Send these bytes as one message.
    Send(Vec<u8>),
    /// Store entries of the directory, checked. Names, roles and rights may be other ones now.
    StoreDirectory(Vec<SignedEntry>),
    /// The relay's directory is another one, and all of it has come, checked: store these entries
    /// in place of those on the disk, in one transaction.
    ReplaceDirectory(Vec<SignedEntry>),
    /// Give the directory's entries after this one; answer with [`Event::DirectoryListed`].
    ListDirectory {
        /// After which entry.
        from: u64,
    },
    /// Store a part of a document's stream, perhaps an empty one, and the cursor after it, in one
    /// transaction; answer with [`Event::Stored`]. A change that the replica already has, in whatever state, becomes
    /// acknowledged with its number; one that it has not is stored so. Both may come again.
    Store {
        /// The document.
        doc: DocId,
        /// The number of the first entry.
        first_seq: u64,
        /// The entries.
        entries: Vec<StreamEntry>,
        /// The cursor after them.
        cursor: Cursor,
    },
    /// A pending change turns out to have been stored by the relay long since.
    Acknowledged {
        /// The document.
        doc: DocId,
        /// The change.
        change: ChangeId,
        /// Its number.
        seq: u64,
    },
    /// The relay has lost these. Those of them that are local are pending again.
    Unacknowledged {
        /// The document.
        doc: DocId,
        /// The changes.
        changes: Vec<ChangeId>,
    },
    /// The relay refused changes; they and all that is stored and builds on them go into
    /// quarantine, in one transaction, and the document goes on without them under a new actor;
    /// answer with [`Event::Quarantined`]. What builds on them may be more than what is named here:
    /// changes committed meanwhile, and, after a relay was restored, other people's. They count
    /// again as soon as the stream brings them.
    Quarantine {
        /// The document.
        doc: DocId,
        /// The changes and why.
        changes: Vec<(ChangeId, Rejection)>,
    },
    /// Nothing has come of these documents yet: store a snapshot of each that the relay has one of,
    /// in one transaction with its cursor, and answer for each with [`Event::Begun`]. Questions
    /// over HTTP are let in by [`Client::ticket`]. If the connection breaks first, no answer is
    /// needed: the question comes again with the next one.
    Begin {
        /// The documents.
        docs: Vec<DocId>,
    },
    /// Read these changes; answer with [`Event::Fetched`].
    Fetch {
        /// The document.
        doc: DocId,
        /// Which.
        ids: Vec<ChangeId>,
    },
    /// List what the replica has of a document; answer with [`Event::Listed`].
    List {
        /// The document.
        doc: DocId,
    },
    /// Somebody else is there now; `None` nowhere any more.
    Presence {
        /// Who.
        enrolment: EnrolmentId,
        /// Where.
        presence: Option<Presence>,
    },
    /// How it stands with the relay has changed.
    Status(Status),
    /// Close the connection. Whether to try again, and what to say, is in the problem.
    Close(Problem),
}

/// One entry of a document's stream, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamEntry {
    /// The change's hash.
    pub id: ChangeId,
    /// The change and its header; none where this replica pushed it and so has it.
    pub change: Option<(SignedChange, ChangeHeader)>,
}

/// How it stands with the relay, with the protocol's own reason where it refuses.
pub type Status = terms::ConnectionStatus<Problem>;

/// Why a connection is closed by this side.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// What answers does not speak this protocol.
    #[error(
        "địa chỉ này không phải máy chủ Tiến Độ hoặc khác phiên bản ({0}); hãy kiểm tra địa chỉ hoặc cập nhật ứng dụng"
    )]
    NotARelay(FrameError),
    /// The relay's key is not the one in the code.
    #[error(
        "máy chủ không đúng khóa ghi trong mã đăng ký, có thể là máy chủ giả; không gửi gì cả, hãy báo quản trị"
    )]
    WrongRelay,
    /// The relay refuses.
    #[error("{0}")]
    Refused(Refusal),
    /// The relay's directory is not signed as it must be.
    #[error("{0}")]
    Directory(DirectoryError),
    /// A change from the relay cannot be read or its signature is wrong.
    #[error(
        "máy chủ gửi thay đổi không đúng chữ ký trong {doc} ({why}); không lưu gì cả, hãy báo quản trị"
    )]
    BadChange {
        /// The document.
        doc: DocId,
        /// What is wrong.
        why: String,
    },
    /// The relay does not keep to the protocol.
    #[error("máy chủ trả lời sai trình tự ({0}); ứng dụng sẽ tự kết nối lại")]
    OutOfOrder(&'static str),
}

impl Problem {
    /// Whether connecting again later can help without a person doing anything.
    pub fn retry(&self) -> bool {
        match self {
            Self::Refused(refusal) => refusal.retry(),
            Self::OutOfOrder(_) => true,
            Self::NotARelay(_) | Self::WrongRelay | Self::Directory(_) | Self::BadChange { .. } => {
                false
            }
        }
    }
}
