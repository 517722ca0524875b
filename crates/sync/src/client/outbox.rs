//! What one document has to send: local changes that wait for an answer, and, where the relay has
//! lost a part of the stream, what it wants back.

use std::collections::{BTreeSet, VecDeque};

use terms::ChangeId;

use crate::{SignedChange, admit::Rejection};

/// What waits to be sent or answered, in order.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    items: VecDeque<Item>,
    repair: Repair,
    /// Whether the stream is to be read again from the start once the repair is done.
    refollow: bool,
    /// Whether a repair was done on this connection.
    repaired: bool,
    /// Whether bytes were asked for; one question at a time.
    fetching: bool,
}

#[derive(Debug)]
struct Item {
    id: ChangeId,
    deps: Vec<ChangeId>,
    state: ItemState,
    /// Wanted back by the relay and not answered yet.
    wanted: bool,
    /// What names it where the relay cannot read it; known once it was sent.
    digest: Option<ChangeId>,
    /// What it takes on the way; known once it was sent.
    weight: usize,
}

impl Item {
    fn new(id: ChangeId, deps: Vec<ChangeId>, wanted: bool) -> Self {
        Self {
            id,
            deps,
            state: ItemState::Waiting,
            wanted,
            digest: None,
            weight: 0,
        }
    }
}

/// How much is on its way to the relay.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct InFlight {
    /// Changes.
    pub(super) changes: usize,
    /// Bytes, of those sent.
    pub(super) bytes: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ItemState {
    /// To be sent.
    Waiting,
    /// Its bytes were asked for.
    Fetching,
    /// Sent; no answer yet.
    Sent,
    /// In the relay's log; its place in the stream has not come yet.
    Known,
    /// The relay lacks something that it builds on: to be sent again after a repair.
    Held,
}

#[derive(Debug, Default, PartialEq, Eq)]
enum Repair {
    #[default]
    No,
    /// The relay must be told what there is; other documents may come first.
    Due,
    /// The list was asked for.
    Listing,
    /// The relay is being told, a part at a time.
    Offering {
        rest: VecDeque<Vec<ChangeId>>,
        wanted: Vec<ChangeId>,
    },
    /// What it wants is being sent.
    Sending,
}

/// What the answer to a pushed change leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Nothing for the shell to do.
    Noted,
    /// The stream has passed it already: it is acknowledged.
    Acknowledged,
    /// These are refused, the first by the relay, the others because they build on it.
    Refused(Vec<(ChangeId, Rejection)>),
}

/// What a repair wants next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// To tell the relay of these.
    Offer(Vec<ChangeId>),
    /// To note that the relay has lost these.
    Lost(Vec<ChangeId>),
    /// To go on: reading from the start if `refollow`.
    Done { refollow: bool },
}

impl Outbox {
    /// One more local change.
    pub(super) fn add(&mut self, id: ChangeId, deps: Vec<ChangeId>) {
        self.items.push_back(Item::new(id, deps, false));
    }

    /// Whether a change added now may be sent at once.
    pub(super) fn is_clear(&self) -> bool {
        let sent = |item: &Item| matches!(item.state, ItemState::Sent | ItemState::Known);
        self.repair == Repair::No && !self.fetching && self.items.iter().all(sent)
    }

    /// What is sent and not answered, or being read to be sent.
    pub(super) fn in_flight(&self) -> InFlight {
        let mut in_flight = InFlight::default();
        for item in &self.items {
            match item.state {
                ItemState::Sent => {
                    in_flight.changes += 1;
                    in_flight.bytes += item.weight;
                }
                ItemState::Fetching => in_flight.changes += 1,
                ItemState::Waiting | ItemState::Known | ItemState::Held => {}
            }
        }
        in_flight
    }

    /// The connection is gone: what was sent has to be sent again.
    pub(super) fn closed(&mut self) {
        for item in &mut self.items {
            item.wanted = false;
            // What is being read comes whatever happens to the connection.
            if item.state != ItemState::Fetching {
                item.state = ItemState::Waiting;
            }
        }
        (self.repair, self.refollow, self.repaired) = (Repair::No, false, false);
    }

