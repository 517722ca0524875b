//! The province on a day: the four official states, who wrote, what waits.
// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeMap;

use common::{
    local_actor,
    office::{content, model, today, viewer},
    period,
    say::{agency, id, say, status},
    task,
};
use programme::{Person, ReadModel, views};
use terms::{
    Date, Edit, Field, OfficialStatus, Record, Value, WorkStatus,
    rows::{Author, OverviewRow, StatusCounts, TaskRow},
};

fn official(model: &ReadModel, task: &str, on: &str) -> OfficialStatus {
    let rows = views::task(model, &viewer("so-khdt"), &id(task), period(), id(on));
    let head = rows.into_iter().find_map(|(_, row)| match row {
        TaskRow::Details(head) => Some(head.official),
        _ => None,
    });
    head.unwrap()
}

#[test]
fn only_leads_close_a_task_and_all_of_them_must() {
    use OfficialStatus::{DoneLate, DoneOnTime, OpenInTime, OpenLate};
    let mut model = model(&content());
    assert_eq!(official(&model, "nv-1", "2019-12-31"), OpenInTime);
    assert_eq!(official(&model, "nv-1", "2020-01-01"), OpenLate);
    // A supporter can't close it.
    let mut supporter = agency("so-y-te");
    let done = |task| status(task, "2019-q2", WorkStatus::Done, Some("2019-06-01"));
    say(&mut model, &mut supporter, &done("nv-1"));
    assert_eq!(official(&model, "nv-1", "2019-09-11"), OpenInTime);
    // Its lead can; not before the day that it names.
    let mut tran_de = agency("huyen-tran-de");
    say(&mut model, &mut tran_de, &done("nv-1"));
    assert_eq!(official(&model, "nv-1", "2019-09-11"), DoneOnTime);
    assert_eq!(official(&model, "nv-1", "2019-05-31"), OpenInTime);
    // What it said later counts.
    say(
        &mut model,
        &mut tran_de,
        &status("nv-1", "2019-q3", WorkStatus::InProgress, None),
    );
    assert_eq!(official(&model, "nv-1", "2019-09-11"), OpenInTime);
    say(
        &mut model,
        &mut tran_de,
        &status("nv-1", "2019-year", WorkStatus::Done, Some("2020-01-05")),
    );
    assert_eq!(official(&model, "nv-1", "2020-02-01"), DoneLate);
    // The year's report falls before the fourth quarter's.
    let quarter = |day| status("nv-1", "2019-q4", WorkStatus::Done, Some(day));
    say(&mut model, &mut tran_de, &quarter("2019-12-10"));
    say(
        &mut model,
        &mut tran_de,
        &status("nv-1", "2019-year", WorkStatus::InProgress, None),
    );
    assert_eq!(official(&model, "nv-1", "2020-02-01"), DoneOnTime);
    // Of two leads, and of a group, every one.
    for task in ["nv-2", "nv-3"] {
        say(&mut model, &mut tran_de, &done(task));
        assert_eq!(official(&model, task, "2019-09-11"), OpenInTime, "{task}");
    }
    let mut ke_sach = agency("huyen-ke-sach");
    for task in ["nv-2", "nv-3"] {
        say(&mut model, &mut ke_sach, &done(task));
        assert_eq!(official(&model, task, "2019-09-11"), DoneOnTime, "{task}");
    }
}

/// Said twice at once and differently, it is not said; what was said before does not count either.
#[test]
fn what_stands_in_conflict_closes_nothing() {
    let (mut model, mut doc) = (model(&content()), agency("huyen-tran-de"));
    let done = |period| status("nv-1", period, WorkStatus::Done, Some("2019-06-01"));
    say(&mut model, &mut doc, &done("2019-q2"));
    let mut other = doc.clone();
    let (seen, open) = (
        doc.heads(),
        status("nv-1", "2019-q3", WorkStatus::InProgress, None),
    );
    let made = other
        .edit(&local_actor(2), &seen, &open, None, common::at(2))
        .unwrap();
    say(&mut model, &mut doc, &done("2019-q3"));
    assert_eq!(
        official(&model, "nv-1", "2019-09-11"),
        OfficialStatus::DoneOnTime
    );
    for (_, bytes) in &made.changes {
        doc.apply(bytes).unwrap();
    }
    model.set_facts(doc.id(), doc.heads(), doc.facts());
    assert_eq!(
        official(&model, "nv-1", "2019-09-11"),
        OfficialStatus::OpenInTime
    );
}

