//! Milestones of a task: what is due when, by which paper, and whether it was reached.

use leptos::{html, prelude::*};
use terms::{
    Date, Edit, MilestoneId, TaskId,
    rows::{MilestoneRow, TaskRow},
};

use super::layout::{Home, Layout};
use crate::{
    catalogue::words,
    field::At,
    part::{Act, ActProblem, Conflict, focus_element, rivals},
    rows::{Key, Rows},
    session::use_session,
    transport::fresh_id,
};

/// The list and the form that adds one.
#[component]
pub fn Milestones(
    /// The rows of the task.
    rows: Rows<TaskRow>,
    /// Which stands where.
    layout: Memo<Layout>,
    /// The own agency's document.
    home: Memo<Option<Home>>,
    /// The task.
    task: TaskId,
) -> impl IntoView {
    let texts = words().task;
    let keys = Memo::new(move |_| layout.with(|layout| layout.milestones.clone()));
    let empty = Memo::new(move |_| keys.with(Vec::is_empty));
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
                    children=move |key| view! { <Milestone rows key /> }
                />
            </ul>
            <AddMilestone home task />
        </section>
    }
}

#[component]
fn Milestone(rows: Rows<TaskRow>, key: Key) -> impl IntoView {
    let row = rows.row(&key)?;
    let TaskRow::Milestone(first) = row.get_untracked() else {
        return None;
    };
    let (texts, session, act) = (words().task, use_session(), Act::new());
    let mark = Memo::new(move |last| match row.get() {
        TaskRow::Milestone(mark) => mark,
        _ => last.cloned().unwrap_or_else(|| first.clone()),
    });
    let today = session.today();
    let reached = Memo::new(move |_| mark.with(|mark| mark.done_on.agreed().copied()));
    let writable = Signal::derive(move || mark.with(|mark| mark.writable));
    let late = move || {
        reached.get().is_none() && mark.with(|mark| today.is_some_and(|today| mark.due < today))
    };
    let toggle = move |_| {
        let done_on = today.filter(|_| reached.get_untracked().is_none());
        let mark = mark.get_untracked();
        let edit = Edit::SetMilestoneDone {
            id: mark.id,
            done_on,
        };
        act.run(mark.doc, mark.heads, edit, None, |_| ());
    };
    let at = Signal::derive(move || {
        mark.with(|mark| At {
            doc: mark.doc.clone(),
            path: mark.done_on.path.clone(),
            heads: mark.heads.clone(),
        })
    });
    let choose = Signal::derive(move || {
        let me = session.with(|me| me.enrolment.clone());
        let show = |day: &Date| (day.format_screen(), day.to_string());
        mark.with(|mark| {
            rivals(&mark.done_on, me.as_ref(), show, |said| {
                Edit::SetMilestoneDone {
                    id: mark.id.clone(),
                    done_on: said.value,
                }
            })
        })
    });
    Some(view! {
        <li class="milestone" class:late=late data-milestone=move || mark.with(|m| m.id.to_string())>
            <div class="milestone-what">
                <time>{move || mark.with(|mark| mark.due.format_screen())}</time>
                <span>{move || mark.with(|mark| mark.title.clone())}</span>
                <span class="milestone-state">{move || mark.with(|mark| state(mark, today))}</span>
                <Show when=move || writable.get()>
                    <button type="button" class="button" data-act="milestone-done" disabled=move || act.busy() on:click=toggle>
                        {move || if reached.get().is_some() { texts.not_reached } else { texts.reach }}
                    </button>
                </Show>
            </div>
            <p class="mute small">{move || mark.with(source)}</p>
            <Conflict
                what=texts.milestones
                rivals=choose
                at
                writable
                reason=Signal::derive(|| None::<String>)
                field=String::new()
            />
            <ActProblem act />
        </li>
    })
}

/// «đạt 01/09/2019», «còn 4 ngày», «quá 3 ngày».
fn state(mark: &MilestoneRow, today: Option<Date>) -> String {
    match (mark.done_on.agreed(), today) {
        (Some(day), _) => (words().task.reached_on)(*day),
        (None, Some(today)) => (words().common.days_left)(today.days_until(mark.due)),
        (None, None) => String::new(),
    }
}

fn source(mark: &MilestoneRow) -> String {
    let by = match &mark.by {
        Some(by) => (words().said.who)(&by.person, &by.agency),
        None => words().task.by_programme.to_owned(),
    };
    let parts = [mark.source.clone(), by];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

#[component]
fn AddMilestone(home: Memo<Option<Home>>, task: TaskId) -> impl IntoView {
    let texts = words().task;
    let open = RwSignal::new(false);
    let task = StoredValue::new(task);
    let close = Callback::new(move |()| {
        open.set(false);
        focus_element("add-milestone");
    });
    view! {
        <Show when=move || home.with(|home| home.as_ref().is_some_and(|home| home.leads))>
            <div class="task-acts">
                <button
                    type="button"
                    class="button"
                    id="add-milestone"
                    data-act="new-milestone"
                    aria-expanded=move || open.get().to_string()
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    {texts.add_milestone}
                </button>
            </div>
            <Show when=move || open.get()>
                <Form home task=task.get_value() close />
            </Show>
        </Show>
    }
}

#[component]
fn Form(home: Memo<Option<Home>>, task: TaskId, close: Callback<()>) -> impl IntoView {
    let (texts, act) = (words().task, Act::new());
    let [title, due, source] = std::array::from_fn(|_| NodeRef::<html::Input>::new());
    title.on_load(|input| {
        let _ = input.focus();
    });
    let typed = |input: NodeRef<html::Input>| {
        input
            .get_untracked()
            .map(|input| input.value())
            .unwrap_or_default()
    };
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let due = match Date::parse_vi(&typed(due)) {
            Ok(due) => due,
            Err(error) => return act.refuse(error.to_string()),
        };
        let id = fresh_id("moc").parse::<MilestoneId>();
        let (Some(home), Ok(id)) = (home.get_untracked(), id) else {
            return;
        };
        let (task, title, source) = (task.clone(), typed(title), typed(source));
        let edit = Edit::AddMilestone {
            id,
            task,
            title,
            due,
            source,
        };
        act.run(home.doc, home.heads, edit, None, move |_| close.run(()));
    };
    let line = |id: &'static str, label: &'static str, node: NodeRef<html::Input>| {
        view! {
            <div class="field">
                <label for=id>{label}</label>
                <input node_ref=node id=id type="text" autocomplete="off" data-new=id />
            </div>
        }
    };
    view! {
        <form class="task-form" on:submit=save on:keydown=move |event| {
            if event.key() == "Escape" && !event.is_composing() {
                event.stop_propagation();
                close.run(());
            }
        }>
            {line("milestone-title", texts.milestone_title, title)}
            {line("milestone-due", texts.milestone_due, due)}
            {line("milestone-source", texts.milestone_source, source)}
            <ActProblem act />
            <div class="task-acts">
                <button type="submit" class="button primary" data-act="add-milestone" disabled=move || act.busy()>
                    {texts.save}
                </button>
                <button type="button" class="button" on:click=move |_| close.run(())>
                    {texts.cancel}
                </button>
            </div>
        </form>
    }
}
