//! Opening the database: only ours, only whole, only of a version that we know.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, ErrorCode, OpenFlags, config::DbConfig};

use super::StoreError;

/// «TDRL» in the header of the file: Tiến Độ, relay.
const APPLICATION_ID: i32 = 0x5444_524C;

/// The version of the schema that this program writes.
const VERSION: i32 = 1;

/// How long to wait for another process that writes, such as `sync-server admin`.
const BUSY: Duration = Duration::from_secs(10);

/// A connection to the database, made and brought to this version where there was none.
pub(super) fn open(path: &Path) -> Result<Connection, StoreError> {
    create_private(path).map_err(|why| StoreError::Unreachable {
        path: path.into(),
        why,
    })?;
    let mut connection = connect(path)?;
    prepare(&mut connection, path).map_err(|error| error.about(path))?;
    Ok(connection)
}

/// One more connection, for reading, to a database that was opened before.
pub(super) fn connect(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connect = || -> Result<Connection, StoreError> {
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(BUSY)?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "trusted_schema", false)?;
        connection.set_prepared_statement_cache_capacity(64);
        // Otherwise a statement that is kept is prepared again for every value it is given.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        Ok(connection)
    };
    connect().map_err(|error| error.about(path))
}

/// Whole, as far as the engine can tell without comparing every index.
pub(super) fn check(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let check = || -> Result<(), StoreError> {
        let says: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if says == "ok" {
            return Ok(());
        }
        Err(StoreError::Damaged {
            path: path.into(),
            why: says,
        })
    };
    check().map_err(|error| error.about(path))
}

/// Held while a relay serves the database: two would not see each other's changes in time.
#[derive(Debug)]
pub(crate) struct Serving {
    _lock: File,
}

impl Serving {
    /// Fails while another relay serves the same database; ends with the process, however it ends.
    pub(crate) fn begin(database: &Path) -> Result<Self, StoreError> {
        // Beside the database, not on it: closing a file of its own would drop SQLite's locks.
        let mut path = database.as_os_str().to_owned();
        path.push(".lock");
        let path = PathBuf::from(path);
        let unreachable = |why| StoreError::Unreachable {
            path: path.clone(),
            why,
        };
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(unreachable)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(StoreError::Served {
                path: database.into(),
            }),
            Err(TryLockError::Error(why)) => Err(unreachable(why)),
        }
    }
}

/// Makes an empty file that only its owner can read: it will hold the relay's key.
fn create_private(path: &Path) -> io::Result<()> {
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        fs::create_dir_all(folder)?;
    }
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

fn prepare(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    // Before anything is written: what is this?
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    let (application, version) = (number("application_id")?, number("user_version")?);
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let empty = application == 0 && version == 0 && tables == 0;
    if !empty && application != APPLICATION_ID {
        return Err(StoreError::NotOurs { path: path.into() });
    }
    if version > VERSION {
        return Err(StoreError::Newer {
            path: path.into(),
            is: version,
            knows: VERSION,
        });
    }
    connection.pragma_update(None, "journal_mode", "WAL")?;
    let transaction = connection.transaction_with_behavior(super::IMMEDIATE)?;
    let is = transaction.pragma_query_value(None, "user_version", |row| row.get::<_, i32>(0))?;
    // Somebody else may have made it between the look above and here.
    if is == 0 {
        transaction.execute_batch(include_str!("schema.sql"))?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", VERSION)?;
    }
    transaction.commit()?;
    Ok(())
}

impl StoreError {
    /// What the engine says of a file, told with the file's name.
    pub(super) fn about(self, path: &Path) -> Self {
        let Self::Sql(error) = self else { return self };
        let path = path.to_owned();
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotOurs { path },
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged {
                path,
                why: error.to_string(),
            },
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::ReadOnly) => {
                Self::Unreachable {
                    path,
                    why: io::Error::other(error),
                }
            }
            _ => Self::Sql(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::StatementStatus;

    use super::*;

    #[test]
    fn a_commit_is_on_the_disk_when_it_returns() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("relay.db");
        for connection in [open(&path).unwrap(), connect(&path).unwrap()] {
            let text =
                |name| connection.pragma_query_value(None, name, |row| row.get::<_, String>(0));
            let number =
                |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
            assert_eq!(text("journal_mode").as_deref(), Ok("wal"));
            // Full: the write-ahead log is synchronised at every commit.
            assert_eq!(number("synchronous"), Ok(2));
        }
    }

    #[test]
    fn a_statement_that_is_kept_is_prepared_once() {
        let folder = tempfile::TempDir::new().unwrap();
        let connection = open(&folder.path().join("relay.db")).unwrap();
        for hash in [[1_u8; 32], [2; 32], [3; 32]] {
            let sql = "SELECT seq FROM change JOIN doc ON doc.id = change.doc
                       WHERE name = ?1 AND hash = ?2";
            let mut statement = connection.prepare_cached(sql).unwrap();
            assert!(!statement.exists(("agency/2019/a", hash)).unwrap());
            assert_eq!(statement.get_status(StatementStatus::RePrepare), 0);
        }
    }
}
