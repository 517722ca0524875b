//! What the window is watching, and what it has been told of it.

use std::collections::BTreeMap;

use ipc::{Query, RowChange, Update, WatchId};

use crate::diff::{Keyed, diff};

/// The watches of one web view.
#[derive(Default)]
pub(crate) struct Watches {
    last: WatchId,
    watched: BTreeMap<WatchId, Watched>,
}

struct Watched {
    query: Query,
    rows: Vec<Keyed>,
    number: u64,
}

impl Watches {
    /// Begins a watch; its snapshot is to be sent.
    pub(crate) fn begin(&mut self, query: Query, rows: Vec<Keyed>) -> Update {
        self.last += 1;
        let changes = diff(&[], &rows);
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

    /// Computes every watched query again; what changed is to be sent, in this order.
    pub(crate) fn refresh(&mut self, rows: impl Fn(&Query) -> Vec<Keyed>) -> Vec<Update> {
        self.watched
            .iter_mut()
            .filter_map(|(id, watched)| watched.refresh(*id, &rows))
            .collect()
    }
}

impl Watched {
    fn refresh(&mut self, id: WatchId, rows: impl Fn(&Query) -> Vec<Keyed>) -> Option<Update> {
        let new = rows(&self.query);
        let changes: Vec<RowChange> = diff(&self.rows, &new);
        if changes.is_empty() {
            return None;
        }
        self.rows = new;
        self.number += 1;
        Some(Update {
            watch: id,
            number: self.number,
            changes,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn row(key: &str, value: u8) -> Keyed {
        (key.to_owned(), json!(value))
    }

    #[test]
    fn a_watch_numbers_what_it_sends_and_is_silent_when_nothing_changed() {
        let mut watches = Watches::default();
        let first = watches.begin(Query::Status(ipc::Status {}), vec![row("a", 1)]);
        assert_eq!((first.number, first.changes.len()), (0, 1));
        assert_eq!(watches.refresh(|_| vec![row("a", 1)]), []);
        let next = watches.refresh(|_| vec![row("a", 2)]);
        assert_eq!((next[0].watch, next[0].number), (first.watch, 1));
        watches.end(first.watch);
        assert_eq!(watches.refresh(|_| vec![]), []);
    }
}
