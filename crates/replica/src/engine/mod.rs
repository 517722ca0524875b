//! What the writer thread owns: the database, the documents in memory, and what each batch of
//! work changed.
//!
//! Work is done in a savepoint of its own, several pieces of work share a transaction, and nothing
//! leaves the thread before that has been committed.

mod arrive;
mod documents;
mod edit;
mod protocol;
mod refuse;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, sync::Arc};

use programme::Fact;
use rusqlite::Connection;
use sync::{Keypair, SignedChange, directory::Directory};
use terms::{ChangeId, ChangeMeta, DocId, EnrolmentId, Heads, Timestamp};

pub(crate) use documents::load;
pub use edit::EditProblem;

use self::documents::Documents;
use crate::{
    Clock, Random,
    disk::Disk,
    enrolment::Unlocked,
    storage::{self, StoreError},
};

/// The writer's state.
pub(crate) struct Engine {
    pub(crate) db: Connection,
    pub(crate) enrolment: EnrolmentId,
    key: Keypair,
    clock: Arc<dyn Clock>,
    random: Box<dyn Random>,
    /// Where the database is a file.
    disk: Option<Disk>,
    documents: Documents,
    /// As stored, with what the present batch added.
    pub(crate) directory: Directory,
    /// The year that is shown, by the same directory.
    year: u16,
    /// The year when the transaction began.
    year_before: u16,
    batch: Batch,
}

/// What a transaction changed, for the read model.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    /// What now stands at these paths.
    pub(crate) documents: BTreeMap<DocId, Changed>,
    /// The directory, where it changed.
    pub(crate) directory: Option<Directory>,
    /// The programme's year, where the directory now says another; `documents` then has all.
    pub(crate) year: Option<u16>,
    /// What is pending and what is quarantined, where that changed.
    pub(crate) states: Option<States>,
    /// When everything had been exchanged.
    pub(crate) synced_at: Option<Timestamp>,
    /// Whether anything else that people can see changed: drafts, looks.
    pub(crate) other: bool,
    /// Whether something was written here.
    pub(crate) local: bool,
    /// Changes that are to be sent now.
    pub(crate) committed: Vec<Committed>,
    states_changed: bool,
}

/// A change that the relay has to be told of.
#[derive(Debug, Clone)]
pub(crate) struct Committed {
    /// Its place among all changes.
    pub(crate) number: i64,
    /// The document.
    pub(crate) doc: DocId,
    /// Its header.
    pub(crate) meta: ChangeMeta,
    /// The change.
    pub(crate) change: SignedChange,
}

/// What changed of a document.
#[derive(Debug, Default)]
pub(crate) struct Changed {
    /// Its heads now; none where it was only looked at.
    pub(crate) heads: Option<Heads>,
    /// What stands now at the paths that were touched.
    pub(crate) facts: BTreeMap<String, Fact>,
    /// Whether `facts` is all that it says.
    pub(crate) whole: bool,
}

/// Which local changes are not in the relay's log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct States {
    /// Not answered.
    pub(crate) pending: Vec<ChangeId>,
    /// Refused.
    pub(crate) quarantined: Vec<ChangeId>,
    /// How many of the first, and of the second, somebody wrote: births go along uncounted.
    pub(crate) written: (usize, usize),
}

impl Engine {
    /// Over an open database whose directory and year have been read.
    pub(crate) fn new(
        db: Connection,
        unlocked: &Unlocked,
        (clock, random): (Arc<dyn Clock>, Box<dyn Random>),
        disk: Option<Disk>,
        directory: Directory,
        year: u16,
    ) -> Self {
        Self {
            db,
            enrolment: unlocked.enrolment.enrolment.clone(),
            key: unlocked.key.clone(),
            clock,
            random,
            disk,
            documents: Documents::default(),
            directory,
            year,
            year_before: year,
            batch: Batch::default(),
        }
    }

    pub(crate) fn begin(&mut self) -> Result<(), StoreError> {
        self.year_before = self.year;
        Ok(self.db.execute_batch("BEGIN IMMEDIATE")?)
    }

    /// Does a piece of work within the transaction that was begun: all of it or none.
    pub(crate) fn attempt<T, E>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: From<StoreError>,
    {
        let sql = |db: &Connection, sql| db.execute_batch(sql).map_err(StoreError::from);
        self.still_open()?;
        sql(&self.db, "SAVEPOINT work")?;
        let (directory, year) = (self.directory.head(), self.year);
        let batch = std::mem::take(&mut self.batch);
        match work(self) {
            Ok(done) => {
                sql(&self.db, "RELEASE work")?;
                let own = std::mem::replace(&mut self.batch, batch);
                self.batch.take_in(own);
                Ok(done)
            }
            Err(error) => {
                // What was undone on the disk is undone in memory: read it again when needed.
                self.documents.forget(self.batch.documents.keys());
                self.batch = batch;
                self.year = year;
                // Where the system ended the whole transaction, `commit` undoes the rest.
                if self.still_open().is_ok() {
                    sql(&self.db, "ROLLBACK TO work; RELEASE work")?;
                }
                if self.directory.head() != directory {
                    self.directory = read_directory(&self.db, *self.directory.relay())?;
                }
                Err(error)
            }
        }
    }

