//! What is known about saving and sending.

use terms::Timestamp;

/// How it stands with the relay.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Connection {
    /// No relay can be reached; that is no error.
    #[default]
    Offline,
    /// Connecting, or receiving what was missed.
    CatchingUp,
    /// Everything is exchanged as it is made.
    Live,
    /// The relay answers but something must be done.
    Refused {
        /// What happened and what to do next.
        message: String,
    },
}

/// What is known about saving and sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Changes that the person made and the relay has not acknowledged. What documents are born
    /// with goes along and is not counted.
    pub pending: usize,
    /// Those of them that the relay refused.
    pub quarantined: usize,
    /// How it stands with the relay.
    pub connection: Connection,
    /// When everything there was had last been exchanged.
    pub synced_at: Option<Timestamp>,
}
