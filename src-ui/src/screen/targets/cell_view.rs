//! A cell of the table: to be written in as in a sheet, or only to be read.

use leptos::{ev, html, prelude::*};
use terms::paste;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, HtmlInputElement, KeyboardEvent};

use super::{
    cell::{self, Typed},
    grid::{Column, Mode, Press},
    question::{Asking, Question},
    spot::Spot,
};
use crate::{
    catalogue::words,
    field::{At, Editor, EditorState, FieldNote},
    keys::composing,
};

/// A cell.
#[component]
pub fn Cell(
    /// Which cells.
    spot: Spot,
    /// Which column.
    column: Column,
) -> impl IntoView {
    let writable = Memo::new(move |_| {
        spot.cells
            .with(|cells| cells.as_ref().is_some_and(|cells| cells.writable))
    });
    move || match (writable.get(), spot.at(column)) {
        (true, Some(at)) => view! { <Writing spot column at /> }.into_any(),
        _ => view! { <Reading spot column /> }.into_any(),
    }
}

#[component]
fn Reading(spot: Spot, column: Column) -> impl IntoView {
    let text = move || {
        spot.cells.with(|cells| {
            let cells = cells.as_ref()?;
            Some(cell::contradiction(cells, column).unwrap_or_else(|| cell::shown(cells, column)))
        })
    };
    let id = spot.line.with_value(|line| line.id(column));
    let place = spot
        .at(column)
        .map(|at| move || at.with(|at| format!("{}#{}", at.doc, at.path)));
    view! {
        <span
            class="cell read"
            id=id
            data-path=place
            tabindex="-1"
            title=words().targets.not_writable
            on:focus=move |_| spot.line.with_value(|line| spot.sheet.arrive(line))
            on:keydown=move |event| {
                if spot.line.with_value(|line| spot.sheet.walk(press(&event, &event.key()), Mode::Select, line, column)) {
                    event.prevent_default();
                }
            }
        >
            {text}
        </span>
    }
}

#[component]
fn Writing(spot: Spot, column: Column, at: Signal<At>) -> impl IntoView {
    let Spot {
        sheet, line, cells, ..
    } = spot;
    let shown = Signal::derive(move || {
        cells.with(|cells| {
            cells
                .as_ref()
                .map(|c| cell::shown(c, column))
                .unwrap_or_default()
        })
    });
    let asking = Asking::new();
    let editor = Editor::new(at, shown, spot.make(column, asking), spot.reason());
    sheet.enrol(line.get_value(), column, (editor, asking));
    Effect::new(move |_| {
        let offered = editor.offered().get().is_some();
        let typed = editor.state().get_untracked() != EditorState::Still;
        if offered && line.with_value(|line| sheet.is_own(line, column)) && !typed {
            editor.restore();
        }
    });
    let node = NodeRef::<html::Input>::new();
    node.on_load(move |input| editor.attach(&input));
    let mode = StoredValue::new(Mode::Select);
    let fresh = StoredValue::new(false);
    let id = line.with_value(|line| line.id(column));
    let note = format!("{id}-note");
    let against = move || {
        cells.with(|cells| {
            cells
                .as_ref()
                .and_then(|cells| cell::contradiction(cells, column))
        })
    };
    let asked = Memo::new(move |_| {
        matches!(editor.state().get(), EditorState::Problem(_)) && asking.asked().is_some()
    });
    let speaks = Memo::new(move |_| {
        let state = editor.state().get();
        matches!(state, EditorState::Problem(_) | EditorState::KeptDraft) && !asked.get()
            || editor.offered().get().is_some()
    });
    let saved = Signal::derive(move || {
        cells.with(|cells| cells.as_ref().and_then(|cells| cell::saved(cells, column)))
    });
    view! {
        <input
            node_ref=node
            class="cell"
            class:text=column == Column::Note
            class:against=move || against().is_some()
            class:wrong=move || matches!(editor.state().get(), EditorState::Problem(_))
            id=id
            type="text"
            inputmode=if column == Column::Note { "text" } else { "decimal" }
            autocomplete="off"
            data-path=editor.address()
            aria-label=move || spot.label(column)
            aria-describedby=note.clone()
            placeholder=against
            on:focus=move |_| {
                editor.focus();
                line.with_value(|line| sheet.arrive(line));
                mode.set_value(Mode::Select);
                fresh.set_value(true);
                select(node);
            }
            on:mouseup=move |event| {
                // The click that brought the focus chooses the cell; a second one goes inside.
                if fresh.get_value() {
                    event.prevent_default();
                    fresh.set_value(false);
                } else {
                    mode.set_value(Mode::Edit);
                }
            }
            on:input=move |event| {
                line.with_value(|line| sheet.is_own(line, column));
                asking.release();
                editor.input(event_target_value(&event));
            }
            on:keydown=move |event| {
                fresh.set_value(false);
                on_key(&event, spot, column, editor, asking, mode, node);
            }
            on:paste=move |event| on_paste(event.unchecked_ref(), spot, column)
            on:blur=move |_| {
                line.with_value(|line| sheet.is_own(line, column));
                editor.leave();
            }
        />
        <Show when=move || asked.get()>
            <Question spot column asking editor node />
        </Show>
        <Show when=move || speaks.get()>
            <FieldNote editor saved id=note.clone() />
        </Show>
    }
}

