//! What of an item can be put in other words: its text, and whom it waits for.

use leptos::prelude::*;
use terms::{
    Field,
    rows::{ItemKind, ItemRow},
};

use crate::{
    catalogue::words,
    component::{Form, MergedTextField, RegisterField},
};

/// The fields. A proposal or a comment stands as it was made; only an obstacle can be put in other
/// words.
#[component]
pub fn Fields(
    /// The card.
    form: Form,
    /// The item.
    item: Memo<ItemRow>,
    /// Which kind.
    kind: ItemKind,
) -> impl IntoView {
    let text = Memo::new(move |_| item.with(|item| item.text.clone()));
    let waits_for = Memo::new(move |_| item.with(|item| item.waits_for.clone()));
    match kind {
        ItemKind::Obstacle => view! {
            <MergedTextField
                form
                field=Field::ItemText
                text
                label=(words().task.item_text)(kind)
            />
            <RegisterField form field=Field::WaitsFor value=waits_for />
        }
        .into_any(),
        ItemKind::Proposal | ItemKind::Comment => {
            view! { <p class="part-text">{move || text.with(|text| text.text.clone())}</p> }
                .into_any()
        }
    }
}
