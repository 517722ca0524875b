//! The relay's log in memory: the reference for the ones on a disk.

use std::{collections::BTreeMap, convert::Infallible, sync::Arc};

use terms::{ChangeId, DocId, EnrolmentId, Timestamp};

use super::Fake;
use crate::{
    Cursor, Inspect, Keypair, PublicKey, SignedChange,
    admit::{Admission, Checked, KnownChanges, Rejection, Request, admit},
    chain::Chain,
    directory::{Directory, DirectoryEntry, DirectoryEvent, SignedEntry},
    relay::{LogEntry, Outcome, Page},
};

/// Documents' logs and the directory's.
#[derive(Debug, Clone)]
pub(crate) struct MemoryLog {
    docs: BTreeMap<DocId, Vec<LogEntry>>,
    /// Number in the log, by change.
    seqs: BTreeMap<(DocId, ChangeId), u64>,
    owners: BTreeMap<[u8; 15], (EnrolmentId, DocId)>,
    last_seqs: BTreeMap<(DocId, [u8; 16]), u64>,
    directory: Directory,
    entries: Vec<SignedEntry>,
}

impl MemoryLog {
    /// An empty log of the relay with this key.
    pub(crate) fn new(relay: PublicKey) -> Self {
        Self {
            docs: BTreeMap::new(),
            seqs: BTreeMap::new(),
            owners: BTreeMap::new(),
            last_seqs: BTreeMap::new(),
            directory: Directory::new(relay),
            entries: Vec::new(),
        }
    }

    /// The directory.
    pub(crate) fn directory(&self) -> &Directory {
        &self.directory
    }

    /// A document's log.
    pub(crate) fn entries(&self, doc: &DocId) -> &[LogEntry] {
        self.docs.get(doc).map_or(&[], Vec::as_slice)
    }

    /// Writes something down in the directory.
    pub(crate) fn record(&mut self, fact: DirectoryEvent, time: Timestamp, relay: &Keypair) {
        let entry = SignedEntry::sign(&DirectoryEntry { time, fact }, self.directory.tail(), relay);
        self.give_directory(vec![entry]);
    }

    /// Takes entries of the directory that the relay once signed; whether they were the next.
    pub(crate) fn give_directory(&mut self, entries: Vec<SignedEntry>) -> bool {
        let tail = self.directory.tail().seq;
        entries
            .into_iter()
            .filter(|entry| entry.seq > tail)
            .all(|entry| {
                let fits = self.directory.apply(&entry).is_ok();
                if fits {
                    self.entries.push(entry);
                }
                fits
            })
    }

    /// A part of the directory.
    pub(crate) fn read_directory(&self, from: u64, limit: usize) -> Vec<SignedEntry> {
        self.entries
            .iter()
            .filter(|entry| entry.seq > from)
            .take(limit)
            .cloned()
            .collect()
    }

    /// Judges and stores changes: what became of each, and the new entries.
    pub(crate) fn append(
        &mut self,
        doc: &DocId,
        changes: Vec<SignedChange>,
        pusher: &EnrolmentId,
        now: Timestamp,
    ) -> (Vec<Outcome>, Arc<[LogEntry]>) {
        let before = self.entries(doc).len();
        let outcomes = changes
            .into_iter()
            .map(|c| self.append_one(doc, c, pusher, now))
            .collect();
        (outcomes, self.entries(doc)[before..].into())
    }

    fn append_one(
        &mut self,
        doc: &DocId,
        change: SignedChange,
        pusher: &EnrolmentId,
        now: Timestamp,
    ) -> Outcome {
        let header = match Fake.inspect(doc, &change.bytes) {
            Ok(header) => header,
            Err(why) => return Outcome::Rejected(change.digest(), Rejection::Malformed(why)),
        };
        let request = Request {
            doc,
            change: &change,
            header: &header,
            pusher,
            now,
            checked: Checked::of(doc, &change, &header.id, &self.directory),
        };
        let Ok(verdict) = admit(&request, &self.directory, self);
        match verdict {
            Admission::Known => {
                let seq = self
                    .seqs
                    .get(&(doc.clone(), header.id))
                    .copied()
                    .unwrap_or_default();
                Outcome::Known(seq, header.id)
            }
            Admission::Reject(rejection) => Outcome::Rejected(header.id, rejection),
            Admission::Admit => {
                let tail = self.tail(doc).then(&header.id);
                if let ([prefix @ .., _lane], Some(author)) = (&header.actor, &change.author) {
                    self.owners.insert(*prefix, (author.clone(), doc.clone()));
                }
                self.last_seqs
                    .insert((doc.clone(), header.actor), header.seq);
                self.seqs.insert((doc.clone(), header.id), tail.seq);
                let entry = LogEntry {
                    cursor: tail,
                    id: header.id,
                    change,
                };
                self.docs.entry(doc.clone()).or_default().push(entry);
                Outcome::Stored(tail.seq, header.id)
            }
        }
    }

    /// Those of the hashes that the log lacks.
    pub(crate) fn missing(&self, doc: &DocId, ids: Vec<ChangeId>) -> Vec<ChangeId> {
        let lacks = |id: &ChangeId| !self.seqs.contains_key(&(doc.clone(), *id));
        ids.into_iter().filter(lacks).collect()
    }

    /// A part of a document's log.
    pub(crate) fn read(&self, doc: &DocId, from: u64, limit: usize) -> Page {
        let (entries, mut bytes) = (self.entries(doc), 0);
        let start = usize::try_from(from).unwrap_or(usize::MAX);
        let chain = match start.checked_sub(1) {
            None => Some(Chain::START),
            Some(last) => entries.get(last).map(|entry| entry.cursor.chain),
        };
        let fits = |entry: &&LogEntry| {
            let first = bytes == 0;
            bytes += entry.change.weight();
            first || bytes <= limit
        };
        let part = entries
            .get(start..)
            .unwrap_or_default()
            .iter()
            .take_while(fits)
            .cloned();
        let entries = part.collect();
        Page {
            doc: doc.clone(),
            from,
            chain,
            entries,
            tail: self.tail(doc),
        }
    }

    fn tail(&self, doc: &DocId) -> Cursor {
        self.entries(doc)
            .last()
            .map_or(Cursor::START, |entry| entry.cursor)
    }
}

impl KnownChanges for MemoryLog {
    type Error = Infallible;

    fn knows(&self, doc: &DocId, change: &ChangeId) -> Result<bool, Infallible> {
        Ok(self.seqs.contains_key(&(doc.clone(), *change)))
    }

    fn owner(&self, prefix: &[u8; 15]) -> Result<Option<(EnrolmentId, DocId)>, Infallible> {
        Ok(self.owners.get(prefix).cloned())
    }

    fn last_seq(&self, doc: &DocId, actor: &[u8; 16]) -> Result<u64, Infallible> {
        Ok(self
            .last_seqs
            .get(&(doc.clone(), *actor))
            .copied()
            .unwrap_or_default())
    }
}
