//! The relay's log without sockets and threads: whoever holds it takes every step, and runs the
//! [`sync::relay::Session`]s. The simulation does.
//!
//! It is the same store and the same admission as behind [`start`](crate::start), over a database in
//! memory. Each call is one transaction and is committed when it returns.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use sync::{
    Keypair, SignedChange,
    directory::{Directory, DirectoryEntry, DirectoryEvent, SignedEntry},
    relay::{LogEntry, Outcome, Page},
    signatures::ChangeSignature,
    snapshot::SignedSnapshot,
};
use terms::{ChangeId, DocId, EnrolmentId, Timestamp};

use crate::{
    StoreError,
    connection::actions,
    log::{self, Committed},
    snapshots,
    store::Store,
};

/// The log and the directory of a relay.
pub struct Log {
    inner: log::Log,
    key: Keypair,
    now: Arc<AtomicI64>,
}

impl Log {
    /// An empty log of the relay with the key of this seed.
    pub fn new(seed: [u8; 32]) -> Result<Self, StoreError> {
        Self::over(Store::in_memory(seed)?)
    }

    /// The log whose database has these bytes.
    pub fn open(image: &[u8]) -> Result<Self, StoreError> {
        Self::over(Store::from_image(image)?)
    }

    fn over(mut store: Store) -> Result<Self, StoreError> {
        let (key, directory) = store.read(|tx| Ok((tx.key()?, tx.directory()?)))?;
        let now = Arc::new(AtomicI64::default());
        let clock = {
            let now = Arc::clone(&now);
            Arc::new(move || Timestamp(now.load(Ordering::Relaxed)))
        };
        let inner = log::Log::new(store, key.clone(), directory, clock);
        Ok(Self { inner, key, now })
    }

    /// The bytes of the database.
    pub fn image(&mut self) -> Result<Vec<u8>, StoreError> {
        self.inner.store().image()
    }

    /// The relay's key.
    pub fn key(&self) -> &Keypair {
        &self.key
    }

    /// The directory as it is now.
    pub fn directory(&self) -> &Directory {
        self.inner.directory()
    }

    /// Writes something down in the directory, as an administrator does.
    pub fn record(&mut self, fact: DirectoryEvent, time: Timestamp) -> Result<(), StoreError> {
        let tail = self.directory().tail();
        let entry = SignedEntry::sign(&DirectoryEntry { time, fact }, tail, &self.key);
        self.append_directory(&[entry], time).map(drop)
    }

    /// Admits and stores changes of one document: what became of each, and the new entries.
    pub fn append(
        &mut self,
        doc: &DocId,
        changes: Vec<SignedChange>,
        pusher: &EnrolmentId,
        now: Timestamp,
    ) -> Result<(Vec<Outcome>, Vec<LogEntry>), StoreError> {
        let candidate = |change| actions::candidate(doc, change, self.inner.directory());
        let candidates: Vec<_> = changes.into_iter().map(candidate).collect();
        let (outcomes, committed) = self.commit(now, |log| log.append(doc, &candidates, pusher))?;
        let entries = committed.stored.into_iter().map(|stored| stored.entry);
        Ok((outcomes, entries.collect()))
    }

    /// Takes back entries of the directory that this relay signed and then lost; whether they go on
    /// where it ends.
    pub fn append_directory(
        &mut self,
        entries: &[SignedEntry],
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (fits, _) = self.commit(now, |log| log.append_directory(entries))?;
        Ok(fits)
    }

    /// Those of these changes that the log lacks.
    pub fn missing(
        &mut self,
        doc: &DocId,
        ids: Vec<ChangeId>,
    ) -> Result<Vec<ChangeId>, StoreError> {
        self.inner.store().read(|tx| actions::missing(tx, doc, ids))
    }

    /// A part of a document's log: what comes after this number, up to so many bytes.
    pub fn page(&mut self, doc: &DocId, from: u64, limit: usize) -> Result<Page, StoreError> {
        let doc = doc.clone();
        self.inner
            .store()
            .read(|tx| actions::page(tx, doc, from, limit))
    }

