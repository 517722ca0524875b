//! What a session sends of one document's stream.

use std::collections::BTreeSet;

use super::{LogEntry, Page};
use crate::{
    Cursor,
    frame::{Entry, MAX_UNANSWERED},
};

/// One followed document.
#[derive(Debug)]
pub(super) struct DocumentStream {
    at: Cursor,
    /// The last entry that the log is known to have.
    tail: u64,
    state: StreamState,
    /// Numbers of entries pushed on this connection and not streamed yet: at most
    /// [`MAX_UNANSWERED`].
    mine: BTreeSet<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StreamState {
    /// The replica's chain is not compared yet.
    Unchecked,
    /// The stream goes on at `at`.
    Going,
    /// The replica has another stream and has to follow anew.
    Diverged,
}

/// What a page brought.
pub(super) enum Arrival {
    /// To be sent: the number of the first entry, and the entries, perhaps none.
    Entries(u64, Vec<Entry>),
    /// The replica's stream is another one.
    Diverged(Cursor),
    /// An answer to a question that is no longer asked.
    Stale,
}

impl DocumentStream {
    /// A replica has the stream up to `at`, it says.
    pub(super) fn new(at: Cursor) -> Self {
        Self {
            at,
            tail: at.seq,
            state: StreamState::Unchecked,
            mine: BTreeSet::new(),
        }
    }

    /// How far the replica has been sent the stream.
    pub(super) fn at(&self) -> Cursor {
        self.at
    }

    /// After which entry to read, if there is anything to read.
    pub(super) fn wants(&self) -> Option<u64> {
        let wants = match self.state {
            StreamState::Unchecked => true,
            StreamState::Going => self.at.seq < self.tail,
            StreamState::Diverged => false,
        };
        wants.then_some(self.at.seq)
    }

    /// Whether all that is known has been sent.
    pub(super) fn is_up_to_date(&self) -> bool {
        self.state == StreamState::Going && self.at.seq >= self.tail
    }

    /// Whether an entry pushed now will be answered by the stream. If so it is noted. A replica that
    /// pushes on and takes in nothing of the stream is answered at once instead, as one is that does
    /// not follow the document: when the stream gets there, it has the whole change once more.
    pub(super) fn will_answer(&mut self, seq: u64) -> bool {
        let room = self.mine.len() < MAX_UNANSWERED;
        let will = room && self.state != StreamState::Diverged && seq > self.at.seq;
        if will {
            self.mine.insert(seq);
        }
        will
    }

    /// Takes in what was read.
    pub(super) fn page(&mut self, page: &Page) -> Arrival {
        if page.from != self.at.seq || self.state == StreamState::Diverged {
            return Arrival::Stale;
        }
        if page.chain != Some(self.at.chain) {
            self.state = StreamState::Diverged;
            return Arrival::Diverged(page.tail);
        }
        self.state = StreamState::Going;
        self.tail = self.tail.max(page.tail.seq);
        Arrival::Entries(page.from + 1, self.take(&page.entries))
    }

    /// Takes in what was published, if it goes on exactly here and `room` is left; otherwise
    /// remembers that there is something to read.
    pub(super) fn published(
        &mut self,
        entries: &[LogEntry],
        room: bool,
    ) -> Option<(u64, Vec<Entry>)> {
        let (first, last) = (entries.first()?.cursor.seq, entries.last()?.cursor.seq);
        self.tail = self.tail.max(last);
        let goes_on = self.state == StreamState::Going && first == self.at.seq + 1;
        (goes_on && room).then(|| (first, self.take(entries)))
    }

    fn take(&mut self, entries: &[LogEntry]) -> Vec<Entry> {
        self.at = entries.last().map_or(self.at, |entry| entry.cursor);
        let mut entry = |entry: &LogEntry| {
            if self.mine.remove(&entry.cursor.seq) {
                Entry::Yours(entry.id)
            } else {
                Entry::Theirs(entry.change.clone())
            }
        };
        entries.iter().map(&mut entry).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_pushes_and_takes_in_nothing_is_remembered_within_bounds() {
        let mut document_stream = DocumentStream::new(Cursor::START);
        let streamed = (1..=10_000)
            .filter(|seq| document_stream.will_answer(*seq))
            .count();
        assert_eq!(
            (streamed, document_stream.mine.len()),
            (MAX_UNANSWERED, MAX_UNANSWERED)
        );
    }
}
