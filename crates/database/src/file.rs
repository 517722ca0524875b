//! Opening a file: whose it is, how old, whether it is whole. Nothing is written to a file that is
//! not ours.

use std::{
    ffi::OsString,
    fs::File,
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, MAIN_DB, OpenFlags, config::DbConfig};

use crate::{Error, ErrorKind, Schema, schema::version_of};

/// How a database is opened to write.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// How long to wait for other processes that write.
    pub wait: Duration,
    /// Whether to look through the whole file first ([`check`]), before anything is written to it.
    pub check: bool,
}

/// Opens a database to write, makes it if there is none, and brings it up to date. A commit that
/// returned survives a power cut.
///
/// Where the file can only be read, the connection can only read too ([`is_read_only`]), if
/// `SQLite` can do with that; it is an error if not.
pub fn open(path: &Path, schema: &Schema, options: Options) -> Result<Connection, Error> {
    let Options { wait, .. } = options;
    make(path)?;
    identify(path, schema, options)?;
    let about = |error: rusqlite::Error| Error::from(error).at(path);
    let mut db = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, wait).map_err(about)?;
    if !is_read_only(&db) {
        db.pragma_update(None, "journal_mode", "WAL")
            .map_err(about)?;
    }
    db.pragma_update(None, "synchronous", "FULL")
        .map_err(about)?;
    db.pragma_update(None, "temp_store", "MEMORY")
        .map_err(about)?;
    schema
        .bring_up_to_date(&mut db)
        .map_err(|error| error.at(path))?;
    Ok(db)
}

/// Opens a database only to read, also one on a disk where nothing can be written: it must be ours
/// and of this version, for nothing is brought up to date.
pub fn open_to_read(path: &Path, schema: &Schema, wait: Duration) -> Result<Connection, Error> {
    let opened = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY, wait)
        .and_then(|db| version_of(&db).map(|_| db));
    let about = |error: rusqlite::Error| Error::from(error).at(path);
    let db = match opened.map_err(about) {
        Ok(db) => db,
        // Reading needs a file beside it, which can't be made here. If no log waits, the file
        // itself holds everything; and nobody writes where nothing can be written.
        Err(error) if can_read_without_log(&error, path) => {
            connect_unchanging(path, wait).map_err(about)?
        }
        Err(error) => return Err(error),
    };
    let version = version(&db, schema, path)?;
    if version < schema.version() {
        let why = format!("bản cũ {version}, cần ghi để nâng lên {}", schema.version());
        return Err(Error::new(ErrorKind::ReadOnly, path, why));
    }
    Ok(db)
}

/// Whether a connection can only read.
pub fn is_read_only(db: &Connection) -> bool {
    db.is_readonly(MAIN_DB).unwrap_or(false)
}

/// Whether a database is whole, as far as `SQLite` can tell without comparing every index.
pub fn check(db: &Connection, path: &Path) -> Result<(), Error> {
    let about = |error: rusqlite::Error| Error::from(error).at(path);
    let verdict: String = db
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(about)?;
    if verdict != "ok" {
        return Err(Error::new(ErrorKind::Damaged, path, verdict));
    }
    if is_cut(db, path).map_err(about)? {
        return Err(Error::new(
            ErrorKind::Damaged,
            path,
            "tệp bị cắt giữa chừng",
        ));
    }
    Ok(())
}

/// Makes an empty file that only its owner reads, where there is none. A new file takes no log that
/// waits for another one: `SQLite` would delete it.
fn make(path: &Path) -> Result<(), Error> {
    if path.exists() {
        return Ok(());
    }
    let log = log_of(path);
    if length(&log) > 0 {
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let why = format!("thiếu tệp {file} đi cùng");
        return Err(Error::new(ErrorKind::Damaged, &log, why));
    }
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        // Another process has made it since.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made.map(drop).map_err(|error| Error::io(path, error)),
    }
}

/// Makes sure that a file is ours and of a version that we know. Through a connection of its own
/// that leaves the file as it is, even where a log waits beside it.
fn identify(path: &Path, schema: &Schema, options: Options) -> Result<(), Error> {
    let about = |error: rusqlite::Error| Error::from(error).at(path);
    let access = OpenFlags::SQLITE_OPEN_READ_WRITE;
    let db = connect(path, access, options.wait).map_err(about)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
        .map_err(about)?;
    version(&db, schema, path)?;
    if options.check {
        check(&db, path)?;
    }
    Ok(())
}

/// The version of a database that is ours; 0 for an empty one.
fn version(db: &Connection, schema: &Schema, path: &Path) -> Result<i32, Error> {
    let about = |error: rusqlite::Error| Error::from(error).at(path);
    let application: i32 = db
        .pragma_query_value(None, "application_id", |row| row.get(0))
        .map_err(about)?;
    let is = version_of(db).map_err(about)?;
    let tables: i64 = db
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(about)?;
    let empty = application == 0 && is == 0 && tables == 0;
    if !empty && application != schema.application_id {
        let why = format!("mã ứng dụng {application:#x}");
        return Err(Error::new(ErrorKind::NotOurs, path, why));
    }
    let known = schema.version();
    if is > known {
        let why = format!("bản {is}, biết đến {known}");
        return Err(Error::new(ErrorKind::TooNew { is, known }, path, why));
    }
    Ok(is)
}

fn connect(path: &Path, access: OpenFlags, wait: Duration) -> rusqlite::Result<Connection> {
    let db = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    db.busy_timeout(wait)?;
    Ok(db)
}

/// Opens a file that nobody changes: `SQLite` then needs no file beside it, and takes no locks.
fn connect_unchanging(path: &Path, wait: Duration) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    connect(&PathBuf::from(unchanging(path)), flags, wait)
}

/// The address of a file for `SQLite`, with the word that nobody changes it.
fn unchanging(path: &Path) -> String {
    let mut address = "file:".to_owned();
    let path = path.to_string_lossy();
    let path = if cfg!(windows) {
        format!("/{}", path.replace('\\', "/"))
    } else {
        path.into_owned()
    };
    for letter in path.chars() {
        match letter {
            '%' => address.push_str("%25"),
            '?' => address.push_str("%3f"),
            '#' => address.push_str("%23"),
            letter => address.push(letter),
        }
    }
    address + "?immutable=1"
}

fn can_read_without_log(error: &Error, path: &Path) -> bool {
    let nothing_written = match error.kind() {
        ErrorKind::Full | ErrorKind::ReadOnly | ErrorKind::Io => true,
        ErrorKind::Busy
        | ErrorKind::NotADatabase
        | ErrorKind::NotOurs
        | ErrorKind::TooNew { .. }
        | ErrorKind::Damaged
        | ErrorKind::Undone
        | ErrorKind::Closed
        | ErrorKind::Refused => false,
    };
    nothing_written && path.is_file() && length(&log_of(path)) == 0
}

/// Whether the last page is not whole, which `SQLite` itself passes over. Where a log waits beside
/// the file, the log has the whole page.
fn is_cut(db: &Connection, path: &Path) -> rusqlite::Result<bool> {
    let page: u32 = db.pragma_query_value(None, "page_size", |row| row.get(0))?;
    Ok(length(&log_of(path)) == 0 && !length(path).is_multiple_of(u64::from(page.max(1))))
}

fn length(path: &Path) -> u64 {
    path.metadata().map_or(0, |file| file.len())
}

/// The write-ahead log beside a database.
fn log_of(path: &Path) -> PathBuf {
    let mut log = OsString::from(path);
    log.push("-wal");
    log.into()
}

#[cfg(test)]
#[path = "file_tests.rs"]
mod tests;
