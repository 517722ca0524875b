//! The documents: every edit, every rule, and what a document says.
//!
//! A [`Document`] is one automerge document (design §4). An edit is made against the heads that
//! somebody saw, becomes exactly one change, and nothing is ever deleted. What a document says is
//! a flat list of [`Fact`]s; a [`ReadModel`] is fed with the facts of all documents and answers every
//! [view](views) without automerge.
//!
//! This crate does no I/O, reads no clock and draws no random number; it knows nothing of keys,
//! signatures, databases, the network or a window, and builds for wasm32. Automerge stays inside.

mod birth;
mod decode;
mod document;
mod edit;
mod fact;
mod field_values;
mod graph;
mod import;
mod inspect;
pub mod local_actor;
mod path;
mod plan;
mod read_model;
mod reading;
pub mod rules;
mod runs;
mod save_states;
mod splice;
pub mod views;
mod writing;

pub use birth::{birth_cell, birth_root, birth_text};
pub use document::{Applied, ApplyError, Document, EditOutcome};
pub use edit::EditError;
pub use fact::{Fact, HistoryStep, Scalar, Stamp};
pub use import::import;
pub use inspect::{InspectError, inspect};
pub use local_actor::LocalActor;
pub use read_model::{Person, ReadModel, Viewer};
pub use save_states::SaveStates;
