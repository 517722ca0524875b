//! The database: one `SQLite` file, written by one thread (see [`database::Writer`]).
//!
//! Everything here is a function of a connection; whoever calls decides where a transaction
//! begins and ends.

pub(crate) mod actors;
pub(crate) mod changes;
pub(crate) mod directory;
mod error;
mod excerpt;
pub(crate) mod held;
pub(crate) mod history;
mod keys;
pub(crate) mod memory;
mod open;
pub(crate) mod person;
pub(crate) mod projection;
pub(crate) mod quarantine;
mod ranking;
mod schema;
pub(crate) mod search;

pub use error::StoreError;
pub(crate) use error::{WithFolder, broken};
pub use held::Held;
pub use history::About;
pub use open::OpenError;
pub(crate) use open::{is_unwritable, open, open_to_read};
pub use person::Edited;
pub use quarantine::Refused;
pub use search::Hit;

use rusqlite::{Connection, OptionalExtension as _, params};

/// A value of the `header` table.
pub(crate) fn meta(db: &Connection, key: &str) -> rusqlite::Result<Option<String>> {
    db.prepare_cached("SELECT value FROM meta WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()
}

/// Sets a value of the `header` table.
pub(crate) fn set_meta(db: &Connection, key: &str, value: &str) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO meta VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    )?
    .execute(params![key, value])
    .map(|_| ())
}