fn on_key(
    event: &KeyboardEvent,
    spot: Spot,
    column: Column,
    editor: Editor,
    asking: Asking,
    mode: StoredValue<Mode>,
    node: NodeRef<html::Input>,
) {
    if composing(event) {
        return;
    }
    let key = event.key();
    match key.as_str() {
        "F2" => {
            event.prevent_default();
            mode.set_value(Mode::Edit);
            if let Some(input) = node.get_untracked() {
                let end = u32::try_from(input.value().encode_utf16().count()).unwrap_or(u32::MAX);
                let _ = input.set_selection_range(end, end);
            }
        }
        "Escape" if editor.state().get_untracked() != EditorState::Still => {
            event.stop_propagation();
            editor.restore();
            mode.set_value(Mode::Select);
            select(node);
        }
        _ => {
            let sheet = spot.sheet;
            let (press, mode) = (press(event, &key), mode.get_value());
            // A figure that has to be asked about holds the cursor once; the next Enter leaves it.
            if key == "Enter" && asks(spot, column, asking, editor, node) {
                event.prevent_default();
                return editor.commit();
            }
            if spot
                .line
                .with_value(|line| sheet.walk(press, mode, line, column))
            {
                event.prevent_default();
                // At the edge the focus stays, and Enter still commits.
                editor.commit();
            }
        }
    }
}

/// Whether what was just typed has to be asked about.
fn asks(
    spot: Spot,
    column: Column,
    asking: Asking,
    editor: Editor,
    node: NodeRef<html::Input>,
) -> bool {
    let text = node.get_untracked().map(|input| input.value());
    let typing = editor.state().get_untracked() == EditorState::Typing;
    let asked = |text: String| matches!(spot.read(column, asking, &text), Typed::Asked(_));
    typing && text.is_some_and(asked)
}

fn on_paste(event: &ClipboardEvent, spot: Spot, column: Column) {
    let text = event
        .clipboard_data()
        .and_then(|data| data.get_data("text/plain").ok());
    if let Some(text) = text.filter(|text| paste::is_block(text)) {
        event.prevent_default();
        spot.line
            .with_value(|line| spot.sheet.paste(&text, line, column));
    }
}

fn press<'a>(event: &ev::KeyboardEvent, key: &'a str) -> Press<'a> {
    Press {
        key,
        shift: event.shift_key(),
        ctrl: event.ctrl_key() || event.meta_key(),
    }
}

fn select(node: NodeRef<html::Input>) {
    let input: Option<HtmlInputElement> = node.get_untracked();
    if let Some(input) = input {
        input.select();
    }
}
