//! What happens next, as the seed has it.

use sync::{
    client::{self, Status},
    relay,
};

use super::{
    Network, document,
    link::{Link, Next},
    relay::Effect,
};

/// How often things go wrong, each in a hundred steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Faults {
    /// A connection breaks.
    pub cut: u8,
    /// A replica crashes.
    pub replica_crash: u8,
    /// The relay crashes.
    pub relay_crash: u8,
    /// The relay's log is copied aside, or the relay comes back from the copy.
    pub restore: u8,
    /// A frame is lost, comes twice, or is overtaken by the next.
    pub mangle: u8,
    /// A replica's disk is copied aside, put back from an old copy, or goes on on two machines.
    pub disks: u8,
    /// An enrolment is revoked, a right given or taken.
    pub rights: u8,
    /// That also happens after the relay lost a part of its directory: it then writes another one
    /// on than the one that replicas have.
    pub forks: bool,
    /// Somebody types a text, now and then where they may not.
    pub edit: u8,
    /// Large changes rather than small ones.
    pub large: bool,
}

impl Faults {
    /// Nothing but people who write.
    pub const NONE: Self = Self {
        cut: 0,
        replica_crash: 0,
        relay_crash: 0,
        restore: 0,
        mangle: 0,
        disks: 0,
        rights: 0,
        forks: false,
        edit: 10,
        large: false,
    };
}

/// How much gets done between two chances for faults: enough for a connection to get somewhere.
const MOVES: usize = 8;

/// How many machines go on with a copied disk.
const MAX_COPIES: usize = 2;

/// Steps within which a network without faults has to come to rest.
const MAX_STEPS: usize = 200_000;

impl Network {
    /// One thing happens.
    pub fn step(&mut self, faults: &Faults) {
        if self.random.chance(5) {
            self.clock.tick();
        }
        self.fault(*faults);
        if self.random.chance(faults.edit) {
            self.somebody_writes(faults.large);
        }
        if self.random.chance(30) {
            self.connect_somebody();
        }
        for _ in 0..MOVES {
            self.something_moves();
        }
        self.measure();
    }

    fn something_moves(&mut self) {
        if self.random.chance(5) {
            let replica = self.random.below(self.replicas.len());
            self.fetch_signatures(replica);
        }
        if self.random.chance(50) {
            let replica = self.random.below(self.replicas.len());
            self.tell_committed(replica);
        }
        match self.random.below(4) {
            0 => self.relay_works(),
            1 => {
                let replica = self.random.below(self.replicas.len());
                self.replica_works(replica);
            }
            _ if !self.links.is_empty() => {
                let link = self.random.below(self.links.len());
                if self.random.chance(50) {
                    self.up(link);
                } else {
                    self.down(link);
                }
            }
            _ => {}
        }
    }

    /// Everybody connects, nothing fails any more, and all goes on until nothing is left to do.
    pub fn settle(&mut self) -> Result<(), String> {
        for link in self.links.iter_mut().filter(|link| link.mangled) {
            link.cut(0, 0);
        }
        for _ in 0..MAX_STEPS {
            let mut rest = self.relay.is_idle();
            self.relay_works();
            for replica in 0..self.replicas.len() {
                rest &= !self.tell_committed(replica);
                rest &= self.replicas[replica].is_idle();
                self.replica_works(replica);
                rest &= !self.connect(replica);
            }
            for link in 0..self.links.len() {
                rest &= self.links[link].up.is_idle() && self.links[link].down.is_idle();
                self.up(link);
                self.down(link);
            }
            self.measure();
            if rest {
                (0..self.replicas.len()).for_each(|replica| self.fetch_signatures(replica));
                return Ok(());
            }
            if let Some(failure) = self.failures.first() {
                return Err(failure.clone());
            }
        }
        Err(format!("no rest after {MAX_STEPS} rounds"))
    }

    /// A connection is opened, unless there is one, or the replica was refused and would be again.
    pub fn connect(&mut self, replica: usize) -> bool {
        let connected = |link: &Link| link.replica == replica && !link.down.ended;
        let enrolment = self.replicas[replica].enrolment();
        let refused = matches!(self.status(replica), Status::Refused(_))
            && self.directory().revoked(enrolment).is_some();
        if refused || self.links.iter().any(connected) {
            return false;
        }
        self.links.retain(|link| !link.is_over());
        self.connections += 1;
        self.links.push(Link::new(self.connections, replica));
        let nonce = self.random.bytes();
        self.tell_replica(replica, client::Event::Opened { nonce });
        let now = self.now();
        let effects = self.relay.open(self.connections, now, &mut self.random);
        self.deliver(effects);
        true
    }

    /// A replica's connection breaks somewhere on the way.
    pub fn cut(&mut self, replica: usize) {
        for link in self.links.iter_mut().filter(|link| link.replica == replica) {
            let up = self.random.below(link.up.frames.len() + 1);
            let down = self.random.below(link.down.frames.len() + 1);
            link.cut(up, down);
        }
    }

