//! What the office reads off: states, verdicts, who has a part in what.
// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeMap;

use common::{
    Replica,
    office::{a_target, content, programme, today, viewer, world},
    period, task, writer,
};
use programme::{Document, EditError, World, import, rules, views};
use terms::{
    Date, DocId, Edit, Goal, Kind, OfficialStatus, Period, TaskId, ValueField, Verdict, WorkStatus,
    rows::{Bucket, OverviewRow, Part, TargetRow, TaskRow, TreeRow},
};

fn id<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

fn agency(name: &str) -> Document {
    Document::new(DocId::Agency(2019, id(name)))
}

fn say(world: &mut World, doc: &mut Document, edit: &Edit) {
    let seen = doc.heads();
    doc.edit(&writer(1), &seen, edit, None, common::at(1))
        .unwrap();
    world.set_facts(doc.id(), doc.heads(), doc.facts());
}

fn status(task: &str, period: &str, status: WorkStatus, done_on: Option<&str>) -> Edit {
    Edit::SetStatus {
        task: id(task),
        period: id(period),
        status: Some(status),
        done_on: done_on.map(id),
    }
}

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
fn whoever_is_assigned_leads_alone() {
    let mut doc = programme(&content());
    let mut world = world(&content());
    let assign = Edit::AssignLead {
        task: id("nv-3"),
        agency: Some(id("huyen-ke-sach")),
    };
    say(&mut world, &mut doc, &assign);
    let parts = |who: &str| {
        let rows = views::my_work(&world, &viewer(who), period(), today(), &BTreeMap::new());
        rows.into_iter()
            .find(|(key, _)| key == "nv-3")
            .map(|(_, row)| row.part)
    };
    assert_eq!(parts("huyen-ke-sach"), Some(Part::Lead));
    assert_eq!(parts("huyen-tran-de"), Some(Part::GroupSupporting));
    assert_eq!(parts("so-y-te"), None);
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

fn target(world: &World, period: &str, target: &str) -> TargetRow {
    let rows = views::targets(world, &viewer("huyen-tran-de"), id(period), false);
    rows.into_iter().find(|(key, _)| key == target).unwrap().1
}

fn figure(
    doc: &mut Document,
    world: &mut World,
    target: &str,
    period: &str,
    field: ValueField,
    value: &str,
) {
    let edit = Edit::SetValue {
        target: id(target),
        period: id(period),
        field,
        value: Some(id(value)),
    };
    say(world, doc, &edit);
}

#[test]
fn a_flow_adds_up_and_fails_only_when_the_year_is_over() {
    use ValueField::{Actual, Estimate, SamePeriod};
    let (mut world, mut doc) = (world(&content()), agency("huyen-tran-de"));
    assert_eq!(target(&world, "2019-q1", "ct-1").verdict, Verdict::NoFigure);
    for (quarter, value) in [("2019-q1", "20.5"), ("2019-q2", "30"), ("2019-q3", "40")] {
        figure(&mut doc, &mut world, "ct-1", quarter, Actual, value);
    }
    figure(&mut doc, &mut world, "ct-1", "2019-q3", SamePeriod, "32");
    let row = target(&world, "2019-q3", "ct-1");
    assert_eq!(row.cumulative, Some(id("90.5")));
    assert_eq!(row.of_goal, Some(id("90.5")));
    assert_eq!(row.of_same_period, Some(id("125.0")));
    assert_eq!(row.verdict, Verdict::Unjudged);
    // The year's estimate is judged; an actual figure of the fourth quarter ends the year too.
    figure(&mut doc, &mut world, "ct-1", "2019-year", Estimate, "99");
    assert_eq!(target(&world, "2019-year", "ct-1").verdict, Verdict::NotMet);
    figure(&mut doc, &mut world, "ct-1", "2019-q4", Actual, "9");
    assert_eq!(target(&world, "2019-q4", "ct-1").verdict, Verdict::NotMet);
    figure(&mut doc, &mut world, "ct-1", "2019-q4", Actual, "9.51");
    assert_eq!(target(&world, "2019-q4", "ct-1").verdict, Verdict::Exceeded);
}

#[test]
fn lower_is_better_has_no_per_cent_and_a_fall_needs_last_year() {
    use ValueField::{Actual, SamePeriod};
    let mut content = content();
    let fall = Goal::ReduceBy {
        low: id("2"),
        high: id("3"),
    };
    content
        .targets
        .push(a_target("ct-4", fall, Kind::Yearly, Some("huyen-tran-de")));
    let (mut world, mut doc) = (world(&content), agency("huyen-tran-de"));
    figure(&mut doc, &mut world, "ct-2", "2019-q3", Actual, "2.6");
    let row = target(&world, "2019-q3", "ct-2");
    assert_eq!(
        (row.verdict, row.of_goal, row.cumulative),
        (Verdict::NotMet, None, None)
    );
    assert_eq!((row.number.as_str(), row.indent), ("1.1", 1));
    figure(&mut doc, &mut world, "ct-4", "2019-year", Actual, "8");
    assert_eq!(
        target(&world, "2019-year", "ct-4").verdict,
        Verdict::Unjudged
    );
    figure(
        &mut doc,
        &mut world,
        "ct-4",
        "2019-year",
        SamePeriod,
        "10.5",
    );
    assert_eq!(target(&world, "2019-year", "ct-4").verdict, Verdict::Met);
    // Known once a year: a quarter's figure is not judged.
    figure(&mut doc, &mut world, "ct-4", "2019-q3", Actual, "10");
    assert_eq!(target(&world, "2019-q3", "ct-4").verdict, Verdict::Unjudged);
}

#[test]
fn others_figures_stand_beside_the_owners() {
    let mut world = world(&content());
    let mut ke_sach = agency("huyen-ke-sach");
    figure(
        &mut ke_sach,
        &mut world,
        "ct-1",
        "2019-q3",
        ValueField::Actual,
        "7",
    );
    let row = target(&world, "2019-q3", "ct-1");
    let beside: Vec<&str> = row
        .contributions
        .iter()
        .map(|c| c.agency.id.as_str())
        .collect();
    assert_eq!(beside, ["huyen-ke-sach"]);
    assert_eq!((row.cumulative, row.verdict), (None, Verdict::NoFigure));
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
    let mut other = Replica::new(1).doc;
    assert!(import(&mut other, &writer(9), &content(), common::at(1)).is_err());
}

#[test]
fn rules_refuse_with_a_way_on() {
    use rules::RuleError;
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
