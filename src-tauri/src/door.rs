//! The door between web view and desk: one command that asks, one that listens.

use std::sync::Arc;

use desk::Desk;
use ipc::{Problem, Update};
use serde_json::Value;
use tauri::{State, ipc::Channel};

/// Carries a command to the desk and its answer back.
#[tauri::command]
pub(crate) async fn call(
    desk: State<'_, Arc<Desk>>,
    name: String,
    args: Value,
) -> Result<Value, Problem> {
    desk.call(&name, args).await
}

/// From now on updates of watched views go to this channel, until the web view is loaded anew
/// and listens again.
#[expect(
    clippy::needless_pass_by_value,
    reason = "Tauri hands arguments over by value"
)]
#[tauri::command]
pub(crate) fn listen(desk: State<'_, Arc<Desk>>, channel: Channel<Update>) {
    let mut updates = desk.listen();
    tauri::async_runtime::spawn(async move {
        while let Some(update) = updates.recv().await {
            if let Err(error) = channel.send(update) {
                tracing::warn!(%error, "the web view is gone");
                return;
            }
        }
    });
}
