//! The plain types of the office's words: parsed from what a person types, written for a person to
//! read.
//!
//! - ids: `TaskId`, `TargetId`, `AgencyId`, `EnrolmentId` … (`ids`), `DocId` (`document`);
//! - figures and days: `Decimal`, `Date`, `Timestamp`, `Period`;
//! - the programme's words: `Goal`, `Kind`, `Verdict`, `WorkStatus`, `OfficialStatus`, `Role`;
//! - what is changed: `Edit`, `EditRequest`; what is known of a change: `ChangeHeader`, `Heads`;
//! - what views are made of: `rows`, with `Field`, `TextField` and `Authored`;
//! - text: NFC, folding and order of Vietnamese (`text`).
//!
//! It must not know automerge, SQLite, the network or a window. It does no I/O, reads no clock,
//! draws no random number, and builds for wasm32. Every word is in the glossary of ARCHITECTURE.md.

pub mod agency;
pub mod change;
pub mod connection;
pub mod date;
pub mod decimal;
pub mod document;
pub mod edit;
pub mod field;
pub mod goal;
pub mod heads;
pub mod ids;
pub mod paste;
pub mod period;
pub mod programme;
pub mod reading;
pub mod record;
pub mod rows;
pub mod saved;
pub mod status;
pub mod text;
pub mod tree_filter;
pub mod value;

pub use agency::{AgencyClass, Role};
pub use change::{ChangeHeader, MAX_CHANGE};
pub use connection::ConnectionStatus;
pub use date::{Date, Timestamp};
pub use decimal::{Decimal, DecimalError};
pub use document::{DocId, DocKind};
pub use edit::{Edit, EditRequest, Values};
pub use field::Field;
pub use goal::{Bound, Goal, Kind, Verdict};
pub use heads::{ChangeId, Heads};
pub use ids::{
    AgencyId, CitationId, EnrolmentId, GroupId, IdError, ItemId, MilestoneId, PersonId, SectionId,
    TargetId, TaskId,
};
pub use period::{Period, PeriodKind};
pub use record::{FieldPath, Record, RecordKind};
pub use saved::SaveState;
pub use status::{OfficialStatus, WorkStatus};
pub use tree_filter::TreeFilter;
pub use value::{Value, ValueMark, ValueType};
