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

use database::Transactional;
use programme::Fact;
use rusqlite::Connection;
use sync::{Cursor, Keypair, SignedChange, directory::Directory};
use terms::{ChangeHeader, ChangeId, DocId, EnrolmentId, Heads, Timestamp};

pub(crate) use documents::load;
pub use edit::EditProblem;

use self::documents::DocumentCache;
use crate::{
    Clock, Random,
    disk::Disk,
    enrolment::Unlocked,
    storage::{self, StoreError, changes::ChangeState},
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
    documents: DocumentCache,
    /// As stored, with what the present batch added.
    pub(crate) directory: Directory,
    /// The year that is shown, by the same directory.
    year: u16,
    batch: Batch,
}

/// What a transaction changed, for the read model.
#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says something of its own; together they are no state"
)]
pub(crate) struct Batch {
    /// What now stands at these paths.
    pub(crate) documents: BTreeMap<DocId, Changed>,
    /// The directory, where it changed.
    pub(crate) directory: Option<Directory>,
    /// The programme's year, where the directory now says another; `documents` then has all.
    pub(crate) year: Option<u16>,
    /// What is pending and what is refused, where that changed.
    pub(crate) states: Option<States>,
    /// Changes of which the relay said that it has them, or has them no more, in order.
    pub(crate) said: Vec<(ChangeId, ChangeState)>,
    /// The number of drafts, where it may have changed.
    pub(crate) drafts: Option<usize>,
    /// When everything had been exchanged.
    pub(crate) synced_at: Option<Timestamp>,
    /// Whether anything else that people can see changed: looks.
    pub(crate) other: bool,
    /// Whether something was written here.
    pub(crate) local: bool,
    /// Changes that are to be sent now.
    pub(crate) committed: Vec<Committed>,
    states_changed: bool,
    drafts_changed: bool,
}

/// A change that the relay has to be told of.
#[derive(Debug, Clone)]
pub(crate) struct Committed {
    /// Its place among all changes.
    pub(crate) number: i64,
    /// The document.
    pub(crate) doc: DocId,
    /// Its header.
    pub(crate) header: ChangeHeader,
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

/// What the relay has not said that it has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct States {
    /// How many local changes are not answered; births go along uncounted.
    pub(crate) pending: usize,
    /// How many are refused; births go along uncounted.
    pub(crate) quarantined: usize,
    /// Every refused change, with why.
    pub(crate) refused: BTreeMap<ChangeId, String>,
}

/// Without the thread that writes: whoever drives an engine step by step.
impl Engine {
    /// Begins a transaction.
    pub(crate) fn begin(&mut self) -> Result<(), StoreError> {
        database::begin(self)
    }

    /// Does a piece of work within the transaction that was begun: all of it or none.
    pub(crate) fn attempt<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        database::attempt(self, work)
    }

    /// Commits what was attempted since [`begin`](Self::begin) and says what it changed.
    pub(crate) fn commit(&mut self) -> Result<Batch, StoreError> {
        database::commit(self)
    }
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
            documents: DocumentCache::default(),
            directory,
            year,
            batch: Batch::default(),
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Something that people can see changed beside documents.
    pub(crate) fn note_other(&mut self) {
        self.batch.other = true;
    }

    /// What is typed and not an edit yet changed.
    pub(crate) fn note_drafts(&mut self) {
        self.batch.drafts_changed = true;
    }

    /// Where a change stands with the relay is known, or known no more.
    fn note_state(&mut self, change: ChangeId, state: ChangeState) {
        self.batch.said.push((change, state));
    }

    /// A change is to be sent once it is committed.
    fn note_committed(
        &mut self,
        number: i64,
        doc: &DocId,
        header: ChangeHeader,
        change: SignedChange,
    ) {
        self.batch.committed.push(Committed {
            number,
            doc: doc.clone(),
            header,
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

/// What memory held before a piece of work.
pub(crate) struct Before {
    batch: Batch,
    directory: Cursor,
    year: u16,
}

impl Transactional for Engine {
    type Error = StoreError;
    type Before = Before;
    type Committed = Batch;

    fn connection(&self) -> &Connection {
        &self.db
    }

    fn before_job(&mut self) -> Before {
        Before {
            batch: std::mem::take(&mut self.batch),
            directory: self.directory.tail(),
            year: self.year,
        }
    }

    fn job_done(&mut self, before: Before) {
        let own = std::mem::replace(&mut self.batch, before.batch);
        self.batch.take_in(own);
    }

    /// What was undone on the disk is undone in memory: documents are read again when needed.
    fn job_undone(&mut self, before: Before) -> Result<(), StoreError> {
        self.documents.forget(self.batch.documents.keys());
        self.batch = before.batch;
        self.year = before.year;
        if self.directory.tail() != before.directory {
            self.directory = read_directory(&self.db, *self.directory.relay())?;
        }
        Ok(())
    }

    fn before_commit(&mut self) -> Result<(), StoreError> {
        if self.batch.states_changed {
            self.batch.states = Some(read_states(&self.db)?);
        }
        if self.batch.drafts_changed {
            self.batch.drafts = Some(storage::person::count_drafts(&self.db)?);
        }
        if let Some(disk) = self.disk.as_mut().filter(|_| self.batch.local) {
            disk.count(&self.db)?;
        }
        Ok(())
    }

    fn committed(&mut self) -> Batch {
        std::mem::take(&mut self.batch)
    }

    fn rolled_back(&mut self) {
        self.batch = Batch::default();
        self.documents.clear();
        if let Ok(directory) = read_directory(&self.db, *self.directory.relay()) {
            self.year = year_of(&directory, &self.enrolment).unwrap_or(self.year);
            self.directory = directory;
        }
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
            && self.said.is_empty()
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
        self.drafts_changed |= later.drafts_changed;
        self.said.extend(later.said);
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
pub(crate) fn header(doc: &DocId, bytes: &[u8]) -> Result<ChangeHeader, StoreError> {
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

/// What the relay has not said that it has.
pub(crate) fn read_states(db: &Connection) -> Result<States, StoreError> {
    Ok(States {
        pending: storage::changes::count_pending(db)?,
        quarantined: storage::quarantine::count(db)?,
        refused: storage::quarantine::reasons(db)?,
    })
}
