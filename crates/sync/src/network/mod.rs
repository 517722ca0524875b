//! Replicas and a relay in memory, and a network between them that fails: what tests drive the two
//! state machines with, without a socket, a disk or a clock.
//!
//! Everything happens in any order that the seed chooses: connections are cut with frames under
//! way, frames are lost, come twice or overtake each other, replicas and the relay crash and forget
//! what they had not committed, a replica writes to its disk late, rights change, the relay comes
//! back from a backup, a replica from an old copy of its disk, or twice. What must hold all the
//! same is in [`Network::check`]. One seed is one schedule.

mod fake;
mod link;
mod log;
mod random;
mod relay;
mod replica;
mod schedule;

pub use fake::{Fake, FakeChange};
pub use log::MemoryLog;
pub use random::Random;
pub use replica::{Disk, Row, RowState};
pub use schedule::Faults;

use std::collections::{BTreeMap, BTreeSet};

use link::Link;
use relay::RelayNode;
use replica::ReplicaNode;
use terms::{AgencyClass, AgencyId, ChangeId, DocId, EnrolmentId, PersonId, Role, Timestamp};

use crate::{
    Keypair,
    admit::Rejection,
    client::Status,
    directory::{Directory, Fact, Right, standard_grants},
    frame::{MAX_FRAME, WINDOW},
};

/// The year of all documents here.
pub const YEAR: u16 = 2019;

/// Replicas, a relay, and what is between them.
#[derive(Debug)]
pub struct Network {
    random: Random,
    now: Timestamp,
    relay: RelayNode,
    replicas: Vec<ReplicaNode>,
    agencies: usize,
    links: Vec<Link>,
    connections: u64,
    backup: Option<MemoryLog>,
    restored: bool,
    /// Every change ever committed by a replica, and by which.
    committed: BTreeMap<ChangeId, usize>,
    /// An older copy of a replica's disk.
    old_disk: Option<(usize, Disk)>,
    /// Most bytes that were ever on the way to one replica.
    most_under_way: usize,
}

impl Network {
    /// So many agencies with one officer's replica each, whose documents all the others may read,
    /// and one reviewer who may write everywhere: the last replica.
    pub fn new(seed: u64, agencies: usize) -> Self {
        let mut random = Random::new(seed);
        let now = Timestamp(1_568_160_000);
        let mut relay = RelayNode::new(Keypair::from_seed(&random.bytes()), now);
        let ids: Vec<AgencyId> = (0..agencies).map(agency).collect();
        for id in &ids {
            let (name, short) = (id.to_string(), id.to_string());
            let class = AgencyClass::CapHuyen;
            relay.record(
                Fact::AgencyAdded {
                    id: id.clone(),
                    name,
                    short,
                    class,
                },
                now,
            );
        }
        let shared = ids
            .iter()
            .map(|id| (id.clone(), ids.iter().cloned().collect()))
            .collect();
        for fact in standard_grants(YEAR, &ids, &shared) {
            relay.record(fact, now);
        }
        let mut network = Self {
            random,
            now,
            relay,
            replicas: Vec::new(),
            agencies,
            links: Vec::new(),
            connections: 0,
            backup: None,
            restored: false,
            committed: BTreeMap::new(),
            old_disk: None,
            most_under_way: 0,
        };
        for index in 0..=agencies {
            let role = if index < agencies {
                Role::Officer
            } else {
                Role::Reviewer
            };
            network.enrol(index, &agency(index.min(agencies.saturating_sub(1))), role);
        }
        network
    }

    fn enrol(&mut self, index: usize, agency: &AgencyId, role: Role) {
        let key = Keypair::from_seed(&self.random.bytes());
        let person: PersonId = format!("p{index}")
            .parse()
            .expect("letters and digits are an id");
        let (id, agency) = (person.clone(), agency.clone());
        let (name, position) = (id.to_string(), String::new());
        self.relay.record(
            Fact::PersonAdded {
                id,
                name,
                agency,
                role,
                position,
            },
            self.now,
        );
        let (enrolment, device) = (enrolment(index), String::new());
        let key_of = key.public();
        let fact = Fact::Enrolled {
            enrolment: enrolment.clone(),
            person,
            device,
            key: key_of,
        };
        self.relay.record(fact, self.now);
        let relay = self.relay.key.public();
        self.replicas.push(ReplicaNode::new(enrolment, key, relay));
    }

