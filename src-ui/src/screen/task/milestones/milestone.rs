//! One milestone: a line to be read, and below it what can be corrected.

use leptos::prelude::*;
use terms::{
    Date, Field, Record,
    rows::{MilestoneRow, TaskRow},
};

use super::correct::Correct;
use crate::{
    catalogue::words,
    component::Form,
    rows::{Key, Rows},
    screen::task::{
        actions::{Actions, Over},
        reason::{Reason, ReasonField, Unfold},
    },
    session::use_session,
};

/// One milestone.
#[component]
pub fn Milestone(
    /// The rows of the task.
    rows: Rows<TaskRow>,
    /// Its key.
    key: Key,
    /// Whether what is struck out is shown.
    struck: RwSignal<bool>,
) -> impl IntoView {
    let row = rows.row(&key)?;
    let TaskRow::Milestone(first) = row.get_untracked() else {
        return None;
    };
    let session = use_session();
    let reason = Reason::new(first.doc.clone());
    let id = first.id.clone();
    let mark = Memo::new(move |last| match row.get() {
        TaskRow::Milestone(mark) => mark,
        _ => last.cloned().unwrap_or_else(|| first.clone()),
    });
    let gone = Memo::new(move |_| mark.with(|mark| mark.fields.removed.agreed() == Some(&true)));
    let late = move || !gone.get() && mark.with(|mark| is_late(mark, session.today()));
    // What was just struck out stays where it is, to be put back.
    let kept = RwSignal::new(false);
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if mark.with(waits) {
            open.set(true);
        }
    });
    let may = Memo::new(move |_| mark.with(|mark| mark.writable));
    let fields = Signal::derive(move || may.get() && open.get());
    // One's own can be reached and struck out at once; for another's one opens it and says why.
    let writable = Signal::derive(move || may.get() && (open.get() || !reason.needed()));
    let seen = Signal::derive(move || mark.with(|mark| (mark.doc.clone(), mark.heads.clone())));
    let form = Form::new(seen, format!("milestone-{id}"), reason.given(), writable);
    let removed = Memo::new(move |_| mark.with(|mark| mark.fields.removed.clone()));
    let label = if reason.needed() {
        words().task.write_for
    } else {
        words().task.correct_milestone
    };
    Some(view! {
        <li
            class="milestone"
            class:late=late
            class:gone=move || gone.get()
            hidden=move || gone.get() && !struck.get() && !kept.get()
            data-milestone=move || mark.with(|mark| mark.id.to_string())
            on:focusin=move |_| rows.hold(&key)
        >
            <div class="milestone-what">
                <time>{move || mark.with(|mark| mark.due.format_screen())}</time>
                <span class="milestone-title">{move || mark.with(|mark| mark.title.clone())}</span>
                <span class="milestone-state">{move || mark.with(|mark| state(mark, session.today()))}</span>
            </div>
            <p class="mute small">{move || mark.with(source)}</p>
            <Show when=move || fields.get()>
                <ReasonField reason id=form.id("reason") />
                <Show when=move || !gone.get()>
                    <Correct form mark />
                </Show>
            </Show>
            <Actions form record=Record::Milestone(id) removed over=Some(reached(mark)) kept>
                <Show when=move || may.get() && (reason.needed() || !gone.get())>
                    <Unfold open label act="correct-milestone" />
                </Show>
            </Actions>
        </li>
    })
}

/// The day on which it was reached.
fn reached(mark: Memo<MilestoneRow>) -> Over {
    let texts = words().task;
    Over {
        field: Field::MilestoneDone,
        day: Memo::new(move |_| mark.with(|mark| mark.done_on.clone())),
        what: texts.milestone_done,
        set: texts.reach,
        take_back: texts.not_reached,
        act: "milestone-done",
    }
}

/// Whether the person has something to choose in it.
fn waits(mark: &MilestoneRow) -> bool {
    let fields = &mark.fields;
    mark.writable
        && (fields.title.in_conflict()
            || fields.due.in_conflict()
            || fields.source.in_conflict()
            || fields.removed.in_conflict()
            || mark.done_on.in_conflict())
}

fn is_late(mark: &MilestoneRow, today: Option<Date>) -> bool {
    mark.done_on.agreed().is_none() && today.is_some_and(|today| mark.due < today)
}

/// «đạt 01/09/2019», «còn 4 ngày», «quá 3 ngày», «đã gạch bỏ».
fn state(mark: &MilestoneRow, today: Option<Date>) -> String {
    if mark.fields.removed.agreed() == Some(&true) {
        return words().task.removed.to_owned();
    }
    match (mark.done_on.agreed(), today) {
        (Some(day), _) => (words().task.reached_on)(*day),
        (None, Some(today)) => (words().common.days_left)(today.days_until(mark.due)),
        (None, None) => String::new(),
    }
}

fn source(mark: &MilestoneRow) -> String {
    let by = match &mark.by {
        Some(by) => (words().value.who)(&by.person, &by.agency),
        None => words().task.by_programme.to_owned(),
    };
    let parts = [mark.source.clone(), by];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}
