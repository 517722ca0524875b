//! The relay's log with the directory by which changes are judged.
//!
//! Everything here runs inside a transaction that [`database::begin`] began and
//! [`database::commit`] ends, each request in [`database::attempt`]. It needs no thread: `writer`
//! drives it with one.

use std::sync::Arc;

use database::Transactional;
use rusqlite::Connection;
use sync::{
    Keypair, SignedChange,
    admit::{self, Admission, Checked, Rejection, Request},
    directory::{Directory, SignedEntry},
    enrol::EnrolRequest,
    relay::{LogEntry, Outcome},
};
use terms::{ChangeHeader, ChangeId, DocId, EnrolmentId};

use crate::{
    clock::Clock,
    enrol::{self, EnrolError},
    store::{ReadTransaction, Store, StoreError, WriteTransaction},
};

/// A change that somebody asks to store. Its header was read and its signature checked already:
/// that needs no transaction.
pub(crate) struct Candidate {
    /// The change.
    pub(crate) change: SignedChange,
    /// What was found of its signature.
    pub(crate) checked: Option<Checked>,
    /// Its header; or the digest of the bytes, and why they cannot be read.
    pub(crate) header: Result<ChangeHeader, (ChangeId, String)>,
}

/// The log, open to be written.
pub(crate) struct Log {
    store: Store,
    key: Keypair,
    clock: Clock,
    /// As far as the present transaction sees it.
    directory: Arc<Directory>,
    /// As the last transaction left it.
    committed: Arc<Directory>,
    /// What the present transaction has stored, in the order of the log.
    stored: Vec<Stored>,
    /// The engine's number for what other processes had committed at the last look.
    seen: Option<i64>,
}

/// A change that is in the log now.
pub(crate) struct Stored {
    pub(crate) doc: DocId,
    pub(crate) entry: LogEntry,
}

/// What a transaction has changed, to be told to those who are connected.
pub(crate) struct Committed {
    /// The directory as it is now.
    pub(crate) directory: Arc<Directory>,
    /// In the order of the log.
    pub(crate) stored: Vec<Stored>,
}

impl Log {
    /// Over an open database whose key and directory were read.
    pub(crate) fn new(store: Store, key: Keypair, directory: Arc<Directory>, clock: Clock) -> Self {
        Self {
            store,
            key,
            clock,
            committed: Arc::clone(&directory),
            directory,
            stored: Vec::new(),
            seen: None,
        }
    }

    /// The database, to look at between transactions.
    pub(crate) fn store(&mut self) -> &mut Store {
        &mut self.store
    }

    /// The directory as the present transaction sees it.
    pub(crate) fn directory(&self) -> &Directory {
        &self.directory
    }

    /// Admits and stores changes of one document, in order.
    pub(crate) fn append(
        &mut self,
        doc: &DocId,
        changes: &[Candidate],
        pusher: &EnrolmentId,
    ) -> Result<Vec<Outcome>, StoreError> {
        let now = (self.clock)();
        let one = |candidate: &Candidate| {
            let Candidate {
                change,
                checked,
                header,
            } = candidate;
            let header = match header {
                Ok(header) => header,
                Err((digest, why)) => {
                    let malformed = Rejection::Malformed(why.clone());
                    return Ok(Outcome::Rejected(*digest, malformed));
                }
            };
            let request = Request {
                doc,
                change,
                header,
                pusher,
                now,
                checked: *checked,
            };
            self.store_one(&request)
        };
        changes.iter().map(one).collect()
    }

    /// Takes back entries of the directory that this relay signed and then lost: all of them, or
    /// none. Tells whether they go on where the log ends. Those that are there already, the same to
    /// the byte, were given back by another replica a moment ago; where the log was after each
    /// entry is in memory, so nothing is read for them.
    pub(crate) fn append_directory(&mut self, entries: &[SignedEntry]) -> Result<bool, StoreError> {
        let tail = self.directory.tail().seq;
        let (known, new): (Vec<_>, Vec<_>) = entries.iter().partition(|entry| entry.seq <= tail);
        if !known
            .into_iter()
            .all(|entry| is_known(&self.directory, entry))
        {
            return Ok(false);
        }
        let mut with_new = Arc::clone(&self.directory);
        let fits = new
            .iter()
            .all(|entry| Arc::make_mut(&mut with_new).apply(entry).is_ok());
        if fits {
            let tx = self.store.tx();
            new.into_iter()
                .try_for_each(|entry| tx.append_entry(entry))?;
            self.directory = with_new;
        }
        Ok(fits)
    }

