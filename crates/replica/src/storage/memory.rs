//! A database in memory, for whoever keeps its bytes elsewhere.

use rusqlite::{Connection, MAIN_DB};

use super::{StoreError, schema};

/// An empty database, or one with these bytes.
pub(crate) fn open(image: Option<&[u8]>) -> Result<Connection, StoreError> {
    let mut db = Connection::open_in_memory()?;
    db.set_prepared_statement_cache_capacity(128);
    match image {
        Some(image) => db.deserialize_read_exact(MAIN_DB, image, image.len(), false)?,
        None => schema::SCHEMA.bring_up_to_date(&mut db)?,
    }
    Ok(db)
}

/// The bytes of a database.
pub(crate) fn image(db: &mut Connection) -> Result<Vec<u8>, StoreError> {
    Ok(db.serialize(MAIN_DB)?.to_vec())
}
