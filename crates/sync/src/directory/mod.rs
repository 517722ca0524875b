//! Who is who and who may do what: an append-only log that the relay signs entry by entry.
//!
//! [`DirectoryEntry`]s say it, [`SignedEntry`]s carry them, [`Directory`] is the view of the log that
//! every replica holds, so that names, roles and signatures can be checked without a network and
//! as of any past moment. Rights are explicit rows, never inferred from the programme's text;
//! [`standard_grants`] writes the usual ones down. One-time codes are no part of it: they are
//! private rows of the relay.

mod entry;
mod grants;
#[cfg(test)]
mod tests;
mod view;

pub use entry::{DirectoryEntry, DirectoryError, DirectoryEvent, Right, SignedEntry, Subject};
pub use grants::standard_grants;
pub use view::{Agency, Directory, Enrolment, Person, Revocation};
