//! Replicas with a real relay in the same process, and with what is none.

mod bad_relay;
mod office;
mod together;
