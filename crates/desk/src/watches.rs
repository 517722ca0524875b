//! What the window is watching, and what it has been told of it.

use std::collections::BTreeMap;

use ipc::{Query, Update, WatchId};

use crate::diff::{Rows, changed_heads, diff};

/// The watches of one web view.
#[derive(Default)]
pub(crate) struct Watches {
    last: WatchId,
    watched: BTreeMap<WatchId, Watched>,
}

struct Watched {
    query: Query,
    rows: Rows,
    number: u64,
}

impl Watches {
    /// Begins a watch; its snapshot is to be sent.
    pub(crate) fn begin(&mut self, query: Query, rows: Rows) -> Update {
        self.last += 1;
        let changes = diff(&[], &rows.rows);
        let heads = rows.heads.clone();
        self.watched.insert(
            self.last,
            Watched {
                query,
                rows,
                number: 0,
            },
        );
        Update {
            watch: self.last,
            number: 0,
            heads,
            changes,
        }
    }

    /// Ends a watch; one that is unknown has ended already.
    pub(crate) fn end(&mut self, watch: WatchId) {
        self.watched.remove(&watch);
    }

    /// Ends all: the web view was loaded anew. Ids are not given twice, so that what was under
    /// way to the old page is recognised.
    pub(crate) fn end_all(&mut self) {
        self.watched.clear();
    }

    /// All watches, the oldest first.
    pub(crate) fn all(&self) -> Vec<WatchId> {
        self.watched.keys().copied().collect()
    }

    /// What is watched, unless it has ended.
    pub(crate) fn query(&self, watch: WatchId) -> Option<Query> {
        self.watched
            .get(&watch)
            .map(|watched| watched.query.clone())
    }

    /// The rows are these now; what changed of them is to be sent.
    pub(crate) fn refresh(&mut self, watch: WatchId, new: Rows) -> Option<Update> {
        let watched = self.watched.get_mut(&watch)?;
        let changes = diff(&watched.rows.rows, &new.rows);
        let heads = changed_heads(&watched.rows.heads, &new.heads);
        if changes.is_empty() && heads.is_empty() {
            return None;
        }
        watched.rows = new;
        watched.number += 1;
        Some(Update {
            watch,
            number: watched.number,
            heads,
            changes,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn row(key: &str, value: u8) -> Rows {
        Rows {
            rows: vec![(key.to_owned(), json!(value))],
            ..Rows::default()
        }
    }

    #[test]
    fn a_watch_numbers_what_it_sends_and_is_silent_when_nothing_changed() {
        let mut watches = Watches::default();
        let first = watches.begin(Query::Status(ipc::Status {}), row("a", 1));
        assert_eq!((first.number, first.changes.len()), (0, 1));
        let same = watches.refresh(first.watch, row("a", 1));
        assert_eq!(same, None);
        let next = watches.refresh(first.watch, row("a", 2));
        assert!(next.is_some_and(|next| (next.watch, next.number) == (first.watch, 1)));
        watches.end(first.watch);
        assert_eq!(watches.refresh(first.watch, Rows::default()), None);
    }
}
