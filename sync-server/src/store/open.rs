//! Opening the database: only ours, only whole, only of a version that we know.

use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
    time::Duration,
};

use database::{Error, Options, Schema};
use rusqlite::{Connection, OpenFlags, config::DbConfig};

use super::StoreError;

/// The relay's database.
pub(super) const SCHEMA: Schema = Schema {
    // «TDRL»: Tiến Độ, relay.
    application_id: 0x5444_524C,
    steps: &[include_str!("schema.sql"), include_str!("weights.sql")],
};

/// How long to wait for another process that writes, such as `sync-server admin`.
const BUSY: Duration = Duration::from_secs(10);

/// A connection to the database, made and brought to this version where there was none.
pub(super) fn open(path: &Path) -> Result<Connection, StoreError> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    folder
        .map_or(Ok(()), fs::create_dir_all)
        .map_err(|error| Error::io(path, error))?;
    let options = Options {
        wait: BUSY,
        check: false,
    };
    let connection = database::open(path, &SCHEMA, options)?;
    set(&connection).map_err(|error| StoreError::from(error).about(path))?;
    Ok(connection)
}

/// One more connection, for reading, to a database that was opened before.
pub(super) fn connect(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connect = || -> Result<Connection, StoreError> {
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(BUSY)?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        set(&connection)?;
        Ok(connection)
    };
    connect().map_err(|error| error.about(path))
}

/// A new database in memory, of this version.
pub(super) fn in_memory() -> Result<Connection, StoreError> {
    let mut connection = Connection::open_in_memory()?;
    SCHEMA.bring_up_to_date(&mut connection)?;
    Ok(connection)
}

/// What holds for each connection of the relay.
pub(super) fn set(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.set_prepared_statement_cache_capacity(64);
    // Otherwise a statement that is kept is prepared again for every value it is given.
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
        .map(drop)
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
        let unreachable = |error| StoreError::from(Error::io(&path, error));
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

#[cfg(test)]
mod tests {
    use rusqlite::StatementStatus;

    use super::*;

    /// What stands in a database of the first version counts as much as what is stored later.
    #[test]
    fn an_older_version_is_brought_to_this_one() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("relay.db");
        let mut old = Connection::open(&path).unwrap();
        SCHEMA.bring_to(&mut old, 1).unwrap();
        old.execute_batch(
            "INSERT INTO doc VALUES (1, 'agency/2019/a', 2, zeroblob(32));
             INSERT INTO change (doc, seq, hash, chain, actor, actor_seq, bytes)
             SELECT 1, n, randomblob(32), zeroblob(32), zeroblob(16), n, zeroblob(n)
             FROM (SELECT 10 AS n UNION SELECT 20)",
        )
        .unwrap();
        drop(old);
        let weight: i64 = open(&path)
            .unwrap()
            .query_row("SELECT weight FROM doc", [], |row| row.get(0))
            .unwrap();
        assert_eq!(weight, 10 + 20 + 2 * 128);
    }

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
