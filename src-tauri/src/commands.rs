//! Tauri's two commands between web view and desk: one that asks, one that listens.

use std::sync::Arc;

use desk::Desk;
use ipc::{Problem, Update};
use serde_json::Value;
use tauri::{
    State,
    ipc::{Channel, InvokeResponseBody},
};

/// Tauri hands JSON below this many bytes straight to the page, and has the page fetch what is
/// longer.
const FETCHED: usize = 8192;

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
pub(crate) fn listen(desk: State<'_, Arc<Desk>>, channel: Channel<InvokeResponseBody>) {
    let mut updates = desk.listen();
    tauri::async_runtime::spawn(async move {
        while let Some(update) = updates.recv().await {
            if let Err(error) = body(&update).and_then(|body| channel.send(body)) {
                tracing::warn!(%error, "the web view is gone");
                return;
            }
        }
    });
}

/// An update as JSON. What the page fetches goes there as bytes: the page would parse JSON to
/// objects, only to write them as text again for the screens to read. For «Chương trình» (94 KB)
/// that is a third of the time from the arrival to the rows, for «Chỉ tiêu» (36 KB) two fifths.
fn body(update: &Update) -> tauri::Result<InvokeResponseBody> {
    let json = serde_json::to_string(update)?;
    Ok(if json.len() < FETCHED {
        InvokeResponseBody::Json(json)
    } else {
        InvokeResponseBody::Raw(json.into_bytes())
    })
}

#[cfg(test)]
mod tests {
    use ipc::RowChange;

    use super::*;

    #[test]
    fn a_long_update_goes_as_the_bytes_of_the_same_json() {
        let rows = |number| Update {
            watch: 1,
            number: 0,
            heads: ipc::ShownHeads::new(),
            changes: vec![
                RowChange::Put {
                    key: "nv-k7q2".to_owned(),
                    after: None,
                    row: Value::from("Mở 6 lớp nghề"),
                };
                number
            ],
        };
        let (short, long) = (rows(1), rows(200));
        assert!(matches!(body(&short), Ok(InvokeResponseBody::Json(json))
            if serde_json::from_str::<Update>(&json).unwrap() == short));
        assert!(matches!(body(&long), Ok(InvokeResponseBody::Raw(bytes))
            if serde_json::from_slice::<Update>(&bytes).unwrap() == long));
    }
}
