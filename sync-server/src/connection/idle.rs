//! How long a silent peer keeps its connection.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// What to do when the timer ends.
pub(super) enum IdleAction {
    /// Send a ping.
    Ping,
    /// Close.
    Close,
}

/// A peer shows that it is there by sending something: nothing else does. That the system, or a
/// proxy, takes what is sent says nothing of the peer.
pub(super) struct IdleTimer {
    silence: Duration,
    ends: Instant,
    asked: bool,
}

impl IdleTimer {
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

    /// Waits until the timer ends.
    pub(super) async fn ends(&mut self) -> IdleAction {
        sleep_until(self.ends).await;
        if self.asked {
            return IdleAction::Close;
        }
        (self.ends, self.asked) = (Instant::now() + self.silence, true);
        IdleAction::Ping
    }
}
