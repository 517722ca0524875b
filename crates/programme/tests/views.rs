//! What the office reads off: states, verdicts, who has a part in what.
// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeMap;

use common::{
    Replica,
    office::{a_target, content, programme, programme_doc, today, viewer, world},
    period,
    say::{agency, id, say, status},
    task, writer,
};
use programme::{
    Document, EditError, TargetContent, World, import,
    rules::{self, RuleError},
    views,
};
use terms::{
    Date, DocId, Edit, Goal, Kind, OfficialStatus, Period, TaskId, ValueField, WorkStatus,
    rows::{Author, Bucket, FieldKind, OverviewRow, TaskRow, TreeRow},
};

fn official(world: &World, task: &str, on: &str) -> OfficialStatus {
    let rows = views::task(world, &viewer("so-khdt"), &id(task), period(), id(on));
    let head = rows.into_iter().find_map(|(_, row)| match row {
        TaskRow::Head(head) => Some(head.official),
        _ => None,
    });
    head.unwrap()
}

#[test]
fn only_leads_close_a_task_and_all_of_them_must() {
    use OfficialStatus::{DoneLate, DoneOnTime, OpenInTime, OpenLate};
    let mut world = world(&content());
    assert_eq!(official(&world, "nv-1", "2019-12-31"), OpenInTime);
    assert_eq!(official(&world, "nv-1", "2020-01-01"), OpenLate);
    // A supporter can't close it.
    let mut supporter = agency("so-y-te");
    let done = |task| status(task, "2019-q2", WorkStatus::Done, Some("2019-06-01"));
    say(&mut world, &mut supporter, &done("nv-1"));
    assert_eq!(official(&world, "nv-1", "2019-09-11"), OpenInTime);
    // Its lead can; not before the day that it names.
    let mut tran_de = agency("huyen-tran-de");
    say(&mut world, &mut tran_de, &done("nv-1"));
    assert_eq!(official(&world, "nv-1", "2019-09-11"), DoneOnTime);
    assert_eq!(official(&world, "nv-1", "2019-05-31"), OpenInTime);
    // What it said later counts.
    say(
        &mut world,
        &mut tran_de,
        &status("nv-1", "2019-q3", WorkStatus::InProgress, None),
    );
    assert_eq!(official(&world, "nv-1", "2019-09-11"), OpenInTime);
    say(
        &mut world,
        &mut tran_de,
        &status("nv-1", "2019-year", WorkStatus::Done, Some("2020-01-05")),
    );
    assert_eq!(official(&world, "nv-1", "2020-02-01"), DoneLate);
    // The year's report falls before the fourth quarter's.
    let quarter = |day| status("nv-1", "2019-q4", WorkStatus::Done, Some(day));
    say(&mut world, &mut tran_de, &quarter("2019-12-10"));
    say(
        &mut world,
        &mut tran_de,
        &status("nv-1", "2019-year", WorkStatus::InProgress, None),
    );
    assert_eq!(official(&world, "nv-1", "2020-02-01"), DoneOnTime);
    // Of two leads, and of a group, every one.
    for task in ["nv-2", "nv-3"] {
        say(&mut world, &mut tran_de, &done(task));
        assert_eq!(official(&world, task, "2019-09-11"), OpenInTime, "{task}");
    }
    let mut ke_sach = agency("huyen-ke-sach");
    for task in ["nv-2", "nv-3"] {
        say(&mut world, &mut ke_sach, &done(task));
        assert_eq!(official(&world, task, "2019-09-11"), DoneOnTime, "{task}");
    }
}

#[test]
fn of_a_group_one_sees_who_wrote_and_for_whom_one_may_write() {
    let mut world = world(&content());
    let parts = |world: &World, also: Option<&str>| -> Vec<String> {
        let mut viewer = viewer("so-khdt");
        viewer
            .writable
            .extend(also.map(|name| DocId::Agency(2019, id(name))));
        let rows = views::task(world, &viewer, &id("nv-3"), period(), today());
        rows.into_iter()
            .filter_map(|(key, _)| key.strip_prefix("part/").map(str::to_owned))
            .collect()
    };
    assert!(parts(&world, None).is_empty());
    assert_eq!(parts(&world, Some("huyen-ke-sach")), ["huyen-ke-sach"]);
    let edit = status("nv-3", "2019-q3", WorkStatus::InProgress, None);
    say(&mut world, &mut agency("huyen-tran-de"), &edit);
    assert_eq!(parts(&world, None), ["huyen-tran-de"]);
    // The phrase opens: who they are stands in the head.
    let rows = views::task(&world, &viewer("so-khdt"), &id("nv-3"), period(), today());
    let members = rows.into_iter().find_map(|(_, row)| match row {
        TaskRow::Head(head) => Some(head.members),
        _ => None,
    });
    let members = members.unwrap();
    let names: Vec<&str> = members[0].1.iter().map(|name| name.id.as_str()).collect();
    assert_eq!(names, ["huyen-tran-de", "huyen-ke-sach"]);
}

