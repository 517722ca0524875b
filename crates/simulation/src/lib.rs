//! Real replicas and a real relay in memory, and a network between them that fails: what tests drive
//! without a socket, a disk or a clock. Nothing that is installed depends on this crate.
//!
//! Each device runs the engine of `replica` ([`replica::stepped`]) with its documents, the relay the
//! store of `sync-server` ([`sync_server::stepped`]), and between them are the two state machines of
//! `sync`.
//!
//! Everything happens in any order that the seed chooses: connections are cut with frames under
//! way, frames are lost, come twice or overtake each other, devices and the relay crash and forget
//! what they had not committed, a device writes to its disk late, its state machine hears late of
//! what a person wrote, rights change, the relay comes back from a backup, a device from an old copy
//! of its disk, or twice. What must hold all the same is in [`Network::check`]. One seed is one
//! schedule.

mod checks;
mod device;
mod link;
mod random;
mod relay;
mod schedule;
mod typing;

pub use random::Random;
pub use schedule::Faults;

use device::{Device, Owner, SimClock};
use link::Link;
use relay::RelayNode;
use replica::{Clock as _, stepped::Stepped};
use sync::{
    Keypair,
    client::Status,
    directory::{Directory, DirectoryEvent, Right, Subject, standard_grants},
};
use sync_server::stepped::Log;
use terms::{AgencyClass, AgencyId, DocId, EnrolmentId, Role, Timestamp};
use typing::Typed;

/// The year of all documents here.
pub const YEAR: u16 = 2019;

/// Devices, a relay, and what is between them.
pub struct Network {
    random: Random,
    clock: SimClock,
    relay: RelayNode,
    replicas: Vec<Device>,
    agencies: usize,
    links: Vec<Link>,
    connections: u64,
    backup: Option<Vec<u8>>,
    restored: bool,
    /// Every text ever typed, and what became of it.
    typed: Vec<Typed>,
    /// An older copy of a device's disk, and how many texts had been typed then.
    old_disk: Option<(usize, Vec<u8>, usize)>,
    /// Most bytes that were ever on the way to one device.
    most_in_flight: usize,
    /// What a database could not do.
    failures: Vec<String>,
}

impl Network {
    /// So many agencies with one officer's device each, whose documents all the others may read,
    /// and one reviewer who may write everywhere: the last device.
    pub fn new(seed: u64, agencies: usize) -> Self {
        let mut random = Random::new(seed);
        let clock = SimClock::at(Timestamp(1_568_160_000));
        let log = Log::new(random.bytes()).expect("a database in memory");
        let mut network = Self {
            random,
            clock,
            relay: RelayNode::new(log),
            replicas: Vec::new(),
            agencies,
            links: Vec::new(),
            connections: 0,
            backup: None,
            restored: false,
            typed: Vec::new(),
            old_disk: None,
            most_in_flight: 0,
            failures: Vec::new(),
        };
        network.set_up();
        network
    }

    fn set_up(&mut self) {
        let ids: Vec<AgencyId> = (0..self.agencies).map(agency).collect();
        for id in &ids {
            let (name, short) = (id.to_string(), id.to_string());
            let (id, class) = (id.clone(), AgencyClass::CapHuyen);
            self.record(DirectoryEvent::AgencyAdded {
                id,
                name,
                short,
                class,
            });
        }
        let shared = ids
            .iter()
            .map(|id| (id.clone(), ids.iter().cloned().collect()));
        let shared = shared.collect();
        for fact in standard_grants(YEAR, &ids, &shared) {
            self.record(fact);
        }
        let owners: Vec<_> = (0..=self.agencies).map(|index| self.enrol(index)).collect();
        let directory = self.relay.log.directory_page(0, usize::MAX);
        let directory = directory.expect("a database in memory");
        for owner in owners {
            let directory = directory.clone();
            let random = Random::new(self.random.number());
            let device = Device::new(Owner { directory, ..owner }, self.clock.clone(), random);
            self.replicas.push(device.expect("a database in memory"));
        }
    }

    fn enrol(&mut self, index: usize) -> Owner {
        let agency = agency(index.min(self.agencies.saturating_sub(1)));
        let role = if index < self.agencies {
            Role::Officer
        } else {
            Role::Reviewer
        };
        let seed = self.random.bytes();
        let enrolment = enrolment(index);
        let person = device::person(enrolment.as_str());
        self.record(DirectoryEvent::PersonAdded {
            id: person.clone(),
            name: person.to_string(),
            agency: agency.clone(),
            role,
            position: String::new(),
        });
        self.record(DirectoryEvent::Enrolled {
            enrolment: enrolment.clone(),
            person,
            device: String::new(),
            key: Keypair::from_seed(&seed).public(),
        });
        Owner {
            enrolment,
            agency,
            role,
            seed,
            relay: self.relay.log.key().public(),
            directory: Vec::new(),
        }
    }

    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// How many devices there are.
    pub fn replicas(&self) -> usize {
        self.replicas.len()
    }

