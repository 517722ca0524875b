//! What can go wrong with the disk.

use std::path::{Path, PathBuf};

use database::{Error, ErrorKind};

/// The database could not be read or written. What had been committed before is kept.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// No room on the disk.
    #[error(
        "đĩa đã đầy{}, thay đổi chưa được lưu; hãy xóa bớt tệp không cần trên đĩa đó rồi lưu lại",
        folder_name(.0)
    )]
    Full(PathBuf, #[source] Error),
    /// The disk, or the file, may only be read.
    #[error(
        "dữ liệu{} chỉ đọc được, không ghi được, nên thay đổi chưa được lưu; \
         hãy cho phép ghi và giải phóng chỗ trống trên đĩa đó, rồi mở lại ứng dụng và lưu lại",
        folder_name(.0)
    )]
    ReadOnly(PathBuf, #[source] Error),
    /// The system refuses to write the file.
    #[error("không ghi được dữ liệu lên đĩa ({0}); hãy kiểm tra quyền và ổ đĩa rồi lưu lại")]
    Io(#[source] Error),
    /// What the file holds is no database any more.
    #[error(
        "cơ sở dữ liệu bị hỏng ({0}); hãy đóng ứng dụng, sao lưu thư mục dữ liệu và liên hệ quản trị"
    )]
    Corrupt(#[source] Error),
    /// What the database holds makes no sense.
    #[error(
        "cơ sở dữ liệu bị hỏng ({0}); hãy đóng ứng dụng, sao lưu thư mục dữ liệu và liên hệ quản trị"
    )]
    Damaged(String),
    /// The replica has been closed.
    #[error("dữ liệu của người dùng này đã đóng; hãy đăng nhập lại")]
    Closed,
}

impl StoreError {
    /// Whether the same request may succeed later.
    pub fn retry(&self) -> bool {
        match self {
            Self::Full(..) | Self::ReadOnly(..) | Self::Io(_) => true,
            Self::Corrupt(_) | Self::Damaged(_) | Self::Closed => false,
        }
    }

    /// An error of the system.
    pub(crate) fn io(error: impl Into<std::io::Error>) -> Self {
        Error::io(Path::new(""), error.into()).into()
    }
}

/// A problem that can name the place.
pub(crate) trait WithFolder {
    /// The same, with the folder where it happened.
    fn at(self, folder: &Path) -> Self;
}

impl WithFolder for StoreError {
    fn at(self, folder: &Path) -> Self {
        match self {
            Self::Full(_, error) => Self::Full(folder.to_owned(), error),
            Self::ReadOnly(_, error) => Self::ReadOnly(folder.to_owned(), error),
            other @ (Self::Io(_) | Self::Corrupt(_) | Self::Damaged(_) | Self::Closed) => other,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Error::from(error).into()
    }
}

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        match error.kind() {
            ErrorKind::Full => Self::Full(PathBuf::new(), error),
            ErrorKind::ReadOnly => Self::ReadOnly(PathBuf::new(), error),
            ErrorKind::Damaged
            | ErrorKind::NotADatabase
            | ErrorKind::NotOurs
            | ErrorKind::TooNew { .. } => Self::Corrupt(error),
            ErrorKind::Closed => Self::Closed,
            ErrorKind::Busy | ErrorKind::Io | ErrorKind::Undone | ErrorKind::Refused => {
                Self::Io(error)
            }
        }
    }
}

/// The place, where it is known.
fn folder_name(folder: &Path) -> String {
    if folder.as_os_str().is_empty() {
        String::new()
    } else {
        format!(" ({})", folder.display())
    }
}

/// A row that cannot be read as what it should be.
pub(crate) fn broken(what: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Blob, what.into())
}
