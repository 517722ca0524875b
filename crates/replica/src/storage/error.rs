//! What can go wrong with the disk.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// The database could not be read or written. What had been committed before stands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// No room on the disk.
    #[error(
        "đĩa đã đầy{}, thay đổi chưa được lưu; hãy xóa bớt tệp không cần trên đĩa đó rồi lưu lại",
        place(.0)
    )]
    Full(PathBuf),
    /// The system refuses to write the file.
    #[error("không ghi được dữ liệu lên đĩa ({0}); hãy kiểm tra quyền và ổ đĩa rồi lưu lại")]
    Io(String),
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
        matches!(self, Self::Full(_) | Self::Io(_))
    }
}

/// A problem that can name the place.
pub(crate) trait Placed {
    /// The same, with the folder where it happened.
    fn at(self, folder: &Path) -> Self;
}

impl Placed for StoreError {
    fn at(self, folder: &Path) -> Self {
        match self {
            Self::Full(_) => Self::Full(folder.to_owned()),
            other => other,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full(PathBuf::new()),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) | None => {
                Self::Damaged(error.to_string())
            }
            Some(_) => Self::Io(error.to_string()),
        }
    }
}

/// The place, where it is known.
fn place(folder: &Path) -> String {
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