/// They sum to the tasks that are reported on, whoever counts them.
#[test]
fn the_four_states_sum_to_the_total() {
    let mut model = model(&content());
    let mut tran_de = agency("huyen-tran-de");
    let done = status("nv-1", "2019-q2", WorkStatus::Done, Some("2019-06-01"));
    say(&mut model, &mut tran_de, &done);
    let late = status("nv-2", "2019-q4", WorkStatus::Done, Some("2020-01-05"));
    say(&mut model, &mut tran_de, &late);
    let mut ke_sach = agency("huyen-ke-sach");
    say(&mut model, &mut ke_sach, &late);
    for (day, expected) in [
        ("2019-05-31", [0, 0, 3, 0]),
        ("2019-09-11", [1, 0, 2, 0]),
        ("2020-01-01", [1, 0, 0, 2]),
        ("2020-01-05", [1, 1, 0, 1]),
    ] {
        let rows = views::overview(&model, period(), id(day), Vec::new());
        let (mut total, mut groups, mut led) = (StatusCounts::default(), Vec::new(), Vec::new());
        for (_, row) in rows {
            match row {
                OverviewRow::Totals { counts, .. } => total = counts,
                OverviewRow::Group { counts, .. } => groups.push(counts),
                OverviewRow::Agency { agency, counts, .. } => {
                    led.push((agency.id.to_string(), counts.total()));
                }
                _ => {}
            }
        }
        let is = [
            total.done_on_time,
            total.done_late,
            total.open_in_time,
            total.open_late,
        ];
        assert_eq!((is, total.total()), (expected, 3), "{day}");
        assert_eq!(groups, [total], "{day}");
        // By agency: what it leads by name, alone or jointly; of a group, nobody by name.
        let by_name = |name: &str| led.iter().find(|(id, _)| id == name).unwrap().1;
        assert_eq!(by_name("huyen-tran-de"), 2);
        assert_eq!(by_name("huyen-ke-sach"), 1);
        assert_eq!(by_name("so-y-te"), 0);
    }
}

#[test]
fn milestones_are_late_or_near_until_they_are_reached() {
    let (mut model, mut doc) = (model(&content()), agency("huyen-tran-de"));
    for (number, due) in [
        (1, "2019-09-10"),
        (2, "2019-09-11"),
        (3, "2019-09-25"),
        (4, "2019-09-26"),
    ] {
        let milestone = Edit::milestone(
            id(&format!("moc-{number}")),
            task(),
            "Nghiệm thu".to_owned(),
            id(due),
            String::new(),
        );
        say(&mut model, &mut doc, &milestone);
    }
    let pressing = |model: &ReadModel| -> Vec<(String, bool)> {
        let rows = views::overview(model, period(), today(), Vec::new()).into_iter();
        rows.filter_map(|(_, row)| match row {
            OverviewRow::Milestone { row, late } => Some((row.id.to_string(), late)),
            _ => None,
        })
        .collect()
    };
    // The day itself still counts; fourteen days ahead is near.
    let expected = [("moc-1", true), ("moc-2", false), ("moc-3", false)];
    assert_eq!(
        pressing(&model),
        expected.map(|(id, late)| (id.to_owned(), late))
    );
    let reached = Edit::set(
        Record::Milestone(id("moc-1")),
        Field::MilestoneDone,
        Some(Value::Day(id("2019-09-09"))),
    );
    say(&mut model, &mut doc, &reached);
    assert_eq!(pressing(&model).len(), 2);
    // Struck out it presses nobody; put back and corrected it is late.
    let strike = |removed| {
        Edit::set(
            Record::Milestone(id("moc-3")),
            Field::MilestoneRemoved,
            Some(Value::Flag(removed)),
        )
    };
    say(&mut model, &mut doc, &strike(true));
    assert_eq!(pressing(&model), [("moc-2".to_owned(), false)]);
    say(&mut model, &mut doc, &strike(false));
    let due = Edit::set(
        Record::Milestone(id("moc-3")),
        Field::MilestoneDue,
        Some(Value::Day(id("2019-09-01"))),
    );
    say(&mut model, &mut doc, &due);
    assert_eq!(pressing(&model)[0], ("moc-3".to_owned(), true));
}

