//! The shell of the relay's side, around its real log.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use sync::{
    directory::{Directory, Right},
    relay::{Action, Context, Event, LogEntry, Outcome, Session},
};
use sync_server::{StoreError, stepped::Log};
use terms::{ChangeId, DocId, EnrolmentId, Timestamp};

use super::Random;

/// A relay: what it has committed, and what it has under way.
#[derive(Debug)]
pub(super) struct RelayNode {
    pub(super) log: Log,
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
    pub(super) fn new(log: Log) -> Self {
        let (sessions, todo) = (BTreeMap::new(), VecDeque::new());
        Self {
            log,
            sessions,
            todo,
            admitted_wrongly: Vec::new(),
            refused: BTreeSet::new(),
        }
    }

    pub(super) fn directory(&self) -> &Directory {
        self.log.directory()
    }

    pub(super) fn open(&mut self, link: u64, now: Timestamp, random: &mut Random) -> Vec<Effect> {
        let (session, actions) = Session::open(self.log.key().clone(), random.bytes(), now);
        self.sessions.insert(link, session);
        self.carry_out(link, actions)
    }

    pub(super) fn event(&mut self, link: u64, event: Event, now: Timestamp) -> Vec<Effect> {
        let directory = self.log.directory();
        let cx = Context { directory, now };
        let Some(session) = self.sessions.get_mut(&link) else {
            return Vec::new();
        };
        let closed = matches!(event, Event::Closed);
        let actions = session.handle(event, cx);
        if closed {
            self.sessions.remove(&link);
        }
        self.carry_out(link, actions)
    }

    pub(super) fn directory_changed(&mut self, now: Timestamp) -> Vec<Effect> {
        self.tell_all(None, &Event::DirectoryChanged, now)
    }

    pub(super) fn is_idle(&self) -> bool {
        self.todo.is_empty()
    }

    /// Does one thing that was asked for.
    pub(super) fn work(&mut self, now: Timestamp) -> Result<Vec<Effect>, StoreError> {
        let Some((link, action)) = self.todo.pop_front() else {
            return Ok(Vec::new());
        };
        let event = match action {
            Action::Append {
                doc,
                changes,
                pusher,
            } => return self.append(link, doc, changes, &pusher, now),
            Action::FindMissing { doc, ids } => {
                let ids = self.log.missing(&doc, ids)?;
                Event::Missing { doc, ids }
            }
            Action::AppendDirectory(entries) => {
                let fits = self.log.append_directory(&entries, now)?;
                let mut effects = self.event(link, Event::DirectoryAppended(fits), now);
                effects.extend(self.directory_changed(now));
                return Ok(effects);
            }
            Action::Read { doc, from, limit } => Event::Page(self.log.page(&doc, from, limit)?),
            Action::ReadDirectory { from, limit } => {
                Event::DirectoryPage(self.log.directory_page(from, limit)?)
            }
            Action::Presence {
                enrolment,
                presence,
            } => {
                let event = Event::Presence {
                    enrolment,
                    presence,
                };
                return Ok(self.tell_all(Some(link), &event, now));
            }
            Action::Send(_) | Action::Close(_) => return Ok(Vec::new()),
        };
        Ok(self.event(link, event, now))
    }

    fn append(
        &mut self,
        link: u64,
        doc: DocId,
        changes: Vec<sync::SignedChange>,
        pusher: &EnrolmentId,
        now: Timestamp,
    ) -> Result<Vec<Effect>, StoreError> {
        let (outcomes, entries) = self.log.append(&doc, changes, pusher, now)?;
        self.judge(&doc, &entries, pusher);
        let refused = outcomes.iter().filter_map(|outcome| match outcome {
            Outcome::Rejected(id, _) => Some(*id),
            Outcome::Stored(..) | Outcome::Known(..) => None,
        });
        self.refused.extend(refused);
        let appended = Event::Appended {
            doc: doc.clone(),
            outcomes,
        };
        let mut effects = self.event(link, appended, now);
        if !entries.is_empty() {
            let entries = entries.into();
            effects.extend(self.tell_all(None, &Event::Published { doc, entries }, now));
        }
        Ok(effects)
    }

    pub(super) fn crash(&mut self) {
        self.sessions.clear();
        self.todo.clear();
    }

    fn tell_all(&mut self, but: Option<u64>, event: &Event, now: Timestamp) -> Vec<Effect> {
        let links = self.sessions.keys().copied();
        let links: Vec<u64> = links.filter(|link| Some(*link) != but).collect();
        links
            .into_iter()
            .flat_map(|link| self.event(link, event.clone(), now))
            .collect()
    }

    fn carry_out(&mut self, link: u64, actions: Vec<Action>) -> Vec<Effect> {
        let mut effects = Vec::new();
        for action in actions {
            match action {
                Action::Send(bytes) => effects.push(Effect::Send(link, bytes)),
                Action::Close(_) => {
                    self.sessions.remove(&link);
                    effects.push(Effect::Close(link));
                }
                asked @ (Action::Append { .. }
                | Action::FindMissing { .. }
                | Action::AppendDirectory(_)
                | Action::Read { .. }
                | Action::ReadDirectory { .. }
                | Action::Presence { .. }) => self.todo.push_back((link, asked)),
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
                .is_some_and(|key| entry.change.is_signed_by(doc, &entry.id, key));
            if !proved || !(writes(author) || forwarded) {
                self.admitted_wrongly.push(entry.id);
            }
        }
    }
}
