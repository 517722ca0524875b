//! The relay: one ordered log of changes for each document, and who may add to it.
//!
//! [`start`] runs one with a [`Config`], in this process; the program `sync-server` does nothing
//! else after reading flags, environment and file. [`admin`] adds agencies, people, codes and
//! rights to a relay's database, and revokes.
//!
//! What goes through it, from the socket inwards:
//! - `guarded_listener` gives unauthenticated connections little time and few slots;
//! - `http` answers `GET /health`, `POST /v1/enrol`, `GET /v1/ws` and what new devices read, and says
//!   to everything else what it is;
//! - `connection` drives one [`sync::relay::Session`], which decides everything about one replica;
//! - `log` judges and stores what is asked, inside a transaction; `writer` is the one thread that
//!   does so for all connections: it commits, and only then answers;
//! - `hub` and `event_queue` pass on what was committed, to each connection as fast as it takes it in;
//! - `snapshots` makes what new devices read, away from all that;
//! - `store` is the only place that knows SQL.
//!
//! [`stepped`] is the log alone, for whoever does without sockets and threads.
//!
//! To store a change and to pass it on the relay reads its header and nothing else of it. It loads a
//! document only to make a snapshot, and must not know what documents say. The time comes in from outside.

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
