//! The relay's database, and the only place that knows SQL.
//!
//! A [`Store`] is one connection. [`Store::read`] looks at one moment of the database, through a
//! [`ReadTransaction`]; [`Store::write`] changes it in one transaction, through an [`WriteTransaction`], and has committed
//! (WAL, `synchronous=FULL`) when it returns. Everything else in this crate speaks in documents,
//! changes and entries, so that another engine can take this one's place.

mod codes;
mod directory;
mod log;
mod open;

use std::{
    fmt,
    ops::Deref,
    path::{Path, PathBuf},
};

use database::{Error, ErrorKind};
use rusqlite::{Connection, MAIN_DB, OptionalExtension, TransactionBehavior, params};
use sync::Keypair;

pub use codes::CodeRow;
pub(crate) use open::Serving;

/// Takes the right to write at once: a transaction that reads first and then finds that another
/// process has written in between would fail.
const IMMEDIATE: TransactionBehavior = TransactionBehavior::Immediate;

/// Why the database does not serve: what happened and what to do next.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// The file is no database, or another application's.
    #[error(
        "{} không phải cơ sở dữ liệu của máy chủ Tiến Độ; hãy chọn tệp khác ở thiết lập «database»",
        path.display()
    )]
    NotOurs {
        /// The file.
        path: PathBuf,
        /// What the engine says.
        source: Error,
    },
    /// A newer version of this program made it.
    #[error(
        "{} do phiên bản mới hơn tạo (lược đồ {is}, bản này biết đến {knows}); hãy cập nhật sync-server",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The version of its schema.
        is: i32,
        /// The newest version that this program knows.
        knows: i32,
    },
    /// Some of it is missing or overwritten.
    #[error(
        "{} bị hỏng ({source}); hãy giữ nguyên tệp, chép bản sao lưu gần nhất vào rồi chạy lại: \
         các máy trạm sẽ gửi bù phần thiếu",
        path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        source: Error,
    },
    /// It cannot be opened or made.
    #[error("không mở được {}: {source}; hãy kiểm tra đường dẫn, quyền ghi và chỗ trống trên đĩa", path.display())]
    Unreachable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: Error,
    },
    /// Another relay serves it.
    #[error("một máy chủ khác đang dùng {}; hãy dừng máy chủ đó trước", path.display())]
    Served {
        /// The file.
        path: PathBuf,
    },
    /// Something that stands in it makes no sense.
    #[error("cơ sở dữ liệu có dòng không đọc được: {0}; hãy báo người phụ trách và giữ nguyên tệp")]
    BadRow(String),
    /// The engine failed: the disk is full, or another process wrote for too long.
    #[error("cơ sở dữ liệu báo lỗi: {0}; hãy kiểm tra chỗ trống trên đĩa rồi thử lại")]
    Sql(#[source] Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Error::from(error).into()
    }
}

impl From<Error> for StoreError {
    fn from(source: Error) -> Self {
        let path = source.path().to_owned();
        match source.kind() {
            _ if path.as_os_str().is_empty() => Self::Sql(source),
            ErrorKind::NotADatabase | ErrorKind::NotOurs => Self::NotOurs { path, source },
            ErrorKind::TooNew { is, known: knows } => Self::Newer { path, is, knows },
            ErrorKind::Damaged => Self::Damaged { path, source },
            ErrorKind::Io | ErrorKind::ReadOnly => Self::Unreachable { path, source },
            ErrorKind::Busy
            | ErrorKind::Full
            | ErrorKind::Undone
            | ErrorKind::Closed
            | ErrorKind::Refused => Self::Sql(source),
        }
    }
}

impl StoreError {
    /// What the engine says of a file, told with the file's name.
    fn about(self, path: &Path) -> Self {
        let Self::Sql(source) = self else { return self };
        source.at(path).into()
    }
}

/// One connection to the database.
pub(crate) struct Store {
    connection: Connection,
    path: PathBuf,
}

impl Store {
    /// Opens the database, or makes it with a new key where there is none. `seed` draws the 32
    /// random bytes for that key.
    pub(crate) fn open(path: &Path, seed: impl FnOnce() -> [u8; 32]) -> Result<Self, StoreError> {
        let mut store = Self {
            connection: open::open(path)?,
            path: path.to_owned(),
        };
        let keyed = store.write(|tx| {
            let known = tx
                .sql
                .query_row("SELECT 1 FROM relay", [], |_| Ok(()))
                .optional()?;
            if known.is_none() {
                let seed = seed().to_vec();
                tx.sql
                    .execute("INSERT INTO relay (id, seed) VALUES (1, ?1)", params![seed])?;
            }
            Ok::<_, StoreError>(())
        });
        keyed.map_err(|error| error.about(path))?;
        Ok(store)
    }

