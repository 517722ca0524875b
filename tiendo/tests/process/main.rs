//! `tiendo` as a script sees it: a process with arguments, what it prints, and how it exits.

// Clippy takes helpers outside a test function for the program's own.
#![allow(clippy::unwrap_used)]

mod bad_input;
mod exchange;
mod office;
mod usage;
