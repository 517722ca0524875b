//! How it stands with the relay.

use std::fmt::Display;

use serde::{Deserialize, Serialize};

/// How it stands with the relay. `Why` is what has to be done where it refuses: the protocol's own
/// reason at first, and what a person reads from there on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "state", content = "why", rename_all = "kebab-case")]
pub enum ConnectionStatus<Why = String> {
    /// No relay can be reached; that is no error.
    #[default]
    Offline,
    /// Connecting, or receiving what was missed.
    CatchingUp,
    /// Everything is exchanged as it is made.
    Live,
    /// The relay answers but somebody has to do something first.
    Refused(Why),
}

impl<Why: Display> ConnectionStatus<Why> {
    /// With the reason in words for a person: what happened and what to do next.
    pub fn in_words(&self) -> ConnectionStatus {
        match self {
            Self::Offline => ConnectionStatus::Offline,
            Self::CatchingUp => ConnectionStatus::CatchingUp,
            Self::Live => ConnectionStatus::Live,
            Self::Refused(why) => ConnectionStatus::Refused(why.to_string()),
        }
    }
}
