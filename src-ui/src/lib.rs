//! The screens of Tiến Độ, on `terms` and `ipc` alone.
//!
//! Holds no authoritative data and decides nothing: it shows the rows of views and sends commands
//! through one client ([`transport`]). Reloading the window loses nothing. It knows nothing of
//! automerge, `SQLite` or Tauri's packages, and what is not painting is plain Rust tested natively.
//!
//! `README.md` in this folder tells how a screen is made.

pub mod app;
pub mod catalogue;
pub mod component;
pub mod field;
pub mod frame;
pub mod keys;
pub mod route;
pub mod rows;
pub mod screen;
pub mod session;
#[cfg(test)]
mod testing;
pub mod transport;
