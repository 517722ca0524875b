//! How far a part is: its status, the day of completion, a percentage.

use leptos::prelude::*;
use terms::{Date, Decimal, Edit, Field, Record, Value, WorkStatus};

use super::{
    desk::{Desk, FieldHistory},
    field::{day_edit, percent_edit, saved, status_choice, status_edit},
};
use crate::{
    catalogue::words,
    field::{Choice, Editor, Input, TextField},
    part::{Conflict, rivals},
};

#[component]
pub fn StatusField(
    /// Where it is written.
    desk: Desk,
) -> impl IntoView {
    let texts = words().task;
    let Desk {
        part,
        reason,
        writable,
        ..
    } = desk;
    let at = desk.at(|part| &part.status.path);
    let today = desk.session.today();
    let about = desk.about();
    let shown = Signal::derive(move || {
        part.with(|part| {
            part.status
                .agreed()
                .map(|status| status.code())
                .unwrap_or_default()
                .into()
        })
    });
    let make = {
        let (task, period) = about.clone();
        move |code: &str| {
            Ok(part.with_untracked(|part| status_edit(code, part, task.clone(), period, today)))
        }
    };
    let editor = Editor::new(at, shown, make, reason);
    let choose = Signal::derive(move || {
        let me = desk.me();
        let (task, period) = about.clone();
        part.with(|part| {
            rivals(
                &part.status,
                me.as_ref(),
                |status| {
                    (
                        (words().common.work_status)(*status).into(),
                        status.code().into(),
                    )
                },
                |said| status_choice(said, part, task.clone(), period, today),
            )
        })
    });
    let options = [
        WorkStatus::NotStarted,
        WorkStatus::InProgress,
        WorkStatus::Done,
    ]
    .map(|status| {
        (
            status.code().to_owned(),
            (words().common.work_status)(status).to_owned(),
        )
    });
    let saved = Signal::derive(move || part.with(|part| saved(&part.status)));
    let id = desk.id("status");
    view! {
        <div class="part-field">
            <Conflict what=texts.status rivals=choose at writable reason field=id.clone() />
            <Choice label=texts.status id editor options=options.to_vec() saved writable />
            <FieldHistory at what=texts.status />
        </div>
    }
}

/// The day of completion: only where the part is done.
#[component]
pub fn DayField(
    /// Where it is written.
    desk: Desk,
) -> impl IntoView {
    let done = Memo::new(move |_| {
        desk.part.with(|part| {
            part.done_on.in_conflict() || part.status.agreed() == Some(&WorkStatus::Done)
        })
    });
    view! {
        <Show when=move || done.get()>
            <Day desk />
        </Show>
    }
}

#[component]
fn Day(desk: Desk) -> impl IntoView {
    let texts = words().task;
    let Desk {
        part,
        reason,
        writable,
        ..
    } = desk;
    let at = desk.at(|part| &part.done_on.path);
    let about = desk.about();
    let shown = Signal::derive(move || {
        part.with(|part| {
            part.done_on
                .agreed()
                .map(|day| day.format_screen())
                .unwrap_or_default()
        })
    });
    let make = {
        let (task, period) = about.clone();
        move |text: &str| day_edit(text, task.clone(), period)
    };
    let editor = Editor::new(at, shown, make, reason);
    let choose = Signal::derive(move || {
        let me = desk.me();
        let (task, period) = about.clone();
        let show = |day: &Date| (day.format_screen(), day.to_string());
        part.with(|part| {
            rivals(&part.done_on, me.as_ref(), show, |said| {
                Edit::status(
                    task.clone(),
                    period,
                    said.value
                        .map(|_| WorkStatus::Done)
                        .or(part.status.agreed().copied()),
                    said.value,
                )
            })
        })
    });
    let saved = Signal::derive(move || part.with(|part| saved(&part.done_on)));
    let id = desk.id("done-on");
    view! {
        <div class="part-field">
            <Conflict what=texts.done_on rivals=choose at writable reason field=id.clone() />
            <TextField label=texts.done_on id editor saved input=Input::Line writable />
            <FieldHistory at what=texts.done_on />
        </div>
    }
}

#[component]
pub fn PercentField(
    /// Where it is written.
    desk: Desk,
) -> impl IntoView {
    let texts = words().task;
    let Desk {
        part,
        reason,
        writable,
        ..
    } = desk;
    let at = desk.at(|part| &part.percent.path);
    let about = desk.about();
    let shown = Signal::derive(move || {
        part.with(|part| {
            part.percent
                .agreed()
                .map(Decimal::format_vi)
                .unwrap_or_default()
        })
    });
    let make = {
        let (task, period) = about.clone();
        move |text: &str| percent_edit(text, task.clone(), period)
    };
    let editor = Editor::new(at, shown, make, reason);
    let choose = Signal::derive(move || {
        let me = desk.me();
        let (task, period) = about.clone();
        let show = |p: &Decimal| ((words().common.percent)(&p.format_vi()), p.to_string());
        part.with(|part| {
            rivals(&part.percent, me.as_ref(), show, |said| {
                Edit::set(
                    Record::Progress(task.clone(), period),
                    Field::Percent,
                    said.value.map(Value::Figure),
                )
            })
        })
    });
    let saved = Signal::derive(move || part.with(|part| saved(&part.percent)));
    let id = desk.id("percent");
    view! {
        <div class="part-field narrow">
            <Conflict what=texts.percent rivals=choose at writable reason field=id.clone() />
            <TextField label=texts.percent id editor saved input=Input::Figure writable />
            <FieldHistory at what=texts.percent />
        </div>
    }
}
