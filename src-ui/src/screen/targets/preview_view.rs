//! The dialog that shows a pasted block before it is stored.

use ipc::{Check, SubmitTogether};
use leptos::{html, prelude::*, task::spawn_local};
use terms::paste::Counts;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::{
    preview::Preview,
    preview_head::{Skipped, WayQuestion},
    preview_row::PreviewRow,
    sheet::Sheet,
};
use crate::{
    catalogue::words,
    component::focus_element,
    keys::composing,
    session::{Session, use_session},
    transport::{Client, fresh_number, use_client},
};

/// A pasted block that waits for the person's word. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Pasting {
    /// The table.
    pub sheet: Sheet,
    /// The block.
    pub preview: RwSignal<Preview>,
    /// Why the rules refuse a cell, by its place among the items.
    pub refused: RwSignal<Vec<Option<String>>>,
    busy: RwSignal<bool>,
    problem: RwSignal<Option<String>>,
    client: Client,
    session: Session,
}

/// The dialog.
#[component]
pub fn PastePreview(
    /// The table.
    sheet: Sheet,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let (client, session) = (use_client(), use_session());
    let open = Memo::new(move |_| sheet.pasting.with(Option::is_some));
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if open.get() {
            let _ = dialog.show_modal();
            request_animation_frame(begin);
        } else {
            dialog.close();
        }
    });
    view! {
        <dialog
            node_ref=dialog
            class="paste-preview card"
            aria-labelledby="paste-heading"
            on:close=move |_| sheet.pasting.set(None)
        >
            {move || {
                open.get().then(|| sheet.pasting.get_untracked()).flatten().map(|preview| {
                    let pasting = Pasting {
                        sheet,
                        preview: RwSignal::new(preview),
                        refused: RwSignal::new(Vec::new()),
                        busy: RwSignal::new(false),
                        problem: RwSignal::new(None),
                        client,
                        session,
                    };
                    view! { <Body pasting /> }
                })
            }}
        </dialog>
    }
}

/// The focus begins where the person is asked something, else at the button that stores.
fn begin() {
    focus_element("paste-save");
    focus_element("paste-way");
}

#[component]
fn Body(pasting: Pasting) -> impl IntoView {
    let texts = words().targets;
    let Pasting {
        preview, problem, ..
    } = pasting;
    let items = preview.with_untracked(|preview| preview.items.len());
    let several = preview.with_untracked(|preview| {
        let first = preview.items.first().map(|item| item.column);
        preview.items.iter().any(|item| Some(item.column) != first)
    });
    Effect::new(move |_| check(pasting));
    let counts = Memo::new(move |_| counts(pasting));
    let heads = [
        texts.name,
        words().paste.text,
        words().paste.read,
        words().paste.before,
        texts.goal,
    ];
    view! {
        <div class="paste-body" on:keydown=move |event| on_key(&event, pasting)>
            <h2 id="paste-heading">{(words().paste.heading)(items)}</h2>
            <p class="mute small">
                {move || preview.with(|preview| (words().paste.matched)(preview.by_name))}
            </p>
            <WayQuestion pasting />
            <Skipped pasting />
            <div class="paste-scroll">
                <table class="paste-table">
                    <thead>
                        <tr>
                            {heads.map(|head| view! { <th scope="col">{head}</th> }).collect_view()}
                        </tr>
                    </thead>
                    <tbody>
                        {(0..items)
                            .map(|i| view! { <PreviewRow pasting i several /> })
                            .collect_view()}
                    </tbody>
                </table>
            </div>
            <p class="act-problem" role="alert">{move || problem.get()}</p>
            <footer class="paste-foot">
                <p class="small" role="status">{move || (words().paste.counts)(counts.get())}</p>
                <button type="button" class="button" data-act="paste-cancel" disabled=move || pasting.busy.get() on:click=move |_| pasting.sheet.pasting.set(None)>
                    {words().paste.cancel}
                </button>
                <button
                    type="button"
                    class="button primary"
                    id="paste-save"
                    data-act="paste-save"
                    disabled=move || !ready(pasting)
                    on:click=move |_| store(pasting)
                >
                    {move || (words().paste.save)(counts.get().stored)}
                </button>
            </footer>
        </div>
    }
}

