//! What a client does with what the relay says.

use terms::{ChangeHeader, DocId, EnrolmentId, Timestamp};

use super::{Client, Renewal, decode, send};
use crate::{
    Cursor, Inspect, SignedChange,
    client::{Action, ConnectionState, Problem, StreamEntry, documents::DocumentState},
    directory::{Directory, SignedEntry},
    frame::{ClientFrame, Entry, RelayFrame},
};

impl Client {
    pub(super) fn frame(
        &mut self,
        bytes: &[u8],
        now: Timestamp,
        inspect: &impl Inspect,
        out: &mut Vec<Action>,
    ) -> Result<(), Problem> {
        if matches!(self.connection, ConnectionState::Closed) {
            // The relay sent this before it knew that this side had closed.
            return Ok(());
        }
        let frame = decode(bytes)?;
        if !self.connection.expects(&frame) {
            return Err(Problem::OutOfOrder("gói tin không đúng lúc"));
        }
        match frame {
            RelayFrame::Challenge {
                nonce,
                time,
                signature,
            } => {
                let auth = self
                    .connection
                    .challenged(&self.me, nonce, time, &signature, now)?;
                send(&auth, out);
            }
            RelayFrame::Welcome { signature } => self.welcomed(&signature, out)?,
            RelayFrame::Refused(refusal) => return Err(Problem::Refused(refusal)),
            RelayFrame::Directory { entries } => self.directory_came(entries, bytes.len(), out)?,
            RelayFrame::DirectoryBehind { tail } => out.push(Action::ListDirectory { from: tail }),
            RelayFrame::DirectoryDiverged => self.renew_directory(out),
            RelayFrame::Changes {
                doc,
                first_seq,
                entries,
            } => {
                self.changes(doc, first_seq, entries, bytes.len(), inspect, out)?;
            }
            RelayFrame::Known { doc, changes } => self.known(&doc, &changes, out),
            RelayFrame::Rejected {
                doc,
                change,
                rejection,
            } => {
                self.rejected(&doc, &change, rejection, out);
            }
            RelayFrame::Diverged { doc, tail } => self.diverged(doc, tail, out),
            RelayFrame::Wanted { doc, ids } => self.wanted(&doc, ids, out),
            RelayFrame::UpToDate { follows } => self.up_to_date(follows, out),
            RelayFrame::Presence {
                enrolment,
                presence,
            } => {
                out.push(Action::Presence {
                    enrolment,
                    presence,
                });
            }
        }
        Ok(())
    }

    fn welcomed(
        &mut self,
        signature: &crate::Signature,
        out: &mut Vec<Action>,
    ) -> Result<(), Problem> {
        self.connection.welcomed(&self.me, signature)?;
        self.follow(out);
        send(
            &ClientFrame::FollowDirectory {
                from: self.me.directory.tail(),
            },
            out,
        );
        Ok(())
    }

    fn directory_came(
        &mut self,
        entries: Vec<SignedEntry>,
        bytes: usize,
        out: &mut Vec<Action>,
    ) -> Result<(), Problem> {
        let mut new = Vec::with_capacity(entries.len());
        for entry in entries {
            // A relay that was given back what it had lost sends it on to all.
            if entry.seq <= self.me.directory.tail().seq {
                continue;
            }
            self.me
                .directory
                .apply(&entry)
                .map_err(Problem::Directory)?;
            new.push(entry);
        }
        match &mut self.renewal {
            Some(renewal) => renewal.entries.extend(new),
            None if new.is_empty() => {}
            None => out.push(Action::StoreDirectory(new)),
        }
        self.return_credit(bytes, out);
        self.follow(out);
        Ok(())
    }

    /// The relay's directory is another one. It is read from its start, and takes the place of the
    /// one on the disk when all of it is here: until then people have the rights that they had.
    fn renew_directory(&mut self, out: &mut Vec<Action>) {
        let empty = Directory::new(self.me.relay);
        let before = std::mem::replace(&mut self.me.directory, empty);
        let old = self.renewal.take().map_or(before, |begun| begun.old);
        let entries = Vec::new();
        self.renewal = Some(Renewal { old, entries });
        let from = Cursor::START;
        send(&ClientFrame::FollowDirectory { from }, out);
    }

