//! Answers the commands of one window with a replica, and sends what changed of the views it
//! watches.
//!
//! - [`Desk`]: what a shell holds for one window: `call`, `listen`, `close`;
//! - `window_state`: who is signed in, which replicas are open, what is watched;
//! - `router`, `answers`: each command and the one function that answers it;
//! - `views`: from the replica's read model to rows; `watches`, `diff`: what changed of them;
//! - `problem`: errors as a person reads them.
//!
//! It must not know Tauri, decide anything that `programme` or `replica` decides, or hold data of
//! its own beyond what the window has been told. Tests and a browser worker can stand in for the
//! shell.

mod answers;
mod desk;
mod diff;
mod find;
mod problem;
mod router;
mod session;
mod views;
mod watches;

pub use desk::{Desk, Options};
