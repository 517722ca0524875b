//! Replicas with a real relay in the same process, and with what is none.

// Clippy takes helpers outside a test function for the program's own.
#![allow(clippy::unwrap_used)]

mod bad_relay;
mod newcomer;
mod office;
mod together;
