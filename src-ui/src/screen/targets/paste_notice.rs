//! What is said after a block was pasted, with the way back.

use ipc::SubmitTogether;
use leptos::{prelude::*, task::spawn_local};

use super::{sheet::Sheet, undo};
use crate::{
    catalogue::words,
    session::use_session,
    transport::{fresh_number, use_client},
};

/// What came of the last pasting, and the way back.
#[component]
pub fn PasteNotice(
    /// The table.
    sheet: Sheet,
) -> impl IntoView {
    let (texts, client, session) = (words().paste, use_client(), use_session());
    let busy = RwSignal::new(false);
    let undo = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let (rows, reason) = untrack(|| (sheet.rows.all(), sheet.reason()));
        let reason = (texts.undo_reason)(reason.as_deref());
        let undone = sheet.undo.get_untracked();
        let (requests, left) = undo::requests(&undone, &rows, &reason, fresh_number);
        let back = requests.len();
        let going = session.begin_write();
        spawn_local(async move {
            let _going = going;
            let answer = client.call(SubmitTogether { requests }).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(_) => {
                    // What is not on the screen, or was edited since, keeps its way back.
                    sheet.undo.set(undo::left(&undone, &rows));
                    sheet.notice.set(Some((texts.undone)(back, left)));
                }
                Err(problem) => sheet.notice.set(Some(problem.message)),
            }
        });
    };
    view! {
        <p class="small paste-notice" role="status">
            {move || sheet.notice.get()}
            <Show when=move || sheet.undo.with(|undone| !undone.is_empty())>
                <button type="button" class="link" data-act="undo-paste" disabled=move || busy.get() on:click=undo>
                    {texts.undo}
                </button>
            </Show>
        </p>
    }
}
