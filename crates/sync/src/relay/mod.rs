//! The relay's end of one connection.
//!
//! A [`Session`] is fed [`Event`]s by its shell and answers with [`Action`]s, in order. It holds
//! no log: it asks for reads and writes by actions and is fed their results. What it holds is
//! bounded: unanswered pushes by [`MAX_UNANSWERED`](crate::frame::MAX_UNANSWERED), streams under
//! way by [`WINDOW`](crate::frame::WINDOW). A follower that takes in nothing costs nothing: what
//! is published passes it by, and it is read from the log when it asks for more.
//!
//! The shell promises:
//! - every [`Action::Append`] runs [`admit`](crate::admit::admit) for each change inside the
//!   transaction that stores it, and is answered only after the commit;
//! - the session that asked gets [`Event::Appended`] before [`Event::Published`];
//! - a change of the directory reaches every session as [`Event::DirectoryChanged`] before any
//!   change of a document that was admitted by it;
//! - `Published` of one document comes in the order of its numbers (a gap is mended by reading).

mod document_stream;
mod session;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use terms::{ChangeId, DocId, EnrolmentId, Timestamp};

pub use session::Session;

use crate::{
    Cursor, Presence, Refusal, SignedChange,
    admit::Rejection,
    chain::Chain,
    directory::{Directory, SignedEntry},
};

/// What the shell hands in with every event.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The directory as it is now.
    pub directory: &'a Directory,
    /// The time by the relay's clock.
    pub now: Timestamp,
}

/// An entry of a document's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    /// Where the stream is after it: its number and the chain.
    pub cursor: Cursor,
    /// The change's hash.
    pub id: ChangeId,
    /// The change.
    pub change: SignedChange,
}

/// A part of a document's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The document.
    pub doc: DocId,
    /// After which entry the part begins: as asked for.
    pub from: u64,
    /// The chain at `from`; none if the log ends before it.
    pub chain: Option<Chain>,
    /// The entries after `from`, up to the limit asked for, at least one if there is any.
    pub entries: Vec<LogEntry>,
    /// Where the log ends.
    pub tail: Cursor,
}

/// What became of a pushed change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Stored now, with this number.
    Stored(u64, ChangeId),
    /// Stored before, with this number.
    Known(u64, ChangeId),
    /// Not stored. The hash, or the digest of bytes that cannot be read.
    Rejected(ChangeId, Rejection),
}

/// What happens to a session.
#[derive(Debug, Clone)]
pub enum Event {
    /// A frame came.
    Frame(Vec<u8>),
    /// The answer to [`Action::Append`]: an outcome for each change, in order.
    Appended {
        /// The document.
        doc: DocId,
        /// What became of each change.
        outcomes: Vec<Outcome>,
    },
    /// The answer to [`Action::FindMissing`]: those that the log does not have, in order.
    Missing {
        /// The document.
        doc: DocId,
        /// The hashes.
        ids: Vec<ChangeId>,
    },
    /// The answer to [`Action::AppendDirectory`]: stored, or not the continuation of the log.
    DirectoryAppended(bool),
    /// The answer to [`Action::Read`].
    Page(Page),
    /// The answer to [`Action::ReadDirectory`].
    DirectoryPage(Vec<SignedEntry>),
    /// New entries of a document's log, committed, whoever pushed them.
    Published {
        /// The document.
        doc: DocId,
        /// The entries, in order.
        entries: Arc<[LogEntry]>,
    },
    /// The directory has new entries, committed.
    DirectoryChanged,
    /// Where somebody else is.
    Presence {
        /// Who.
        enrolment: EnrolmentId,
        /// Where.
        presence: Option<Presence>,
    },
    /// The log could not be read or written: the session ends, the replica tries again later.
    Failed,
    /// The relay is being stopped.
    Stopping,
    /// The connection is gone.
    Closed,
}

/// What a session wants done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Send these bytes as one message.
    Send(Vec<u8>),
    /// Admit and store changes in one transaction; answer with [`Event::Appended`], then publish.
    Append {
        /// The document.
        doc: DocId,
        /// The changes, in order.
        changes: Vec<SignedChange>,
        /// Who brings them.
        pusher: EnrolmentId,
    },
    /// Say which of these the log lacks; answer with [`Event::Missing`].
    FindMissing {
        /// The document.
        doc: DocId,
        /// The hashes.
        ids: Vec<ChangeId>,
    },
    /// Append entries that the relay itself once signed and then lost, passing over those that it
    /// has; answer with
    /// [`Event::DirectoryAppended`], then tell every session.
    AppendDirectory(Vec<SignedEntry>),
    /// Read a part of a document's log; answer with [`Event::Page`].
    Read {
        /// The document.
        doc: DocId,
        /// After which entry.
        from: u64,
        /// Stop after so many bytes of changes.
        limit: usize,
    },
    /// Read the directory; answer with [`Event::DirectoryPage`].
    ReadDirectory {
        /// After which entry.
        from: u64,
        /// At most so many entries.
        limit: usize,
    },
    /// Tell the other sessions where this one's person is.
    Presence {
        /// Who.
        enrolment: EnrolmentId,
        /// Where.
        presence: Option<Presence>,
    },
    /// Close the connection; nothing comes after. The reason was sent, and is for the log.
    Close(Option<Refusal>),
}