    /// The next changes to read and send, at most so many.
    pub(super) fn next(&mut self, at_most: usize) -> Vec<ChangeId> {
        let sending = match self.repair {
            Repair::No => false,
            Repair::Sending => true,
            Repair::Due | Repair::Listing | Repair::Offering { .. } => return Vec::new(),
        };
        if self.fetching
            || self
                .items
                .iter()
                .any(|item| item.state == ItemState::Held && !sending)
        {
            return Vec::new();
        }
        let due = |item: &&mut Item| item.state == ItemState::Waiting && item.wanted == sending;
        let mut ids = Vec::new();
        for item in self.items.iter_mut().filter(due).take(at_most) {
            item.state = ItemState::Fetching;
            ids.push(item.id);
        }
        self.fetching = !ids.is_empty();
        ids
    }

    /// The bytes asked for have come. Whether they are to be sent is up to each change:
    /// see [`sent`](Self::sent).
    pub(super) fn fetched(&mut self, found: &BTreeSet<ChangeId>) {
        self.fetching = false;
        // What the replica itself no longer has, nobody can send.
        self.items
            .retain(|item| item.state != ItemState::Fetching || found.contains(&item.id));
        for item in self
            .items
            .iter_mut()
            .filter(|item| item.state == ItemState::Fetching)
        {
            item.state = ItemState::Waiting;
        }
    }

    /// A change goes out now, if it is one that waits.
    pub(super) fn sent(&mut self, id: &ChangeId, change: &SignedChange) -> bool {
        let waiting = |item: &&mut Item| item.id == *id && item.state == ItemState::Waiting;
        let Some(item) = self.items.iter_mut().find(waiting) else {
            return false;
        };
        item.state = ItemState::Sent;
        item.digest = Some(change.digest());
        item.weight = change.weight();
        true
    }

    /// The stream has brought these; they are being stored. A later answer of the relay about one
    /// of them belongs to an earlier sending and is ignored.
    pub(super) fn arrived(&mut self, ids: &[ChangeId]) {
        for item in self.items.iter_mut().filter(|item| ids.contains(&item.id)) {
            (item.state, item.wanted) = (ItemState::Known, false);
        }
    }

    /// The stream has brought these, and they are stored.
    pub(super) fn streamed(&mut self, ids: &[ChangeId]) {
        if !self.items.is_empty() {
            self.items.retain(|item| !ids.contains(&item.id));
        }
    }

    /// The relay has a pushed change; `passed` says that the stream is beyond it.
    pub(super) fn known(&mut self, id: &ChangeId, passed: bool) -> Answer {
        let Some(index) = self.items.iter().position(|item| item.id == *id) else {
            return Answer::Noted;
        };
        if passed && self.repair == Repair::No {
            self.items.remove(index);
            return Answer::Acknowledged;
        }
        (self.items[index].state, self.items[index].wanted) = (ItemState::Known, false);
        Answer::Noted
    }

    /// The relay refused a pushed change.
    pub(super) fn rejected(&mut self, named: &ChangeId, rejection: Rejection) -> Answer {
        let is_it = |item: &Item| item.id == *named || item.digest == Some(*named);
        let Some(item) = self.items.iter_mut().find(|item| is_it(item)) else {
            return Answer::Noted;
        };
        if item.state == ItemState::Known {
            return Answer::Noted;
        }
        if rejection.retry() && !item.wanted && !self.repaired {
            item.state = ItemState::Held;
            if self.repair == Repair::No {
                self.repair = Repair::Due;
            }
            return Answer::Noted;
        }
        let id = item.id;
        Answer::Refused(self.refuse(id, rejection))
    }

