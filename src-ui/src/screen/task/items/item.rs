//! An obstacle, a proposal or a comment: its text, whom it waits for, what became of it.

use leptos::prelude::*;
use terms::{
    Field, Record,
    rows::{ItemKind, ItemRow, TaskRow, TextField},
};

use super::fields::Fields;
use crate::{
    catalogue::words,
    component::{FieldHistory, Form, Merged},
    rows::{Key, Rows},
    screen::task::{
        actions::{Actions, Over},
        reason::{Reason, ReasonField, Unfold},
    },
};

/// One item. Another agency's is shown to be read until the person opens it to write.
#[component]
pub fn Item(
    /// The rows of the task.
    rows: Rows<TaskRow>,
    /// Its key.
    key: Key,
    /// Whether struck-out items are shown.
    struck: RwSignal<bool>,
) -> impl IntoView {
    let row = rows.row(&key)?;
    let TaskRow::Item(first) = row.get_untracked() else {
        return None;
    };
    let (kind, id) = (first.item, first.id.clone());
    let reason = Reason::new(first.doc.clone());
    let item = Memo::new(move |last| match row.get() {
        TaskRow::Item(item) => item,
        _ => last.cloned().unwrap_or_else(|| first.clone()),
    });
    let gone = Memo::new(move |_| item.with(|item| item.removed.agreed() == Some(&true)));
    // What was just struck out stays where it is, to be put back.
    let kept = RwSignal::new(false);
    let open = RwSignal::new(!reason.needed());
    Effect::new(move |_| {
        if item.with(waits) {
            open.set(true);
        }
    });
    let may = Memo::new(move |_| item.with(|item| item.writable));
    let writable = Signal::derive(move || may.get() && open.get());
    let seen = Signal::derive(move || item.with(|item| (item.doc.clone(), item.heads.clone())));
    let form = Form::new(seen, format!("item-{id}"), reason.given(), writable);
    let text = Memo::new(move |_| item.with(|item| item.text.clone()));
    let removed = Memo::new(move |_| item.with(|item| item.removed.clone()));
    let fields = Memo::new(move |_| writable.get() && !gone.get());
    Some(view! {
        <li
            class="item"
            class:gone=move || gone.get()
            hidden=move || gone.get() && !struck.get() && !kept.get()
            data-item=move || item.with(|item| item.id.to_string())
            on:focusin=move |_| rows.hold(&key)
        >
            <p class="item-head mute small">{move || item.with(details)}</p>
            <Show when=move || writable.get()>
                <ReasonField reason id=form.id("reason") />
            </Show>
            <Show
                when=move || fields.get()
                fallback=move || view! { <ReadOnly form kind text /> }
            >
                <Fields form item kind />
            </Show>
            <Actions form record=Record::Item(id) removed over=resolved(item, kind) kept>
                <Show when=move || may.get() && reason.needed()>
                    <Unfold open label=words().task.write_for act="toggle-item" />
                </Show>
            </Actions>
        </li>
    })
}

/// The text as it is read, with its history.
#[component]
fn ReadOnly(form: Form, kind: ItemKind, text: Memo<TextField>) -> impl IntoView {
    let at = form.at(move || text.with(|text| text.path.clone()));
    view! {
        <Merged text at writable=form.writable reason=form.reason />
        <p class="part-text">{move || text.with(|text| text.text.clone())}</p>
        <FieldHistory at what=(words().task.items)(kind) />
    }
}

/// The day on which an obstacle was out of the way; nothing of other items.
fn resolved(item: Memo<ItemRow>, kind: ItemKind) -> Option<Over> {
    let texts = words().task;
    match kind {
        ItemKind::Obstacle => Some(Over {
            field: Field::ResolvedOn,
            day: Memo::new(move |_| item.with(|item| item.resolved_on.clone())),
            what: texts.resolve,
            set: texts.resolve,
            take_back: texts.reopen,
            act: "resolve",
        }),
        ItemKind::Proposal | ItemKind::Comment => None,
    }
}

/// Whether the person has something to choose or to read again in it.
fn waits(item: &ItemRow) -> bool {
    item.writable
        && (item.text.merged()
            || item.waits_for.in_conflict()
            || item.resolved_on.in_conflict()
            || item.removed.in_conflict())
}

/// «Trần Đề · Lê Văn B, 11/09 14:05 · chờ Sở TN&MT · đã tháo gỡ 12/09/2019».
fn details(item: &ItemRow) -> String {
    let texts = words().task;
    let mut parts = vec![item.agency.short.clone()];
    if let Some((by, at)) = &item.added {
        parts.push((texts.added_by)(&by.person, *at));
    }
    if item.item == ItemKind::Obstacle {
        parts.push(match item.waits_for.agreed() {
            Some(agency) => (texts.waiting)(&agency.short),
            None => texts.nobody.to_owned(),
        });
    }
    if let Some(day) = item.resolved_on.agreed() {
        parts.push((texts.resolved_on)(*day));
    }
    if item.removed.agreed() == Some(&true) {
        parts.push(texts.removed.to_owned());
    }
    parts.join(" · ")
}
