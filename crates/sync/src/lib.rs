//! The protocol between replica and relay, both sides, without I/O (design §6).
//!
//! A replica pushes signed changes, the relay numbers them in the transaction that stores them,
//! and sends every document's numbered stream to all who follow it. To the connection that pushed
//! a change the stream is its acknowledgement. A chain of hashes over the stream shows when a
//! relay has lost a part of it; then the replicas fill it again.
//!
//! - [`client::Client`] and [`relay::Session`] are the two ends of one connection, as state
//!   machines: events in, actions out. Their shells own sockets, disks and clocks.
//! - [`frame`] is what travels, [`signed`] what a change is on the way, [`chain`] how a stream is
//!   numbered.
//! - [`snapshot`] is what a new device reads instead of a stream's beginning, [`signatures`] the authors'
//!   signatures that come after it.
//! - [`directory`] is who is who and who may do what; [`admit`] applies it to one change.
//! - [`code`] is the one-time code that enrols a device, [`enrol`] the question and answer.
//!
//! This crate must not know automerge (a change's header comes in through [`Inspect`]), read a
//! clock or draw a random number (both are handed in), or touch a disk or a socket. It builds for
//! wasm32.

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
