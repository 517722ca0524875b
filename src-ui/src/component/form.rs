//! What the fields of one card share: the document, what the view has seen of it, who may write.

use ipc::History;
use leptos::prelude::*;
use terms::{DocId, Heads};

use super::HistoryToggle;
use crate::field::At;

/// The fields of one card. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Form {
    doc: Signal<(DocId, Heads)>,
    id: StoredValue<String>,
    /// Goes with each edit where one writes for others.
    pub reason: Signal<Option<String>>,
    /// Whether the person may write.
    pub writable: Signal<bool>,
}

impl Form {
    /// The fields of a card that shows a document as it is at some heads. The ids of its elements
    /// begin with `id`.
    pub fn new(
        doc: Signal<(DocId, Heads)>,
        id: String,
        reason: Signal<Option<String>>,
        writable: Signal<bool>,
    ) -> Self {
        Self {
            doc,
            id: StoredValue::new(id),
            reason,
            writable,
        }
    }

    /// Where a field of the card stands.
    pub fn at(self, path: impl Fn() -> String + Send + Sync + 'static) -> Signal<At> {
        Signal::derive(move || {
            let (doc, heads) = self.doc.get();
            let path = path();
            At { doc, path, heads }
        })
    }

    /// An id for an element of the card.
    pub fn id(self, name: &str) -> String {
        let name = name.replace('_', "-");
        self.id.with_value(|id| format!("{id}-{name}"))
    }
}

/// The history of one field.
#[component]
pub fn FieldHistory(
    /// The field.
    at: Signal<At>,
    /// What the field is called.
    what: &'static str,
) -> impl IntoView {
    let of = Memo::new(move |_| {
        at.with(|at| History::Field {
            doc: at.doc.clone(),
            path: at.path.clone(),
        })
    });
    let heads = Memo::new(move |_| at.with(|at| at.heads.clone()));
    view! { <HistoryToggle what=what.to_owned() of heads /> }
}