    /// Takes out a change and all that build on it.
    pub(super) fn refuse(
        &mut self,
        id: ChangeId,
        rejection: Rejection,
    ) -> Vec<(ChangeId, Rejection)> {
        let mut refused = vec![(id, rejection)];
        // Each comes after those it builds on: one walk finds all.
        for item in &self.items {
            let builds_on = item
                .deps
                .iter()
                .find(|dep| refused.iter().any(|(bad, _)| bad == *dep));
            if let Some(dep) = builds_on.filter(|_| item.id != id) {
                refused.push((item.id, Rejection::BuildsOnRejected(*dep)));
            }
        }
        self.items
            .retain(|item| refused.iter().all(|(bad, _)| *bad != item.id));
        refused
    }

    /// These are kept aside now and never sent.
    pub(super) fn remove(&mut self, aside: &[ChangeId]) {
        self.items.retain(|item| !aside.contains(&item.id));
    }

    /// The relay's stream is another one.
    pub(super) fn diverged(&mut self) {
        self.refollow = true;
        if self.repair == Repair::No {
            self.repair = Repair::Due;
        }
    }

    /// Whether a repair was done on this connection, and none is going on.
    pub(super) fn is_repaired(&self) -> bool {
        self.repaired && self.repair == Repair::No
    }

    /// Whether a repair waits for its turn.
    pub(super) fn repair_is_due(&self) -> bool {
        self.repair == Repair::Due
    }

    /// The repair has its turn.
    pub(super) fn begin_repair(&mut self) {
        self.repair = Repair::Listing;
    }

    /// What there is, if that was the question.
    pub(super) fn listed(&mut self, ids: &[ChangeId], part: usize) -> Option<Step> {
        if self.repair != Repair::Listing {
            return None;
        }
        let mut rest: VecDeque<_> = ids.chunks(part).map(<[_]>::to_vec).collect();
        let first = rest.pop_front().unwrap_or_default();
        self.repair = Repair::Offering {
            rest,
            wanted: Vec::new(),
        };
        Some(Step::Offer(first))
    }

    /// What the relay wants of the part it was told of.
    pub(super) fn wanted(&mut self, ids: Vec<ChangeId>) -> Option<Step> {
        let Repair::Offering { rest, wanted } = &mut self.repair else {
            return None;
        };
        wanted.extend(ids);
        if let Some(part) = rest.pop_front() {
            return Some(Step::Offer(part));
        }
        let wanted = std::mem::take(wanted);
        self.repair = Repair::Sending;
        Some(Step::Lost(self.queue_wanted(&wanted)))
    }

    /// Puts what the relay wants back before all else, in the order in which it was offered: each
    /// after those it builds on, also where what others built on is still pending here. Those that
    /// were not pending.
    fn queue_wanted(&mut self, wanted: &[ChangeId]) -> Vec<ChangeId> {
        let mut lost = Vec::new();
        for id in wanted.iter().rev() {
            let at = self.items.iter().position(|item| item.id == *id);
            let Some(mut item) = at.and_then(|at| self.items.remove(at)) else {
                self.items.push_front(Item::new(*id, Vec::new(), true));
                lost.push(*id);
                continue;
            };
            // What was sent on this connection is answered in any case.
            match item.state {
                ItemState::Sent | ItemState::Known => {}
                ItemState::Held => (item.state, item.wanted) = (ItemState::Waiting, true),
                ItemState::Waiting | ItemState::Fetching => item.wanted = true,
            }
            self.items.push_front(item);
        }
        lost.reverse();
        lost
    }

    /// Whether the repair has just been done.
    pub(super) fn finish_repair(&mut self) -> Option<Step> {
        if self.repair != Repair::Sending || self.items.iter().any(|item| item.wanted) {
            return None;
        }
        for item in self
            .items
            .iter_mut()
            .filter(|item| item.state == ItemState::Held)
        {
            item.state = ItemState::Waiting;
        }
        (self.repair, self.repaired) = (Repair::No, true);
        Some(Step::Done {
            refollow: std::mem::take(&mut self.refollow),
        })
    }
}
