//! Opening the file: whose it is, how old, whether it is whole. Nothing is written to a file that
//! is not ours or not whole.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use database::{Cause, Error, ErrorKind, Options};
use rusqlite::Connection;

use super::{StoreError, schema::SCHEMA};

/// How long to wait for another program that looks into the file.
const WAIT: Duration = Duration::from_secs(5);

/// Why a replica could not be opened. The file is left as it was.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A later version of the app has written it.
    #[error(
        "tệp {} do phiên bản mới hơn ghi (bản {is}, ứng dụng này đọc đến bản {known}); \
         tệp được giữ nguyên, hãy cập nhật ứng dụng rồi mở lại", path.display()
    )]
    NewerVersion {
        /// The file.
        path: PathBuf,
        /// Its version.
        is: i32,
        /// The latest version that this app reads.
        known: i32,
    },
    /// An `SQLite` file of something else.
    #[error(
        "tệp {} là của một ứng dụng khác; tệp được giữ nguyên, \
         hãy chuyển nó đi nơi khác hoặc chọn thư mục dữ liệu khác", path.display()
    )]
    OtherApp {
        /// The file.
        path: PathBuf,
    },
    /// Not whole, or no `SQLite` file at all.
    #[error(
        "tệp {} bị hỏng ({why}); tệp được giữ nguyên. Hãy sao lưu tệp này cho quản trị, \
         rồi khôi phục từ bản sao hoặc đổi tên tệp để tải lại từ tỉnh", path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What does not hold.
        why: String,
        /// What led to it.
        source: Option<Cause>,
    },
    /// Another window or program has it open.
    #[error("dữ liệu này đang mở ở một cửa sổ khác ({}); hãy đóng cửa sổ đó rồi mở lại", path.display())]
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// The disk or the system.
    #[error("không mở được {} ({why}); hãy kiểm tra ổ đĩa và quyền truy cập rồi mở lại", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: String,
        /// What led to it.
        source: Option<Cause>,
    },
}

impl OpenError {
    /// Whether opening again later may succeed without anybody mending the file.
    pub fn retry(&self) -> bool {
        matches!(self, Self::InUse { .. } | Self::Io { .. })
    }

    pub(crate) fn io(path: &Path, error: io::Error) -> Self {
        Self::Io {
            path: path.to_owned(),
            why: error.to_string(),
            source: Some(Arc::new(error)),
        }
    }

    pub(crate) fn damaged(path: &Path, why: impl Into<String>) -> Self {
        Self::Damaged {
            path: path.to_owned(),
            why: why.into(),
            source: None,
        }
    }

    pub(crate) fn store(path: &Path, error: StoreError) -> Self {
        let path = path.to_owned();
        match error {
            StoreError::Full(_, error)
            | StoreError::ReadOnly(_, error)
            | StoreError::Io(error)
            | StoreError::Corrupt(error) => error.at(&path).into(),
            StoreError::Damaged(why) => Self::damaged(&path, why),
            StoreError::Closed => Self::Io {
                path,
                why: StoreError::Closed.to_string(),
                source: None,
            },
        }
    }
}

impl From<Error> for OpenError {
    fn from(error: Error) -> Self {
        let (path, why) = (error.path().to_owned(), error.to_string());
        match error.kind() {
            ErrorKind::Busy => Self::InUse { path },
            ErrorKind::NotOurs => Self::OtherApp { path },
            ErrorKind::TooNew { is, known } => Self::NewerVersion { path, is, known },
            ErrorKind::NotADatabase | ErrorKind::Damaged => Self::Damaged {
                path,
                why,
                source: Some(Arc::new(error)),
            },
            ErrorKind::Full
            | ErrorKind::ReadOnly
            | ErrorKind::Io
            | ErrorKind::Undone
            | ErrorKind::Closed
            | ErrorKind::Refused => Self::Io {
                path,
                why,
                source: Some(Arc::new(error)),
            },
        }
    }
}

/// Opens the database to write, makes it if there is none, and brings it up to date. Where nothing
/// can be written to the disk, it is opened to read: what is there can be read, exported and sent.
pub(crate) fn open(path: &Path) -> Result<Connection, OpenError> {
    let options = Options {
        wait: WAIT,
        check: true,
    };
    let db = database::open(path, &SCHEMA, options).or_else(|error| {
        if !is_unwritable(&error) {
            return Err(error);
        }
        let db = database::open_to_read(path, &SCHEMA, WAIT).map_err(|_| error.clone())?;
        database::check(&db, path)?;
        tracing::warn!(error = %database::causes(&error), "the disk can't be written: only reading");
        Ok(db)
    })?;
    db.set_prepared_statement_cache_capacity(128);
    Ok(db)
}

/// Opens the database a second time, only to read.
pub(crate) fn open_to_read(path: &Path) -> Result<Connection, OpenError> {
    let db = database::open_to_read(path, &SCHEMA, WAIT)?;
    db.set_prepared_statement_cache_capacity(64);
    // What a search goes through in a full year stays in memory (KiB, negative).
    db.pragma_update(None, "cache_size", -32_000)
        .map_err(|error| Error::from(error).at(path))?;
    Ok(db)
}

/// Whether nothing can be written to the disk, while what is there may still be read.
pub(crate) fn is_unwritable(error: &Error) -> bool {
    match error.kind() {
        ErrorKind::Full | ErrorKind::ReadOnly | ErrorKind::Io => true,
        ErrorKind::Busy
        | ErrorKind::NotADatabase
        | ErrorKind::NotOurs
        | ErrorKind::TooNew { .. }
        | ErrorKind::Damaged
        | ErrorKind::Undone
        | ErrorKind::Closed
        | ErrorKind::Refused => false,
    }
}

#[cfg(test)]
#[path = "open_tests.rs"]
mod tests;
