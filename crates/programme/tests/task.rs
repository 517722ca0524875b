//! A task: what its lead and its supporters say of it, and the history of every field.
// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use common::{
    local_actor,
    office::{content, model, today, viewer},
    period,
    say::{agency, id, say, status},
    task,
};
use programme::{ReadModel, views};
use terms::{
    Edit, Field, Record, Value, ValueMark, WorkStatus,
    rows::{ItemKind, ProgressRow, TaskRole, TaskRow, Topic},
};

fn parts(model: &ReadModel, who: &str, name: &str, when: &str) -> Vec<ProgressRow> {
    let rows = views::task(model, &viewer(who), &id(name), id(when), today());
    let parts = rows.into_iter().filter_map(|(_, row)| match row {
        TaskRow::Progress(part) => Some(*part),
        _ => None,
    });
    parts.collect()
}

fn narrative(when: &str, text: &str) -> Edit {
    Edit::text(
        Record::Progress(task(), id(when)),
        Field::Narrative,
        text.to_owned(),
    )
}

#[test]
fn a_task_joins_what_its_agencies_say_in_a_period() {
    let mut model = model(&content());
    let (mut lead, mut supporter) = (agency("huyen-tran-de"), agency("so-y-te"));
    say(&mut model, &mut lead, &narrative("2019-q2", "Đã gieo."));
    say(&mut model, &mut lead, &narrative("2019-q3", "Đã gặt."));
    say(
        &mut model,
        &mut supporter,
        &narrative("2019-q3", "Đã khám."),
    );
    let shown = |who, when| -> Vec<(String, TaskRole, String, String, bool)> {
        let row = |part: ProgressRow| {
            let agency = part.agency.id.to_string();
            (
                agency,
                part.part,
                part.narrative().to_owned(),
                part.text(Field::Narrative).unwrap().before.clone(),
                part.writable,
            )
        };
        parts(&model, who, "nv-1", when)
            .into_iter()
            .map(row)
            .collect()
    };
    let row = |agency: &str, part, text: &str, before: &str, writable| {
        (
            agency.to_owned(),
            part,
            text.to_owned(),
            before.to_owned(),
            writable,
        )
    };
    // The lead first, each in its own words, and only the own row to write in.
    let third = [
        row("huyen-tran-de", TaskRole::Lead, "Đã gặt.", "Đã gieo.", true),
        row("so-y-te", TaskRole::Supporting, "Đã khám.", "", false),
    ];
    assert_eq!(shown("huyen-tran-de", "2019-q3"), third);
    let second = [
        row("huyen-tran-de", TaskRole::Lead, "Đã gieo.", "", false),
        row("so-y-te", TaskRole::Supporting, "", "", true),
    ];
    assert_eq!(shown("so-y-te", "2019-q2"), second);
}

#[test]
fn of_a_group_those_are_shown_who_wrote_and_who_looks() {
    let mut model = model(&content());
    let shown = |model: &ReadModel, who| -> Vec<String> {
        let parts = parts(model, who, "nv-3", "2019-q3").into_iter();
        parts.map(|part| part.agency.id.to_string()).collect()
    };
    assert_eq!(shown(&model, "so-khdt"), Vec::<String>::new());
    assert_eq!(shown(&model, "huyen-ke-sach"), ["huyen-ke-sach"]);
    let mut tran_de = agency("huyen-tran-de");
    say(
        &mut model,
        &mut tran_de,
        &status("nv-3", "2019-q3", WorkStatus::InProgress, None),
    );
    assert_eq!(shown(&model, "so-khdt"), ["huyen-tran-de"]);
    assert_eq!(
        shown(&model, "huyen-ke-sach"),
        ["huyen-tran-de", "huyen-ke-sach"]
    );
}

fn percent(percent: Option<&str>) -> Edit {
    Edit::set(
        Record::Progress(task(), period()),
        Field::Percent,
        percent.map(id).map(Value::Figure),
    )
}

fn actual(value: &str) -> Edit {
    Edit::set(
        Record::Values(id("ct-1"), period()),
        Field::Actual,
        Some(Value::Figure(id(value))),
    )
}

