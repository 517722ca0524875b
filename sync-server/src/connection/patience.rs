//! How long a silent peer keeps its connection.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// How long a newcomer may take to prove who it is.
const NEWCOMER: Duration = Duration::from_secs(5);

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
    newcomer: bool,
    asked: bool,
}

impl Patience {
    /// A newcomer has a fixed time, whatever else it sends.
    pub(super) fn with_a_newcomer() -> Self {
        Self {
            ends: Instant::now() + NEWCOMER,
            newcomer: true,
            asked: false,
        }
    }

    /// The newcomer has proved who it is.
    pub(super) fn with_somebody_known(&mut self) {
        self.newcomer = false;
        self.renew();
    }

    /// The peer is there.
    pub(super) fn renew(&mut self) {
        if !self.newcomer {
            (self.ends, self.asked) = (Instant::now() + SILENCE, false);
        }
    }

    /// Waits until patience ends.
    pub(super) async fn ends(&mut self) -> Tired {
        sleep_until(self.ends).await;
        if self.newcomer || self.asked {
            return Tired::GiveUp;
        }
        (self.ends, self.asked) = (Instant::now() + SILENCE, true);
        Tired::Ask
    }
}
