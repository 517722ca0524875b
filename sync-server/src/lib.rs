//! The relay: one ordered log of changes for each document, and who may add to it.
//!
//! [`start`] runs one with a [`Config`], in this process; the program `sync-server` reads flags,
//! environment and file, and calls it. [`admin`] adds agencies, people, codes and rights, and
//! revokes.
//!
//! From the socket inwards:
//! - `listener`: limits connections that have not authenticated;
//! - `http`: `GET /health`, `POST /v1/enrol`, `GET /v1/ws`, snapshots and signatures for new
//!   devices;
//! - `connection`: one socket, driven by a [`sync::relay::Session`];
//! - `writer`: the one thread that writes: judges and stores what all connections ask in one
//!   transaction, commits, and only then answers;
//! - `hub`, `event_queue`: pass on what was committed, to each connection as fast as it takes it;
//! - `snapshots`: made for new devices, so that changes don't wait; `readers`: connections for
//!   reading;
//! - `store`: the only place that knows SQL.
//!
//! It must not know what a document says: to store a change and to pass it on it reads its header.
//! It loads a document only to make a snapshot. The clock is handed in.

pub mod admin;
mod clock;
mod config;
mod connection;
mod enrol;
mod event_queue;
mod http;
mod hub;
mod inspect;
mod limiter;
mod listener;
mod log;
mod random;
mod readers;
mod relay;
mod snapshots;
pub mod stepped;
mod store;
mod writer;

pub use clock::{Clock, on as clock_on, system as system_clock};
pub use config::Config;
pub use enrol::EnrolError;
pub use http::SERVICE;
pub use relay::{Running, StartError, start};
pub use store::StoreError;
