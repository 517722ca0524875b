//! The shell of a replica's side, and what it has on its disk.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use terms::{ChangeId, ChangeMeta, DocId, EnrolmentId, Timestamp};

use super::{Fake, FakeChange, MemoryLog, Random};
use crate::{
    Cursor, Inspect, Keypair, PublicKey, SignedChange,
    admit::Rejection,
    client::{Action, Arrived, Client, Event, Setup},
    directory::{Directory, Right, SignedEntry},
};

/// What a replica has committed.
#[derive(Debug, Clone, Default)]
pub struct Disk {
    directory: Vec<SignedEntry>,
    docs: BTreeMap<DocId, Vec<Row>>,
    cursors: BTreeMap<DocId, Cursor>,
    /// With which actor it writes each document, and the number of its last change.
    actors: BTreeMap<DocId, ([u8; 16], u64)>,
}

/// A change on the disk.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its head.
    pub meta: ChangeMeta,
    /// The change.
    pub change: SignedChange,
    /// How far it has got.
    pub state: RowState,
}

/// How far a change has got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowState {
    /// The relay has not answered.
    Pending,
    /// In the relay's log, with this number.
    Acknowledged(u64),
    /// Refused.
    Quarantined(Rejection),
}

impl Row {
    /// Whether the author's signature is here, where there must be one.
    pub fn is_proved(&self) -> bool {
        self.change.author.is_none() || self.change.signature.is_some()
    }
}

impl Disk {
    /// The changes of a document, in an order in which each comes after those it builds on.
    pub fn of(&self, doc: &DocId) -> &[Row] {
        self.docs.get(doc).map_or(&[], Vec::as_slice)
    }

    /// All changes.
    pub fn rows(&self) -> impl Iterator<Item = (&DocId, &Row)> {
        self.docs
            .iter()
            .flat_map(|(doc, rows)| rows.iter().map(move |row| (doc, row)))
    }

    /// A change.
    pub fn row(&self, id: &ChangeId) -> Option<&Row> {
        self.rows()
            .map(|(_, row)| row)
            .find(|row| row.meta.id == *id)
    }

    /// Stores a part of a document's stream.
    fn store(&mut self, doc: &DocId, first_seq: u64, entries: Vec<Arrived>, cursor: Cursor) {
        for (seq, entry) in (first_seq..).zip(entries) {
            let state = RowState::Acknowledged(seq);
            let signature = entry.change.as_ref().and_then(|(c, _)| c.signature);
            if let Some(row) = self.row_mut(doc, &entry.id) {
                row.state = state;
                row.change.signature = row.change.signature.or(signature);
            } else if let Some((change, meta)) = entry.change {
                self.add(doc, meta, change, state);
            }
        }
        self.cursors.insert(doc.clone(), cursor);
    }

    fn row_mut(&mut self, doc: &DocId, id: &ChangeId) -> Option<&mut Row> {
        let rows = self.docs.get_mut(doc)?;
        rows.iter_mut().find(|row| row.meta.id == *id)
    }

    fn set(&mut self, doc: &DocId, id: &ChangeId, state: RowState) {
        if let Some(row) = self.row_mut(doc, id) {
            row.state = state;
        }
    }

    fn add(&mut self, doc: &DocId, meta: ChangeMeta, change: SignedChange, state: RowState) {
        self.docs.entry(doc.clone()).or_default().push(Row {
            meta,
            change,
            state,
        });
    }

    /// The tips of what counts.
    fn heads(&self, doc: &DocId) -> Vec<ChangeId> {
        let counts = |row: &&Row| !matches!(row.state, RowState::Quarantined(_));
        let rows: Vec<&Row> = self.of(doc).iter().filter(counts).collect();
        let below: BTreeSet<&ChangeId> = rows.iter().flat_map(|row| &row.meta.deps).collect();
        rows.iter()
            .map(|row| row.meta.id)
            .filter(|id| !below.contains(id))
            .collect()
    }
}

/// A replica: its disk, its client, and what is not committed yet.
#[derive(Debug)]
pub(super) struct ReplicaNode {
    pub(super) enrolment: EnrolmentId,
    pub(super) key: Keypair,
    relay: PublicKey,
    pub(super) disk: Disk,
    pub(super) client: Client,
    todo: VecDeque<Action>,
}

