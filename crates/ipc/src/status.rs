//! The status line: facts in, one truth out (design §8).

use serde::{Deserialize, Serialize};
use terms::Timestamp;

/// What is known about saving and sending.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncFacts {
    /// Changes made and committed here that the relay has not acknowledged.
    pub pending: usize,
    /// Changes that the relay refused.
    pub quarantined: usize,
    /// Values that stand against each other and that this person may choose between.
    pub conflicts: usize,
    /// The connection.
    pub connection: Connection,
    /// When everything there was had last been exchanged.
    pub synced_at: Option<Timestamp>,
    /// The moment of these facts.
    pub now: Timestamp,
}

/// How it stands with the relay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Connection {
    /// No relay can be reached; that is no error.
    Offline,
    /// Connecting, or receiving what was missed.
    CatchingUp,
    /// Everything is exchanged as it is made.
    Live,
    /// The relay answers but something must be done: the message says what.
    Refused {
        /// What happened and what to do next.
        message: String,
    },
}

/// What the status line says; the catalogue has the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PillKind {
    /// The relay refused changes: «Bị từ chối: 2».
    Quarantined,
    /// The relay refuses this device or is not the one enrolled with.
    Refused,
    /// «Cần chọn: 2».
    Conflicts,
    /// «Chờ gửi 5 · ngoại tuyến, đã lưu trên máy».
    PendingOffline,
    /// «Đang gửi 5».
    Sending,
    /// «Ngoại tuyến · đã lưu trên máy».
    Offline,
    /// «Đang nhận».
    CatchingUp,
    /// «Đã lên tỉnh».
    Live,
}

/// The status line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pill {
    /// What to say.
    pub kind: PillKind,
    /// How many, where the words count.
    pub count: usize,
}

impl SyncFacts {
    /// The one line that matters most. What needs a person comes before what mends itself, and
    /// what is not sent yet before where the network is.
    pub fn pill(&self) -> Pill {
        let pill = |kind, count| Pill { kind, count };
        match (&self.connection, self.pending) {
            _ if self.quarantined > 0 => pill(PillKind::Quarantined, self.quarantined),
            (Connection::Refused { .. }, pending) => pill(PillKind::Refused, pending),
            (Connection::Offline, pending @ 1..) => pill(PillKind::PendingOffline, pending),
            (_, pending @ 1..) => pill(PillKind::Sending, pending),
            _ if self.conflicts > 0 => pill(PillKind::Conflicts, self.conflicts),
            (Connection::Offline, 0) => pill(PillKind::Offline, 0),
            (Connection::CatchingUp, 0) => pill(PillKind::CatchingUp, 0),
            (Connection::Live, 0) => pill(PillKind::Live, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_tells_the_most_pressing_truth() {
        use Connection::{CatchingUp, Live, Offline};
        use PillKind as P;
        let refused = || Connection::Refused {
            message: "x".into(),
        };
        // pending, quarantined, conflicts, connection → kind, count
        let table = [
            (0, 0, 0, Live, P::Live, 0),
            (0, 0, 0, CatchingUp, P::CatchingUp, 0),
            (0, 0, 0, Offline, P::Offline, 0),
            (0, 0, 0, refused(), P::Refused, 0),
            (5, 0, 0, Live, P::Sending, 5),
            (5, 0, 0, CatchingUp, P::Sending, 5),
            (5, 0, 0, Offline, P::PendingOffline, 5),
            (5, 0, 0, refused(), P::Refused, 5),
            (0, 0, 2, Live, P::Conflicts, 2),
            (0, 0, 2, CatchingUp, P::Conflicts, 2),
            (0, 0, 2, Offline, P::Conflicts, 2),
            (0, 0, 2, refused(), P::Refused, 0),
            (5, 0, 2, Live, P::Sending, 5),
            (5, 0, 2, Offline, P::PendingOffline, 5),
            (0, 1, 0, Live, P::Quarantined, 1),
            (0, 1, 2, Offline, P::Quarantined, 1),
            (5, 1, 0, Offline, P::Quarantined, 1),
            (5, 3, 2, refused(), P::Quarantined, 3),
        ];
        for (pending, quarantined, conflicts, connection, kind, count) in table {
            let facts = SyncFacts {
                pending,
                quarantined,
                conflicts,
                connection,
                synced_at: None,
                now: Timestamp::default(),
            };
            assert_eq!(facts.pill(), Pill { kind, count }, "{facts:?}");
        }
    }
}
