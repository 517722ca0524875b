//! What became of an item, and the choice where people say different things of that.

use ipc::History;
use leptos::prelude::*;
use terms::{
    Date, Edit,
    rows::{ItemKind, ItemRow},
};

use super::at;
use crate::{
    catalogue::words,
    part::{Act, ActProblem, Conflict, HistoryToggle, Rival, rivals},
    session::use_session,
};

/// What became of it: out of the way, struck out, put back.
#[component]
pub fn Fate(
    /// The item.
    item: Memo<ItemRow>,
    /// Which kind.
    kind: ItemKind,
    /// Whether it is struck out.
    gone: Memo<bool>,
    /// Set when it is struck out here: it then stays where it is, to be put back.
    kept: RwSignal<bool>,
    /// Whether the person may write it now.
    writable: Signal<bool>,
    /// Goes with each edit.
    reason: Signal<Option<String>>,
    /// What else can be done, before the history.
    children: Children,
) -> impl IntoView {
    let (texts, session, act) = (words().task, use_session(), Act::new());
    let resolved = Memo::new(move |_| item.with(|item| item.resolved_on.agreed().is_some()));
    let run = move |edit: Edit| {
        let (doc, heads) = item.with_untracked(|item| (item.doc.clone(), item.heads.clone()));
        act.run(doc, heads, edit, reason.get_untracked(), |_| ());
    };
    let id = move || item.with_untracked(|item| item.id.clone());
    let resolve = move |_| {
        let resolved_on = session.today().filter(|_| !resolved.get_untracked());
        run(Edit::SetObstacleResolved {
            id: id(),
            resolved_on,
        });
    };
    let strike = move |_| {
        kept.set(true);
        run(Edit::SetItemRemoved {
            id: id(),
            removed: !gone.get_untracked(),
        });
    };
    let of = Memo::new(move |_| {
        item.with(|item| History::Field {
            doc: item.doc.clone(),
            path: item.text.path.clone(),
        })
    });
    let heads = Memo::new(move |_| item.with(|item| item.heads.clone()));
    view! {
        <Conflict
            what=texts.remove
            rivals=removal_rivals(item)
            at=at(item, |item| &item.removed.path)
            writable
            reason
            field=String::new()
        />
        <Conflict
            what=texts.resolve
            rivals=resolved_rivals(item)
            at=at(item, |item| &item.resolved_on.path)
            writable
            reason
            field=String::new()
        />
        <div class="task-acts">
            <Show when=move || writable.get() && kind == ItemKind::Obstacle && !gone.get()>
                <button type="button" class="button" data-act="resolve" disabled=move || act.busy() on:click=resolve>
                    {move || if resolved.get() { texts.reopen } else { texts.resolve }}
                </button>
            </Show>
            <Show when=move || writable.get()>
                <button type="button" class="link" data-act="strike" disabled=move || act.busy() on:click=strike>
                    {move || if gone.get() { texts.put_back } else { texts.remove }}
                </button>
            </Show>
            {children()}
            <HistoryToggle what=(texts.items)(kind).to_owned() of heads />
        </div>
        <ActProblem act />
    }
}

fn removal_rivals(item: Memo<ItemRow>) -> Signal<Vec<Rival>> {
    let session = use_session();
    Signal::derive(move || {
        let me = session.with(|me| me.enrolment.clone());
        let show = |gone: &bool| ((words().said.removed)(*gone).into(), gone.to_string());
        item.with(|item| {
            rivals(&item.removed, me.as_ref(), show, |said| {
                Edit::SetItemRemoved {
                    id: item.id.clone(),
                    removed: said.value.unwrap_or_default(),
                }
            })
        })
    })
}

fn resolved_rivals(item: Memo<ItemRow>) -> Signal<Vec<Rival>> {
    let session = use_session();
    Signal::derive(move || {
        let me = session.with(|me| me.enrolment.clone());
        let show = |day: &Date| (day.format_screen(), day.to_string());
        item.with(|item| {
            rivals(&item.resolved_on, me.as_ref(), show, |said| {
                Edit::SetObstacleResolved {
                    id: item.id.clone(),
                    resolved_on: said.value,
                }
            })
        })
    })
}
