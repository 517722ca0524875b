//! Ctrl+K finds anything: a task, a target, an agency, words that somebody wrote, a command.

use ipc::{Find, SyncNow};
use leptos::{ev, html, prelude::*, task::spawn_local};
use web_sys::KeyboardEvent;

use super::palette_hits::{Action, Hit, commands, hit};
use crate::{
    catalogue::words,
    component::focus_element,
    keys::{composing, walk},
    route::use_router,
    session::use_session,
    transport::use_client,
};

/// The search over everything.
#[component]
pub fn Palette(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        if let (true, Some(dialog)) = (open.get(), dialog.get()) {
            let _ = dialog.show_modal();
            focus_element("palette-input");
        }
    });
    view! {
        <dialog
            node_ref=dialog
            class="palette card"
            aria-label=words().frame.find_hint
            on:close=move |_| open.set(false)
            on:click=move |event| {
                // A press on the backdrop is one on the dialog itself.
                let target = event_target::<web_sys::Element>(&event);
                if let Some(dialog) = dialog.get_untracked() && target == **dialog {
                    dialog.close();
                }
            }
        >
            <Show when=move || open.get()>
                <Search close=move || {
                    if let Some(dialog) = dialog.get_untracked() {
                        dialog.close();
                    }
                } />
            </Show>
        </dialog>
    }
}

#[component]
fn Search(close: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let (client, router, session) = (use_client(), use_router(), use_session());
    let texts = words().frame;
    let typed = RwSignal::new(String::new());
    let hits = RwSignal::new(commands(""));
    let at = RwSignal::new(0_usize);
    let find = move |text: String| {
        typed.set(text.clone());
        spawn_local(async move {
            let found = match text.trim() {
                "" => Vec::new(),
                _ => client
                    .call(Find { text: text.clone() })
                    .await
                    .unwrap_or_default(),
            };
            // An answer to what stood there before is let go.
            if typed.try_get_untracked().is_some_and(|now| now == text) {
                hits.set(found.into_iter().map(hit).chain(commands(&text)).collect());
                at.set(0);
            }
        });
    };
    let run = move |index: usize| {
        let Some(action) = hits.with_untracked(|hits| hits.get(index).map(|h| h.action.clone()))
        else {
            return;
        };
        close();
        match action {
            Action::Go(route) => router.go(&route),
            Action::SyncNow => client.send(SyncNow {}),
            Action::Lock => session.lock(),
        }
    };
    let key = move |event: KeyboardEvent| {
        if composing(&event) {
            return;
        }
        let pressed = event.key();
        let lists = matches!(
            pressed.as_str(),
            "ArrowDown" | "ArrowUp" | "PageDown" | "PageUp"
        );
        if pressed == "Enter" {
            event.prevent_default();
            run(at.get_untracked());
        } else if lists
            && let Some(to) = walk(&pressed, at.get_untracked(), hits.with_untracked(Vec::len))
        {
            event.prevent_default();
            at.set(to);
            scroll_to(to);
        }
    };
    view! {
        <input
            id="palette-input"
            class="palette-input"
            type="text"
            autocomplete="off"
            role="combobox"
            aria-expanded="true"
            aria-controls="palette-hits"
            aria-label=texts.find_hint
            aria-activedescendant=move || format!("palette-hit-{}", at.get())
            placeholder=texts.find_hint
            on:input=move |event| find(event_target_value(&event))
            on:keydown=key
        />
        <ul id="palette-hits" class="palette-hits" role="listbox" aria-label=texts.find_hint>
            <ForEnumerate each=move || hits.get() key=|hit| hit.clone() let(index, hit)>
                <HitRow index hit at run />
            </ForEnumerate>
        </ul>
        <p class="palette-foot small mute" role="status">
            {move || match (typed.get().trim(), hits.with(Vec::is_empty)) {
                (text, true) if !text.is_empty() => (texts.find_nothing)(text),
                _ => texts.find_start.to_owned(),
            }}
        </p>
    }
}

#[component]
fn HitRow(
    index: ReadSignal<usize>,
    hit: Hit,
    at: RwSignal<usize>,
    run: impl Fn(usize) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    view! {
        <li
            id=move || format!("palette-hit-{}", index.get())
            class="palette-hit"
            role="option"
            aria-selected=move || if at.get() == index.get() { "true" } else { "false" }
            on:pointermove=move |_: ev::PointerEvent| {
                if at.get_untracked() != index.get_untracked() {
                    at.set(index.get_untracked());
                }
            }
            on:click=move |_| run(index.get_untracked())
        >
            <span class="palette-kind">{hit.kind}</span>
            <span class="palette-title">{hit.title}</span>
            <span class="palette-more">{hit.more}</span>
        </li>
    }
}

fn scroll_to(index: usize) {
    let id = format!("palette-hit-{index}");
    let row = web_sys::window().and_then(|window| window.document()?.get_element_by_id(&id));
    if let Some(row) = row {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        row.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
