//! One enrolment's copy of the programme: its database, what it says, its key, and the loop that
//! exchanges changes with the relay.
//!
//! [`enrolment`] knows who is enrolled on this device and opens their keys; [`Replica`] is one of
//! them, open. An edit is committed to `SQLite` before anybody is told that it was made; what is
//! read comes from a model in memory that follows each commit. It works the same with and without
//! a relay: [`Replica::go_online`] starts the loop that looks for one, and never fails.
//!
//! One thread writes the database. A row for each change holds its bytes, its signature and how
//! far it has got; the projection (what each document says, its history, the words to search) is
//! written in the same transaction, so that documents are loaded only to be edited or merged.
//!
//! This crate must not know windows, screens or what a view shows.

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
