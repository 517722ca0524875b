//! The status line: facts in, one truth out.

use serde::{Deserialize, Serialize};
use terms::{ConnectionStatus, Timestamp};

/// What is known about saving and sending.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncFacts {
    /// What is typed and not an edit yet.
    pub drafts: usize,
    /// Changes made and committed here that the relay has not acknowledged.
    pub pending: usize,
    /// Changes that the relay refused.
    pub quarantined: usize,
    /// Values that stand against each other and that this person may choose between.
    pub conflicts: usize,
    /// The connection.
    pub connection: ConnectionStatus,
    /// When everything there was had last been exchanged.
    pub synced_at: Option<Timestamp>,
}

/// What the status line says; the catalogue has the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SummaryKind {
    /// The relay refused changes: «Bị từ chối 2».
    Quarantined,
    /// The relay refuses this device or is not the one enrolled with.
    Refused,
    /// «Cần chọn 2».
    Conflicts,
    /// «Chờ gửi 5 · ngoại tuyến, đã lưu trên máy».
    PendingOffline,
    /// «Đang gửi 5».
    Sending,
    /// «Gõ dở 1».
    Drafts,
    /// «Ngoại tuyến · đã lưu trên máy».
    Offline,
    /// «Đang nhận».
    CatchingUp,
    /// «Đã lên tỉnh»: nothing is typed, pending or refused.
    Live,
}

/// The status line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusSummary {
    /// What to say.
    pub kind: SummaryKind,
    /// How many, where the words count.
    pub count: usize,
    /// How many changes wait to be sent, where `count` counts something else.
    pub pending: usize,
    /// How much is typed and no edit yet, where `count` counts something else.
    pub drafts: usize,
}

impl SyncFacts {
    /// The one line that matters most, and beside it what else is not at the province. What needs
    /// a person comes before what mends itself, and what is not sent yet before where the network
    /// is.
    pub fn summary(&self) -> StatusSummary {
        let (kind, count) = self.most_pressing();
        let counts = |kinds: &[SummaryKind]| kinds.contains(&kind);
        let sent = counts(&[
            SummaryKind::Refused,
            SummaryKind::PendingOffline,
            SummaryKind::Sending,
        ]);
        StatusSummary {
            kind,
            count,
            pending: if sent { 0 } else { self.pending },
            drafts: if counts(&[SummaryKind::Drafts]) {
                0
            } else {
                self.drafts
            },
        }
    }

    fn most_pressing(&self) -> (SummaryKind, usize) {
        match (&self.connection, self.pending) {
            _ if self.quarantined > 0 => (SummaryKind::Quarantined, self.quarantined),
            (ConnectionStatus::Refused(_), pending) => (SummaryKind::Refused, pending),
            (ConnectionStatus::Offline, pending @ 1..) => (SummaryKind::PendingOffline, pending),
            (_, pending @ 1..) => (SummaryKind::Sending, pending),
            _ if self.conflicts > 0 => (SummaryKind::Conflicts, self.conflicts),
            _ if self.drafts > 0 => (SummaryKind::Drafts, self.drafts),
            (ConnectionStatus::Offline, 0) => (SummaryKind::Offline, 0),
            (ConnectionStatus::CatchingUp, 0) => (SummaryKind::CatchingUp, 0),
            (ConnectionStatus::Live, 0) => (SummaryKind::Live, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(
        (drafts, pending, quarantined, conflicts): (usize, usize, usize, usize),
        connection: ConnectionStatus,
    ) -> SyncFacts {
        SyncFacts {
            drafts,
            pending,
            quarantined,
            conflicts,
            connection,
            synced_at: None,
        }
    }

    #[test]
    fn the_line_tells_the_most_pressing_truth() {
        use ConnectionStatus::{CatchingUp, Live, Offline};
        use SummaryKind as P;
        let refused = || ConnectionStatus::Refused("x".into());
        // drafts, pending, quarantined, conflicts; connection → kind, count; pending, drafts beside
        let table = [
            ((0, 0, 0, 0), Live, P::Live, 0, (0, 0)),
            ((0, 0, 0, 0), CatchingUp, P::CatchingUp, 0, (0, 0)),
            ((0, 0, 0, 0), Offline, P::Offline, 0, (0, 0)),
            ((0, 0, 0, 0), refused(), P::Refused, 0, (0, 0)),
            ((0, 5, 0, 0), Live, P::Sending, 5, (0, 0)),
            ((0, 5, 0, 0), CatchingUp, P::Sending, 5, (0, 0)),
            ((0, 5, 0, 0), Offline, P::PendingOffline, 5, (0, 0)),
            ((0, 5, 0, 0), refused(), P::Refused, 5, (0, 0)),
            ((0, 0, 0, 2), Live, P::Conflicts, 2, (0, 0)),
            ((0, 0, 0, 2), CatchingUp, P::Conflicts, 2, (0, 0)),
            ((0, 0, 0, 2), Offline, P::Conflicts, 2, (0, 0)),
            ((0, 0, 0, 2), refused(), P::Refused, 0, (0, 0)),
            ((0, 5, 0, 2), Live, P::Sending, 5, (0, 0)),
            ((0, 5, 0, 2), Offline, P::PendingOffline, 5, (0, 0)),
            ((0, 0, 1, 0), Live, P::Quarantined, 1, (0, 0)),
            ((0, 0, 1, 2), Offline, P::Quarantined, 1, (0, 0)),
            ((0, 5, 1, 0), Offline, P::Quarantined, 1, (5, 0)),
            ((0, 5, 3, 2), refused(), P::Quarantined, 3, (5, 0)),
            ((1, 0, 0, 0), Live, P::Drafts, 1, (0, 0)),
            ((1, 0, 0, 0), Offline, P::Drafts, 1, (0, 0)),
            ((1, 5, 0, 0), Live, P::Sending, 5, (0, 1)),
            ((2, 0, 0, 3), Live, P::Conflicts, 3, (0, 2)),
            ((2, 4, 1, 3), Live, P::Quarantined, 1, (4, 2)),
            ((2, 4, 0, 0), refused(), P::Refused, 4, (0, 2)),
        ];
        for (counts, connection, kind, count, (pending, drafts)) in table {
            let facts = facts(counts, connection);
            let summary = StatusSummary {
                kind,
                count,
                pending,
                drafts,
            };
            assert_eq!(facts.summary(), summary, "{facts:?}");
        }
    }

    #[test]
    fn all_is_at_the_province_only_where_nothing_is_typed_pending_or_refused() {
        for drafts in 0..2 {
            for pending in 0..2 {
                for refused in 0..2 {
                    let facts = facts((drafts, pending, refused, 0), ConnectionStatus::Live);
                    let nothing = drafts + pending + refused == 0;
                    assert_eq!(
                        facts.summary().kind == SummaryKind::Live,
                        nothing,
                        "{facts:?}"
                    );
                }
            }
        }
    }
}
