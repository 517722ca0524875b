//! What of an item can be put in other words: its text, and whom it waits for.

use leptos::prelude::*;
use terms::{
    Edit, Field, Record, Value,
    rows::{AgencyName, ItemKind, ItemRow},
};

use super::at;
use crate::{
    catalogue::words,
    field::{Choice, Editor, Input, TextField},
    part::{Conflict, rivals},
    screen::task::field::{saved, text_saved},
    session::use_session,
};

/// The fields. A proposal or a comment stands as it was made; only an obstacle can be put in other
/// words.
#[component]
pub fn Fields(
    /// The item.
    item: Memo<ItemRow>,
    /// Which kind.
    kind: ItemKind,
    /// Goes with each edit.
    reason: Signal<Option<String>>,
) -> impl IntoView {
    let id = item.with_untracked(|item| item.id.clone());
    let at = at(item, |item| &item.text.path);
    let shown = Signal::derive(move || item.with(|item| item.text.text.clone()));
    let make = {
        let id = id.clone();
        move |text: &str| {
            Ok(Edit::text(
                Record::Item(id.clone()),
                Field::ItemText,
                text.to_owned(),
            ))
        }
    };
    let saved = Signal::derive(move || item.with(|item| text_saved(&item.text)));
    let label = (words().task.item_text)(kind);
    if kind != ItemKind::Obstacle {
        return view! { <p class="part-text">{shown}</p> }.into_any();
    }
    let editor = Editor::new(at, shown, make, reason);
    view! {
        <TextField label id=format!("item-{id}-text") editor saved input=Input::Lines writable=true />
        <WaitsFor item reason />
    }
    .into_any()
}

#[component]
fn WaitsFor(item: Memo<ItemRow>, reason: Signal<Option<String>>) -> impl IntoView {
    let texts = words().task;
    let session = use_session();
    let id = item.with_untracked(|item| item.id.clone());
    let at = at(item, |item| &item.waits_for.path);
    let shown = Signal::derive(move || {
        item.with(|item| {
            item.waits_for
                .agreed()
                .map(|a| a.id.to_string())
                .unwrap_or_default()
        })
    });
    let make = {
        let id = id.clone();
        move |code: &str| {
            let waits_for = match code {
                "" => None,
                code => Some(code.parse().map_err(|error| format!("{error}"))?),
            };
            Ok(Edit::set(
                Record::Item(id.clone()),
                Field::WaitsFor,
                waits_for.map(Value::Agency),
            ))
        }
    };
    let editor = Editor::new(at, shown, make, reason);
    let element = format!("item-{id}-waits-for");
    let choose = Signal::derive(move || {
        let me = session.with(|me| me.enrolment.clone());
        let show = |agency: &AgencyName| (agency.short.clone(), agency.id.to_string());
        item.with(|item| {
            rivals(&item.waits_for, me.as_ref(), show, |said| {
                Edit::set(
                    Record::Item(item.id.clone()),
                    Field::WaitsFor,
                    (said.value.as_ref().map(|agency| agency.id.clone())).map(Value::Agency),
                )
            })
        })
    });
    let options = session.with(|me| {
        me.agencies
            .iter()
            .map(|agency| (agency.id.to_string(), agency.short.clone()))
            .collect()
    });
    let saved = Signal::derive(move || item.with(|item| saved(&item.waits_for)));
    view! {
        <Conflict what=texts.waits_for rivals=choose at writable=true reason field=element.clone() />
        <Choice
            label=texts.waits_for
            id=element
            editor
            options=options.unwrap_or_default()
            saved
            writable=true
        />
    }
}
