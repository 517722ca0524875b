//! What the state machines are tried with: changes that stand in for automerge's, and a log in
//! memory.

mod fake;
mod log;

pub(crate) use fake::{Fake, FakeChange};
pub(crate) use log::MemoryLog;