    /// Commits what was attempted since [`begin`](Self::begin) and says what it changed.
    pub(crate) fn commit(&mut self) -> Result<Batch, StoreError> {
        self.write_out().inspect_err(|_| {
            self.batch = Batch::default();
            self.year = self.year_before;
            self.documents.clear();
            // Nothing more can be done about an error here: the connection closes the transaction.
            let _ = self.db.execute_batch("ROLLBACK");
            if let Ok(directory) = read_directory(&self.db, *self.directory.relay()) {
                self.directory = directory;
            }
        })
    }

    /// A full or failing disk ends the whole transaction, with what others did in it. A savepoint
    /// would then begin another, and what it keeps would be committed though everybody is told
    /// that it was not.
    fn still_open(&self) -> Result<(), StoreError> {
        if self.db.is_autocommit() {
            let why = "hệ thống đã hủy lần ghi này".to_owned();
            return Err(StoreError::Io(why));
        }
        Ok(())
    }

    fn write_out(&mut self) -> Result<Batch, StoreError> {
        self.still_open()?;
        if self.batch.states_changed {
            self.batch.states = Some(read_states(&self.db)?);
        }
        if let Some(disk) = self.disk.as_mut().filter(|_| self.batch.local) {
            disk.count(&self.db)?;
        }
        self.db.execute_batch("COMMIT")?;
        Ok(std::mem::take(&mut self.batch))
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Something that people can see changed beside documents.
    pub(crate) fn note_other(&mut self) {
        self.batch.other = true;
    }

    /// A change is to be sent once it is committed.
    fn note_committed(&mut self, number: i64, doc: &DocId, meta: ChangeMeta, change: SignedChange) {
        self.batch.committed.push(Committed {
            number,
            doc: doc.clone(),
            meta,
            change,
        });
        self.batch.states_changed = true;
    }

    /// Facts of a document changed.
    fn note_facts(&mut self, doc: &DocId, heads: Heads, facts: &[Fact], whole: bool) {
        let changed = self.batch.documents.entry(doc.clone()).or_default();
        changed.take_in(Changed {
            heads: Some(heads),
            facts: facts
                .iter()
                .map(|fact| (fact.path.clone(), fact.clone()))
                .collect(),
            whole,
        });
    }
}

impl Batch {
    /// Whether there is nothing to show.
    pub(crate) fn is_empty(&self) -> bool {
        self.documents
            .values()
            .all(|changed| changed.heads.is_none())
            && self.directory.is_none()
            && self.states.is_none()
            && self.synced_at.is_none()
            && !self.other
    }

    fn take_in(&mut self, later: Self) {
        for (doc, changed) in later.documents {
            self.documents.entry(doc).or_default().take_in(changed);
        }
        self.directory = later.directory.or(self.directory.take());
        self.year = later.year.or(self.year);
        self.synced_at = later.synced_at.or(self.synced_at);
        self.other |= later.other;
        self.states_changed |= later.states_changed;
        self.local |= later.local;
        self.committed.extend(later.committed);
    }
}

impl Changed {
    fn take_in(&mut self, later: Self) {
        if later.whole {
            *self = later;
        } else {
            self.heads = later.heads.or(self.heads.take());
            self.facts.extend(later.facts);
        }
    }
}

/// The header of a change that this replica has stored.
pub(crate) fn header(doc: &DocId, bytes: &[u8]) -> Result<ChangeMeta, StoreError> {
    #[cfg(test)]
    HEADERS_READ.with(|read| read.set(read.get() + 1));
    programme::inspect(doc, bytes).map_err(|error| StoreError::Damaged(format!("{doc}: {error}")))
}

#[cfg(test)]
thread_local! {
    /// How often this thread has read a header again.
    pub(crate) static HEADERS_READ: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// The directory as stored.
pub(crate) fn read_directory(
    db: &Connection,
    relay: sync::PublicKey,
) -> Result<Directory, StoreError> {
    let mut directory = Directory::new(relay);
    for entry in storage::directory::entries(db, 0)? {
        directory
            .apply(&entry)
            .map_err(|error| StoreError::Damaged(error.to_string()))?;
    }
    Ok(directory)
}

/// The latest year of which an enrolment may read a document.
pub(crate) fn year_of(directory: &Directory, enrolment: &EnrolmentId) -> Option<u16> {
    directory.readable(enrolment).iter().map(DocId::year).max()
}

/// What is pending and what is quarantined.
pub(crate) fn read_states(db: &Connection) -> Result<States, StoreError> {
    let pending = storage::changes::pending_ids(db)?;
    let written = pending.iter().filter(|(_, written)| *written).count();
    Ok(States {
        pending: pending.into_iter().map(|(id, _)| id).collect(),
        quarantined: storage::quarantine::ids(db)?,
        written: (written, storage::quarantine::count(db)?),
    })
}