    /// How many replicas there are.
    pub fn replicas(&self) -> usize {
        self.replicas.len()
    }

    /// What a replica has on its disk.
    pub fn disk(&self, replica: usize) -> &Disk {
        &self.replicas[replica].disk
    }

    /// How a replica stands with the relay.
    pub fn status(&self, replica: usize) -> &Status {
        self.replicas[replica].client.status()
    }

    /// What the relay has committed.
    pub fn log(&self) -> &MemoryLog {
        &self.relay.log
    }

    /// The relay's directory.
    pub fn directory(&self) -> &Directory {
        self.relay.log.directory()
    }

    /// Most bytes that were ever on the way to one replica, or waiting there to be stored.
    pub fn most_under_way(&self) -> usize {
        self.most_under_way
    }

    /// A replica commits a change to a document, whether it may or not.
    pub fn edit(&mut self, replica: usize, doc: &DocId, text: &str) {
        let rows = self.replicas[replica].edit(doc, text, self.now, &mut self.random);
        self.committed
            .extend(rows.iter().map(|(id, _)| (*id, replica)));
        for event in rows.into_iter().map(|(_, event)| event) {
            self.tell_replica(replica, event);
        }
    }

    /// The relay revokes a replica's enrolment.
    pub fn revoke(&mut self, replica: usize) {
        let enrolment = self.replicas[replica].enrolment.clone();
        self.record(Fact::Revoked {
            enrolment,
            why: "mất máy".to_owned(),
        });
    }

    /// The officers of an agency may, or may not any more, write their document.
    pub fn allow(&mut self, of: usize, may: bool) {
        let subject = crate::directory::Subject::RoleIn(Role::Officer, agency(of));
        let (doc, right) = (document(of), Right::Write);
        let fact = if may {
            Fact::Granted {
                subject,
                doc,
                right,
            }
        } else {
            Fact::Ungranted {
                subject,
                doc,
                right,
            }
        };
        self.record(fact);
    }

    fn record(&mut self, fact: Fact) {
        self.relay.record(fact, self.now);
        let effects = self.relay.directory_changed(self.now);
        self.deliver(effects);
    }

    /// Copies the relay's log aside.
    pub fn backup(&mut self) {
        self.backup = Some(self.relay.log.clone());
    }

    /// The relay crashes and comes back from the last backup, if there is one.
    pub fn restore(&mut self) {
        if let Some(backup) = self.backup.clone() {
            self.crash_relay();
            self.relay.log = backup;
            self.restored = true;
        }
    }

    /// A replica's disk is copied to a second machine, which goes on as the same enrolment: its
    /// number.
    pub fn clone_replica(&mut self, replica: usize) -> usize {
        let copy = self.replicas[replica].copy();
        self.replicas.push(copy);
        self.replicas.len() - 1
    }

    /// Copies a replica's disk aside.
    pub fn keep_disk(&mut self, replica: usize) {
        self.old_disk = Some((replica, self.replicas[replica].disk.clone()));
    }

    /// The replica whose disk was copied aside crashes and comes back from the copy: what it alone
    /// had committed since is gone with the disk.
    pub fn put_back_disk(&mut self) {
        let Some((replica, disk)) = self.old_disk.take() else {
            return;
        };
        self.committed
            .retain(|id, of| *of != replica || disk.row(id).is_some());
        self.replicas[replica].disk = disk;
        self.crash_replica(replica);
    }

    /// The relay forgets what it had not committed; all connections break.
    pub fn crash_relay(&mut self) {
        self.relay.crash();
        for link in &mut self.links {
            link.relay_died();
        }
    }

    /// A replica forgets what it had not committed; its connection breaks.
    pub fn crash_replica(&mut self, replica: usize) {
        self.replicas[replica].crash();
        for link in self.links.iter_mut().filter(|link| link.replica == replica) {
            link.replica_died();
        }
    }

