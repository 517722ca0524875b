//! What the replica's and the relay's `SQLite` databases do alike.
//!
//! - [`Schema`] says whose a file is and brings it up to date, one step at a time; [`open`] and
//!   [`open_to_read`] open it, [`check`] tells whether it is whole.
//! - [`Error`] says what happened in one of a few [`ErrorKind`]s, and keeps the cause.
//! - [`Transactional`] is a connection with what memory holds of it. [`begin`], [`attempt`] and
//!   [`commit`] do several jobs in one transaction, each in a savepoint of its own: a job that
//!   fails is undone alone, on the disk and in memory. They need no thread.
//! - [`Writer`] hands jobs to the one thread that writes. What waits at the same moment shares a
//!   commit, and nobody is answered before it.
//!
//! This crate knows nothing of documents, protocols or what a table holds.

mod error;
mod file;
mod schema;
mod transaction;
mod writer;

pub use error::{Cause, Error, ErrorKind, causes};
pub use file::{Options, check, is_read_only, open, open_to_read};
pub use schema::Schema;
pub use transaction::{Transactional, attempt, begin, commit};
pub use writer::{Ended, Limits, Observer, TrySendError, Writer};
