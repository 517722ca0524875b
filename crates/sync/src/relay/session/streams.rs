//! What a session sends: the directory first, then the streams of the followed documents, never
//! more at a time than the replica has room for.

use std::collections::{BTreeMap, BTreeSet};

use terms::{DocId, EnrolmentId};

use super::send;
use crate::{
    Cursor, Presence, Refusal,
    directory::{Right, SignedEntry},
    frame::{RelayFrame, WINDOW},
    relay::{
        Action, Context, LogEntry, Outcome, Page,
        document_stream::{Arrival, DocumentStream},
    },
};

/// How many documents one replica may follow.
const MAX_FOLLOWED: usize = 4096;
/// How many reads a session has under way: a new device must not block the others.
const MAX_READS: usize = 4;
/// How many bytes of changes one read brings.
const READ_BYTES: usize = 128 * 1024;
/// How many entries of the directory one read brings.
const READ_ENTRIES: usize = 256;

/// The streams of one connection.
#[derive(Debug)]
pub(super) struct Streams {
    /// Bytes that may still be sent; below zero by at most the frames read together.
    credit: i64,
    /// The last entry of the directory sent, once the replica follows it.
    directory: Option<u64>,
    reading_directory: bool,
    followed: BTreeMap<DocId, DocumentStream>,
    /// Documents asked for that may not be read, and from where on.
    waiting: BTreeMap<DocId, Cursor>,
    /// Documents with something to read.
    behind: BTreeSet<DocId>,
    /// Documents being read.
    reading: BTreeSet<DocId>,
    /// `Follow` frames received.
    follows: u32,
    told_up_to_date: bool,
}

impl Default for Streams {
    fn default() -> Self {
        Self {
            credit: WINDOW.into(),
            directory: None,
            reading_directory: false,
            followed: BTreeMap::new(),
            waiting: BTreeMap::new(),
            behind: BTreeSet::new(),
            reading: BTreeSet::new(),
            follows: 0,
            told_up_to_date: false,
        }
    }
}

impl Streams {
    /// Whether the replica has room for more.
    pub(super) fn has_room(&self) -> bool {
        self.credit > 0
    }

    /// The replica has room for so many bytes more.
    pub(super) fn add_credit(&mut self, bytes: u32) {
        self.credit = (self.credit + i64::from(bytes)).min(WINDOW.into());
    }

    /// Whether the replica may hear of, or say, that somebody is there.
    pub(super) fn shows(&self, presence: Option<&Presence>) -> bool {
        presence.is_none_or(|presence| self.followed.contains_key(&presence.doc))
    }

    /// The replica has the directory up to here.
    pub(super) fn follow_directory(
        &mut self,
        from: Cursor,
        cx: Context<'_>,
        out: &mut Vec<Action>,
    ) {
        let tail = cx.directory.tail().seq;
        match cx.directory.at(from.seq) {
            Some(at) if at == from => self.directory = Some(from.seq),
            Some(_) => {
                send(&RelayFrame::DirectoryDiverged, out);
            }
            None => {
                // Restored from a backup. What there is can be sent meanwhile.
                self.directory = Some(tail);
                send(&RelayFrame::DirectoryBehind { tail }, out);
            }
        }
    }

    /// The replica gave entries back; they were the continuation of the log, or not. If they were,
    /// it is sent all that it was not sent before, its own entries too: others may have given more.
    pub(super) fn directory_given(&mut self, fits: bool, out: &mut Vec<Action>) {
        if !fits {
            self.directory = None;
            send(&RelayFrame::DirectoryDiverged, out);
        }
    }

    /// A part of the directory was read.
    pub(super) fn directory_page(&mut self, entries: Vec<SignedEntry>, out: &mut Vec<Action>) {
        self.reading_directory = false;
        let (Some(sent), Some(first), Some(last)) =
            (self.directory, entries.first(), entries.last())
        else {
            return;
        };
        if first.seq == sent + 1 {
            self.directory = Some(last.seq);
            self.pay(&RelayFrame::Directory { entries }, out);
        }
    }

    /// The replica wants these documents from here on. Those that it may not read wait: its
    /// directory says otherwise, and may be the newer one where this relay was restored.
    pub(super) fn follow(
        &mut self,
        enrolment: &EnrolmentId,
        docs: Vec<(DocId, Cursor)>,
        cx: Context<'_>,
    ) -> Result<(), Refusal> {
        self.follows += 1;
        self.told_up_to_date = false;
        for (doc, at) in docs {
            self.followed.remove(&doc);
            self.waiting.insert(doc, at);
        }
        self.rights_changed(enrolment, cx);
        if self.followed.len() + self.waiting.len() > MAX_FOLLOWED {
            return Err(Refusal::TooMuch);
        }
        Ok(())
    }