    /// What must hold at any moment: nothing committed is forgotten, nothing is stored that was
    /// not allowed, nothing is taken for acknowledged or refused without the relay's answer, queues
    /// are bounded.
    pub fn check(&self) -> Result<(), String> {
        self.check_answers()?;
        let disks = self.replicas.iter().map(|replica| {
            replica
                .disk
                .rows()
                .map(|(_, row)| row.meta.id)
                .collect::<BTreeSet<_>>()
        });
        let disks: Vec<_> = disks.collect();
        if let Some((id, replica)) = self
            .committed
            .iter()
            .find(|(id, of)| !disks[**of].contains(id))
        {
            return Err(format!("replica {replica} forgot its change {id:?}"));
        }
        if let Some(id) = self.relay.admitted_wrongly.first() {
            return Err(format!(
                "the relay stored {id:?}, whose author might not write"
            ));
        }
        // The window, what was read at once when it was nearly empty, and short answers.
        let bound = usize::try_from(WINDOW).unwrap_or_default() + 2 * MAX_FRAME;
        if self.most_under_way > bound {
            return Err(format!(
                "{} bytes were under way to a replica",
                self.most_under_way
            ));
        }
        Ok(())
    }

    /// A change on a disk is acknowledged only if the log has it, and in quarantine only if the
    /// relay refused it, or one that it builds on, or could never have taken it.
    fn check_answers(&self) -> Result<(), String> {
        for (index, replica) in self.replicas.iter().enumerate() {
            for (doc, row) in replica.disk.rows() {
                let id = row.meta.id;
                let answered = match &row.state {
                    // What a restored relay had acknowledged, its replicas remember.
                    RowState::Acknowledged(seq) => self.restored || self.relay.has(doc, *seq, &id),
                    RowState::Pending
                    | RowState::Quarantined(
                        Rejection::BuildsOnRejected(_) | Rejection::TooLarge(_),
                    ) => true,
                    RowState::Quarantined(_) => self.relay.refused.contains(&id),
                };
                if !answered {
                    return Err(format!("replica {index} has {id:?} as {:?}", row.state));
                }
            }
        }
        Ok(())
    }

    /// What must hold once everybody is connected and nothing is under way, besides
    /// [`check`](Self::check): nothing pends, all have the same, everything acknowledged is there.
    pub fn check_settled(&self) -> Result<(), String> {
        self.check()?;
        for (index, replica) in self.replicas.iter().enumerate() {
            if self.directory().revoked(&replica.enrolment).is_some() {
                continue;
            }
            if *replica.client.status() != Status::Live {
                return Err(format!("replica {index} is {:?}", replica.client.status()));
            }
            if replica.client.directory().head() != self.directory().head() {
                return Err(format!(
                    "replica {index} has another directory than the relay"
                ));
            }
            for doc in self.directory().readable(&replica.enrolment) {
                self.check_same(index, &doc)?;
            }
            let may = |doc| self.directory().may(&replica.enrolment, doc, Right::Read);
            // Whoever may not read a document any more never hears where in it a change stands.
            let unheard = |doc, row: &Row| !may(doc) && self.relay.knows(doc, &row.meta.id);
            let mut pending = replica
                .disk
                .rows()
                .filter(|(_, row)| row.state == RowState::Pending);
            if let Some((doc, row)) = pending.find(|(doc, row)| !unheard(doc, row)) {
                return Err(format!(
                    "replica {index} has {:?} of {doc} pending",
                    row.meta.id
                ));
            }
        }
        Ok(())
    }

    fn check_same(&self, index: usize, doc: &DocId) -> Result<(), String> {
        let log: BTreeMap<ChangeId, u64> = self
            .relay
            .log
            .entries(doc)
            .iter()
            .map(|entry| (entry.id, entry.cursor.seq))
            .collect();
        // What came in a snapshot, was lost by the relay before its proof had come, and by whoever
        // wrote it as well, nobody can give back.
        let lost = |row: &&Row| !row.is_proved() && !log.contains_key(&row.meta.id);
        let rows = self.disk(index).of(doc).iter().filter(|row| !lost(row));
        let acknowledged: BTreeMap<ChangeId, u64> = rows
            .filter_map(|row| match row.state {
                RowState::Acknowledged(seq) => Some((row.meta.id, seq)),
                RowState::Pending | RowState::Quarantined(_) => None,
            })
            .collect();
        if log == acknowledged {
            return Ok(());
        }
        Err(format!(
            "{doc}: the log has {log:?}, replica {index} has {acknowledged:?}"
        ))
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
