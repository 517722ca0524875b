//! Parts that several screens are made of.

pub mod badge;
pub mod empty;

pub use badge::{OfficialBadge, VerdictBadge};
pub use empty::Empty;
