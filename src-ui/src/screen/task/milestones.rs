//! Milestones of a task: what is due when, by which paper, and whether it was reached.

pub mod add;
pub mod correct;
pub mod milestone;

use leptos::prelude::*;
use terms::{DocId, Heads, TaskId, rows::TaskRow};

use super::{items::ShowStruck, layout::Layout};
use crate::{
    catalogue::words,
    rows::{Key, Rows},
};
use add::AddMilestone;
use milestone::Milestone;

/// The list and the form that adds one.
#[component]
pub fn Milestones(
    /// The rows of the task.
    rows: Rows<TaskRow>,
    /// Which stands where.
    layout: Memo<Layout>,
    /// Where this person sets milestones, if anywhere.
    place: Memo<Option<(DocId, Heads)>>,
    /// The task.
    task: TaskId,
) -> impl IntoView {
    let texts = words().task;
    let keys = Memo::new(move |_| layout.with(|layout| layout.milestones.clone()));
    let struck = RwSignal::new(false);
    let removed = Memo::new(move |_| {
        let gone = |key: &Key| match rows.row(key).map(|row| row.get()) {
            Some(TaskRow::Milestone(mark)) => mark.fields.removed.agreed() == Some(&true),
            _ => false,
        };
        keys.with(|keys| keys.iter().filter(|key| gone(key)).count())
    });
    let empty = Memo::new(move |_| keys.with(Vec::len) == removed.get());
    view! {
        <section class="task-milestones">
            <h2>{texts.milestones}</h2>
            <Show when=move || empty.get()>
                <p class="mute">{texts.no_milestones}</p>
            </Show>
            <ul>
                <For
                    each=move || keys.get()
                    key=Clone::clone
                    children=move |key| view! { <Milestone rows key struck /> }
                />
            </ul>
            <div class="task-acts">
                <AddMilestone place task />
                <ShowStruck count=removed struck />
            </div>
        </section>
    }
}