#[test]
fn what_an_agency_alone_knows_comes_first() {
    use Bucket::{Milestone, NotUpdated, OnlyMine, Updated};
    let mut world = world(&content());
    let buckets = |world: &World| -> Vec<(String, Bucket)> {
        let who = viewer("huyen-tran-de");
        let rows = views::my_work(world, &who, period(), today(), &BTreeMap::new());
        rows.into_iter()
            .map(|(key, row)| (key, row.bucket))
            .collect()
    };
    let keys = |rows: &[(&str, Bucket)]| -> Vec<(String, Bucket)> {
        rows.iter()
            .map(|(key, bucket)| ((*key).to_owned(), *bucket))
            .collect()
    };
    let first = [
        ("nv-1", OnlyMine),
        ("nv-2", NotUpdated),
        ("nv-3", NotUpdated),
    ];
    assert_eq!(buckets(&world), keys(&first));
    let mut doc = agency("huyen-tran-de");
    say(
        &mut world,
        &mut doc,
        &status("nv-1", "2019-q3", WorkStatus::InProgress, None),
    );
    let second = [
        ("nv-2", NotUpdated),
        ("nv-3", NotUpdated),
        ("nv-1", Updated),
    ];
    assert_eq!(buckets(&world), keys(&second));
    // Ten days away: near; a month away: not.
    for (number, due, bucket) in [(1, "2019-10-11", NotUpdated), (2, "2019-09-21", Milestone)] {
        let milestone = Edit::AddMilestone {
            id: id(&format!("moc-{number}")),
            task: id("nv-2"),
            title: "Nghiệm thu".to_owned(),
            due: id(due),
            source: String::new(),
        };
        say(&mut world, &mut doc, &milestone);
        assert_eq!(buckets(&world)[0], ("nv-2".to_owned(), bucket));
    }
}

#[test]
fn the_tree_is_searched_without_marks_and_shows_headings_above() {
    let world = world(&content());
    let keys = |filter: views::TreeFilter| -> Vec<String> {
        let rows = views::tree(&world, &viewer("so-khdt"), &filter, period(), today());
        rows.into_iter().map(|(key, _)| key).collect()
    };
    let all = [
        "group/n-1",
        "section/m-1",
        "task/nv-1",
        "task/nv-2",
        "task/nv-0",
        "task/nv-3",
    ];
    assert_eq!(keys(views::TreeFilter::default()), all);
    let search = |text: &str| views::TreeFilter {
        search: text.to_owned(),
        ..Default::default()
    };
    assert_eq!(
        keys(search("DUONG nv-2")),
        ["group/n-1", "section/m-1", "task/nv-2"]
    );
    assert_eq!(
        keys(search("cap huyen")),
        ["group/n-1", "section/m-1", "task/nv-0", "task/nv-3"]
    );
    assert!(keys(search("xyz")).is_empty());
    let found = views::TreeFilter {
        found: Some([task()].into()),
        ..search("xyz")
    };
    assert_eq!(keys(found), ["group/n-1", "section/m-1", "task/nv-1"]);
    let open = views::TreeFilter {
        not_updated: true,
        ..Default::default()
    };
    assert_eq!(keys(open).len(), all.len());
    let rows = views::tree(
        &world,
        &viewer("so-khdt"),
        &views::TreeFilter::default(),
        period(),
        today(),
    );
    assert!(matches!(&rows[0].1, TreeRow::Group { tasks: 3, .. }));
}

