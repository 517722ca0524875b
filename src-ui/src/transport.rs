//! The connection to whoever answers: the shell over Tauri now, a browser worker later.
//!
//! A [`Transport`] carries JSON; the [`Client`] gives it types and hands each update to the rows
//! that watch it.

mod client;
mod tauri;

use std::{future::Future, pin::Pin};

use ipc::{Problem, Update};
use serde_json::Value;

pub use client::{Client, fresh_id, fresh_number, use_client};
pub use tauri::Tauri;

/// What a call answers, later.
pub type Answer = Pin<Box<dyn Future<Output = Result<Value, Problem>>>>;

/// Carries commands there and updates back.
pub trait Transport: 'static {
    /// Sends a command by name.
    fn call(&self, name: &'static str, args: Value) -> Answer;

    /// The PIN that everybody in a demonstration has; none outside of one.
    fn demonstration_pin(&self) -> Option<String> {
        None
    }

    /// From now on every update goes to `handler`, in the order in which it was sent.
    fn listen(&self, handler: Box<dyn Fn(Update)>);
}
