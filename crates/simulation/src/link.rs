//! One connection: frames under way in both directions, in order unless something on the way
//! mangles it.

use std::collections::VecDeque;

use super::Random;

/// A connection between a replica and the relay.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) id: u64,
    pub(super) replica: usize,
    pub(super) up: Way,
    pub(super) down: Way,
    /// Whether frames were lost, doubled or overtaken here. No WebSocket does that, so neither
    /// side has to go on; it has to do no harm until the connection ends.
    pub(super) mangled: bool,
}

/// One direction.
#[derive(Debug, Default)]
pub(super) struct Way {
    pub(super) frames: VecDeque<Vec<u8>>,
    /// Nothing more is sent; the receiver learns it after the last frame.
    ending: bool,
    /// The receiver knows, or is no more.
    pub(super) ended: bool,
}

/// What a receiver finds next.
pub(super) enum Next {
    Frame(Vec<u8>),
    End,
    Nothing,
}

impl Way {
    pub(super) fn send(&mut self, frame: Vec<u8>) {
        if !self.ending {
            self.frames.push_back(frame);
        }
    }

    pub(super) fn next(&mut self) -> Next {
        match self.frames.pop_front() {
            _ if self.ended => Next::Nothing,
            Some(frame) => Next::Frame(frame),
            None if self.ending => {
                self.ended = true;
                Next::End
            }
            None => Next::Nothing,
        }
    }

    pub(super) fn is_idle(&self) -> bool {
        self.ended || (self.frames.is_empty() && !self.ending)
    }

    /// A frame is lost, comes twice, or is overtaken by the one after it. Whether there was one.
    fn mangle(&mut self, random: &mut Random) -> bool {
        let len = self.frames.len();
        if len == 0 {
            return false;
        }
        let at = random.below(len);
        match random.below(3) {
            0 => _ = self.frames.remove(at),
            1 => self.frames.insert(at, self.frames[at].clone()),
            _ => self.frames.swap(at, (at + 1) % len),
        }
        true
    }

    /// Only the first `kept` frames arrive, then the end.
    fn cut(&mut self, kept: usize) {
        self.frames.truncate(kept);
        self.ending = true;
    }

    fn nobody_listens(&mut self) {
        self.frames.clear();
        (self.ending, self.ended) = (true, true);
    }
}

impl Link {
    pub(super) fn new(id: u64, replica: usize) -> Self {
        Self {
            id,
            replica,
            up: Way::default(),
            down: Way::default(),
            mangled: false,
        }
    }

    /// Something happens to the frames under way.
    pub(super) fn mangle(&mut self, random: &mut Random) {
        let up = random.chance(50);
        let way = if up { &mut self.up } else { &mut self.down };
        self.mangled |= way.mangle(random);
    }

    /// The connection breaks: of the frames under way only the first few arrive.
    pub(super) fn cut(&mut self, up: usize, down: usize) {
        self.up.cut(up);
        self.down.cut(down);
    }

    /// One side closes it in good order: what it sent before still arrives.
    pub(super) fn relay_closes(&mut self) {
        self.up.nobody_listens();
        self.down.ending = true;
    }

    pub(super) fn replica_closes(&mut self) {
        self.down.nobody_listens();
        self.up.ending = true;
    }

    pub(super) fn relay_died(&mut self) {
        self.up.nobody_listens();
        self.down.cut(0);
    }

    pub(super) fn replica_died(&mut self) {
        self.down.nobody_listens();
        self.up.cut(0);
    }

    pub(super) fn is_over(&self) -> bool {
        self.up.ended && self.down.ended
    }
}