    fn end_renewal(&mut self, out: &mut Vec<Action>) {
        if let Some(renewal) = self.renewal.take() {
            out.push(Action::ReplaceDirectory(renewal.entries));
        }
    }

    fn changes(
        &mut self,
        doc: DocId,
        first_seq: u64,
        entries: Vec<Entry>,
        bytes: usize,
        inspect: &impl Inspect,
        out: &mut Vec<Action>,
    ) -> Result<(), Problem> {
        let mut cursor = self.docs.get(&doc).received;
        if first_seq > cursor.seq + 1 {
            return Err(Problem::OutOfOrder("thiếu một đoạn"));
        }
        // What came before, and comes again because the document was followed again, is passed
        // over.
        let again = usize::try_from(cursor.seq + 1 - first_seq).unwrap_or(usize::MAX);
        let first_seq = cursor.seq + 1;
        let mut arrived = Vec::new();
        for entry in entries.into_iter().skip(again) {
            let entry = self.check(&doc, entry, inspect)?;
            cursor = cursor.then(&entry.id);
            arrived.push(entry);
        }
        if arrived.is_empty() {
            self.return_credit(bytes, out);
            return Ok(());
        }
        let ids = arrived.iter().map(|entry| entry.id).collect();
        let cursor = self.docs.get(&doc).receive(cursor, ids, bytes);
        out.push(Action::Store {
            doc,
            first_seq,
            entries: arrived,
            cursor,
        });
        Ok(())
    }

    /// The relay's stream is another one. A diverged cursor is stored before anything else: if the
    /// repair is interrupted, no later connection may take the old cursor for a valid one, even if
    /// the relay's stream has come to look the same.
    fn diverged(&mut self, doc: DocId, tail: Cursor, out: &mut Vec<Action>) {
        let document = self.docs.get(&doc);
        document.outbox.diverged();
        document.diverged = Some(tail.seq);
        store_cursor(doc, document, out);
    }

    fn up_to_date(&mut self, follows: u32, out: &mut Vec<Action>) {
        // Said only to whom all of the directory was sent.
        self.end_renewal(out);
        let Some(open) = self.open() else { return };
        open.up_to_date = open.follows == follows && open.beginning.is_empty();
        if !open.up_to_date {
            return;
        }
        for (doc, document) in self.docs.iter_mut() {
            if document.ends_divergence() {
                store_cursor(doc.clone(), document, out);
            }
        }
    }

    /// Reads a change and checks its author's signature: a relay can keep changes back, but not
    /// make them.
    fn check(
        &self,
        doc: &DocId,
        entry: Entry,
        inspect: &impl Inspect,
    ) -> Result<StreamEntry, Problem> {
        let change = match entry {
            Entry::Yours(id) => return Ok(StreamEntry { id, change: None }),
            Entry::Theirs(change) => change,
        };
        let bad = |why: String| Problem::BadChange {
            doc: doc.clone(),
            why,
        };
        let header = inspect.inspect(doc, &change.bytes).map_err(bad)?;
        if !self.is_signed(doc, &change, &header) {
            let author = change
                .author
                .as_ref()
                .map_or("không rõ tác giả", EnrolmentId::as_str);
            return Err(bad(format!("{author}, {:?}", header.id)));
        }
        Ok(StreamEntry {
            id: header.id,
            change: Some((change, header)),
        })
    }

    fn is_signed(&self, doc: &DocId, change: &SignedChange, header: &ChangeHeader) -> bool {
        let Some(author) = &change.author else {
            return header.birth;
        };
        // While another directory comes, what was sent before is by people of the old one.
        let old = self.renewal.as_ref().map(|renewal| &renewal.old);
        let key = self.me.directory.key(author);
        let key = key.or_else(|| old?.key(author));
        let named = header.author.as_ref().is_none_or(|named| named == author);
        named && key.is_some_and(|key| change.is_signed_by(doc, &header.id, key))
    }
}

/// Stores the cursor alone, without new entries.
fn store_cursor(doc: DocId, document: &mut DocumentState, out: &mut Vec<Action>) {
    let cursor = document.receive(document.received, Vec::new(), 0);
    out.push(Action::Store {
        doc,
        first_seq: cursor.seq + 1,
        entries: Vec::new(),
        cursor,
    });
}
