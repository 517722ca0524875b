//! The state machine.

mod receive;
mod send;

use std::collections::BTreeSet;

use terms::{ChangeHeader, ChangeId, DocId, Timestamp};

use super::{
    Action, Event, Problem, Setup, Status,
    connection::{ConnectionState, Open},
    documents::DocumentStates,
};
use crate::{
    Cursor, Inspect, SignedChange, Ticket,
    admit::Rejection,
    directory::{Directory, SignedEntry},
    frame::{self, ClientFrame, RelayFrame},
};

/// Another directory than the one on the disk, of which a part has come.
#[derive(Debug)]
struct Renewal {
    /// What the disk has until all of the other is here.
    old: Directory,
    /// What has come.
    entries: Vec<SignedEntry>,
}

/// One replica's side of the protocol, over one connection after another.
#[derive(Debug)]
pub struct Client {
    /// Who it is; its collections have been moved to the fields below.
    me: Setup,
    docs: DocumentStates,
    connection: ConnectionState,
    /// The relay's other directory, while it comes.
    renewal: Option<Renewal>,
    /// The document whose repair has its turn.
    repairing: Option<DocId>,
    status: Status,
}

impl Client {
    /// From what is on the disk, not connected.
    pub fn new(mut setup: Setup) -> Self {
        let mut docs = DocumentStates::new(std::mem::take(&mut setup.cursors));
        for (doc, header) in std::mem::take(&mut setup.pending) {
            docs.get(&doc).outbox.add(header.id, header.deps);
        }
        Self {
            me: setup,
            docs,
            connection: ConnectionState::Closed,
            renewal: None,
            repairing: None,
            status: Status::Offline,
        }
    }

    /// The directory as far as it has come, which may be further than the disk.
    pub fn directory(&self) -> &Directory {
        &self.me.directory
    }

    /// How it stands with the relay.
    pub fn status(&self) -> &Status {
        &self.status
    }

    /// What lets requests over HTTP in, while a connection is open.
    pub fn ticket(&self) -> Option<Ticket> {
        match &self.connection {
            ConnectionState::Open(open) => Some(open.ticket),
            _ => None,
        }
    }

    /// Takes in what happened and says what to do, in order.
    pub fn handle(&mut self, event: Event, now: Timestamp, inspect: &impl Inspect) -> Vec<Action> {
        let mut out = Vec::new();
        match self.take(event, now, inspect, &mut out) {
            Ok(()) => {
                self.pump(&mut out);
                self.tell_status(&mut out);
            }
            Err(problem) => self.give_up(problem, &mut out),
        }
        out
    }

    fn take(
        &mut self,
        event: Event,
        now: Timestamp,
        inspect: &impl Inspect,
        out: &mut Vec<Action>,
    ) -> Result<(), Problem> {
        match event {
            Event::Opened { nonce } => {
                self.closed();
                self.connection = ConnectionState::Opened { nonce };
            }
            Event::Frame(bytes) => return self.frame(&bytes, now, inspect, out),
            Event::Closed => {
                self.closed();
                // A problem that a person must solve stays in the status.
                if !matches!(self.status, Status::Refused(_)) {
                    self.set_status(Status::Offline, out);
                }
            }
            Event::Committed {
                doc,
                header,
                change,
            } => self.committed(&doc, header, change, out),
            Event::Stored { doc, cursor } => {
                let (ids, bytes) = self.docs.get(&doc).store(cursor);
                // A change that was refused and is in the log after all no longer blocks what
                // builds on it.
                self.me.quarantined.retain(|id| !ids.contains(id));
                self.return_credit(bytes, out);
            }
            Event::Begun { doc, cursor, ids } => self.begun(doc, cursor, &ids, out),
            Event::Fetched { doc, changes } => self.fetched(&doc, changes, out),
            Event::Listed { doc, ids } => self.listed(doc, &ids, out),
            Event::Quarantined { doc, changes } => {
                self.docs.get(&doc).outbox.remove(&changes);
                self.me.quarantined.extend(changes);
            }
            Event::DirectoryListed(entries) => self.give_directory(&entries, out),
            Event::Moved(presence) => {
                if self.open().is_some() && presence.as_ref().is_none_or(crate::Presence::fits) {
                    send(&ClientFrame::Presence(presence), out);
                }
            }
        }
        Ok(())
    }

    fn committed(
        &mut self,
        doc: &DocId,
        header: ChangeHeader,
        change: SignedChange,
        out: &mut Vec<Action>,
    ) {
        // It counts again: a birth that the relay takes now, or what built on a refused change that
        // stands after all.
        self.me.quarantined.remove(&header.id);
        let bad = header
            .deps
            .iter()
            .find(|dep| self.me.quarantined.contains(*dep));
        if let Some(bad) = bad {
            let changes = vec![(header.id, Rejection::BuildsOnRejected(*bad))];
            self.quarantine(doc, changes, out);
            return;
        }
        let room = self.has_room(&change);
        let followed = self.open().is_some_and(|open| open.followed.contains(doc));
        let outbox = &mut self.docs.get(doc).outbox;
        let at_once = room && followed && outbox.is_clear();
        outbox.add(header.id, header.deps);
        if at_once {
            // The bytes are at hand: no need to read them back.
            self.push(doc, vec![(header.id, change)], out);
        }
    }