fn counts(pasting: Pasting) -> Counts {
    let refused = pasting.refused.get();
    pasting.preview.with(|preview| preview.counts(&refused))
}

/// Whether something can be stored, and nothing has to be said first.
fn ready(pasting: Pasting) -> bool {
    let waits = pasting.preview.with(Preview::waits);
    !waits && counts(pasting).stored > 0 && !pasting.busy.get()
}

/// Asks what the rules say of the cells that would be written.
fn check(pasting: Pasting) {
    let reason = pasting.sheet.reason();
    let (edits, items) = pasting.preview.with(|preview| {
        let edits = preview.requests(reason.as_deref(), || 0);
        (edits, preview.items.len())
    });
    let client = pasting.client;
    spawn_local(async move {
        let (places, requests): (Vec<usize>, Vec<_>) = edits.into_iter().unzip();
        let Ok(answers) = client.call(Check { requests }).await else {
            return;
        };
        let mut refused = vec![None; items];
        for (place, problem) in places.into_iter().zip(answers) {
            refused[place] = problem.map(|problem| problem.message);
        }
        pasting.refused.try_set(refused);
    });
}

/// Stores what can be stored, in one step.
fn store(pasting: Pasting) {
    if pasting.busy.get_untracked() {
        return;
    }
    pasting.busy.set(true);
    pasting.problem.set(None);
    let (sheet, client) = (pasting.sheet, pasting.client);
    let refused = pasting.refused.get_untracked();
    let preview = pasting.preview.get_untracked();
    let reason = untrack(|| sheet.reason());
    let edits = preview.requests(reason.as_deref(), fresh_number);
    let good = edits
        .into_iter()
        .filter(|(i, _)| refused.get(*i).is_none_or(Option::is_none));
    let (places, requests): (Vec<usize>, Vec<_>) = good.unzip();
    let going = pasting.session.begin_write();
    spawn_local(async move {
        let _going = going;
        let answer = client.call(SubmitTogether { requests }).await;
        // The dialog may have gone meanwhile; the table, if it is there, says what was stored.
        let closed = pasting.busy.try_set(false).is_some();
        match answer {
            Ok(_) => {
                let said = (words().paste.pasted)(preview.counts(&refused));
                if sheet.notice.try_set(Some(said)).is_some() {
                    return;
                }
                sheet.pasting.set(None);
                sheet.undo.set(preview.undo(&places));
                sheet.pasted(&preview, &places, &refused);
            }
            Err(problem) if closed => {
                sheet.notice.try_set(Some(problem.message));
            }
            Err(problem) => pasting.problem.set(Some(problem.message)),
        }
    });
}

/// Enter stores, arrows walk; Escape is the dialog's own.
fn on_key(event: &KeyboardEvent, pasting: Pasting) {
    if composing(event) {
        return;
    }
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let on_button = target
        .as_ref()
        .is_some_and(|target| matches!(target.tag_name().as_str(), "BUTTON" | "SUMMARY"));
    let row = target.and_then(|target| {
        let row = target.closest("[data-paste]").ok()??;
        row.get_attribute("data-paste")?.parse::<usize>().ok()
    });
    let go = |to: usize| {
        event.prevent_default();
        focus_element(&format!("paste-row-{to}"));
    };
    match event.key().as_str() {
        "Enter" if !on_button => {
            event.prevent_default();
            if untrack(|| ready(pasting)) {
                store(pasting);
            }
        }
        "ArrowDown" => go(row.map_or(0, |row| row + 1)),
        "ArrowUp" => go(row.unwrap_or(0).saturating_sub(1)),
        _ => {}
    }
}
