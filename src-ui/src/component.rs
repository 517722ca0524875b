//! Parts that several screens are made of.

pub mod act;
pub mod badge;
pub mod conflict;
pub mod empty;
pub mod form;
pub mod history;
pub mod icon;
pub mod merged;
pub mod merged_text;
pub mod register;
pub mod roving;
pub mod split;
pub mod who;

pub use act::{Act, ActProblem};
pub use badge::{OfficialBadge, VerdictBadge, conflict_mark, obstacle_mark};
pub use conflict::{Conflict, Rival, rivals};
pub use empty::Empty;
pub use form::{FieldHistory, Form};
pub use history::{HistoryList, HistoryToggle};
pub use icon::{Icon, Sign};
pub use merged::Merged;
pub use merged_text::MergedTextField;
pub use register::{RegisterConflict, RegisterField};
pub use roving::{Roving, focus_element};
pub use split::Split;