    /// Enrols a device, or says why not.
    pub(crate) fn enrol(
        &mut self,
        request: &EnrolRequest,
    ) -> Result<Result<EnrolmentId, EnrolError>, StoreError> {
        let now = (self.clock)();
        let tx = self.store.tx();
        enrol::enrol(request, &tx, &mut self.directory, &self.key, now)
    }

    /// Writes something small, to see that it can be done.
    pub(crate) fn probe(&mut self) -> Result<(), StoreError> {
        self.store.tx().write_probe()
    }

    fn store_one(&mut self, request: &Request<'_>) -> Result<Outcome, StoreError> {
        let Request {
            doc,
            header,
            change,
            ..
        } = *request;
        let tx: WriteTransaction<'_> = self.store.tx();
        let known: &ReadTransaction<'_> = &tx;
        match admit::admit(request, &self.directory, known)? {
            Admission::Reject(rejection) => Ok(Outcome::Rejected(header.id, rejection)),
            Admission::Known => {
                let seq = tx.seq_of(doc, &header.id)?.unwrap_or_default();
                Ok(Outcome::Known(seq, header.id))
            }
            Admission::Admit => {
                let cursor = tx.append_change(doc, header, change)?;
                let entry = LogEntry {
                    cursor,
                    id: header.id,
                    change: change.clone(),
                };
                self.stored.push(Stored {
                    doc: doc.clone(),
                    entry,
                });
                Ok(Outcome::Stored(cursor.seq, header.id))
            }
        }
    }
}

/// Whether an entry is the one that the log has under its number: it leads from where the log was
/// before it to where the log was after it, and the relay signed it.
fn is_known(directory: &Directory, entry: &SignedEntry) -> bool {
    let before = entry.seq.checked_sub(1).and_then(|seq| directory.at(seq));
    let after = before.and_then(|before| entry.check(before, directory.relay()).ok());
    after.is_some() && after == directory.at(entry.seq)
}

/// What memory held before a request.
pub(crate) struct Before {
    directory: Arc<Directory>,
    stored: usize,
}

impl Transactional for Log {
    type Error = StoreError;
    type Before = Before;
    type Committed = Committed;

    fn connection(&self) -> &Connection {
        self.store.connection()
    }

    /// What an administrator committed a millisecond ago, from another process, counts.
    fn begun(&mut self) -> Result<(), StoreError> {
        self.store.tx().refresh(&mut self.directory)?;
        Ok(())
    }

    fn before_job(&mut self) -> Before {
        Before {
            directory: Arc::clone(&self.directory),
            stored: self.stored.len(),
        }
    }

    fn job_undone(&mut self, before: Before) -> Result<(), StoreError> {
        self.directory = before.directory;
        self.stored.truncate(before.stored);
        Ok(())
    }

    fn committed(&mut self) -> Committed {
        self.committed = Arc::clone(&self.directory);
        Committed {
            directory: Arc::clone(&self.directory),
            stored: std::mem::take(&mut self.stored),
        }
    }

    fn rolled_back(&mut self) {
        self.directory = Arc::clone(&self.committed);
        self.stored.clear();
    }

    fn poll_other_writers(&mut self) -> Result<Option<Committed>, StoreError> {
        let now = self.store.version()?;
        if self.seen == Some(now) {
            return Ok(None);
        }
        let directory = &mut self.directory;
        self.store.read(|tx| tx.refresh(directory))?;
        self.seen = Some(now);
        Ok(Some(self.committed()))
    }

    fn finish(&mut self) -> Result<(), StoreError> {
        self.store.finish()
    }
}

#[cfg(test)]
#[path = "log_tests.rs"]
mod tests;
