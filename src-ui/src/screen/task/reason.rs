//! Why somebody writes in another agency's document: asked once for a card, said with each edit.

use leptos::prelude::*;
use terms::DocId;

use crate::{catalogue::words, session::use_session};

/// The reason typed on one card. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Reason {
    typed: RwSignal<String>,
    doc: StoredValue<DocId>,
    needed: bool,
}

impl Reason {
    /// Nothing typed yet, to write in `doc`.
    pub fn new(doc: DocId) -> Self {
        let own = use_session().agency();
        let needed =
            matches!(&doc, DocId::Agency(_, agency) if own.is_none_or(|own| own != *agency));
        Self {
            typed: RwSignal::new(String::new()),
            doc: StoredValue::new(doc),
            needed,
        }
    }

    /// Whether it is another agency's document, so that nothing is taken without a reason.
    pub fn needed(self) -> bool {
        self.needed
    }

    /// As it goes with an edit.
    pub fn given(self) -> Signal<Option<String>> {
        let typed = self.typed;
        Signal::derive(move || {
            let typed = typed.get();
            (!typed.trim().is_empty()).then(|| typed.trim().to_owned())
        })
    }

    /// The short name of the agency whose document it is.
    fn whose(self) -> String {
        self.doc
            .with_value(|doc| {
                let id = doc.agency()?;
                use_session().with(|me| {
                    let agency = me.agencies.iter().find(|agency| agency.id == *id);
                    agency.map_or_else(|| id.to_string(), |agency| agency.short.clone())
                })
            })
            .unwrap_or_default()
    }
}

/// The field for it; nothing where none is needed.
#[component]
pub fn ReasonField(
    /// What is typed.
    reason: Reason,
    /// Its id in the page.
    id: String,
) -> impl IntoView {
    let texts = words().task;
    let hint = format!("{id}-hint");
    reason.needed.then(|| {
        view! {
            <div class="field">
                <label for=id.clone()>{texts.reason}</label>
                <input
                    id=id
                    type="text"
                    autocomplete="off"
                    data-act="reason"
                    aria-describedby=hint.clone()
                    prop:value=move || reason.typed.get_untracked()
                    on:input=move |event| reason.typed.set(event_target_value(&event))
                />
                <p class="mute small" id=hint>{(texts.reason_hint)(&reason.whose())}</p>
            </div>
        }
    })
}

/// What opens the form on a card that is another agency's, and closes it again.
#[component]
pub fn Unfold(
    /// Whether the form is open.
    open: RwSignal<bool>,
    /// What opens it.
    label: &'static str,
    /// The name by which journeys find the button.
    act: &'static str,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="link"
            data-act=act
            aria-expanded=move || open.get().to_string()
            on:click=move |_| open.update(|open| *open = !*open)
        >
            {move || if open.get() { words().task.close_part } else { label }}
        </button>
    }
}