#[test]
fn the_overview_counts_what_waits() {
    let mut world = world(&content());
    let mut doc = agency("huyen-tran-de");
    let obstacle = Edit::AddObstacle {
        id: id("kk-1"),
        task: task(),
        period: period(),
        text: "Thiếu vốn".to_owned(),
        waits_for: Some(id("so-y-te")),
    };
    say(&mut world, &mut doc, &obstacle);
    let overview = |world: &World| views::overview(world, period(), today(), Vec::new());
    let open = |world: &World| {
        overview(world).into_iter().find_map(|(_, row)| match row {
            OverviewRow::Totals { obstacles, .. } => Some(obstacles),
            _ => None,
        })
    };
    let waits = |world: &World| {
        overview(world)
            .into_iter()
            .find_map(|(key, row)| match row {
                OverviewRow::Agency { waited_for, .. } if key == "agency/so-y-te" => {
                    Some(waited_for)
                }
                _ => None,
            })
    };
    assert_eq!((open(&world), waits(&world)), (Some(1), Some(1)));
    let resolved = |day: Option<Date>| Edit::SetObstacleResolved {
        id: id("kk-1"),
        resolved_on: day,
    };
    say(&mut world, &mut doc, &resolved(Some(today())));
    assert_eq!((open(&world), waits(&world)), (Some(0), Some(0)));
    say(&mut world, &mut doc, &resolved(None));
    say(
        &mut world,
        &mut doc,
        &Edit::SetItemRemoved {
            id: id("kk-1"),
            removed: true,
        },
    );
    assert_eq!(open(&world), Some(0));
}

#[test]
fn a_programme_is_imported_once() {
    let mut doc = programme(&content());
    assert_eq!(doc.changes().len(), 2);
    let again = import(&mut doc, &writer(9), &content(), common::at(1));
    assert_eq!(again, Err(EditError::HasProgramme));
    // A programme that is too large leaves the document as it was.
    let mut large = content();
    large.name = "x".repeat(1 << 20);
    let mut doc = Document::new(programme_doc());
    let error = import(&mut doc, &writer(9), &large, common::at(1));
    assert!(matches!(error, Err(EditError::TooLarge(_))), "{error:?}");
    assert_eq!(doc.facts(), Document::new(programme_doc()).facts());
    import(&mut doc, &writer(9), &content(), common::at(0)).unwrap();
    assert_eq!(doc.heads(), programme(&content()).heads());
    let mut other = Replica::new(1).doc;
    assert!(import(&mut other, &writer(9), &content(), common::at(1)).is_err());
}

#[test]
fn rules_refuse_with_a_way_on() {
    let doc = common::agency_doc();
    let percent = |value: &str| Edit::SetPercent {
        task: task(),
        period: period(),
        percent: Some(id(value)),
    };
    let narrative = |text: &str| Edit::SetNarrative {
        task: task(),
        period: period(),
        text: text.to_owned(),
    };
    let of = |edit: &Edit| rules::check(&doc, edit).map(|_| ());
    assert_eq!(of(&percent("140")), Err(RuleError::Percent(id("140"))));
    assert_eq!(of(&percent("-0.1")), Err(RuleError::Percent(id("-0.1"))));
    assert_eq!(of(&percent("100")), Ok(()));
    assert!(matches!(
        of(&narrative(&"x".repeat(1 << 20))),
        Err(RuleError::Text(_))
    ));
    assert!(matches!(of(&narrative("a\0")), Err(RuleError::Text(_))));
    let late = status("nv-1", "2019-q3", WorkStatus::Done, Some("2091-09-01"));
    assert!(matches!(of(&late), Err(RuleError::Date { year: 2019, .. })));
    assert_eq!(
        of(&status("nv-1", "2019-q3", WorkStatus::Done, None)),
        Err(RuleError::NoDay)
    );
    let other_year: Period = id("2020-q1");
    assert_eq!(
        of(&status("nv-1", "2020-q1", WorkStatus::InProgress, None)),
        Err(RuleError::WrongYear(other_year))
    );
    assert_eq!(
        rules::check(&id("programme/2019"), &percent("1")),
        Err(RuleError::WrongDocument)
    );
    // What the programme does not know, as far as it is here.
    let world = world(&content());
    let unknown: TaskId = id("nv-9");
    let edit = Edit::SetPercent {
        task: unknown.clone(),
        period: period(),
        percent: None,
    };
    assert_eq!(
        rules::check_in(&world, &edit),
        Err(RuleError::NoTask(unknown))
    );
    assert_eq!(rules::check_in(&World::new(2019), &edit), Ok(()));
    let heading = Edit::SetPercent {
        task: id("nv-0"),
        period: period(),
        percent: None,
    };
    assert_eq!(rules::check_in(&world, &heading), Err(RuleError::Heading));
    let negative = Edit::SetValue {
        target: id("ct-1"),
        period: period(),
        field: ValueField::Actual,
        value: Some(id("-1")),
    };
    assert_eq!(
        rules::check_in(&world, &negative),
        Err(RuleError::Negative(id("-1")))
    );
}

