//! An obstacle, a proposal or a comment: its text, whom it waits for, what became of it.

use ipc::History;
use leptos::prelude::*;
use terms::{
    Date, Edit,
    rows::{AgencyName, ItemKind, ItemRow, TaskRow},
};

use crate::{
    catalogue::words,
    field::{At, Choice, Editor, Input, TextField},
    part::{Act, ActProblem, Conflict, HistoryToggle, rivals},
    rows::{Key, Rows},
    screen::task::field::{saved, text_saved},
    session::use_session,
};

/// One item.
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
    let kind = first.item;
    let item = Memo::new(move |last| match row.get() {
        TaskRow::Item(item) => item,
        _ => last.cloned().unwrap_or_else(|| first.clone()),
    });
    let gone = Memo::new(move |_| item.with(|item| item.removed.agreed() == Some(&true)));
    // What was just struck out stays where it is, to be put back.
    let kept = RwSignal::new(false);
    Some(view! {
        <li
            class="item"
            class:gone=move || gone.get()
            hidden=move || gone.get() && !struck.get() && !kept.get()
            data-item=move || item.with(|item| item.id.to_string())
            on:focusin=move |_| rows.hold(&key)
        >
            <p class="item-head mute small">{move || item.with(head)}</p>
            <Show
                when=move || item.with(|item| item.writable) && !gone.get()
                fallback=move || view! { <p class="part-text">{move || item.with(|i| i.text.text.clone())}</p> }
            >
                <Fields item kind />
            </Show>
            <Fate item kind gone kept />
        </li>
    })
}

#[component]
fn Fields(item: Memo<ItemRow>, kind: ItemKind) -> impl IntoView {
    let id = item.with_untracked(|item| item.id.clone());
    let none = Signal::derive(|| None::<String>);
    let at = at(item, |item| &item.text.path);
    let shown = Signal::derive(move || item.with(|item| item.text.text.clone()));
    let make = {
        let id = id.clone();
        move |text: &str| {
            Ok(Edit::SetObstacleText {
                id: id.clone(),
                text: text.to_owned(),
            })
        }
    };
    let saved = Signal::derive(move || item.with(|item| text_saved(&item.text)));
    let label = (words().task.item_text)(kind);
    // Only an obstacle can be put in other words; a proposal or a comment stands as it was made.
    if kind != ItemKind::Obstacle {
        return view! { <p class="part-text">{shown}</p> }.into_any();
    }
    let editor = Editor::new(at, shown, make, none);
    view! {
        <TextField label id=format!("item-{id}-text") editor saved input=Input::Lines writable=true />
        <WaitsFor item />
    }
    .into_any()
}

#[component]
fn WaitsFor(item: Memo<ItemRow>) -> impl IntoView {
    let texts = words().task;
    let session = use_session();
    let id = item.with_untracked(|item| item.id.clone());
    let none = Signal::derive(|| None::<String>);
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
            Ok(Edit::SetObstacleWaitsFor {
                id: id.clone(),
                waits_for,
            })
        }
    };
    let editor = Editor::new(at, shown, make, none);
    let element = format!("item-{id}-waits-for");
    let choose = Signal::derive(move || {
        let me = session.with(|me| me.enrolment.clone());
        let show = |agency: &AgencyName| (agency.short.clone(), agency.id.to_string());
        item.with(|item| {
            rivals(&item.waits_for, me.as_ref(), show, |said| {
                Edit::SetObstacleWaitsFor {
                    id: item.id.clone(),
                    waits_for: said.value.as_ref().map(|agency| agency.id.clone()),
                }
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
        <Conflict what=texts.waits_for rivals=choose at writable=true reason=none field=element.clone() />
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

/// What became of it: out of the way, struck out, put back.
#[component]
fn Fate(
    item: Memo<ItemRow>,
    kind: ItemKind,
    gone: Memo<bool>,
    kept: RwSignal<bool>,
) -> impl IntoView {
    let (texts, session, act) = (words().task, use_session(), Act::new());
    let none = Signal::derive(|| None::<String>);
    let writable = Signal::derive(move || item.with(|item| item.writable));
    let resolved = Memo::new(move |_| item.with(|item| item.resolved_on.agreed().is_some()));
    let today = session.today();
    let run = move |edit: Edit| {
        let (doc, heads) = item.with_untracked(|item| (item.doc.clone(), item.heads.clone()));
        act.run(doc, heads, edit, None, |_| ());
    };
    let id = move || item.with_untracked(|item| item.id.clone());
    let resolve = move |_| {
        let resolved_on = today.filter(|_| !resolved.get_untracked());
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
            reason=none
            field=String::new()
        />
        <Conflict
            what=texts.resolve
            rivals=resolved_rivals(item)
            at=at(item, |item| &item.resolved_on.path)
            writable
            reason=none
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
            <HistoryToggle what=(texts.items)(kind).to_owned() of heads />
        </div>
        <ActProblem act />
    }
}

fn removal_rivals(item: Memo<ItemRow>) -> Signal<Vec<crate::part::Rival>> {
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

fn resolved_rivals(item: Memo<ItemRow>) -> Signal<Vec<crate::part::Rival>> {
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

fn at(item: Memo<ItemRow>, path: fn(&ItemRow) -> &str) -> Signal<At> {
    Signal::derive(move || {
        item.with(|item| At {
            doc: item.doc.clone(),
            path: path(item).to_owned(),
            heads: item.heads.clone(),
        })
    })
}

/// «Trần Đề · Lê Văn B, 11/09 14:05 · chờ Sở TN&MT · đã tháo gỡ 12/09/2019».
fn head(item: &ItemRow) -> String {
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
