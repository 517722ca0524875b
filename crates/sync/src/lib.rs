//! The protocol between replica and relay, both sides, as state machines without I/O.
//!
//! A replica pushes signed changes. The relay numbers them in the transaction that stores them and
//! sends every document's numbered stream to all who follow it. To the connection that pushed a
//! change its entry in the stream is the acknowledgement. A chain of hashes over the stream shows
//! when a relay has lost a part of it; then the replicas give it back.
//!
//! - [`client::Client`], [`relay::Session`]: the two ends of a connection; events in, actions out;
//! - [`frame`]: the messages; `SignedChange`: a change as it travels; `Cursor`, `Chain`: how far a
//!   stream has been read;
//! - [`snapshot`]: what a new device reads instead of a stream's beginning, and `signatures`: the
//!   authors' signatures that it fetches afterwards; `Ticket`: what authorises these requests;
//! - [`directory`]: who is who and who may do what; [`admit`]: whether a change may enter the log;
//! - [`code`], [`enrol`]: the one-time code, and the request that redeems it.
//!
//! It must not know automerge (a change's header comes in through [`Inspect`]), SQLite, tokio, a
//! socket or a disk; clock and random bytes are handed in. It builds for wasm32.

pub mod admit;
pub mod backoff;
pub mod chain;
pub mod client;
pub mod code;
pub mod directory;
pub mod enrol;
pub mod frame;
mod handshake;
pub mod keys;
pub mod presence;
pub mod refusal;
pub mod relay;
pub mod signatures;
pub mod signed;
pub mod snapshot;
#[cfg(test)]
mod testing;
mod ticket;

pub use chain::{Chain, Cursor};
pub use keys::{Keypair, PublicKey, Signature};
pub use presence::Presence;
pub use refusal::Refusal;
pub use signed::SignedChange;
pub use ticket::{Ticket, TicketError};

use terms::{ChangeHeader, DocId};

/// Reads the header of a change from its bytes. `programme` knows how; this crate does not.
pub trait Inspect {
    /// The header of the change, or why the bytes are none of `doc`. A change may call itself a
    /// birth change only if its bytes equal the regenerated ones.
    fn inspect(&self, doc: &DocId, bytes: &[u8]) -> Result<ChangeHeader, String>;
}