    /// Streams that may not be read any more wait; those that may be read now go on.
    pub(super) fn rights_changed(&mut self, enrolment: &EnrolmentId, cx: Context<'_>) {
        let may = |doc: &DocId| cx.directory.may(enrolment, doc, Right::Read);
        for (doc, stream) in self.followed.extract_if(.., |doc, _| !may(doc)) {
            self.behind.remove(&doc);
            self.waiting.insert(doc, stream.at());
        }
        for (doc, at) in self.waiting.extract_if(.., |doc, _| may(doc)) {
            self.behind.insert(doc.clone());
            self.followed.insert(doc, DocumentStream::new(at));
        }
    }

    /// Pushed changes were judged. Those stored are answered by the stream, the others here.
    pub(super) fn appended(&mut self, doc: &DocId, outcomes: Vec<Outcome>, out: &mut Vec<Action>) {
        let mut known = Vec::new();
        for outcome in outcomes {
            match outcome {
                Outcome::Stored(seq, id) => {
                    let streamed = self
                        .followed
                        .get_mut(doc)
                        .is_some_and(|stream| stream.will_answer(seq));
                    if !streamed {
                        known.push((seq, id));
                    }
                }
                Outcome::Known(seq, id) => known.push((seq, id)),
                Outcome::Rejected(change, rejection) => {
                    send(
                        &RelayFrame::Rejected {
                            doc: doc.clone(),
                            change,
                            rejection,
                        },
                        out,
                    );
                }
            }
        }
        if !known.is_empty() {
            send(
                &RelayFrame::Known {
                    doc: doc.clone(),
                    changes: known,
                },
                out,
            );
        }
    }

    /// A part of a document's log was read.
    pub(super) fn page(&mut self, page: &Page, out: &mut Vec<Action>) {
        self.reading.remove(&page.doc);
        let doc = page.doc.clone();
        let Some(stream) = self.followed.get_mut(&doc) else {
            return;
        };
        let arrival = stream.page(page);
        if stream.wants().is_some() {
            self.behind.insert(doc.clone());
        }
        match arrival {
            Arrival::Entries(first_seq, entries) if !entries.is_empty() => {
                self.pay(
                    &RelayFrame::Changes {
                        doc,
                        first_seq,
                        entries,
                    },
                    out,
                );
            }
            Arrival::Diverged(tail) => {
                send(&RelayFrame::Diverged { doc, tail }, out);
            }
            Arrival::Entries(..) | Arrival::Stale => {}
        }
    }

    /// New entries were stored: they go out as they are where the replica has room and is there
    /// already; otherwise they are read from the log in their turn.
    pub(super) fn published(
        &mut self,
        doc: &DocId,
        entries: &[LogEntry],
        cx: Context<'_>,
        out: &mut Vec<Action>,
    ) {
        let weight: usize = entries.iter().map(|entry| entry.change.weight()).sum();
        let room = self.has_room() && self.directory_is_sent(cx) && weight <= READ_BYTES;
        let Some(stream) = self.followed.get_mut(doc) else {
            return;
        };
        let sent = stream.published(entries, room);
        if stream.wants().is_some() {
            self.behind.insert(doc.clone());
        }
        if let Some((first_seq, entries)) = sent {
            self.pay(
                &RelayFrame::Changes {
                    doc: doc.clone(),
                    first_seq,
                    entries,
                },
                out,
            );
        }
    }

    /// Asks for what is to be sent next.
    pub(super) fn pump(&mut self, cx: Context<'_>, out: &mut Vec<Action>) {
        if !self.directory_is_sent(cx) {
            self.told_up_to_date = false;
            self.read_directory(cx, out);
            return;
        }
        while self.has_room() && self.reading.len() < MAX_READS {
            let next = self
                .behind
                .iter()
                .find(|doc| !self.reading.contains(*doc))
                .cloned();
            let Some(doc) = next else { break };
            self.behind.remove(&doc);
            if let Some(from) = self.followed.get(&doc).and_then(DocumentStream::wants) {
                self.reading.insert(doc.clone());
                out.push(Action::Read {
                    doc,
                    from,
                    limit: READ_BYTES,
                });
            }
        }
        let rest = self.behind.is_empty() && self.reading.is_empty();
        if rest
            && !self.told_up_to_date
            && self.followed.values().all(DocumentStream::is_up_to_date)
        {
            self.told_up_to_date = true;
            send(
                &RelayFrame::UpToDate {
                    follows: self.follows,
                },
                out,
            );
        }
    }

    fn read_directory(&mut self, cx: Context<'_>, out: &mut Vec<Action>) {
        let behind = self
            .directory
            .filter(|sent| *sent < cx.directory.tail().seq);
        if let Some(from) = behind.filter(|_| self.has_room() && !self.reading_directory) {
            self.reading_directory = true;
            out.push(Action::ReadDirectory {
                from,
                limit: READ_ENTRIES,
            });
        }
    }

    /// No change goes out before the entries that prove who signed it.
    fn directory_is_sent(&self, cx: Context<'_>) -> bool {
        self.directory
            .is_some_and(|sent| sent >= cx.directory.tail().seq)
    }

    fn pay(&mut self, frame: &RelayFrame, out: &mut Vec<Action>) {
        let len = send(frame, out);
        self.credit -= i64::try_from(len).unwrap_or(i64::MAX);
    }
}
