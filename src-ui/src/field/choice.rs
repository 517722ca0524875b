//! A field that is chosen from a list.

use leptos::{html, prelude::*};
use terms::{SaveState, Timestamp};

use super::{Editor, FieldNote};
use crate::catalogue::words;

/// A list to choose from, with its label and its note. Options are (value, words); an empty
/// value is nothing chosen.
#[component]
pub fn Choice(
    /// What it is called.
    label: &'static str,
    /// Its id in the page.
    id: String,
    /// What happens in it.
    editor: Editor,
    /// What there is to choose.
    options: Vec<(String, String)>,
    /// Where its value has got to.
    #[prop(into)]
    saved: Signal<Option<(SaveState, Timestamp)>>,
    /// Whether this person may write it.
    #[prop(into)]
    writable: Signal<bool>,
) -> impl IntoView {
    let node = NodeRef::<html::Select>::new();
    node.on_load(move |element| editor.attach(&element));
    let below = format!("{id}-note");
    let options = options
        .into_iter()
        .map(|(value, text)| view! { <option value=value>{text}</option> })
        .collect_view();
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select
                node_ref=node
                id=id
                data-path=editor.address()
                aria-describedby=below.clone()
                disabled=move || !writable.get()
                on:focus=move |_| editor.focus()
                on:change=move |event| {
                    editor.input(event_target_value(&event));
                    editor.commit();
                }
                on:blur=move |_| editor.leave()
            >
                <option value="">{words().field.none}</option>
                {options}
            </select>
            <FieldNote editor saved id=below />
        </div>
    }
}