    /// A new database in memory, with a key of this seed.
    pub(crate) fn in_memory(seed: [u8; 32]) -> Result<Self, StoreError> {
        let store = Self::over(open::in_memory()?)?;
        let sql = &store.connection;
        sql.execute("INSERT INTO relay (id, seed) VALUES (1, ?1)", params![seed])?;
        Ok(store)
    }

    /// A database in memory with these bytes.
    pub(crate) fn from_image(image: &[u8]) -> Result<Self, StoreError> {
        let mut connection = Connection::open_in_memory()?;
        connection.deserialize_read_exact(MAIN_DB, image, image.len(), false)?;
        Self::over(connection)
    }

    fn over(connection: Connection) -> Result<Self, StoreError> {
        open::set(&connection)?;
        let path = PathBuf::new();
        Ok(Self { connection, path })
    }

    /// The bytes of the database.
    pub(crate) fn image(&mut self) -> Result<Vec<u8>, StoreError> {
        Ok(self.connection.serialize(MAIN_DB)?.to_vec())
    }

    /// Another connection to a database that was opened before.
    pub(crate) fn reconnect(path: &Path) -> Result<Self, StoreError> {
        Ok(Self {
            connection: open::connect(path)?,
            path: path.to_owned(),
        })
    }

    /// Whether the file is whole.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        Ok(database::check(&self.connection, &self.path)?)
    }

    /// The connection: who begins and ends a transaction on it does so through [`database`].
    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Looks, and changes, in the transaction that was begun on the connection.
    pub(crate) fn tx(&self) -> WriteTransaction<'_> {
        WriteTransaction(ReadTransaction {
            sql: &self.connection,
        })
    }

    /// Looks at one moment of the database.
    pub(crate) fn read<T>(
        &mut self,
        look: impl FnOnce(&ReadTransaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let read = || {
            let transaction = self.connection.transaction()?;
            let seen = look(&ReadTransaction { sql: &transaction })?;
            transaction.finish()?;
            Ok(seen)
        };
        read().map_err(|error: StoreError| error.about(&self.path))
    }

    /// Changes the database in one transaction. On return it is committed, or nothing of it is.
    pub(crate) fn write<T, E: From<StoreError>>(
        &mut self,
        change: impl FnOnce(&WriteTransaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let transaction = self
            .connection
            .transaction_with_behavior(IMMEDIATE)
            .map_err(StoreError::from)?;
        let done = change(&WriteTransaction(ReadTransaction { sql: &transaction }))?;
        transaction.commit().map_err(StoreError::from)?;
        Ok(done)
    }

    /// Writes back to the file what stands in the write-ahead log. The end of a writer's life.
    pub(crate) fn finish(&self) -> Result<(), StoreError> {
        Ok(self
            .connection
            .pragma_update(None, "wal_checkpoint", "TRUNCATE")?)
    }

    /// A number that another connection's commits change.
    pub(crate) fn version(&self) -> Result<i64, StoreError> {
        Ok(self
            .connection
            .pragma_query_value(None, "data_version", |row| row.get(0))?)
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Store({})", self.path.display())
    }
}

/// One moment of the database.
pub(crate) struct ReadTransaction<'a> {
    sql: &'a Connection,
}

/// A transaction that will change the database.
pub(crate) struct WriteTransaction<'a>(ReadTransaction<'a>);

impl<'a> Deref for WriteTransaction<'a> {
    type Target = ReadTransaction<'a>;

    fn deref(&self) -> &ReadTransaction<'a> {
        &self.0
    }
}

/// A number as the engine keeps it.
fn to_sql(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A number as it was kept: never negative.
fn from_sql(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

impl ReadTransaction<'_> {
    /// The relay's key.
    pub(crate) fn key(&self) -> Result<Keypair, StoreError> {
        let seed = self.sql.query_row("SELECT seed FROM relay", [], |row| {
            row.get::<_, [u8; 32]>(0)
        });
        Ok(Keypair::from_seed(&seed?))
    }

    /// Where replicas reach the relay, as it said when it last started.
    pub(crate) fn public_url(&self) -> Result<Option<String>, StoreError> {
        Ok(self
            .sql
            .query_row("SELECT public_url FROM relay", [], |row| row.get(0))?)
    }
}

impl WriteTransaction<'_> {
    /// Writes something small that changes nothing. (The engine does not write a row that is
    /// equal to the one before.)
    pub(crate) fn write_probe(&self) -> Result<(), StoreError> {
        let version: i32 = self
            .sql
            .pragma_query_value(None, "user_version", |row| row.get(0))?;
        Ok(self.sql.pragma_update(None, "user_version", version)?)
    }

    /// Remembers where replicas reach the relay, for the codes to carry.
    pub(crate) fn set_public_url(&self, url: &str) -> Result<(), StoreError> {
        self.sql
            .execute("UPDATE relay SET public_url = ?1", params![url])?;
        Ok(())
    }
}