impl ReplicaNode {
    pub(super) fn new(enrolment: EnrolmentId, key: Keypair, relay: PublicKey) -> Self {
        let disk = Disk::default();
        let client = Client::new(setup(&enrolment, &key, relay, &disk));
        Self {
            enrolment,
            key,
            relay,
            disk,
            client,
            todo: VecDeque::new(),
        }
    }

    /// The same enrolment on a second machine, with a copy of the disk.
    pub(super) fn copy(&self) -> Self {
        let (enrolment, key) = (self.enrolment.clone(), self.key.clone());
        let mut copy = Self::new(enrolment, key, self.relay);
        copy.disk = self.disk.clone();
        copy.crash();
        copy
    }

    /// Commits a change, and the document's birth before the first one: what to tell the client.
    pub(super) fn edit(
        &mut self,
        doc: &DocId,
        text: &str,
        time: Timestamp,
        random: &mut Random,
    ) -> Vec<(ChangeId, Event)> {
        let mut events = Vec::new();
        let birth = FakeChange::birth(doc);
        let id = read(doc, &birth.bytes()).id;
        if self.disk.row(&id).is_none() {
            events.push(self.commit(doc, SignedChange::birth(birth.bytes())));
        }
        let (actor, seq) = self.disk.actors.get(doc).copied().unwrap_or_else(|| {
            let mut actor: [u8; 16] = random.bytes();
            actor[15] = 0;
            (actor, 0)
        });
        self.disk.actors.insert(doc.clone(), (actor, seq + 1));
        let deps = self.disk.heads(doc);
        let author = (seq == 0).then(|| self.enrolment.clone());
        let bytes = FakeChange {
            actor,
            seq: seq + 1,
            deps,
            author,
            time,
            text: text.to_owned(),
        };
        let bytes = bytes.bytes();
        let id = read(doc, &bytes).id;
        let change = SignedChange::sign(bytes, doc, &id, self.enrolment.clone(), &self.key);
        events.push(self.commit(doc, change));
        events
    }

    fn commit(&mut self, doc: &DocId, change: SignedChange) -> (ChangeId, Event) {
        let meta = read(doc, &change.bytes);
        self.disk
            .add(doc, meta.clone(), change.clone(), RowState::Pending);
        (
            meta.id,
            Event::Committed {
                doc: doc.clone(),
                meta,
                change,
            },
        )
    }

    /// Feeds the client: frames to send, and whether the connection is to be closed.
    pub(super) fn event(&mut self, event: Event, now: Timestamp) -> (Vec<Vec<u8>>, bool) {
        let (mut frames, mut close) = (Vec::new(), false);
        for action in self.client.handle(event, now, &Fake) {
            match action {
                Action::Send(bytes) => frames.push(bytes),
                Action::Close(_) => close = true,
                Action::Status(_) | Action::Presence { .. } => {}
                work => self.todo.push_back(work),
            }
        }
        (frames, close)
    }

    pub(super) fn is_idle(&self) -> bool {
        self.todo.is_empty()
    }

    /// Bytes received and not stored.
    pub(super) fn unstored(&self) -> usize {
        let weight = |action: &Action| match action {
            Action::Store { entries, .. } => {
                let changes = entries.iter().filter_map(|entry| entry.change.as_ref());
                changes.map(|(change, _)| change.weight()).sum()
            }
            _ => 0,
        };
        self.todo.iter().map(weight).sum()
    }