fn mark(mark: ValueMark) -> Edit {
    Edit::set(
        Record::Values(id("ct-1"), period()),
        Field::Mark,
        Some(Value::Mark(mark)),
    )
}

fn waits_for(agency: Option<&str>) -> Edit {
    Edit::set(
        Record::Item(id("kk-1")),
        Field::WaitsFor,
        agency.map(id).map(Value::Agency),
    )
}

/// Who, when, from, to: as a person reads it.
#[test]
fn every_field_has_its_history_in_words() {
    use Field::{Actual, DoneOn, Narrative, Percent, Status};
    let obstacle_topic = Topic::Item(ItemKind::Obstacle);
    let (mut model, mut doc) = (model(&content()), agency("huyen-tran-de"));
    let obstacle = Edit::obstacle(id("kk-1"), task(), period(), "Thiếu vốn".to_owned(), None);
    say(&mut model, &mut doc, &obstacle);
    let progress = |progress, day| status("nv-1", "2019-q3", progress, day);
    let marked = |m, from, to| (mark(m), Topic::Field(Field::Mark), from, to);
    let yearly = "chưa có số liệu trong kỳ (số năm)";
    for (edit, what, from, to) in [
        (
            progress(WorkStatus::InProgress, None),
            Topic::Field(Status),
            "",
            "Đang thực hiện",
        ),
        (
            progress(WorkStatus::Done, Some("2019-09-01")),
            Topic::Field(Status),
            "Đang thực hiện",
            "Hoàn thành",
        ),
        (
            progress(WorkStatus::Done, Some("2019-09-02")),
            Topic::Field(DoneOn),
            "01/09/2019",
            "02/09/2019",
        ),
        (percent(Some("47.50")), Topic::Field(Percent), "", "47,50 %"),
        (percent(None), Topic::Field(Percent), "47,50 %", "∅"),
        (actual("1234.5"), Topic::Field(Actual), "", "1.234,5"),
        (actual("0"), Topic::Field(Actual), "1.234,5", "0"),
        marked(ValueMark::NotOccurred, "", "-"),
        marked(ValueMark::NotCollected, "-", "…"),
        marked(ValueMark::YearlyOnly, "…", yearly),
        (
            narrative("2019-q3", "Một."),
            Topic::Field(Narrative),
            "",
            "Một.",
        ),
        (
            narrative("2019-q3", "Hai."),
            Topic::Field(Narrative),
            "Một.",
            "Hai.",
        ),
        (waits_for(Some("so-y-te")), obstacle_topic, "", "so-y-te"),
        (waits_for(None), obstacle_topic, "so-y-te", "∅"),
    ] {
        let before = doc.history().len();
        say(&mut model, &mut doc, &edit);
        let history = doc.history();
        let rows = history[before..]
            .iter()
            .map(|step| views::history_row(&model, step));
        let row = rows.into_iter().find(|row| row.what == what).unwrap();
        assert_eq!(
            (row.by.enrolment, row.at),
            (local_actor(1).author, common::at(1))
        );
        let is = (
            row.from.join(" | "),
            row.to.unwrap_or_else(|| "∅".to_owned()),
        );
        assert_eq!(is, (from.to_owned(), to.to_owned()), "{edit:?}");
    }
}

#[test]
fn a_day_set_right_is_news_and_a_day_set_with_its_status_is_not() {
    let (mut model, mut doc) = (model(&content()), agency("huyen-tran-de"));
    let mut news = |edit: &Edit| -> Vec<Topic> {
        let before = doc.history().len();
        say(&mut model, &mut doc, edit);
        let history = doc.history();
        let news = history[before..]
            .iter()
            .filter_map(|step| views::news(&model, doc.id(), step));
        news.map(|news| news.what).collect()
    };
    let done = |day| status("nv-1", "2019-q3", WorkStatus::Done, Some(day));
    assert_eq!(news(&done("2019-09-01")), [Topic::Field(Field::Status)]);
    assert_eq!(news(&done("2019-09-02")), [Topic::Field(Field::DoneOn)]);
    let open = status("nv-1", "2019-q3", WorkStatus::InProgress, None);
    assert_eq!(news(&open), [Topic::Field(Field::Status)]);
}
