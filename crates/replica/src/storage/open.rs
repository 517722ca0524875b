//! Opening the file: whose it is, how old, whether it is whole. Nothing is written to a file that
//! is not ours or not whole.

use std::{
    io,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, ErrorCode, OpenFlags, config::DbConfig};

use super::{StoreError, schema};

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
    },
}

impl OpenError {
    /// Whether opening again later may succeed without anybody mending the file.
    pub fn retry(&self) -> bool {
        matches!(self, Self::InUse { .. } | Self::Io { .. })
    }

    pub(crate) fn io(path: &Path, error: &io::Error) -> Self {
        Self::Io {
            path: path.to_owned(),
            why: error.to_string(),
        }
    }

    pub(crate) fn store(path: &Path, error: StoreError) -> Self {
        let path = path.to_owned();
        match error {
            StoreError::Damaged(why) => Self::Damaged { path, why },
            error => Self::Io {
                path,
                why: error.to_string(),
            },
        }
    }

    pub(crate) fn sqlite(path: &Path, error: &rusqlite::Error) -> Self {
        let (path, why) = (path.to_owned(), error.to_string());
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::InUse { path },
            Some(
                ErrorCode::CannotOpen
                | ErrorCode::DiskFull
                | ErrorCode::PermissionDenied
                | ErrorCode::ReadOnly
                | ErrorCode::SystemIoFailure,
            ) => Self::Io { path, why },
            _ => Self::Damaged { path, why },
        }
    }
}

/// Opens the database to write, makes it if there is none, and brings it up to date.
pub(crate) fn open(path: &Path) -> Result<Connection, OpenError> {
    let failed = |error: rusqlite::Error| OpenError::sqlite(path, &error);
    let version = if path.exists() {
        check(path)?
    } else {
        is_alone(path)?;
        0
    };
    let mut db = Connection::open(path).map_err(failed)?;
    prepare(&db).map_err(failed)?;
    if version < schema::VERSION {
        schema::migrate(&mut db, version).map_err(failed)?;
    }
    Ok(db)
}

/// Opens the database a second time, only to read.
pub(crate) fn open_to_read(path: &Path) -> Result<Connection, OpenError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let failed = |error: rusqlite::Error| OpenError::sqlite(path, &error);
    let db = Connection::open_with_flags(path, flags).map_err(failed)?;
    db.set_prepared_statement_cache_capacity(64);
    // What a search goes through in a full year stays in memory (KiB, negative).
    db.pragma_update(None, "cache_size", -32_000)
        .map_err(failed)?;
    Ok(db)
}

/// A new file takes no log that waits for another one: `SQLite` would delete it.
fn is_alone(path: &Path) -> Result<(), OpenError> {
    let log = path.with_extension("sqlite-wal");
    if log.metadata().is_ok_and(|log| log.len() > 0) {
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let why = format!("thiếu tệp {file} đi cùng");
        return Err(OpenError::Damaged { path: log, why });
    }
    Ok(())
}

fn prepare(db: &Connection) -> rusqlite::Result<()> {
    db.set_prepared_statement_cache_capacity(128);
    db.pragma_update(None, "journal_mode", "WAL")?;
    // A commit that returned survives a power cut.
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "temp_store", "MEMORY")
}

/// The version of an existing database, after making sure that it is ours and whole. Through a
/// connection of its own that leaves the file as it is, even where a log waits beside it.
fn check(path: &Path) -> Result<i32, OpenError> {
    let failed = |error: rusqlite::Error| OpenError::sqlite(path, &error);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags).map_err(failed)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
        .map_err(failed)?;
    let number = |name: &str| db.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    let application = number("application_id").map_err(failed)?;
    let version = number("user_version").map_err(failed)?;
    let tables: i64 = db
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(failed)?;
    if application == 0 && version == 0 && tables == 0 {
        return Ok(0);
    }
    if application != schema::APPLICATION_ID {
        return Err(OpenError::OtherApp {
            path: path.to_owned(),
        });
    }
    if version > schema::VERSION {
        return Err(OpenError::NewerVersion {
            path: path.to_owned(),
            is: version,
            known: schema::VERSION,
        });
    }
    let verdict: String = db
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(failed)?;
    let cut = || "tệp bị cắt giữa chừng".to_owned();
    let why = if verdict == "ok" {
        is_cut(&db, path).map_err(failed)?.then(cut)
    } else {
        Some(verdict)
    };
    why.map_or(Ok(version), |why| {
        Err(OpenError::Damaged {
            path: path.to_owned(),
            why,
        })
    })
}

/// Whether the last page is not whole, which `SQLite` itself passes over. Where a log waits beside
/// the file, the log has the whole page.
fn is_cut(db: &Connection, path: &Path) -> rusqlite::Result<bool> {
    let page: u32 = db.pragma_query_value(None, "page_size", |row| row.get(0))?;
    let length = |path: &Path| path.metadata().map_or(0, |file| file.len());
    let log = length(&path.with_extension("sqlite-wal"));
    Ok(log == 0 && !length(path).is_multiple_of(u64::from(page.max(1))))
}

#[cfg(test)]
#[path = "open_tests.rs"]
mod tests;
