//! How long a silent peer keeps its connection.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// What to do when patience ends.
pub(super) enum Tired {
    /// Ask the peer for a sign of life.
    Ask,
    /// Close.
    GiveUp,
}

/// A peer shows that it is there by sending something: nothing else does. That the system, or a
/// proxy, takes what is sent says nothing of the peer.
pub(super) struct Patience {
    silence: Duration,
    ends: Instant,
    asked: bool,
}

impl Patience {
    /// After such a silence the peer is asked whether it is there; after as long again it is not.
    pub(super) fn new(silence: Duration) -> Self {
        Self {
            silence,
            ends: Instant::now() + silence,
            asked: false,
        }
    }

    /// The peer has sent something.
    pub(super) fn heard(&mut self) {
        *self = Self::new(self.silence);
    }

    /// Waits until patience ends.
    pub(super) async fn ends(&mut self) -> Tired {
        sleep_until(self.ends).await;
        if self.asked {
            return Tired::GiveUp;
        }
        (self.ends, self.asked) = (Instant::now() + self.silence, true);
        Tired::Ask
    }
}
