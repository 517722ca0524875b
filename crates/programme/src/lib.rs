//! The documents: every edit, every rule, and what a document says. The only crate on automerge.
//!
//! - `Document`: one automerge document; `Document::edit` makes one change at the heads that the
//!   person saw, `Document::apply` takes in the changes of others;
//! - `LocalActor`: the actor with which this enrolment writes a document;
//! - `birth`: changes that create maps, equal on every replica; `inspect()`: a change's header from
//!   its bytes;
//! - `rules`: which edits are allowed; `path`: where each field stands;
//! - `Fact`, `Stamp`: what stands at a path; `HistoryStep`: what a change did there;
//! - `ReadModel`: the facts of all documents in memory; [`views`]: the rows computed from it;
//! - `import()`: a year's programme (`ProgrammeContent`) as one change.
//!
//! It must not know keys, signatures, databases, the network or a window. It does no I/O, reads no
//! clock, draws no random number, and builds for wasm32.

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
