//! The shell of the relay's side.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use terms::{ChangeId, DocId, EnrolmentId, Timestamp};

use super::{MemoryLog, Random};
use crate::{
    Keypair,
    directory::{Fact, Right},
    relay::{Action, Context, Event, LogEntry, Outcome, Session},
};

/// A relay: what it has committed, and what it has under way.
#[derive(Debug)]
pub(super) struct RelayNode {
    pub(super) key: Keypair,
    pub(super) log: MemoryLog,
    sessions: BTreeMap<u64, Session>,
    /// What sessions asked for and is not done.
    todo: VecDeque<(u64, Action)>,
    /// Changes stored although their author might not write at that moment.
    pub(super) admitted_wrongly: Vec<ChangeId>,
    /// Changes that it ever refused.
    pub(super) refused: BTreeSet<ChangeId>,
}

/// What a relay does to its connections.
pub(super) enum Effect {
    Send(u64, Vec<u8>),
    Close(u64),
}

impl RelayNode {
    pub(super) fn new(key: Keypair, now: Timestamp) -> Self {
        let _ = now;
        let log = MemoryLog::new(key.public());
        let (sessions, todo) = (BTreeMap::new(), VecDeque::new());
        Self {
            key,
            log,
            sessions,
            todo,
            admitted_wrongly: Vec::new(),
            refused: BTreeSet::new(),
        }
    }

    /// Whether the log has this change with this number.
    pub(super) fn has(&self, doc: &DocId, seq: u64, id: &ChangeId) -> bool {
        let index = usize::try_from(seq).unwrap_or_default().checked_sub(1);
        index
            .and_then(|index| self.log.entries(doc).get(index))
            .is_some_and(|entry| entry.id == *id)
    }

    pub(super) fn record(&mut self, fact: Fact, now: Timestamp) {
        self.log.record(fact, now, &self.key);
    }

    pub(super) fn open(&mut self, link: u64, now: Timestamp, random: &mut Random) -> Vec<Effect> {
        let (session, actions) = Session::open(self.key.clone(), random.bytes(), now);
        self.sessions.insert(link, session);
        self.carry_out(link, actions, now)
    }

    pub(super) fn event(&mut self, link: u64, event: Event, now: Timestamp) -> Vec<Effect> {
        let cx = Context {
            directory: self.log.directory(),
            now,
        };
        let Some(session) = self.sessions.get_mut(&link) else {
            return Vec::new();
        };
        let closed = matches!(event, Event::Closed);
        let actions = session.handle(event, cx);
        if closed {
            self.sessions.remove(&link);
        }
        self.carry_out(link, actions, now)
    }

    pub(super) fn directory_changed(&mut self, now: Timestamp) -> Vec<Effect> {
        self.tell_all(None, &Event::DirectoryChanged, now)
    }

    pub(super) fn is_idle(&self) -> bool {
        self.todo.is_empty()
    }

    /// Does one thing that was asked for.
    pub(super) fn work(&mut self, now: Timestamp) -> Vec<Effect> {
        let Some((link, action)) = self.todo.pop_front() else {
            return Vec::new();
        };
        let event = match action {
            Action::Append {
                doc,
                changes,
                pusher,
            } => {
                let (outcomes, entries) = self.log.append(&doc, changes, &pusher, now);
                self.judge(&doc, &entries, &pusher);
                self.refused
                    .extend(outcomes.iter().filter_map(|outcome| match outcome {
                        Outcome::Rejected(id, _) => Some(*id),
                        Outcome::Stored(..) | Outcome::Known(..) => None,
                    }));
                let appended = Event::Appended {
                    doc: doc.clone(),
                    outcomes,
                };
                let mut effects = self.event(link, appended, now);
                if !entries.is_empty() {
                    effects.extend(self.tell_all(None, &Event::Published { doc, entries }, now));
                }
                return effects;
            }
            Action::FindMissing { doc, ids } => {
                let ids = self.log.missing(&doc, ids);
                Event::Missing { doc, ids }
            }
            Action::AppendDirectory(entries) => {
                let fits = self.log.give_directory(entries);
                let mut effects = self.event(link, Event::DirectoryAppended(fits), now);
                effects.extend(self.directory_changed(now));
                return effects;
            }
            Action::Read { doc, from, limit } => Event::Page(self.log.read(&doc, from, limit)),
            Action::ReadDirectory { from, limit } => {
                Event::DirectoryPage(self.log.read_directory(from, limit))
            }
            Action::Presence {
                enrolment,
                presence,
            } => {
                return self.tell_all(
                    Some(link),
                    &Event::Presence {
                        enrolment,
                        presence,
                    },
                    now,
                );
            }
            Action::Send(_) | Action::Close(_) => return Vec::new(),
        };
        self.event(link, event, now)
    }

    pub(super) fn crash(&mut self) {
        self.sessions.clear();
        self.todo.clear();
    }

    fn tell_all(&mut self, but: Option<u64>, event: &Event, now: Timestamp) -> Vec<Effect> {
        let links: Vec<u64> = self
            .sessions
            .keys()
            .copied()
            .filter(|l| Some(*l) != but)
            .collect();
        links
            .into_iter()
            .flat_map(|link| self.event(link, event.clone(), now))
            .collect()
    }

    fn carry_out(&mut self, link: u64, actions: Vec<Action>, now: Timestamp) -> Vec<Effect> {
        let _ = now;
        let mut effects = Vec::new();
        for action in actions {
            match action {
                Action::Send(bytes) => effects.push(Effect::Send(link, bytes)),
                Action::Close(_) => {
                    self.sessions.remove(&link);
                    effects.push(Effect::Close(link));
                }
                asked => self.todo.push_back((link, asked)),
            }
        }
        effects
    }

    /// Looks again, in other words than the rules of admission, at what was stored.
    fn judge(&mut self, doc: &DocId, entries: &[LogEntry], pusher: &EnrolmentId) {
        let directory = self.log.directory();
        for entry in entries {
            let Some(author) = &entry.change.author else {
                continue;
            };
            let writes = |enrolment| directory.may(enrolment, doc, Right::Write);
            let forwarded = author != pusher && directory.may(pusher, doc, Right::Read);
            let proved = directory
                .key(author)
                .is_some_and(|k| entry.change.proves(doc, &entry.id, k));
            if !proved || !(writes(author) || forwarded) {
                self.admitted_wrongly.push(entry.id);
            }
        }
    }
}
