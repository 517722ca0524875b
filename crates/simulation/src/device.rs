//! The shell of a replica's side: a device with the real engine on it.

use std::{
    collections::VecDeque,
    io,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use replica::{Clock, Enrolment, StoreError, Unlocked, stepped::Stepped};
use sync::{
    Inspect, PublicKey,
    client::{Action, Client, Event},
    directory::{Right, SignedEntry},
};
use sync_server::stepped::Log;
use terms::{AgencyId, ChangeHeader, DocId, EnrolmentId, Heads, Role, Timestamp};

use super::Random;

/// The clock of everybody here.
#[derive(Debug, Clone)]
pub(super) struct SimClock(Arc<AtomicI64>);

impl SimClock {
    pub(super) fn at(now: Timestamp) -> Self {
        Self(Arc::new(AtomicI64::new(now.0)))
    }

    /// A second passes.
    pub(super) fn tick(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

impl Clock for SimClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }
}

/// Random bytes for an engine, from a seed.
struct Seeded(Random);

impl replica::Random for Seeded {
    fn fill(&mut self, bytes: &mut [u8]) -> io::Result<()> {
        bytes.fill_with(|| self.0.number().to_be_bytes()[0]);
        Ok(())
    }
}

/// Reads the headers of changes for the protocol.
struct Reader;

impl Inspect for Reader {
    fn inspect(&self, doc: &DocId, bytes: &[u8]) -> Result<ChangeHeader, String> {
        programme::inspect(doc, bytes).map_err(|error| error.to_string())
    }
}

/// Whose device it is.
pub(super) struct Owner {
    pub(super) enrolment: EnrolmentId,
    pub(super) agency: AgencyId,
    pub(super) role: Role,
    pub(super) seed: [u8; 32],
    pub(super) relay: PublicKey,
    pub(super) directory: Vec<SignedEntry>,
}

/// A device: its replica, its client, and what the client wants that is not done yet.
pub(super) struct Device {
    unlocked: Unlocked,
    clock: SimClock,
    random: Random,
    pub(super) replica: Stepped,
    pub(super) client: Client,
    /// What a field showed some time ago: somebody may still have it open.
    pub(super) shown_once: Option<(DocId, Heads)>,
    todo: VecDeque<Action>,
}

impl Device {
    pub(super) fn new(owner: Owner, clock: SimClock, random: Random) -> Result<Self, StoreError> {
        let name = owner.enrolment.to_string();
        let enrolment = Enrolment {
            enrolment: owner.enrolment,
            person: person(&name),
            name,
            agency_name: owner.agency.to_string(),
            agency: owner.agency,
            role: owner.role,
            relay_url: String::new(),
            relay_key: owner.relay,
        };
        let unlocked = Unlocked::new(Path::new(""), enrolment, &owner.seed);
        Self::open(
            unlocked.with_directory(owner.directory),
            clock,
            random,
            None,
        )
    }

    fn open(
        unlocked: Unlocked,
        clock: SimClock,
        mut random: Random,
        image: Option<&[u8]>,
    ) -> Result<Self, StoreError> {
        let engines = Box::new(Seeded(Random::new(random.number())));
        let mut replica = Stepped::open(image, &unlocked, Arc::new(clock.clone()), engines)?;
        let client = Client::new(replica.setup("simulation")?);
        Ok(Self {
            unlocked,
            clock,
            random,
            replica,
            client,
            shown_once: None,
            todo: VecDeque::new(),
        })
    }

    pub(super) fn enrolment(&self) -> &EnrolmentId {
        &self.unlocked.enrolment().enrolment
    }

    /// The same enrolment on a second machine, with a copy of the disk.
    pub(super) fn copy(&mut self) -> Result<Self, StoreError> {
        let (unlocked, clock) = (self.unlocked.clone(), self.clock.clone());
        let random = Random::new(self.random.number());
        let image = self.replica.image()?;
        Self::open(unlocked, clock, random, Some(&image))
    }

    /// Starts again from this disk, or from its own, and forgets all else.
    pub(super) fn restart(&mut self, image: Option<&[u8]>) -> Result<(), StoreError> {
        let own = self.replica.image()?;
        let (unlocked, clock) = (self.unlocked.clone(), self.clock.clone());
        let random = Random::new(self.random.number());
        *self = Self::open(unlocked, clock, random, Some(image.unwrap_or(&own)))?;
        Ok(())
    }

    /// Feeds the client: frames to send, and whether the connection is to be closed.
    pub(super) fn event(&mut self, event: Event, now: Timestamp) -> (Vec<Vec<u8>>, bool) {
        let (mut frames, mut close) = (Vec::new(), false);
        for action in self.client.handle(event, now, &Reader) {
            match action {
                Action::Send(bytes) => frames.push(bytes),
                Action::Close(_) => close = true,
                Action::Status(_) | Action::Presence { .. } => {}
                Action::StoreDirectory(_)
                | Action::ReplaceDirectory(_)
                | Action::ListDirectory { .. }
                | Action::Store { .. }
                | Action::Acknowledged { .. }
                | Action::Unacknowledged { .. }
                | Action::Quarantine { .. }
                | Action::Begin { .. }
                | Action::Fetch { .. }
                | Action::List { .. } => self.todo.push_back(action),
            }
        }
        (frames, close)
    }

    pub(super) fn is_idle(&self) -> bool {
        self.todo.is_empty()
    }

    /// Bytes received and not stored.
    pub(super) fn unstored(&self) -> usize {
        let entries = self.todo.iter().filter_map(|action| match action {
            Action::Store { entries, .. } => Some(entries),
            _ => None,
        });
        let changes = entries.flatten().filter_map(|entry| entry.change.as_ref());
        changes.map(|(change, _)| change.weight()).sum()
    }

    /// Does one thing that the client wants: what to tell it then. What is asked of the relay over
    /// HTTP is looked up in its log.
    pub(super) fn work(
        &mut self,
        relay: &mut Log,
        random: &mut Random,
    ) -> Result<Option<Event>, String> {
        let live = *self.client.status() == sync::client::Status::Live;
        match self.todo.pop_front() {
            None => Ok(None),
            Some(Action::Begin { mut docs }) => {
                let Some(doc) = docs.pop() else {
                    return Ok(None);
                };
                if !docs.is_empty() {
                    self.todo.push_front(Action::Begin { docs });
                }
                self.begin(&doc, relay, random).map(Some)
            }
            Some(action) => self
                .replica
                .carry_out(action, live)
                .map_err(|error| error.to_string()),
        }
    }

    /// Stores a snapshot of a document at some place of the relay's log, now and then an old one or
    /// none.
    fn begin(
        &mut self,
        doc: &DocId,
        relay: &mut Log,
        random: &mut Random,
    ) -> Result<Event, String> {
        let mut snapshot = None;
        if relay.directory().may(self.enrolment(), doc, Right::Read) {
            let page = relay.page(doc, 0, 0).map_err(|error| error.to_string())?;
            let length = usize::try_from(page.tail.seq).unwrap_or(usize::MAX);
            let seq = random.below(length + 1) as u64;
            let made = relay.snapshot(doc, seq);
            snapshot = made.map_err(|error| error.to_string())?;
        }
        let begun = self.replica.begin(doc, snapshot.as_ref());
        begun.map_err(|error| error.to_string())
    }

    /// The relay's proofs of what came in snapshots are checked and stored.
    pub(super) fn take_signatures(&mut self, relay: &mut Log) -> Result<(), String> {
        let without = self
            .replica
            .without_signature()
            .map_err(|error| error.to_string())?;
        for (doc, changes) in without {
            let mut signatures = relay.signatures(&doc).map_err(|error| error.to_string())?;
            let directory = self.client.directory();
            signatures.retain(|signature| {
                let key = directory.key(&signature.author);
                changes.get(&signature.change) == Some(&signature.author)
                    && key.is_some_and(|key| signature.holds(&doc, key))
            });
            let proved = self.replica.store_signatures(&doc, &signatures);
            proved.map_err(|error| error.to_string())?;
        }
        Ok(())
    }
}

/// Who has the enrolment of this name.
pub(super) fn person(enrolment: &str) -> terms::PersonId {
    format!("p-{enrolment}")
        .parse()
        .expect("letters and digits are an id")
}
