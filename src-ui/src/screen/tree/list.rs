//! The list of «Chương trình».

use ipc::Tree;
use leptos::prelude::*;
use terms::{TaskId, TreeFilter, rows::TreeRow};

use super::{
    filter::{FilterBar, SEARCH},
    row::TreeLine,
};
use crate::{
    catalogue::words,
    component::{Empty, Roving},
    route::{Route, use_router},
    rows::{Key, Rows},
    session::use_session,
    transport::use_client,
};

/// The list with its heading and filter.
#[component]
pub fn TreeList(
    /// The task that is open beside it.
    open: Memo<Option<TaskId>>,
) -> impl IntoView {
    let (router, texts) = (use_router(), words().tree);
    let period = use_session().period();
    let filter = RwSignal::new(TreeFilter::default());
    Effect::new(move |_| {
        if let Route::Narrowed(narrow) = router.get() {
            filter.set(narrow);
        }
    });
    let rows = use_client().watch(move || Tree {
        period: period.get(),
        filter: filter.get(),
    });
    let roving = Roving::new("tree", stops(rows));
    roving.come_back(Signal::derive(move || open.get().is_some()));
    let tasks = Memo::new(move |_| rows.all().iter().map(|(_, row)| tasks(row)).sum::<usize>());
    let count = move || (tasks.get() > 0).then(|| (words().common.tasks)(tasks.get()));
    let empty = Signal::derive(move || rows.keys().with(Vec::is_empty));
    view! {
        <div class="screen-head">
            <h1 tabindex="-1">{texts.heading} " " <small>{count}</small></h1>
        </div>
        <FilterBar filter roving />
        <div
            class="tree-list card"
            on:keydown=move |event| roving.key(&event, SEARCH)
            on:focusout=move |_| rows.release()
        >
            <Columns />
            <For each=move || rows.keys().get() key=|key| key.clone() let(key)>
                <TreeLine key rows roving open />
            </For>
            <Empty state=Signal::derive(move || rows.state()) empty text=texts.nothing />
        </div>
    }
}

#[component]
fn Columns() -> impl IntoView {
    let texts = words().tree;
    view! {
        <div class="tree-columns" aria-hidden="true">
            <span>{texts.column_clause}</span>
            <span>{texts.column_task}</span>
            <span class="tree-who">{texts.column_who}</span>
            <span>{texts.column_status}</span>
            <span class="number">{texts.column_percent}</span>
            <span class="tree-due number">{texts.column_due}</span>
        </div>
    }
}

/// The rows that the arrows stop at.
fn stops(rows: Rows<TreeRow>) -> Signal<Vec<Key>> {
    Memo::new(move |_| keys_of_tasks(&rows.all())).into()
}

fn keys_of_tasks(rows: &[(Key, TreeRow)]) -> Vec<Key> {
    let task = |row: &TreeRow| matches!(row, TreeRow::Task(_));
    rows.iter()
        .filter(|(_, row)| task(row))
        .map(|(key, _)| key.clone())
        .collect()
}

/// Tasks of a group; sections and tasks are counted in theirs.
fn tasks(row: &TreeRow) -> usize {
    match row {
        TreeRow::Group { tasks, .. } => *tasks,
        _ => 0,
    }
}
