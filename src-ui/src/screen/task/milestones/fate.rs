//! What became of a milestone: reached, struck out, put back.

use leptos::prelude::*;
use terms::{
    Date, Edit,
    rows::{Field, MilestoneRow, Said},
};

use crate::{
    catalogue::words,
    field::At,
    part::{Act, ActProblem, Conflict, Rival, rivals},
    session::use_session,
};

/// The buttons, and the choice where people say different things.
#[component]
pub fn Fate(
    /// The milestone.
    mark: Memo<MilestoneRow>,
    /// Whether it is struck out.
    gone: Memo<bool>,
    /// Set when it is struck out here: it then stays where it is, to be put back.
    kept: RwSignal<bool>,
    /// Whether the person may write it now.
    writable: Signal<bool>,
    /// Goes with each edit.
    reason: Signal<Option<String>>,
    /// What else can be done.
    children: Children,
) -> impl IntoView {
    let (texts, act) = (words().task, Act::new());
    let session = use_session();
    let reached = Memo::new(move |_| mark.with(|mark| mark.done_on.agreed().copied()));
    let run = move |edit: Edit| {
        let (doc, heads) = mark.with_untracked(|mark| (mark.doc.clone(), mark.heads.clone()));
        act.run(doc, heads, edit, reason.get_untracked(), |_| ());
    };
    let id = move || mark.with_untracked(|mark| mark.id.clone());
    let reach = move |_| {
        let done_on = session
            .today()
            .filter(|_| reached.get_untracked().is_none());
        run(Edit::SetMilestoneDone { id: id(), done_on });
    };
    let strike = move |_| {
        kept.set(true);
        let removed = !gone.get_untracked();
        run(Edit::SetMilestoneRemoved { id: id(), removed });
    };
    let removal = removal_rivals(mark);
    let days = reached_rivals(mark);
    view! {
        <Conflict
            what=texts.remove
            rivals=removal
            at=at(mark, |mark| &mark.said.removed.path)
            writable
            reason
            field=String::new()
        />
        <Conflict
            what=texts.milestone_done
            rivals=days
            at=at(mark, |mark| &mark.done_on.path)
            writable
            reason
            field=String::new()
        />
        <div class="task-acts">
            <Show when=move || writable.get() && !gone.get()>
                <button type="button" class="button" data-act="milestone-done" disabled=move || act.busy() on:click=reach>
                    {move || if reached.get().is_some() { texts.not_reached } else { texts.reach }}
                </button>
            </Show>
            <Show when=move || writable.get()>
                <button type="button" class="link" data-act="strike" disabled=move || act.busy() on:click=strike>
                    {move || if gone.get() { texts.put_back } else { texts.remove }}
                </button>
            </Show>
            {children()}
        </div>
        <ActProblem act />
    }
}

fn removal_rivals(mark: Memo<MilestoneRow>) -> Signal<Vec<Rival>> {
    let show = |gone: &bool| ((words().said.removed)(*gone).to_owned(), gone.to_string());
    of(
        mark,
        |mark| &mark.said.removed,
        show,
        |mark, said| Edit::SetMilestoneRemoved {
            id: mark.id.clone(),
            removed: said.value.unwrap_or_default(),
        },
    )
}

fn reached_rivals(mark: Memo<MilestoneRow>) -> Signal<Vec<Rival>> {
    let show = |day: &Date| (day.format_screen(), day.to_string());
    of(
        mark,
        |mark| &mark.done_on,
        show,
        |mark, said| Edit::SetMilestoneDone {
            id: mark.id.clone(),
            done_on: said.value,
        },
    )
}

fn of<T: 'static>(
    mark: Memo<MilestoneRow>,
    field: fn(&MilestoneRow) -> &Field<T>,
    show: fn(&T) -> (String, String),
    edit: fn(&MilestoneRow, &Said<T>) -> Edit,
) -> Signal<Vec<Rival>> {
    let session = use_session();
    Signal::derive(move || {
        let me = session.with(|me| me.enrolment.clone());
        mark.with(|mark| rivals(field(mark), me.as_ref(), show, |said| edit(mark, said)))
    })
}

/// Where a field of a milestone stands.
pub(super) fn at(
    mark: Memo<MilestoneRow>,
    path: impl Fn(&MilestoneRow) -> &str + Send + Sync + 'static,
) -> Signal<At> {
    Signal::derive(move || {
        mark.with(|mark| At {
            doc: mark.doc.clone(),
            path: path(mark).to_owned(),
            heads: mark.heads.clone(),
        })
    })
}