    fn quarantine(
        &mut self,
        doc: &DocId,
        changes: Vec<(ChangeId, Rejection)>,
        out: &mut Vec<Action>,
    ) {
        self.me
            .quarantined
            .extend(changes.iter().map(|(id, _)| *id));
        out.push(Action::Quarantine {
            doc: doc.clone(),
            changes,
        });
    }

    fn open(&mut self) -> Option<&mut Open> {
        match &mut self.connection {
            ConnectionState::Open(open) => Some(open),
            _ => None,
        }
    }

    fn closed(&mut self) {
        self.connection = ConnectionState::Closed;
        self.repairing = None;
        // A part of another directory is none: what the disk has goes on to count.
        if let Some(renewal) = self.renewal.take() {
            self.me.directory = renewal.old;
        }
        for (_, document) in self.docs.iter_mut() {
            document.closed();
        }
    }

    fn give_up(&mut self, problem: Problem, out: &mut Vec<Action>) {
        self.closed();
        let status = if problem.retry() {
            Status::Offline
        } else {
            Status::Refused(problem.clone())
        };
        self.set_status(status, out);
        out.push(Action::Close(problem));
    }

    fn tell_status(&mut self, out: &mut Vec<Action>) {
        let storing = self.docs.iter().any(|(_, document)| document.is_storing());
        let status = match &self.connection {
            ConnectionState::Closed => return,
            ConnectionState::Open(open) if open.up_to_date && !storing => Status::Live,
            // A part that is still being stored does not count as catching up.
            ConnectionState::Open(open) if open.up_to_date && self.status == Status::Live => return,
            // The status does not improve before the relay has accepted the connection.
            ConnectionState::Opened { .. } | ConnectionState::Authenticating { .. }
                if matches!(self.status, Status::Refused(_)) =>
            {
                return;
            }
            _ => Status::CatchingUp,
        };
        self.set_status(status, out);
    }

    fn set_status(&mut self, status: Status, out: &mut Vec<Action>) {
        if self.status != status {
            self.status = status.clone();
            out.push(Action::Status(status));
        }
    }

    fn return_credit(&mut self, bytes: usize, out: &mut Vec<Action>) {
        if let Some(credit) = self.open().and_then(|open| open.return_credit(bytes)) {
            send(&credit, out);
        }
    }

    /// Follows every document that may be read and is not followed. Those of which nothing has come
    /// yet are begun first.
    fn follow(&mut self, out: &mut Vec<Action>) {
        let readable: BTreeSet<DocId> = self.me.directory.readable(&self.me.enrolment);
        let ConnectionState::Open(open) = &mut self.connection else {
            return;
        };
        let is_new = |doc: &DocId| !open.followed.contains(doc) && !open.beginning.contains(doc);
        let new: Vec<DocId> = readable.into_iter().filter(is_new).collect();
        let (docs, known): (Vec<DocId>, Vec<DocId>) = new
            .into_iter()
            .partition(|doc| self.docs.get(doc).follow_from() == Cursor::START);
        if !docs.is_empty() {
            open.beginning.extend(docs.iter().cloned());
            open.up_to_date = false;
            out.push(Action::Begin { docs });
        }
        self.follow_these(known, out);
    }

    fn follow_these(&mut self, docs: Vec<DocId>, out: &mut Vec<Action>) {
        let ConnectionState::Open(open) = &mut self.connection else {
            return;
        };
        let from = |doc: DocId| {
            // The cursor includes parts that are still being stored, also on a new connection: if
            // the relay has lost them meanwhile, only this cursor shows it.
            let place = self.docs.get(&doc).follow_from();
            (doc, place)
        };
        let docs: Vec<_> = docs.into_iter().map(from).collect();
        if docs.is_empty() {
            return;
        }
        open.followed
            .extend(docs.iter().map(|(doc, _)| doc.clone()));
        open.follows += 1;
        open.up_to_date = false;
        send(&ClientFrame::Follow { docs }, out);
    }

    /// A document was begun: with a snapshot that is on the disk, or with nothing.
    fn begun(&mut self, doc: DocId, cursor: Cursor, ids: &[ChangeId], out: &mut Vec<Action>) {
        let asked = self.open().is_some_and(|open| open.beginning.remove(&doc));
        let document = self.docs.get(&doc);
        // Too late if the stream has come meanwhile, on a later connection.
        if document.follow_from() == Cursor::START {
            document.begin(cursor, ids);
            self.me.quarantined.retain(|id| !ids.contains(id));
        }
        if asked {
            self.follow_these(vec![doc], out);
        }
    }
}

fn send(frame: &ClientFrame, out: &mut Vec<Action>) {
    out.push(Action::Send(frame::encode(frame)));
}

fn decode(bytes: &[u8]) -> Result<RelayFrame, Problem> {
    frame::decode(bytes, frame::MAX_FRAME).map_err(Problem::NotARelay)
}