    /// The entries of the directory after this number, at most so many.
    pub fn directory_page(
        &mut self,
        from: u64,
        limit: usize,
    ) -> Result<Vec<SignedEntry>, StoreError> {
        self.inner
            .store()
            .read(|tx| tx.some_entries_after(from, limit))
    }

    /// A snapshot of a document as it was after so many entries, if one can be made.
    pub fn snapshot(
        &mut self,
        doc: &DocId,
        seq: u64,
    ) -> Result<Option<SignedSnapshot>, StoreError> {
        let page = self.page(doc, 0, usize::MAX)?;
        let entries = page.entries.into_iter();
        let entries: Vec<LogEntry> = entries.take_while(|e| e.cursor.seq <= seq).collect();
        let Some(last) = entries.last().map(|entry| entry.cursor) else {
            return Ok(None);
        };
        let bytes = entries.into_iter().map(|entry| entry.change.bytes);
        let bytes: Vec<Vec<u8>> = bytes.collect();
        let made = snapshots::make(doc.clone(), last, &bytes, &self.key);
        Ok(made.and_then(|made| SignedSnapshot::from_bytes(&made.bytes)))
    }

    /// Who signed the changes of a document.
    pub fn signatures(&mut self, doc: &DocId) -> Result<Vec<ChangeSignature>, StoreError> {
        let all = usize::try_from(u32::MAX).unwrap_or(usize::MAX);
        self.inner
            .store()
            .read(|tx| tx.signatures_after(doc, 0, all))
    }

    /// One request in one transaction: what it is answered, and what was committed.
    fn commit<T>(
        &mut self,
        now: Timestamp,
        request: impl FnOnce(&mut log::Log) -> Result<T, StoreError>,
    ) -> Result<(T, Committed), StoreError> {
        self.now.store(now.0, Ordering::Relaxed);
        database::begin(&mut self.inner)?;
        let answered = database::attempt(&mut self.inner, request);
        let committed = database::commit(&mut self.inner)?;
        Ok((answered?, committed))
    }
}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Log({:?})", self.directory().tail())
    }
}

#[cfg(test)]
mod tests {
    use sync::directory::{Right, Subject};
    use terms::Role;

    use super::*;
    use crate::inspect::HEADERS_READ;

    const NOW: Timestamp = Timestamp(1_568_160_000);

    #[test]
    fn a_change_is_read_once_on_its_way_into_the_log_and_out_again() {
        let mut log = Log::new([1; 32]).unwrap();
        let doc: DocId = "agency/2019/a".parse().unwrap();
        let enrolment: EnrolmentId = "e".parse().unwrap();
        let person: terms::PersonId = "p".parse().unwrap();
        let facts = [
            DirectoryEvent::PersonAdded {
                id: person.clone(),
                name: String::new(),
                agency: "a".parse().unwrap(),
                role: Role::Officer,
                position: String::new(),
            },
            DirectoryEvent::Enrolled {
                enrolment: enrolment.clone(),
                person: person.clone(),
                device: String::new(),
                key: Keypair::from_seed(&[2; 32]).public(),
            },
            DirectoryEvent::Granted {
                subject: Subject::Person(person),
                doc: doc.clone(),
                right: Right::Write,
            },
        ];
        for fact in facts {
            log.record(fact, NOW).unwrap();
        }
        let birth = SignedChange::birth(programme::birth_root(&doc));
        let read = || HEADERS_READ.with(std::cell::Cell::get);
        let before = read();
        let (outcomes, _) = log.append(&doc, vec![birth], &enrolment, NOW).unwrap();
        assert!(matches!(outcomes[..], [Outcome::Stored(1, _)]));
        assert_eq!(log.page(&doc, 0, usize::MAX).unwrap().entries.len(), 1);
        assert_eq!(read() - before, 1);
        // The bytes of its database are the log.
        let image = log.image().unwrap();
        let mut again = Log::open(&image).unwrap();
        assert_eq!(again.directory().tail(), log.directory().tail());
        assert_eq!(again.page(&doc, 0, usize::MAX).unwrap().entries.len(), 1);
    }
}
