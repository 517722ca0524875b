//! Obstacles, proposals and comments of a task, and the forms that add them.

pub mod add;
pub mod fields;
pub mod item;

use leptos::prelude::*;
use terms::{
    TaskId,
    rows::{ItemKind, TaskRow},
};

use super::{home::Home, layout::Layout};
use crate::{
    catalogue::words,
    rows::{Key, Rows},
};
use add::AddItem;
pub use add::agencies;
use item::Item;

/// One list.
#[component]
pub fn Items(
    /// The rows of the task.
    rows: Rows<TaskRow>,
    /// Which stands where.
    layout: Memo<Layout>,
    /// The own agency's document.
    home: Memo<Option<Home>>,
    /// Which kind.
    kind: ItemKind,
    /// The task.
    task: TaskId,
) -> impl IntoView {
    let texts = words().task;
    let keys = Memo::new(move |_| layout.with(|layout| layout.items(kind).to_vec()));
    let empty = Memo::new(move |_| keys.with(Vec::is_empty));
    let struck = RwSignal::new(false);
    let removed = Memo::new(move |_| {
        let gone = |key: &Key| match rows.row(key).map(|row| row.get()) {
            Some(TaskRow::Item(item)) => item.removed.agreed() == Some(&true),
            _ => false,
        };
        keys.with(|keys| keys.iter().filter(|key| gone(key)).count())
    });
    view! {
        <section class="task-items" data-items=format!("{kind:?}").to_lowercase()>
            <h2>{(texts.items)(kind)}</h2>
            <Show when=move || empty.get()>
                <p class="mute">{(texts.no_items)(kind)}</p>
            </Show>
            <ul>
                <For
                    each=move || keys.get()
                    key=Clone::clone
                    children=move |key| view! { <Item rows key struck /> }
                />
            </ul>
            <div class="task-acts">
                <AddItem kind home task />
                <ShowStruck count=removed struck />
            </div>
        </section>
    }
}

/// Shows what is struck out, where something is.
#[component]
pub fn ShowStruck(
    /// How many.
    count: Memo<usize>,
    /// Whether they are shown.
    struck: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <Show when=move || 0 < count.get()>
            <button
                type="button"
                class="link"
                data-act="show-struck"
                aria-pressed=move || struck.get().to_string()
                on:click=move |_| struck.update(|struck| *struck = !*struck)
            >
                {move || (words().task.show_removed)(count.get())}
            </button>
        </Show>
    }
}
