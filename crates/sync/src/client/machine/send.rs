//! How a client sends what is pending, takes the answers, and fills a relay again.

use std::collections::BTreeSet;

use terms::{ChangeId, DocId, MAX_CHANGE};

use super::{Client, send};
use crate::{
    Cursor, SignedChange,
    admit::Rejection,
    client::{
        Action, ConnectionState,
        outbox::{Answer, InFlight, Step},
    },
    directory::SignedEntry,
    frame::{ClientFrame, MAX_OFFER, MAX_UNANSWERED},
};

/// How many changes may be sent or being read at once. Half of what the relay allows.
const MAX_IN_FLIGHT: usize = MAX_UNANSWERED / 2;
/// How many bytes one frame of pushed changes holds, unless one change alone is larger.
const FRAME_BYTES: usize = 256 * 1024;
/// How many bytes of changes may be sent and not answered, unless one change alone is larger.
const MAX_BYTES_IN_FLIGHT: usize = 1024 * 1024;
/// How many changes are read at once.
const MAX_FETCH: usize = 32;
/// How many entries of the directory one frame holds.
const MAX_ENTRIES: usize = 256;

impl Client {
    /// Goes on: ends repairs that are done, gives the next one its turn, asks for what there is
    /// room to send.
    pub(super) fn pump(&mut self, out: &mut Vec<Action>) {
        let ConnectionState::Open(open) = &mut self.connection else {
            return;
        };
        for (doc, document) in self.docs.iter_mut() {
            let Some(Step::Done { refollow }) = document.outbox.finish_repair() else {
                continue;
            };
            self.repairing = self.repairing.take().filter(|repairing| repairing != doc);
            if refollow && open.followed.contains(doc) {
                document.received = Cursor::START;
                open.follows += 1;
                open.up_to_date = false;
                send(
                    &ClientFrame::Follow {
                        docs: vec![(doc.clone(), Cursor::START)],
                    },
                    out,
                );
            }
        }
        if self.repairing.is_none() {
            let due = self
                .docs
                .iter_mut()
                .find(|(_, document)| document.outbox.repair_is_due());
            if let Some((doc, document)) = due {
                document.outbox.begin_repair();
                self.repairing = Some(doc.clone());
                out.push(Action::List { doc: doc.clone() });
            }
        }
        let mut room = MAX_IN_FLIGHT.saturating_sub(self.in_flight().changes);
        for (doc, document) in self.docs.iter_mut() {
            let ids = document.outbox.next(room.min(MAX_FETCH));
            room -= ids.len();
            if !ids.is_empty() {
                out.push(Action::Fetch {
                    doc: doc.clone(),
                    ids,
                });
            }
        }
    }

    /// Whether one more change may be sent now.
    pub(super) fn has_room(&self, change: &SignedChange) -> bool {
        let in_flight = self.in_flight();
        let fits = in_flight.bytes == 0 || in_flight.bytes + change.weight() <= MAX_BYTES_IN_FLIGHT;
        matches!(self.connection, ConnectionState::Open(_))
            && in_flight.changes < MAX_IN_FLIGHT
            && fits
    }

    fn in_flight(&self) -> InFlight {
        let each = self
            .docs
            .iter()
            .map(|(_, document)| document.outbox.in_flight());
        each.fold(InFlight::default(), |a, b| InFlight {
            changes: a.changes + b.changes,
            bytes: a.bytes + b.bytes,
        })
    }

    /// Bytes that were asked for have come.
    pub(super) fn fetched(
        &mut self,
        doc: &DocId,
        changes: Vec<(ChangeId, SignedChange)>,
        out: &mut Vec<Action>,
    ) {
        let found: BTreeSet<ChangeId> = changes.iter().map(|(id, _)| *id).collect();
        self.docs.get(doc).outbox.fetched(&found);
        if self.open().is_some() {
            self.push(doc, changes, out);
        }
    }

    /// Sends changes, in order, as far as there is room; the rest waits and is read again.
    pub(super) fn push(
        &mut self,
        doc: &DocId,
        changes: Vec<(ChangeId, SignedChange)>,
        out: &mut Vec<Action>,
    ) {
        let mut frame = Vec::new();
        let mut weight = 0;
        for (id, change) in changes {
            if change.bytes.len() > MAX_CHANGE {
                let rejection = Rejection::TooLarge(change.bytes.len());
                let refused = self.docs.get(doc).outbox.refuse(id, rejection);
                self.quarantine(doc, refused, out);
                continue;
            }
            if !self.has_room(&change) {
                break;
            }
            if !self.docs.get(doc).outbox.sent(&id, &change) {
                continue;
            }
            if weight > 0 && weight + change.weight() > FRAME_BYTES {
                let changes = std::mem::take(&mut frame);
                send(
                    &ClientFrame::Push {
                        doc: doc.clone(),
                        changes,
                    },
                    out,
                );
                weight = 0;
            }
            weight += change.weight();
            frame.push(change);
        }
        if !frame.is_empty() {
            send(
                &ClientFrame::Push {
                    doc: doc.clone(),
                    changes: frame,
                },
                out,
            );
        }
    }

    /// The relay has pushed changes whose stream says nothing now.
    pub(super) fn known(
        &mut self,
        doc: &DocId,
        changes: &[(u64, ChangeId)],
        out: &mut Vec<Action>,
    ) {
        let document = self.docs.get(doc);
        for (seq, id) in changes {
            // Only when the stored cursor has passed it: a restored relay could otherwise lose the
            // change and nobody would notice.
            let passed = *seq <= document.stored.seq;
            if document.outbox.known(id, passed) == Answer::Acknowledged {
                out.push(Action::Acknowledged {
                    doc: doc.clone(),
                    change: *id,
                    seq: *seq,
                });
            }
        }
    }

    /// The relay refused a pushed change.
    pub(super) fn rejected(
        &mut self,
        doc: &DocId,
        change: &ChangeId,
        rejection: Rejection,
        out: &mut Vec<Action>,
    ) {
        if let Answer::Refused(changes) = self.docs.get(doc).outbox.rejected(change, rejection) {
            self.quarantine(doc, changes, out);
        }
    }

    /// What there is of a document, for the relay to choose from.
    pub(super) fn listed(&mut self, doc: DocId, ids: &[ChangeId], out: &mut Vec<Action>) {
        let step = self.docs.get(&doc).outbox.listed(ids, MAX_OFFER);
        go_on_repairing(doc, step, out);
    }

    /// What the relay wants of what it was offered.
    pub(super) fn wanted(&mut self, doc: &DocId, ids: Vec<ChangeId>, out: &mut Vec<Action>) {
        let step = self.docs.get(doc).outbox.wanted(ids);
        go_on_repairing(doc.clone(), step, out);
    }

    /// Gives the relay back the end of its directory.
    pub(super) fn give_directory(&mut self, entries: &[SignedEntry], out: &mut Vec<Action>) {
        if self.open().is_none() || entries.is_empty() {
            return;
        }
        for part in entries.chunks(MAX_ENTRIES) {
            send(
                &ClientFrame::GiveDirectory {
                    entries: part.to_vec(),
                },
                out,
            );
        }
    }
}

fn go_on_repairing(doc: DocId, step: Option<Step>, out: &mut Vec<Action>) {
    match step {
        Some(Step::Offer(ids)) => send(&ClientFrame::Offer { doc, ids }, out),
        Some(Step::Lost(changes)) if !changes.is_empty() => {
            out.push(Action::Unacknowledged { doc, changes });
        }
        _ => {}
    }
}
