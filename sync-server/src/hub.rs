//! Who is connected, and the directory as it is now.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use sync::{Presence, Ticket, directory::Directory, relay::LogEntry};
use terms::{DocId, EnrolmentId};

use crate::event_queue::EventQueue;

/// Tells every connection what has been committed.
#[derive(Debug)]
pub(crate) struct Hub {
    inner: Mutex<Inner>,
}

#[derive(Debug)]
struct Inner {
    directory: Arc<Directory>,
    connections: BTreeMap<u64, Arc<EventQueue>>,
    /// Of each document, the connections that want its new entries.
    followers: BTreeMap<DocId, BTreeMap<u64, Arc<EventQueue>>>,
    /// Who is connected, by what lets their requests over HTTP in.
    tickets: BTreeMap<Ticket, EnrolmentId>,
    last: u64,
    stopping: bool,
}

/// A connection's registration with the hub, until it is dropped.
#[derive(Debug)]
pub(crate) struct Registration {
    hub: Arc<Hub>,
    number: u64,
    event_queue: Arc<EventQueue>,
    ticket: Option<Ticket>,
}

impl Hub {
    pub(crate) fn new(directory: Arc<Directory>) -> Arc<Self> {
        let inner = Inner {
            directory,
            connections: BTreeMap::new(),
            followers: BTreeMap::new(),
            tickets: BTreeMap::new(),
            last: 0,
            stopping: false,
        };
        Arc::new(Self {
            inner: Mutex::new(inner),
        })
    }

    /// The directory as it is now.
    pub(crate) fn directory(&self) -> Arc<Directory> {
        Arc::clone(&self.inner().directory)
    }

    /// How many are connected.
    pub(crate) fn connections(&self) -> usize {
        self.inner().connections.len()
    }

    /// Registers a new connection.
    pub(crate) fn join(self: &Arc<Self>) -> Registration {
        let event_queue = Arc::new(EventQueue::default());
        let mut inner = self.inner();
        inner.last += 1;
        if inner.stopping {
            event_queue.stop();
        }
        let number = inner.last;
        inner.connections.insert(number, Arc::clone(&event_queue));
        Registration {
            hub: Arc::clone(self),
            number,
            event_queue,
            ticket: None,
        }
    }

    /// Who holds this ticket, as long as they are connected.
    pub(crate) fn holder(&self, ticket: &Ticket) -> Option<EnrolmentId> {
        self.inner().tickets.get(ticket).cloned()
    }

    /// The directory has new entries, committed.
    pub(crate) fn publish_directory(&self, directory: Arc<Directory>) {
        let mut inner = self.inner();
        inner.directory = directory;
        inner
            .connections
            .values()
            .for_each(|event_queue| event_queue.directory_changed());
    }

    /// A document's log has new entries, committed.
    pub(crate) fn publish(&self, doc: &DocId, entries: &Arc<[LogEntry]>) {
        if let Some(followers) = self.inner().followers.get(doc) {
            for event_queue in followers.values() {
                event_queue.publish(doc, entries);
            }
        }
    }

    /// The relay is being stopped: everybody who is connected, and whoever still comes.
    pub(crate) fn stop(&self) {
        let mut inner = self.inner();
        inner.stopping = true;
        inner
            .connections
            .values()
            .for_each(|event_queue| event_queue.stop());
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Registration {
    /// A number for the log.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    pub(crate) fn event_queue(&self) -> &Arc<EventQueue> {
        &self.event_queue
    }

    /// From now on this document's new entries are wanted. To be said before its log is read.
    pub(crate) fn follow(&self, doc: &DocId) {
        let mut inner = self.hub.inner();
        let followers = inner.followers.entry(doc.clone()).or_default();
        followers.insert(self.number, Arc::clone(&self.event_queue));
    }

    /// From now on this ticket lets requests of this enrolment in.
    pub(crate) fn take_ticket(&mut self, ticket: Ticket, enrolment: EnrolmentId) {
        self.ticket = Some(ticket);
        self.hub.inner().tickets.insert(ticket, enrolment);
    }

    /// Tells all others where this connection's person is.
    pub(crate) fn tell_others(&self, enrolment: &EnrolmentId, presence: Option<&Presence>) {
        let inner = self.hub.inner();
        let others = inner
            .connections
            .iter()
            .filter(|(number, _)| **number != self.number);
        others.for_each(|(_, event_queue)| event_queue.presence(enrolment, presence));
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        let mut inner = self.hub.inner();
        inner.connections.remove(&self.number);
        inner.followers.retain(|_, followers| {
            followers.remove(&self.number);
            !followers.is_empty()
        });
        if let Some(ticket) = &self.ticket {
            inner.tickets.remove(ticket);
        }
    }
}

#[cfg(test)]
mod tests {
    use sync::{Cursor, Keypair, SignedChange};
    use terms::ChangeId;

    use super::*;

    #[test]
    fn new_entries_reach_those_who_follow_the_document_as_long_as_they_are_connected() {
        let relay = Keypair::from_seed(&[1; 32]).public();
        let hub = Hub::new(Arc::new(Directory::new(relay)));
        let (one, other) = (hub.join(), hub.join());
        let [doc, another]: [DocId; 2] =
            ["agency/2019/a", "agency/2019/b"].map(|doc| doc.parse().unwrap());
        one.follow(&doc);
        other.follow(&another);
        let id = ChangeId([1; 32]);
        let entry = LogEntry {
            cursor: Cursor::START.then(&id),
            id,
            change: SignedChange::birth(Vec::new()),
        };
        hub.publish(&doc, &Arc::from([entry]));
        assert_eq!((one.event_queue.waits(), other.event_queue.waits()), (1, 0));
        drop(one);
        assert_eq!(hub.inner().followers.keys().collect::<Vec<_>>(), [&another]);
    }
}
