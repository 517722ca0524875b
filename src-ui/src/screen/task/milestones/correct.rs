//! What of a milestone can be corrected: its title, its day, its source.

use leptos::prelude::*;
use terms::{
    Date, Edit, Field, MilestoneId, Record, Value,
    rows::{MilestoneRow, Register},
};

use super::fate::at;
use crate::{
    catalogue::words,
    field::{Editor, Input, TextField},
    part::{Conflict, rivals},
    screen::task::{desk::FieldHistory, field::saved},
    session::use_session,
};

/// One field: how it is read, shown and written.
struct Line<T: 'static> {
    name: &'static str,
    label: &'static str,
    field: fn(&MilestoneRow) -> &Register<T>,
    /// What lists show of it: what a choice of a cleared value comes to.
    plain: fn(&MilestoneRow) -> T,
    show: fn(&T) -> String,
    read: fn(&str) -> Result<T, String>,
    edit: fn(MilestoneId, T) -> Edit,
}

/// The fields.
#[component]
pub fn Correct(
    /// The milestone.
    mark: Memo<MilestoneRow>,
    /// Goes with each edit.
    reason: Signal<Option<String>>,
) -> impl IntoView {
    let texts = words().task;
    let title = Line {
        name: "title",
        label: texts.milestone_title,
        field: |mark| &mark.said.title,
        plain: |mark| mark.title.clone(),
        show: String::clone,
        read: |text| Ok(text.to_owned()),
        edit: |id, title| Edit::text(Record::Milestone(id), Field::MilestoneTitle, title),
    };
    let due = Line {
        name: "due",
        label: texts.milestone_due,
        field: |mark| &mark.said.due,
        plain: |mark| mark.due,
        show: |day: &Date| day.format_screen(),
        read: |text| Date::parse_vi(text).map_err(|error| error.to_string()),
        edit: |id, due| {
            Edit::set(
                Record::Milestone(id),
                Field::MilestoneDue,
                Some(Value::Day(due)),
            )
        },
    };
    let source = Line {
        name: "source",
        label: texts.milestone_source,
        field: |mark| &mark.said.source,
        plain: |mark| mark.source.clone(),
        show: String::clone,
        read: |text| Ok(text.to_owned()),
        edit: |id, source| Edit::text(Record::Milestone(id), Field::MilestoneSource, source),
    };
    view! {
        <div class="milestone-fields">
            {line(mark, reason, &title)}
            {line(mark, reason, &due)}
            {line(mark, reason, &source)}
        </div>
    }
}

fn line<T: Clone + ToString + Send + Sync>(
    mark: Memo<MilestoneRow>,
    reason: Signal<Option<String>>,
    line: &Line<T>,
) -> impl IntoView + use<T> {
    let Line {
        name,
        label,
        field,
        plain,
        show,
        read,
        edit,
    } = *line;
    let session = use_session();
    let at = at(mark, move |mark| &field(mark).path);
    let shown = Signal::derive(move || {
        mark.with(|mark| field(mark).agreed().map(show).unwrap_or_default())
    });
    let id = mark.with_untracked(|mark| mark.id.clone());
    let element = format!("milestone-{id}-{name}");
    let make = move |text: &str| Ok(edit(id.clone(), read(text)?));
    let editor = Editor::new(at, shown, make, reason);
    let choose = Signal::derive(move || {
        let me = session.with(|me| me.enrolment.clone());
        let words = |value: &T| (show(value), value.to_string());
        mark.with(|mark| {
            rivals(field(mark), me.as_ref(), words, |said| {
                let value = said.value.clone().unwrap_or_else(|| plain(mark));
                edit(mark.id.clone(), value)
            })
        })
    });
    let saved = Signal::derive(move || mark.with(|mark| saved(field(mark))));
    view! {
        <div class="part-field">
            <Conflict what=label rivals=choose at writable=true reason field=element.clone() />
            <TextField label id=element editor saved input=Input::Line writable=true />
            <FieldHistory at what=label />
        </div>
    }
}
