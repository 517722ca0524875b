//! Notices a restored or cloned disk.
//!
//! A database put back from a backup has forgotten numbers that its actors gave out since; a copy
//! of it would give out the same ones on another machine. Both would write two changes under one
//! number. So a count of local changes is kept in a second file, never behind the database's: a
//! database behind the file was put back. And the database remembers which file that was: a copied
//! folder has another one.

use std::{
    fs::{File, TryLockError},
    io::{self, Read as _, Seek as _, Write as _},
    path::Path,
};

use rusqlite::Connection;

use crate::storage::{self, OpenError, StoreError, actors};

/// The count beside the database. It is locked while the replica is open.
#[derive(Debug)]
pub(crate) struct Disk {
    file: File,
    /// What stands in the file; none in a new one.
    count: Option<u64>,
}

/// Digits of the count in the file: always as many, so that it is written in place.
const DIGITS: usize = 20;

impl Disk {
    /// Opens and locks the file, making it if there is none.
    pub(crate) fn lock(path: &Path) -> Result<Self, OpenError> {
        let failed = |error: io::Error| OpenError::io(path, error);
        let mut file = open(path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(OpenError::InUse {
                    path: path.to_owned(),
                });
            }
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        let mut text = String::new();
        file.read_to_string(&mut text).map_err(failed)?;
        // What cannot be read counts as far ahead: new actors do no harm.
        let count = (!text.is_empty()).then(|| text.trim().parse().unwrap_or(u64::MAX));
        Ok(Self { file, count })
    }

    /// Whether a replica was ever open beside this file.
    pub(crate) fn is_used(&self) -> bool {
        self.count.is_some()
    }

    /// Compares the file with the database; draws new actors if one of them is not the one that
    /// the other knew. Nothing is written where both are as they were left.
    pub(crate) fn compare(&mut self, db: &Connection) -> Result<(), StoreError> {
        let stored = stored_count(db)?;
        let (is, was) = (identity(&self.file), storage::meta(db, "disk")?);
        let put_back = self.count.is_some_and(|count| stored < count);
        let copied = was.is_some() && was != is;
        if put_back || copied {
            tracing::warn!(
                put_back,
                copied,
                "the disk was restored or cloned: new actors"
            );
            actors::begin_incarnation(db)?;
        }
        if let Some(is) = is.filter(|is| was.as_ref() != Some(is)) {
            storage::set_meta(db, "disk", &is)?;
        }
        if self.count != Some(stored) {
            self.write(stored)?;
        }
        Ok(())
    }

    /// Counts a transaction with local changes, in the database and, before it is committed, in the
    /// file. After a power cut the file may be behind the database; that is harmless, because only
    /// a database behind the file was restored.
    pub(crate) fn count(&mut self, db: &Connection) -> Result<(), StoreError> {
        let count = stored_count(db)? + 1;
        storage::set_meta(db, "count", &count.to_string())?;
        self.write(count)
    }

    fn write(&mut self, count: u64) -> Result<(), StoreError> {
        let text = format!("{count:0DIGITS$}");
        let written = self
            .file
            .rewind()
            .and_then(|()| self.file.write_all(text.as_bytes()));
        written.map_err(StoreError::io)?;
        self.count = Some(count);
        Ok(())
    }
}

/// Opens the file to write, or at least to read where nothing may be written: then nothing will be
/// counted either.
fn open(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true).write(true).create(true).truncate(false);
    match options.open(path) {
        Err(error) if path.is_file() => File::open(path).map_err(|_| error),
        opened => opened,
    }
}

fn stored_count(db: &Connection) -> Result<u64, StoreError> {
    let count = storage::meta(db, "count")?;
    Ok(count.and_then(|count| count.parse().ok()).unwrap_or(0))
}

/// Which file this is, where the system tells: a copy is another one.
#[cfg(unix)]
fn identity(file: &File) -> Option<String> {
    use std::os::unix::fs::MetadataExt as _;
    file.metadata().ok().map(|header| header.ino().to_string())
}

/// Which file this is: elsewhere the count alone has to tell.
#[cfg(not(unix))]
fn identity(_: &File) -> Option<String> {
    None
}

#[cfg(test)]
#[path = "disk_tests.rs"]
mod tests;
