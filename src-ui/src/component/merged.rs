//! A text that several wrote at once: whoever reads it as it came out says so.

use leptos::prelude::*;
use terms::{FieldPath, rows::TextField};

use super::{Act, ActProblem};
use crate::{catalogue::words, field::At};

/// The box with «Đã đọc lại»; nothing while the text is one person's.
#[component]
pub fn Merged(
    /// The text.
    #[prop(into)]
    text: Signal<TextField>,
    /// Where it stands.
    at: Signal<At>,
    /// Whether the person may write it.
    #[prop(into)]
    writable: Signal<bool>,
    /// Goes with the edit where one writes for others.
    reason: Signal<Option<String>>,
) -> impl IntoView {
    let (texts, act) = (words().value, Act::new());
    let confirm = move |_| {
        let At { doc, path, heads } = at.get_untracked();
        if let Some(path) = FieldPath::parse(&path) {
            act.run(doc, heads, path.confirm(), reason.get_untracked(), |_| ());
        }
    };
    let of = move || at.with(|at| format!("{}#{}", at.doc, at.path));
    view! {
        <Show when=move || text.with(TextField::merged)>
            <div class="conflict" role="status" data-merged=of>
                <p>{move || (texts.merged)(&text.with(people))}</p>
                <Show when=move || writable.get()>
                    <button
                        type="button"
                        class="button"
                        data-act="confirm-text"
                        disabled=move || act.busy()
                        on:click=confirm
                    >
                        {texts.confirm}
                    </button>
                </Show>
                <ActProblem act />
            </div>
        </Show>
    }
}

/// Who wrote it, each once.
fn people(text: &TextField) -> String {
    let mut people: Vec<String> = Vec::new();
    for tip in &text.tips {
        let who = (words().value.who)(&tip.by.person, &tip.by.agency);
        if !people.contains(&who) {
            people.push(who);
        }
    }
    people.join("; ")
}
