//! What is known about saving and sending.

use terms::{ConnectionStatus, Timestamp};

/// What is known about saving and sending.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Status {
    /// Changes that the person made and the relay has not acknowledged. What documents are born
    /// with goes along and is not counted.
    pub pending: usize,
    /// Those of them that the relay refused.
    pub quarantined: usize,
    /// What is typed and not an edit yet.
    pub drafts: usize,
    /// How it stands with the relay.
    pub connection: ConnectionStatus,
    /// When everything there was had last been exchanged.
    pub synced_at: Option<Timestamp>,
}
