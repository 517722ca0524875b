//! One row of «Chương trình».

use leptos::prelude::*;
use terms::{
    TaskId,
    rows::{TreeRow, TreeTask},
};

use crate::{
    catalogue::words,
    component::{OfficialBadge, Roving, conflict_mark, obstacle_mark, who},
    route::Route,
    rows::{Key, Rows},
};

/// A group, a section or a task.
#[component]
pub fn TreeLine(
    /// The row's key.
    key: Key,
    /// All rows.
    rows: Rows<TreeRow>,
    /// The walk along the list.
    roving: Roving,
    /// The task that is open.
    open: Memo<Option<TaskId>>,
) -> impl IntoView {
    let cell = RwSignal::from(rows.row(&key)?);
    // What kind of row it is stays; what it says may change.
    Some(match cell.get_untracked() {
        TreeRow::Group { .. } => {
            let text = move || match cell.get() {
                TreeRow::Group { number, title, .. } => (words().tree.group)(&number, &title),
                _ => String::new(),
            };
            view! { <h2 class="tree-group">{text} <Count cell /></h2> }.into_any()
        }
        TreeRow::Section { .. } => {
            let text = move || match cell.get() {
                TreeRow::Section { number, title, .. } => {
                    view! { <span class="tree-number">{number}</span> {title} }.into_any()
                }
                _ => ().into_any(),
            };
            view! { <h3 class="tree-section">{text}</h3> }.into_any()
        }
        TreeRow::Task(task) => {
            let task = Memo::new(move |_| match cell.get() {
                TreeRow::Task(now) => now,
                _ => task.clone(),
            });
            view! { <TaskLine key task rows roving open /> }.into_any()
        }
    })
}

#[component]
fn Count(cell: RwSignal<TreeRow>) -> impl IntoView {
    let tasks = move || match cell.get() {
        TreeRow::Group { tasks, .. } | TreeRow::Section { tasks, .. } => tasks,
        TreeRow::Task(_) => 0,
    };
    view! { <small>{move || (words().common.tasks)(tasks())}</small> }
}

#[component]
fn TaskLine(
    key: Key,
    task: Memo<TreeTask>,
    rows: Rows<TreeRow>,
    roving: Roving,
    open: Memo<Option<TaskId>>,
) -> impl IntoView {
    let id = task.with_untracked(|task| task.task.clone());
    let href = Route::Tree(Some(id.clone())).href();
    let (focus_key, tab_key) = (key.clone(), key.clone());
    let current = move || open.with(|open| (open.as_ref() == Some(&id)).then_some("true"));
    let official = Signal::derive(move || task.with(|task| task.official));
    let heading = move || task.with(|task| task.heading);
    let clause = move || task.with(|task| task.clause.clone());
    let title = move || task.with(|task| task.title.clone());
    let leads = move || task.with(|task| who::leads(&task.responsible));
    view! {
        <a
            id=roving.id(&key)
            class="tree-row"
            class:heading=heading
            class:below=move || task.with(|task| task.depth > 0)
            href=href
            tabindex=move || roving.tabindex(&tab_key)
            aria-current=current
            on:focus=move |_| {
                roving.arrived(&focus_key);
                rows.hold(&focus_key);
            }
        >
            <span class="tree-clause" title=clause>{clause}</span>
            <span class="tree-title">
                <span class="row-text" title=title>{title}</span>
                <Marks task />
            </span>
            <Show when=move || !heading()>
                <span class="tree-who" title=leads>{leads}</span>
                <span class="tree-status"><OfficialBadge status=official /></span>
                <span class="tree-percent number">
                    {move || task.with(|task| {
                        task.percent.as_ref().map(|p| (words().common.percent)(&p.format_vi()))
                    })}
                </span>
                <span class="tree-due number">
                    {move || task.with(|task| task.due.format_screen())}
                </span>
            </Show>
        </a>
    }
}

/// What stands beside a task's title: values to choose, obstacles, how many leads have written.
#[component]
fn Marks(task: Memo<TreeTask>) -> impl IntoView {
    let marks = Memo::new(move |_| task.with(|task| (task.conflict, task.obstacles, task.updated)));
    move || {
        let (conflict, obstacles, (done, all)) = marks.get();
        let updated = (all > 1 && done > 0).then(|| {
            let word = words().tree.updated;
            view! { <span class="mark">{done} "/" {all} <span class="mark-word">" " {word}</span></span> }
        });
        let any = conflict || obstacles > 0 || updated.is_some();
        any.then(|| {
            view! {
                <span class="marks">
                    {conflict.then(conflict_mark)} {(obstacles > 0).then(|| obstacle_mark(obstacles))}
                    {updated}
                </span>
            }
        })
    }
}
