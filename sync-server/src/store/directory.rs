//! The directory's entries.

use std::sync::Arc;

use rusqlite::params;
use sync::{
    Signature,
    directory::{Directory, SignedEntry},
};

use super::{ReadTransaction, StoreError, WriteTransaction, from_sql, to_sql};

impl ReadTransaction<'_> {
    /// The entries after number `seq`, in order.
    pub(crate) fn entries_after(&self, seq: u64) -> Result<Vec<SignedEntry>, StoreError> {
        self.some_entries_after(seq, usize::MAX)
    }

    /// The entries after number `seq`, in order, at most so many.
    pub(crate) fn some_entries_after(
        &self,
        seq: u64,
        limit: usize,
    ) -> Result<Vec<SignedEntry>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT seq, json, signature FROM directory WHERE seq > ?1 ORDER BY seq LIMIT ?2",
        )?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = statement.query_map(params![to_sql(seq), limit], |row| {
            let signature = Signature(row.get(2)?);
            Ok(SignedEntry {
                seq: from_sql(row.get(0)?),
                json: row.get(1)?,
                signature,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Brings a view of the directory up to this moment. True if anything was new.
    pub(crate) fn refresh(&self, directory: &mut Arc<Directory>) -> Result<bool, StoreError> {
        let entries = self.entries_after(directory.tail().seq)?;
        if entries.is_empty() {
            return Ok(false);
        }
        let directory = Arc::make_mut(directory);
        for entry in &entries {
            directory
                .apply(entry)
                .map_err(|error| StoreError::BadRow(error.to_string()))?;
        }
        Ok(true)
    }

    /// The directory before anything is read.
    pub(crate) fn empty_directory(&self) -> Result<Arc<Directory>, StoreError> {
        Ok(Arc::new(Directory::new(self.key()?.public())))
    }

    /// The directory, read from the start.
    pub(crate) fn directory(&self) -> Result<Arc<Directory>, StoreError> {
        let mut directory = self.empty_directory()?;
        self.refresh(&mut directory)?;
        Ok(directory)
    }
}

impl WriteTransaction<'_> {
    /// Appends an entry; the number is the primary key, so none is ever written twice.
    pub(crate) fn append_entry(&self, entry: &SignedEntry) -> Result<(), StoreError> {
        self.sql.execute(
            "INSERT INTO directory (seq, json, signature) VALUES (?1, ?2, ?3)",
            params![to_sql(entry.seq), entry.json, entry.signature.0],
        )?;
        Ok(())
    }
}
