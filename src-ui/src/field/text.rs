//! A field for text, a figure or a day.

use leptos::{ev, html, prelude::*};
use terms::{SaveState, Timestamp};
use web_sys::{HtmlTextAreaElement, KeyboardEvent};

use super::{Editor, EditorState, FieldNote, editor::grow};
use crate::keys::composing;

/// How a field takes what is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// Many lines, so many of which are seen while it is empty; Enter is a new line.
    Lines(u8),
    /// One line.
    Line,
    /// A figure: digits at the right, the number keyboard on a phone.
    Figure,
}

/// A field with its label and its note.
#[component]
pub fn TextField(
    /// What it is called.
    label: &'static str,
    /// Its id in the page.
    id: String,
    /// What happens in it.
    editor: Editor,
    /// Where its value has got to.
    #[prop(into)]
    saved: Signal<Option<(SaveState, Timestamp)>>,
    /// How it takes what is typed.
    input: Input,
    /// Whether this person may write it.
    #[prop(into)]
    writable: Signal<bool>,
) -> impl IntoView {
    let note = format!("{id}-note");
    let element = match input {
        Input::Lines(rows) => area(&id, &note, editor, rows, writable).into_any(),
        Input::Line | Input::Figure => line(&id, &note, editor, input, writable).into_any(),
    };
    view! {
        <div class="field" class:figure=input == Input::Figure>
            <label for=id>{label}</label>
            {element}
            <FieldNote editor saved id=note />
        </div>
    }
}

fn area(id: &str, note: &str, editor: Editor, rows: u8, writable: Signal<bool>) -> impl IntoView {
    let element = NodeRef::<html::Textarea>::new();
    element.on_load(move |element| editor.attach(&element));
    view! {
        <textarea
            node_ref=element
            id=id.to_owned()
            data-path=editor.address()
            aria-describedby=note.to_owned()
            rows=rows.to_string()
            readonly=move || !writable.get()
            on:focus=move |_| editor.focus()
            on:input=move |event| {
                let area: HtmlTextAreaElement = event_target(&event);
                grow(&area);
                editor.input(area.value());
            }
            on:keydown=move |event| on_key(&event, editor, false)
            on:blur=move |_| editor.leave()
        />
    }
}

fn line(
    id: &str,
    note: &str,
    editor: Editor,
    input: Input,
    writable: Signal<bool>,
) -> impl IntoView {
    let element = NodeRef::<html::Input>::new();
    element.on_load(move |element| editor.attach(&element));
    view! {
        <input
            node_ref=element
            id=id.to_owned()
            data-path=editor.address()
            type="text"
            inputmode=if input == Input::Figure { "decimal" } else { "text" }
            autocomplete="off"
            aria-describedby=note.to_owned()
            readonly=move || !writable.get()
            on:focus=move |_| editor.focus()
            on:input=move |event| editor.input(event_target_value(&event))
            on:keydown=move |event: ev::KeyboardEvent| on_key(&event, editor, true)
            on:blur=move |_| editor.leave()
        />
    }
}

/// Enter commits (with Ctrl where Enter is a new line), Escape restores; neither while an input
/// method is composing.
fn on_key(event: &KeyboardEvent, editor: Editor, enter_commits: bool) {
    if composing(event) {
        return;
    }
    match event.key().as_str() {
        "Enter" if enter_commits || event.ctrl_key() => {
            event.prevent_default();
            editor.commit();
        }
        // Only what is typed is let go; another Escape then closes the detail.
        "Escape" if editor.state().get_untracked() != EditorState::Still => {
            event.stop_propagation();
            editor.restore();
        }
        _ => {}
    }
}