    /// What is on a device.
    pub fn replica(&self, replica: usize) -> &Stepped {
        &self.replicas[replica].replica
    }

    /// How a device stands with the relay.
    pub fn status(&self, replica: usize) -> &Status {
        self.replicas[replica].client.status()
    }

    /// How many changes of a document the relay has.
    pub fn length(&mut self, doc: &DocId) -> u64 {
        let page = self.relay.log.page(doc, 0, 0);
        page.map_or(0, |page| page.tail.seq)
    }

    /// The relay's directory.
    pub fn directory(&self) -> &Directory {
        self.relay.directory()
    }

    /// Most bytes that were ever on the way to one device, or waiting there to be stored.
    pub fn most_in_flight(&self) -> usize {
        self.most_in_flight
    }

    /// The relay revokes a device's enrolment.
    pub fn revoke(&mut self, replica: usize) {
        let enrolment = self.replicas[replica].enrolment().clone();
        self.record(DirectoryEvent::Revoked {
            enrolment,
            why: "mất máy".to_owned(),
        });
    }

    /// The officers of an agency may, or may not any more, write their document.
    pub fn allow(&mut self, of: usize, may: bool) {
        let subject = Subject::RoleIn(Role::Officer, agency(of));
        let (doc, right) = (document(of), Right::Write);
        let fact = if may {
            DirectoryEvent::Granted {
                subject,
                doc,
                right,
            }
        } else {
            DirectoryEvent::Ungranted {
                subject,
                doc,
                right,
            }
        };
        self.record(fact);
    }

    fn record(&mut self, fact: DirectoryEvent) {
        let now = self.now();
        if let Err(error) = self.relay.log.record(fact, now) {
            self.failures.push(format!("the relay: {error}"));
        }
        let effects = self.relay.directory_changed(now);
        self.deliver(effects);
    }

    /// Copies the relay's log aside.
    pub fn backup(&mut self) {
        self.backup = self.relay.log.image().ok();
    }

    /// The relay crashes and comes back from the last backup, if there is one.
    pub fn restore(&mut self) {
        let backup = self.backup.as_deref().map(Log::open);
        if let Some(Ok(log)) = backup {
            self.crash_relay();
            self.relay.log = log;
            self.restored = true;
        }
    }

    /// A device's disk is copied to a second machine, which goes on as the same enrolment: its
    /// number.
    pub fn clone_replica(&mut self, replica: usize) -> usize {
        let copy = self.replicas[replica].copy();
        let copied = copy.map_err(|error| error.to_string());
        if let Some(copy) = self.succeeded(replica, copied) {
            self.replicas.push(copy);
        }
        self.replicas.len() - 1
    }

    /// Copies a device's disk aside.
    pub fn keep_disk(&mut self, replica: usize) {
        let image = self.replicas[replica].replica.image();
        let image = image.map_err(|error| error.to_string());
        let typed = self.typed.len();
        let image = self.succeeded(replica, image);
        self.old_disk = image.map(|image| (replica, image, typed));
    }

    /// The device whose disk was copied aside crashes and comes back from the copy: what had been
    /// typed there since is gone with the disk.
    pub fn put_back_disk(&mut self) {
        let Some((replica, image, typed)) = self.old_disk.take() else {
            return;
        };
        let since = self.typed.iter_mut().skip(typed);
        since
            .filter(|text| text.replica == replica)
            .for_each(|text| text.lost = true);
        self.restart(replica, Some(&image));
    }

    /// The relay forgets what it had not committed; all connections break.
    pub fn crash_relay(&mut self) {
        self.relay.crash();
        for link in &mut self.links {
            link.relay_died();
        }
    }

    /// A device forgets what it had not committed; its connection breaks.
    pub fn crash_replica(&mut self, replica: usize) {
        self.restart(replica, None);
    }

    fn restart(&mut self, replica: usize, image: Option<&[u8]>) {
        let restarted = self.replicas[replica].restart(image);
        self.succeeded(replica, restarted.map_err(|error| error.to_string()));
        for link in self.links.iter_mut().filter(|link| link.replica == replica) {
            link.replica_died();
        }
    }

    /// What a device's database did, or nothing once it was noted that it could not.
    fn succeeded<T>(&mut self, replica: usize, done: Result<T, String>) -> Option<T> {
        done.inspect_err(|error| self.failures.push(format!("replica {replica}: {error}")))
            .ok()
    }
}

/// The document of the agency with this index.
pub fn document(index: usize) -> DocId {
    DocId::Agency(YEAR, agency(index))
}

fn agency(index: usize) -> AgencyId {
    format!("a{index}")
        .parse()
        .expect("letters and digits are an id")
}

fn enrolment(index: usize) -> EnrolmentId {
    format!("e{index}")
        .parse()
        .expect("letters and digits are an id")
}
