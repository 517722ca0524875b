//! Local changes on their way from the disk to the protocol's state machine, with their bytes.

use std::collections::VecDeque;

use sync::client::Event;
use terms::ChangeId;
use tokio::sync::mpsc::UnboundedReceiver;

use crate::engine::Committed;

/// Changes that are committed and that the machine was not told of. Whoever holds this empties it
/// whenever something was written, connected or not: it does not grow.
#[derive(Debug)]
pub(crate) struct Untold {
    coming: UnboundedReceiver<Committed>,
    here: VecDeque<Committed>,
    /// The place among all changes of the last one that the machine knew from the start.
    told: i64,
}

impl Untold {
    /// What comes, but for what the machine knows already.
    pub(crate) fn new(coming: UnboundedReceiver<Committed>, told: i64) -> Self {
        Self {
            coming,
            here: VecDeque::new(),
            told,
        }
    }

    /// The next one, if there is one.
    pub(crate) fn try_next(&mut self) -> Option<Event> {
        self.gather();
        self.here.pop_front().map(event)
    }

    /// Waits for the next one. Safe to drop and call again.
    pub(crate) async fn next(&mut self) -> Event {
        loop {
            if let Some(event) = self.try_next() {
                return event;
            }
            match self.coming.recv().await {
                Some(committed) => self.keep(committed),
                // Somebody else is told from now on.
                None => std::future::pending().await,
            }
        }
    }

    /// These went aside before the machine was told of them: there is nothing to tell.
    pub(crate) fn forget(&mut self, aside: &[ChangeId]) {
        self.gather();
        self.here
            .retain(|committed| !aside.contains(&committed.header.id));
    }

    fn gather(&mut self) {
        while let Ok(committed) = self.coming.try_recv() {
            self.keep(committed);
        }
    }

    fn keep(&mut self, committed: Committed) {
        if committed.number > self.told {
            self.here.push_back(committed);
        }
    }
}

fn event(committed: Committed) -> Event {
    let Committed {
        doc,
        header,
        change,
        ..
    } = committed;
    Event::Committed {
        doc,
        header,
        change,
    }
}