    /// Does one thing that the client wants: what to tell it then. What is asked of the relay over
    /// HTTP is looked up in its log.
    pub(super) fn work(&mut self, relay: &MemoryLog, random: &mut Random) -> Option<Event> {
        match self.todo.pop_front()? {
            Action::Begin { mut docs } => {
                let doc = docs.pop()?;
                if !docs.is_empty() {
                    self.todo.push_front(Action::Begin { docs });
                }
                return Some(self.begin(doc, relay, random));
            }
            Action::StoreDirectory(entries) => self.disk.directory.extend(entries),
            Action::ResetDirectory => self.disk.directory.clear(),
            Action::ListDirectory { from } => {
                let entries = self.disk.directory.iter().filter(|entry| entry.seq > from);
                return Some(Event::DirectoryListed(entries.cloned().collect()));
            }
            Action::Store {
                doc,
                first_seq,
                entries,
                cursor,
            } => {
                self.disk.store(&doc, first_seq, entries, cursor);
                return Some(Event::Stored { doc, cursor });
            }
            Action::Acknowledged { doc, change, seq } => {
                self.disk.set(&doc, &change, RowState::Acknowledged(seq));
            }
            Action::Unacknowledged { doc, changes } => {
                for id in changes {
                    self.disk.set(&doc, &id, RowState::Pending);
                }
            }
            Action::Quarantine { doc, changes } => {
                for (id, rejection) in changes {
                    self.disk.set(&doc, &id, RowState::Quarantined(rejection));
                }
                self.disk.actors.remove(&doc);
            }
            Action::Fetch { doc, ids } => {
                let rows = ids.iter().filter_map(|id| self.disk.row(id));
                let changes = rows.map(|row| (row.meta.id, row.change.clone())).collect();
                return Some(Event::Fetched { doc, changes });
            }
            Action::List { doc } => {
                let counts = |row: &&Row| !matches!(row.state, RowState::Quarantined(_));
                let ids = self
                    .disk
                    .of(&doc)
                    .iter()
                    .filter(counts)
                    .filter(|row| row.is_proved())
                    .map(|row| row.meta.id)
                    .collect();
                return Some(Event::Listed { doc, ids });
            }
            Action::Send(_) | Action::Presence { .. } | Action::Status(_) | Action::Close(_) => {}
        }
        None
    }

    /// Stores a snapshot of a document at some place of the relay's log, now and then an old one or
    /// none.
    fn begin(&mut self, doc: DocId, relay: &MemoryLog, random: &mut Random) -> Event {
        let directory = relay.directory();
        let may = directory.may(&self.enrolment, &doc, Right::Read);
        let log = if may { relay.entries(&doc) } else { &[] };
        let log = &log[..random.below(log.len() + 1)];
        let Some(cursor) = log.last().map(|last| last.cursor) else {
            let (cursor, ids) = (Cursor::START, Vec::new());
            return Event::Begun { doc, cursor, ids };
        };
        let entries = log.iter().map(|entry| Arrived {
            id: entry.id,
            change: Some((
                SignedChange {
                    signature: None,
                    ..entry.change.clone()
                },
                read(&doc, &entry.change.bytes),
            )),
        });
        self.disk.store(&doc, 1, entries.collect(), cursor);
        let ids = log.iter().map(|entry| entry.id).collect();
        Event::Begun { doc, cursor, ids }
    }

    /// The relay's proofs of what came in snapshots are stored.
    pub(super) fn prove(&mut self, relay: &MemoryLog) {
        for (doc, rows) in &mut self.disk.docs {
            for row in rows.iter_mut().filter(|row| !row.is_proved()) {
                let log = relay.entries(doc).iter();
                let mut same = log.filter(|entry| entry.id == row.meta.id);
                row.change.signature = same.next().and_then(|entry| entry.change.signature);
            }
        }
    }

    pub(super) fn crash(&mut self) {
        self.todo.clear();
        self.client = Client::new(setup(&self.enrolment, &self.key, self.relay, &self.disk));
    }
}

fn setup(enrolment: &EnrolmentId, key: &Keypair, relay: PublicKey, disk: &Disk) -> Setup {
    let mut directory = Directory::new(relay);
    // What is on the disk was checked when it came.
    disk.directory
        .iter()
        .for_each(|entry| _ = directory.apply(entry));
    let pending = disk
        .rows()
        .filter(|(_, row)| row.state == RowState::Pending);
    let refused = disk
        .rows()
        .filter(|(_, row)| matches!(row.state, RowState::Quarantined(_)));
    Setup {
        enrolment: enrolment.clone(),
        key: key.clone(),
        relay,
        app: "network".to_owned(),
        directory,
        cursors: disk.cursors.clone(),
        pending: pending
            .map(|(doc, row)| (doc.clone(), row.meta.clone()))
            .collect(),
        quarantined: refused.map(|(_, row)| row.meta.id).collect(),
    }
}

fn read(doc: &DocId, bytes: &[u8]) -> ChangeMeta {
    Fake.inspect(doc, bytes).expect("the bytes were made here")
}