#[test]
fn the_overview_counts_what_waits() {
    let mut model = model(&content());
    let mut doc = agency("huyen-tran-de");
    let obstacle = Edit::obstacle(
        id("kk-1"),
        task(),
        period(),
        "Thiếu vốn".to_owned(),
        Some(id("so-y-te")),
    );
    say(&mut model, &mut doc, &obstacle);
    let overview = |model: &ReadModel| views::overview(model, period(), today(), Vec::new());
    let open = |model: &ReadModel| {
        overview(model).into_iter().find_map(|(_, row)| match row {
            OverviewRow::Totals { obstacles, .. } => Some(obstacles),
            _ => None,
        })
    };
    let waits = |model: &ReadModel| {
        overview(model)
            .into_iter()
            .find_map(|(key, row)| match row {
                OverviewRow::Agency { waited_for, .. } if key == "agency/so-y-te" => {
                    Some(waited_for)
                }
                _ => None,
            })
    };
    assert_eq!((open(&model), waits(&model)), (Some(1), Some(1)));
    let resolved = |day: Option<Date>| {
        Edit::set(
            Record::Item(id("kk-1")),
            Field::ResolvedOn,
            day.map(Value::Day),
        )
    };
    say(&mut model, &mut doc, &resolved(Some(today())));
    assert_eq!((open(&model), waits(&model)), (Some(0), Some(0)));
    say(&mut model, &mut doc, &resolved(None));
    say(
        &mut model,
        &mut doc,
        &Edit::set(
            Record::Item(id("kk-1")),
            Field::ItemRemoved,
            Some(Value::Flag(true)),
        ),
    );
    assert_eq!(open(&model), Some(0));
}

/// A district leads hardly anything by name: what the whole district level leads is its, too.
#[test]
fn of_a_group_that_leads_each_member_is_seen_to_have_written_or_not() {
    let mut model = model(&content());
    let updated = |model: &ReadModel, name: &str| {
        let mut rows = views::overview(model, period(), today(), Vec::new()).into_iter();
        rows.find_map(|(_, row)| match row {
            OverviewRow::Agency {
                agency, updated, ..
            } if agency.id == id(name) => Some(updated),
            _ => None,
        })
    };
    assert_eq!(updated(&model, "huyen-ke-sach"), Some((0, 2)));
    let edit = status("nv-3", "2019-q3", WorkStatus::InProgress, None);
    say(&mut model, &mut agency("huyen-ke-sach"), &edit);
    assert_eq!(updated(&model, "huyen-ke-sach"), Some((1, 2)));
    assert_eq!(updated(&model, "huyen-tran-de"), Some((0, 3)));
}

/// When an agency last wrote is read off what stands: the same on a device that was there all
/// along and on one that just came.
#[test]
fn when_an_agency_last_wrote_is_the_same_on_every_device() {
    let (mut long_there, mut doc) = (model(&content()), agency("huyen-tran-de"));
    let last = |model: &ReadModel| {
        let mut rows = views::overview(model, period(), today(), Vec::new()).into_iter();
        rows.find_map(|(_, row)| match row {
            OverviewRow::Agency { agency, last, .. } if agency.id == id("huyen-tran-de") => last,
            _ => None,
        })
    };
    let percent = |figure: &str| {
        Edit::set(
            Record::Progress(task(), period()),
            Field::Percent,
            Some(Value::Figure(id(figure))),
        )
    };
    say(&mut long_there, &mut doc, &percent("5"));
    assert_eq!(last(&long_there), Some(common::at(1)));
    // Somebody of another agency writes over it.
    let seen = doc.heads();
    doc.edit(&local_actor(9), &seen, &percent("6"), None, common::at(2))
        .unwrap();
    let mut fresh = model(&content());
    for model in [&mut long_there, &mut fresh] {
        let reviewer = Author {
            enrolment: local_actor(9).author,
            person: "Lê Minh".to_owned(),
            agency: "Sở KH&ĐT".to_owned(),
        };
        let reviewer = Person {
            author: reviewer,
            agency: Some(id("so-khdt")),
        };
        model.set_people(BTreeMap::from([(local_actor(9).author, reviewer)]));
        model.set_facts(doc.id(), doc.heads(), doc.facts());
    }
    assert_eq!(last(&long_there), last(&fresh));
    assert_eq!(last(&fresh), None);
}

/// The directory may call an agency by a newer name than the year's programme does.
#[test]
fn an_agency_by_another_name_still_has_its_last_day() {
    let (mut model, mut doc) = (model(&content()), agency("huyen-tran-de"));
    let edit = status("nv-1", "2019-q3", WorkStatus::InProgress, None);
    say(&mut model, &mut doc, &edit);
    let enrolment = local_actor(1).author;
    let author = Author {
        enrolment: enrolment.clone(),
        person: "Trần Thị Bé".to_owned(),
        agency: "Thị xã Trần Đề".to_owned(),
    };
    let person = Person {
        author,
        agency: Some(id("huyen-tran-de")),
    };
    model.set_people(BTreeMap::from([(enrolment, person)]));
    let rows = views::overview(&model, period(), today(), Vec::new());
    let last = rows.into_iter().find_map(|(_, row)| match row {
        OverviewRow::Agency { agency, last, .. } if agency.id == id("huyen-tran-de") => last,
        _ => None,
    });
    assert_eq!(last, Some(common::at(1)));
}
