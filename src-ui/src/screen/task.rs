//! The screen «Nhiệm vụ»: the clause, what each agency says of it, and what stands in its way.

pub mod actions;
pub mod assign;
pub mod completion;
pub mod details;
pub mod field;
pub mod home;
pub mod items;
pub mod layout;
pub mod milestones;
pub mod own;
pub mod progress_card;
pub mod reason;

use ipc::{History, Looked};
use leptos::prelude::*;
use terms::{
    Role, TaskId,
    rows::{ItemKind, TaskRow},
};

use crate::{
    catalogue::words,
    component::{Empty, HistoryList, VerdictBadge},
    route::Route,
    rows::{Key, Rows},
    session::use_session,
    transport::use_client,
};
use details::Details;
use home::Home;
use items::Items;
use layout::Layout;
use milestones::Milestones;
use progress_card::ProgressCard;

/// One task in the period looked at. Stands beside a list or over it; made anew for each task.
#[component]
pub fn TaskScreen(
    /// The task.
    task: TaskId,
) -> impl IntoView {
    let (client, session) = (use_client(), use_session());
    let period = session.period();
    let rows = {
        let task = task.clone();
        client.watch(move || ipc::Task {
            task: task.clone(),
            period: period.get(),
        })
    };
    client.send(Looked { task: task.clone() });
    let layout = Memo::new(move |_| {
        let typed = |place: &_| session.draft(place).is_some();
        Layout::of(&rows.all(), session.agency().as_ref(), typed)
    });
    let home = Memo::new(move |_| Home::of(&rows.all(), session.agency().as_ref()));
    let place = Memo::new(move |_| {
        let reviewer = session.with(|me| me.role == Role::Reviewer);
        home::milestones_in(&rows.all(), home.get(), reviewer.unwrap_or_default())
    });
    let empty = Signal::derive(move || layout.with(|layout| layout.details.is_none()));
    let task = StoredValue::new(task);
    view! {
        <article class="task" data-screen="task" on:focusout=move |_| rows.release()>
            <Empty state=Signal::derive(move || rows.state()) empty text=words().task.missing />
            <DetailsOf rows layout home />
            <Show when=move || layout.with(|layout| layout.reports)>
                <ProgressCards rows layout task=task.get_value() />
                <Items rows layout home kind=ItemKind::Obstacle task=task.get_value() />
                <Milestones rows layout place task=task.get_value() />
            </Show>
            <Targets rows layout />
            <Show when=move || layout.with(|layout| layout.reports)>
                <Items rows layout home kind=ItemKind::Proposal task=task.get_value() />
                <Items rows layout home kind=ItemKind::Comment task=task.get_value() />
            </Show>
            <Show when=move || !empty.get()>
                <Timeline rows task=task.get_value() />
            </Show>
        </article>
    }
}

#[component]
fn DetailsOf(rows: Rows<TaskRow>, layout: Memo<Layout>, home: Memo<Option<Home>>) -> impl IntoView {
    let key = Memo::new(move |_| layout.with(|layout| layout.details.clone()));
    move || {
        let row = rows.row(&key.get()?)?;
        let first = match row.get_untracked() {
            TaskRow::Details(details) => *details,
            _ => return None,
        };
        let details = Memo::new(move |last| match row.get() {
            TaskRow::Details(details) => *details,
            _ => last.cloned().unwrap_or_else(|| first.clone()),
        });
        Some(view! { <Details details home /> })
    }
}

/// What the agencies say: the person's own first, then the others, of whom those that have
/// written nothing can be hidden.
#[component]
fn ProgressCards(rows: Rows<TaskRow>, layout: Memo<Layout>, task: TaskId) -> impl IntoView {
    let texts = words().task;
    let all = RwSignal::new(false);
    let silent = Memo::new(move |_| layout.with(|layout| layout.silent));
    let own_key = Memo::new(move |_| layout.with(|layout| layout.own.clone()));
    let others = Memo::new(move |_| layout.with(|layout| layout.others.clone()));
    let task = StoredValue::new(task);
    let card = move |(key, _path): (Key, String), own: bool| {
        view! { <ProgressCard rows key task=task.get_value() own all /> }
    };
    view! {
        <section class="task-parts">
            <For each=move || own_key.get() key=Clone::clone children=move |key| card(key, true) />
            <Show when=move || others.with(|others| !others.is_empty())>
                <h2>{texts.others}</h2>
            </Show>
            <For each=move || others.get() key=Clone::clone children=move |key| card(key, false) />
            <Show when=move || 0 < silent.get()>
                <button
                    type="button"
                    class="link"
                    data-act="show-silent"
                    aria-pressed=move || all.get().to_string()
                    on:click=move |_| all.update(|all| *all = !*all)
                >
                    {move || if all.get() {
                        texts.hide_silent.to_owned()
                    } else {
                        (texts.show_silent)(silent.get())
                    }}
                </button>
            </Show>
        </section>
    }
}

#[component]
fn Targets(rows: Rows<TaskRow>, layout: Memo<Layout>) -> impl IntoView {
    let texts = words().task;
    let keys = Memo::new(move |_| layout.with(|layout| layout.targets.clone()));
    let line = move |key: Key| {
        let row = rows.row(&key)?;
        Some(move || match row.get() {
            TaskRow::Target {
                target,
                name,
                goal,
                verdict,
            } => view! {
                <a class="task-target" href=Route::Targets(Some(target)).href()>
                    <span>{name} <span class="mute">" · " {(texts.goal)(&goal)}</span></span>
                    <VerdictBadge verdict=verdict />
                </a>
            }
            .into_any(),
            _ => ().into_any(),
        })
    };
    view! {
        <Show when=move || keys.with(|keys| !keys.is_empty())>
            <section>
                <h2>{texts.targets}</h2>
                <For each=move || keys.get() key=Clone::clone children=line />
            </section>
        </Show>
    }
}

/// All that was said of the task, when asked for.
#[component]
fn Timeline(rows: Rows<TaskRow>, task: TaskId) -> impl IntoView {
    let open = RwSignal::new(false);
    let heads = Memo::new(move |_| layout::all_heads(&rows.all()));
    let task = StoredValue::new(task);
    let of = Signal::derive(move || History::Task {
        task: task.get_value(),
    });
    view! {
        <section>
            <button
                type="button"
                class="link"
                data-act="timeline"
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {words().task.timeline}
            </button>
            <Show when=move || open.get()>
                <HistoryList of heads fields=true />
            </Show>
        </section>
    }
}
