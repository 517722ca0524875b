//! What waits for one connection: bounded, whatever the others do and however slow this one is.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use sync::{
    Presence,
    relay::{Event, LogEntry},
};
use terms::{DocId, EnrolmentId};
use tokio::sync::Notify;

/// How many published batches may wait. Beyond that only the last entry of each document is kept,
/// and the session reads the rest from the log.
const MAX_PUBLISHED: usize = 64;

/// The events that wait for one connection. They come out in the order in which a session must get
/// them: that the relay stops, that the directory changed, answers, and only then what was
/// published.
#[derive(Debug, Default)]
pub(crate) struct EventQueue {
    waiting: Mutex<Waiting>,
    something: Notify,
}

#[derive(Debug, Default)]
struct Waiting {
    stopping: bool,
    directory_changed: bool,
    /// As many as the session has asked questions.
    answers: VecDeque<Event>,
    /// At most one for each enrolment.
    presences: BTreeMap<EnrolmentId, Option<Presence>>,
    published: VecDeque<(DocId, Arc<[LogEntry]>)>,
    /// What did not fit: at most one for each document.
    passed_by: BTreeMap<DocId, Arc<[LogEntry]>>,
}

impl EventQueue {
    /// The answer to something that the session asked.
    pub(crate) fn answer(&self, event: Event) {
        self.put(|waiting| waiting.answers.push_back(event));
    }

    /// The relay is being stopped.
    pub(crate) fn stop(&self) {
        self.put(|waiting| waiting.stopping = true);
    }

    /// The directory has new entries.
    pub(crate) fn directory_changed(&self) {
        self.put(|waiting| waiting.directory_changed = true);
    }

    /// Where somebody else is.
    pub(crate) fn presence(&self, enrolment: &EnrolmentId, presence: Option<&Presence>) {
        self.put(|waiting| {
            waiting
                .presences
                .insert(enrolment.clone(), presence.cloned());
        });
    }

    /// New entries of a document's log that are wanted here.
    pub(crate) fn publish(&self, doc: &DocId, entries: &Arc<[LogEntry]>) {
        let mut waiting = self.waiting();
        if waiting.published.len() < MAX_PUBLISHED && waiting.passed_by.is_empty() {
            waiting
                .published
                .push_back((doc.clone(), Arc::clone(entries)));
        } else if let Some(last) = entries.last() {
            waiting
                .passed_by
                .insert(doc.clone(), Arc::new([last.clone()]));
        }
        drop(waiting);
        self.something.notify_one();
    }

    /// The next event; while the peer has not taken in what it was sent, only one that cannot wait
    /// for that. Safe to cancel, and for one caller at a time: a notification wakes only one.
    pub(crate) async fn next(&self, free: bool) -> Event {
        loop {
            // A notification given between looking and waiting is kept.
            let event = if free {
                self.waiting().next()
            } else {
                self.waiting().next_urgent()
            };
            match event {
                Some(event) => return event,
                None => self.something.notified().await,
            }
        }
    }

    fn put(&self, put: impl FnOnce(&mut Waiting)) {
        put(&mut self.waiting());
        self.something.notify_one();
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        // Nothing in here panics halfway through a change.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    fn next_urgent(&mut self) -> Option<Event> {
        if std::mem::take(&mut self.stopping) {
            return Some(Event::Stopping);
        }
        std::mem::take(&mut self.directory_changed).then_some(Event::DirectoryChanged)
    }

    fn next(&mut self) -> Option<Event> {
        if let Some(event) = self.next_urgent().or_else(|| self.answers.pop_front()) {
            return Some(event);
        }
        let published = self
            .published
            .pop_front()
            .or_else(|| self.passed_by.pop_first());
        if let Some((doc, entries)) = published {
            return Some(Event::Published { doc, entries });
        }
        let (enrolment, presence) = self.presences.pop_first()?;
        Some(Event::Presence {
            enrolment,
            presence,
        })
    }
}

#[cfg(test)]
impl EventQueue {
    /// How many published batches wait.
    pub(crate) fn waits(&self) -> usize {
        self.waiting().published.len()
    }
}

#[cfg(test)]
mod tests {
    use sync::{Cursor, SignedChange};
    use terms::ChangeId;

    use super::*;

    #[test]
    fn what_waits_for_one_who_takes_nothing_in_is_bounded_and_tells_how_far_it_goes() {
        let event_queue = EventQueue::default();
        let [one, two]: [DocId; 2] =
            ["agency/2019/a", "agency/2019/b"].map(|doc| doc.parse().unwrap());
        let mut at = Cursor::START;
        for _ in 0..500 {
            at = at.then(&ChangeId([1; 32]));
            let entry = LogEntry {
                cursor: at,
                id: ChangeId([1; 32]),
                change: SignedChange::birth(Vec::new()),
            };
            for doc in [&one, &two] {
                event_queue.publish(doc, &Arc::from([entry.clone()]));
            }
        }
        let waiting: Vec<_> = std::iter::from_fn(|| event_queue.waiting().next()).collect();
        assert_eq!(waiting.len(), MAX_PUBLISHED + 2);
        for (event, of) in waiting[MAX_PUBLISHED..].iter().zip([one, two]) {
            let Event::Published { doc, entries } = event else {
                panic!("{event:?}")
            };
            assert_eq!((doc, entries[0].cursor), (&of, at));
        }
    }
}
