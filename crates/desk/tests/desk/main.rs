//! What a window can ask of a desk, asked as a window does: commands by name with JSON, and the
//! updates that come out.

// Clippy takes helpers outside a test function for the program's own.
#![allow(clippy::unwrap_used)]

mod commands;
mod office;
mod person;
mod updates;
