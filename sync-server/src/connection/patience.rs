//! How long a silent peer keeps its connection.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// After how long a silence a peer is asked whether it is still there; after two it is not.
const SILENCE: Duration = Duration::from_secs(30);

/// What to do when patience ends.
pub(super) enum Tired {
    /// Ask the peer for a sign of life.
    Ask,
    /// Close.
    GiveUp,
}

/// A peer shows that it is there by sending something or by taking in what it is sent.
pub(super) struct Patience {
    ends: Instant,
    asked: bool,
}

impl Patience {
    pub(super) fn new() -> Self {
        Self {
            ends: Instant::now() + SILENCE,
            asked: false,
        }
    }

    /// The peer is there.
    pub(super) fn renew(&mut self) {
        *self = Self::new();
    }

    /// Waits until patience ends.
    pub(super) async fn ends(&mut self) -> Tired {
        sleep_until(self.ends).await;
        if self.asked {
            return Tired::GiveUp;
        }
        (self.ends, self.asked) = (Instant::now() + SILENCE, true);
        Tired::Ask
    }
}
