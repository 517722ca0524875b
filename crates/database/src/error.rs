//! What can go wrong with a database, and why.

use std::{
    error::Error as StdError,
    fmt, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use rusqlite::ErrorCode;

/// The error below another one. Shared, because all jobs of one transaction fail for one cause.
pub type Cause = Arc<dyn StdError + Send + Sync>;

/// What kind of thing went wrong: enough to say what to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// Another connection or program writes, and did not end in time.
    Busy,
    /// No room on the disk.
    Full,
    /// The disk, the folder or the file may only be read.
    ReadOnly,
    /// The file can't be opened, read or written.
    Io,
    /// Not an `SQLite` file at all.
    NotADatabase,
    /// An `SQLite` file of another program.
    NotOurs,
    /// A later version of this program has written it.
    TooNew {
        /// The version of the file.
        is: i32,
        /// The latest version that this program knows.
        known: i32,
    },
    /// A part is missing or overwritten, or a row can't be read as what it should be.
    Damaged,
    /// The system ended the transaction, with all jobs in it.
    Undone,
    /// The thread that writes has ended.
    Closed,
    /// Anything else that `SQLite` refuses.
    Refused,
}

/// A database could not be opened, read or written. What had been committed before is kept.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{why}")]
pub struct Error {
    kind: ErrorKind,
    path: PathBuf,
    why: String,
    source: Option<Cause>,
}

impl Error {
    /// An error that this program found itself. `why` is part of a sentence for people.
    pub(crate) fn new(kind: ErrorKind, path: &Path, why: impl Into<String>) -> Self {
        Self {
            kind,
            path: path.to_owned(),
            why: why.into(),
            source: None,
        }
    }

    /// An error of the system.
    pub fn io(path: &Path, error: io::Error) -> Self {
        let kind = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ErrorKind::Full,
            io::ErrorKind::ReadOnlyFilesystem => ErrorKind::ReadOnly,
            _ => ErrorKind::Io,
        };
        Self {
            kind,
            path: path.to_owned(),
            why: error.to_string(),
            source: Some(Arc::new(error)),
        }
    }

    /// The same, of this file or folder.
    #[must_use]
    pub fn at(self, path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            ..self
        }
    }

    /// What kind of thing went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The file, where it is known; otherwise empty.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The thread that writes has ended: of its own fault, or because it was told to.
    pub fn closed() -> Self {
        Self::new(ErrorKind::Closed, Path::new(""), "đã đóng")
    }

    /// Whether the same may succeed later, without anybody mending the file.
    pub fn retry(&self) -> bool {
        match self.kind {
            ErrorKind::Busy
            | ErrorKind::Full
            | ErrorKind::ReadOnly
            | ErrorKind::Io
            | ErrorKind::Undone
            | ErrorKind::Refused => true,
            ErrorKind::NotADatabase
            | ErrorKind::NotOurs
            | ErrorKind::TooNew { .. }
            | ErrorKind::Damaged
            | ErrorKind::Closed => false,
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Self {
            kind: kind_of(&error),
            path: PathBuf::new(),
            why: error.to_string(),
            source: Some(Arc::new(error)),
        }
    }
}

fn kind_of(error: &rusqlite::Error) -> ErrorKind {
    if let rusqlite::Error::SqlInputError { .. } = error {
        return ErrorKind::Refused;
    }
    match error.sqlite_error_code() {
        // Not the engine's word: a value of a row is not what it should be.
        None | Some(ErrorCode::DatabaseCorrupt) => ErrorKind::Damaged,
        Some(ErrorCode::NotADatabase) => ErrorKind::NotADatabase,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => ErrorKind::Busy,
        Some(ErrorCode::DiskFull) => ErrorKind::Full,
        Some(ErrorCode::ReadOnly) => ErrorKind::ReadOnly,
        Some(
            ErrorCode::CannotOpen
            | ErrorCode::PermissionDenied
            | ErrorCode::SystemIoFailure
            | ErrorCode::FileLockingProtocolFailed,
        ) => ErrorKind::Io,
        Some(_) => ErrorKind::Refused,
    }
}

/// An error with everything that led to it, for the log. What an outer error says already is not
/// said twice.
pub fn causes(error: &(dyn StdError + 'static)) -> impl fmt::Display {
    let mut said = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let why = cause.to_string();
        if !said.contains(&why) {
            said.push_str(": ");
            said.push_str(&why);
        }
        next = cause.source();
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("chưa lưu được")]
    struct Outer(#[source] Error);

    #[test]
    fn the_cause_is_kept_and_said_once() {
        let full = io::Error::from(io::ErrorKind::StorageFull);
        let said = full.to_string();
        let outer = Outer(Error::io(Path::new("a"), full));
        assert_eq!(outer.0.kind(), ErrorKind::Full);
        assert_eq!(causes(&outer).to_string(), format!("chưa lưu được: {said}"));
        let cause = outer.0.source().map(ToString::to_string);
        assert_eq!(cause, Some(said));
    }
}