    /// A replica does one thing that its client wants.
    pub fn replica_works(&mut self, replica: usize) {
        let worked = self.replicas[replica].work(&mut self.relay.log, &mut self.random);
        if let Some(Some(event)) = self.succeeded(replica, worked) {
            self.tell_replica(replica, event);
        }
    }

    fn relay_works(&mut self) {
        let now = self.now();
        match self.relay.work(now) {
            Ok(effects) => self.deliver(effects),
            Err(error) => self.failures.push(format!("the relay: {error}")),
        }
    }

    fn fetch_signatures(&mut self, replica: usize) {
        let taken = self.replicas[replica].take_signatures(&mut self.relay.log);
        self.succeeded(replica, taken);
    }

    /// The client hears of a change that was committed; whether there was one.
    pub(super) fn tell_committed(&mut self, replica: usize) -> bool {
        let event = self.replicas[replica].replica.next_committed();
        let told = event.is_some();
        if let Some(event) = event {
            self.tell_replica(replica, event);
        }
        told
    }

    pub(super) fn tell_replica(&mut self, replica: usize, event: client::Event) {
        let now = self.now();
        let (frames, close) = self.replicas[replica].event(event, now);
        let open = |link: &&mut Link| link.replica == replica && !link.down.ended;
        let Some(link) = self.links.iter_mut().find(open) else {
            return;
        };
        for frame in frames {
            link.up.send(frame);
        }
        if close {
            link.replica_closes();
        }
    }

    pub(super) fn deliver(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Send(id, bytes) => {
                    if let Some(link) = self.links.iter_mut().find(|link| link.id == id) {
                        link.down.send(bytes);
                    }
                }
                Effect::Close(id) => {
                    if let Some(link) = self.links.iter_mut().find(|link| link.id == id) {
                        link.relay_closes();
                    }
                }
            }
        }
    }

    fn up(&mut self, link: usize) {
        let link = &mut self.links[link];
        let event = match link.up.next() {
            Next::Frame(bytes) => relay::Event::Frame(bytes),
            Next::End => relay::Event::Closed,
            Next::Nothing => return,
        };
        let id = link.id;
        let effects = self.relay.event(id, event, self.now());
        self.deliver(effects);
    }

    fn down(&mut self, link: usize) {
        let link = &mut self.links[link];
        let event = match link.down.next() {
            Next::Frame(bytes) => client::Event::Frame(bytes),
            Next::End => client::Event::Closed,
            Next::Nothing => return,
        };
        let replica = link.replica;
        self.tell_replica(replica, event);
    }

    fn connect_somebody(&mut self) {
        let replica = self.random.below(self.replicas.len());
        self.connect(replica);
    }

    fn somebody_writes(&mut self, large: bool) {
        let agencies = self.agencies;
        let replica = self.random.below(self.replicas.len());
        // The reviewer anywhere, an officer at home and now and then where it is not allowed.
        let at_home = replica < agencies && !self.random.chance(5);
        let of = if at_home {
            replica
        } else {
            self.random.below(agencies)
        };
        if large {
            let len = self.random.below(20_000);
            self.write_large(replica, &document(of), len);
        } else {
            self.type_somewhere(replica, &document(of));
        }
    }

    fn fault(&mut self, faults: Faults) {
        let replica = self.random.below(self.replicas.len());
        if self.random.chance(faults.cut) {
            self.cut(replica);
        }
        if self.random.chance(faults.replica_crash) {
            self.crash_replica(replica);
        }
        if self.random.chance(faults.relay_crash) {
            self.crash_relay();
        }
        if self.random.chance(faults.restore) {
            if self.random.chance(30) {
                self.restore();
            } else {
                self.backup();
            }
        }
        // Asked only where it can happen, so that a seed without them stays the schedule it was.
        if faults.mangle > 0 && self.random.chance(faults.mangle) && !self.links.is_empty() {
            let link = self.random.below(self.links.len());
            self.links[link].mangle(&mut self.random);
        }
        if faults.disks > 0 && self.random.chance(faults.disks) {
            self.disk_trouble(replica);
        }
        if (faults.forks || !self.restored) && self.random.chance(faults.rights) {
            let agency = self.random.below(self.agencies);
            match self.random.below(16) {
                0 => self.revoke(replica),
                1..8 => self.allow(agency, false),
                _ => self.allow(agency, true),
            }
        }
    }

    fn disk_trouble(&mut self, replica: usize) {
        match self.random.below(3) {
            0 if self.replicas.len() <= self.agencies + MAX_COPIES => {
                self.clone_replica(replica);
            }
            1 => self.put_back_disk(),
            _ => self.keep_disk(replica),
        }
    }

    fn measure(&mut self) {
        // What comes twice is counted twice: no promise holds for that.
        for link in self.links.iter().filter(|link| !link.mangled) {
            let in_flight: usize = link.down.frames.iter().map(Vec::len).sum();
            let all = in_flight + self.replicas[link.replica].unstored();
            self.most_in_flight = self.most_in_flight.max(all);
        }
    }
}
