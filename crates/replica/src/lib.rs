//! One enrolment's copy of the documents: its database, its read model, its key, and the sync loop.
//!
//! - [`enrolment`]: who is enrolled on this device; enrolling and unlocking; [`vault`]: the sealed
//!   key;
//! - [`Replica`]: an open one: edits, drafts, views' read model, history, search, export, status;
//! - `engine`: what changes the database, on the one thread of `writer`, several jobs in a
//!   transaction;
//! - `storage`: the tables and all SQL: changes, projection, history, search words, quarantine;
//! - `shared_model`: the read model that follows each commit, with the version that views watch;
//! - `online`: the loop that looks for the relay, and the driver of the protocol's client.
//!
//! An edit is committed before anybody is told that it was made. The projection (facts, history,
//! search words) is written in the transaction of the change, so that documents are loaded only to
//! be edited or merged. It works the same without a relay.
//!
//! It must not know windows, screens or what a view shows.

mod clock;
mod disk;
mod engine;
pub mod enrolment;
mod export;
mod files;
mod keystore;
mod online;
mod opening;
mod random;
mod reading;
mod replica;
mod shared_model;
mod status;
pub mod stepped;
mod storage;
#[cfg(test)]
mod testing;
mod untold;
pub mod vault;
mod writer;

pub use clock::{Clock, ShiftedClock, SystemClock};
pub use database::causes;
pub use engine::EditProblem;
pub use enrolment::{Enrolment, Unlocked};
pub use random::{Random, SystemRandom};
pub use reading::Unsent;
pub use replica::Replica;
pub use status::Status;
pub use storage::{About, Edited, Hit, OpenError, Refused, StoreError};
pub use terms::{ConnectionStatus, rows::Draft};