#[test]
fn a_share_is_from_0_to_100_and_a_growth_is_not() {
    let percent = |name: &str, denominator: Option<&str>, kind| TargetContent {
        name: name.to_owned(),
        unit: "%".to_owned(),
        denominator: denominator.map(str::to_owned),
        ..a_target("ct-9", Goal::Above { value: id("5") }, kind, None)
    };
    let share = |figure: &str| Some(RuleError::Share(id(figure)));
    for (target, figure, refused) in [
        (
            percent("Tỷ lệ hộ nghèo", None, Kind::Yearly),
            "-1",
            share("-1"),
        ),
        (
            percent("Tỷ lệ hộ nghèo", None, Kind::Yearly),
            "140",
            share("140"),
        ),
        (percent("Tỷ lệ hộ nghèo", None, Kind::Yearly), "100", None),
        (
            percent("Xã đạt chuẩn", Some("số xã"), Kind::Level),
            "100.1",
            share("100.1"),
        ),
        (
            percent("Tốc độ tăng trưởng", None, Kind::Ratio),
            "-2.5",
            None,
        ),
        (
            percent("Tỷ lệ tăng dân số", None, Kind::Ratio),
            "-0.1",
            None,
        ),
        (percent("Chỉ số sản xuất", None, Kind::Ratio), "108.5", None),
    ] {
        let mut content = content();
        let name = target.name.clone();
        content.targets.push(target);
        let edit = Edit::SetValue {
            target: id("ct-9"),
            period: period(),
            field: ValueField::Estimate,
            value: Some(id(figure)),
        };
        assert_eq!(
            rules::check_in(&world(&content), &edit).err(),
            refused,
            "{name} {figure}"
        );
    }
    assert!(
        RuleError::Share(id("140"))
            .to_string()
            .contains("từ 0 đến 100")
    );
}

/// When an agency last wrote is read off what stands: the same on a device that was there all
/// along and on one that just came.
#[test]
fn when_an_agency_last_wrote_is_the_same_on_every_device() {
    let (mut long_there, mut doc) = (world(&content()), agency("huyen-tran-de"));
    let last = |world: &World| {
        let mut rows = views::overview(world, period(), today(), Vec::new()).into_iter();
        rows.find_map(|(_, row)| match row {
            OverviewRow::Agency { agency, last, .. } if agency.id == id("huyen-tran-de") => last,
            _ => None,
        })
    };
    let percent = |figure: &str| Edit::SetPercent {
        task: task(),
        period: period(),
        percent: Some(id(figure)),
    };
    say(&mut long_there, &mut doc, &percent("5"));
    assert_eq!(last(&long_there), Some(common::at(1)));
    // Somebody of another agency writes over it.
    let seen = doc.heads();
    doc.edit(&writer(9), &seen, &percent("6"), None, common::at(2))
        .unwrap();
    let mut fresh = world(&content());
    for world in [&mut long_there, &mut fresh] {
        let reviewer = Author {
            enrolment: writer(9).author,
            person: "Lê Minh".to_owned(),
            agency: "so-khdt".to_owned(),
        };
        world.set_people(BTreeMap::from([(writer(9).author, reviewer)]));
        world.set_facts(doc.id(), doc.heads(), doc.facts());
    }
    assert_eq!(last(&long_there), last(&fresh));
    assert_eq!(last(&fresh), None);
}

#[test]
fn a_day_set_right_is_news_and_a_day_set_with_its_status_is_not() {
    let (mut world, mut doc) = (world(&content()), agency("huyen-tran-de"));
    let mut news = |edit: &Edit| -> Vec<FieldKind> {
        let before = doc.history().len();
        say(&mut world, &mut doc, edit);
        let history = doc.history();
        let news = history[before..]
            .iter()
            .filter_map(|touch| views::news(&world, doc.id(), touch));
        news.map(|news| news.what).collect()
    };
    let done = |day| status("nv-1", "2019-q3", WorkStatus::Done, Some(day));
    assert_eq!(news(&done("2019-09-01")), [FieldKind::Status]);
    assert_eq!(news(&done("2019-09-02")), [FieldKind::DoneOn]);
    let open = status("nv-1", "2019-q3", WorkStatus::InProgress, None);
    assert_eq!(news(&open), [FieldKind::Status]);
}
