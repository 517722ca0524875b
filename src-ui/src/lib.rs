//! The screens of Tiến Độ, in Leptos, for wasm32; on `terms`, `ipc` and `chart` alone.
//!
//! - [`transport`]: the client to the shell: typed commands, watched rows;
//! - [`rows`]: the rows of a view, each a signal of its own; nothing moves under the focus;
//! - [`field`]: fields that keep drafts and make edits (`Editor`);
//! - `component`: what several screens are made of; [`frame`]: what is around every screen;
//! - [`screen`]: one folder a screen; [`route`]: addresses; [`session`]: who is signed in;
//! - [`catalogue`]: every text.
//!
//! It holds no data that is not on the disk and decides nothing: reloading the window loses
//! nothing. It must not know automerge, SQLite or Tauri's packages. What is not painting is plain
//! Rust, tested natively. `README.md` in this folder tells how a screen is made.

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
