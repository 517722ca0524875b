//! Answers the UI's commands with a replica.
//!
//! A [`Desk`] is what stands behind one window: it knows who is signed in, answers each command of
//! [`ipc`], and sends what changed of the views that the window watches. The shell only carries
//! the two directions; tests and a browser worker can stand in for it.
//!
//! It must not know Tauri, decide anything that `programme` or `replica` decides, or hold data of
//! its own: all it keeps is what the window has been told.

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
