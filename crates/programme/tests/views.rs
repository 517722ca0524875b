//! What the office reads off: states, verdicts, who has a part in what.
// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{
    Replica, local_actor,
    office::{a_target, content, model, programme, programme_doc, today, viewer},
    period,
    say::{agency, id, say, status},
    task,
};
use programme::{
    Document, EditError, ReadModel, import,
    rules::{self, RuleError},
    views,
};
use terms::{
    Edit, Field, Goal, Kind, OfficialStatus, Period, Record, TaskId, TreeFilter, Value, WorkStatus,
    programme::Target,
    rows::{Bucket, TreeRow},
};

#[test]
fn what_an_agency_alone_knows_comes_first() {
    use Bucket::{Milestone, NotUpdated, OnlyMine, Updated};
    let mut model = model(&content());
    let buckets = |model: &ReadModel| -> Vec<(String, Bucket)> {
        let who = viewer("huyen-tran-de");
        let rows = views::my_work(model, &who, period(), today(), &BTreeMap::new());
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
    assert_eq!(buckets(&model), keys(&first));
    let mut doc = agency("huyen-tran-de");
    say(
        &mut model,
        &mut doc,
        &status("nv-1", "2019-q3", WorkStatus::InProgress, None),
    );
    let second = [
        ("nv-2", NotUpdated),
        ("nv-3", NotUpdated),
        ("nv-1", Updated),
    ];
    assert_eq!(buckets(&model), keys(&second));
    // Ten days away: near; a month away: not.
    for (number, due, bucket) in [(1, "2019-10-11", NotUpdated), (2, "2019-09-21", Milestone)] {
        let milestone = Edit::milestone(
            id(&format!("moc-{number}")),
            id("nv-2"),
            "Nghiệm thu".to_owned(),
            id(due),
            String::new(),
        );
        say(&mut model, &mut doc, &milestone);
        assert_eq!(buckets(&model)[0], ("nv-2".to_owned(), bucket));
    }
}

#[test]
fn a_text_that_nobody_can_see_is_no_report() {
    let mut model = model(&content());
    let mut doc = agency("huyen-tran-de");
    let bucket = |model: &ReadModel| {
        let who = viewer("huyen-tran-de");
        let rows = views::my_work(model, &who, period(), today(), &BTreeMap::new());
        let row = rows.into_iter().find(|(key, _)| key == "nv-1");
        row.unwrap().1.bucket
    };
    let record = || Record::Progress(id("nv-1"), period());
    let narrative = |text: &str| Edit::text(record(), Field::Narrative, text);
    for (text, expected) in [
        ("   \n", Bucket::OnlyMine),
        ("\u{200b}", Bucket::OnlyMine),
        ("Xong.", Bucket::Updated),
        ("", Bucket::OnlyMine),
    ] {
        say(&mut model, &mut doc, &narrative(text));
        assert_eq!(bucket(&model), expected, "{text:?}");
    }
    // Said and taken back again.
    let percent = |percent: Option<i32>| {
        let percent = percent.map(|percent| Value::Figure(percent.into()));
        Edit::set(record(), Field::Percent, percent)
    };
    say(&mut model, &mut doc, &percent(Some(0)));
    assert_eq!(bucket(&model), Bucket::Updated, "nought is a figure");
    say(&mut model, &mut doc, &percent(None));
    assert_eq!(bucket(&model), Bucket::OnlyMine);
}

#[test]
fn the_tree_is_searched_without_marks_and_shows_headings_above() {
    let model = model(&content());
    let tree = |filter: &TreeFilter, found: &BTreeSet<TaskId>| {
        views::tree(&model, &viewer("so-khdt"), filter, found, period(), today())
    };
    let keys_of = |rows: Vec<(String, TreeRow)>| -> Vec<String> {
        rows.into_iter().map(|(key, _)| key).collect()
    };
    let keys = |filter: TreeFilter| keys_of(tree(&filter, &BTreeSet::new()));
    let all = [
        "group/n-1",
        "section/m-1",
        "task/nv-1",
        "task/nv-2",
        "task/nv-0",
        "task/nv-3",
    ];
    assert_eq!(keys(TreeFilter::default()), all);
    let search = |text: &str| TreeFilter {
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
    let found = tree(&search("xyz"), &[task()].into());
    assert_eq!(keys_of(found), ["group/n-1", "section/m-1", "task/nv-1"]);
    let open = TreeFilter {
        not_updated: true,
        ..Default::default()
    };
    assert_eq!(keys(open).len(), all.len());
    let of = |group: &str| TreeFilter {
        group: Some(id(group)),
        ..Default::default()
    };
    assert_eq!(keys(of("n-1")), all);
    assert!(keys(of("n-2")).is_empty());
    let rows = tree(&TreeFilter::default(), &BTreeSet::new());
    assert!(matches!(&rows[0].1, TreeRow::Group { tasks: 3, .. }));
}

#[test]
fn a_programme_is_imported_once() {
    let mut doc = programme(&content());
    assert_eq!(doc.changes().len(), 2);
    let again = import(&mut doc, &local_actor(9), &content(), common::at(1));
    assert_eq!(again, Err(EditError::HasProgramme));
    // A programme that is too large leaves the document as it was.
    let mut large = content();
    large.name = "x".repeat(1 << 20);
    let mut doc = Document::new(programme_doc());
    let error = import(&mut doc, &local_actor(9), &large, common::at(1));
    assert!(matches!(error, Err(EditError::TooLarge(_))), "{error:?}");
    assert_eq!(doc.facts(), Document::new(programme_doc()).facts());
    import(&mut doc, &local_actor(9), &content(), common::at(0)).unwrap();
    assert_eq!(doc.heads(), programme(&content()).heads());
    let mut other = Replica::new(1).doc;
    assert!(import(&mut other, &local_actor(9), &content(), common::at(1)).is_err());
}

#[test]
fn rules_refuse_with_a_way_on() {
    let doc = common::agency_doc();
    let percent = |value: &str| {
        Edit::set(
            Record::Progress(task(), period()),
            Field::Percent,
            Some(Value::Figure(id(value))),
        )
    };
    let narrative = |text: &str| {
        Edit::text(
            Record::Progress(task(), period()),
            Field::Narrative,
            text.to_owned(),
        )
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
    let model = model(&content());
    let unknown: TaskId = id("nv-9");
    let edit = Edit::set(
        Record::Progress(unknown.clone(), period()),
        Field::Percent,
        None,
    );
    assert_eq!(
        rules::check_in(&model, &edit),
        Err(RuleError::NoTask(unknown))
    );
    assert_eq!(rules::check_in(&ReadModel::new(2019), &edit), Ok(()));
    let heading = Edit::set(Record::Progress(id("nv-0"), period()), Field::Percent, None);
    assert_eq!(rules::check_in(&model, &heading), Err(RuleError::Heading));
    let negative = Edit::set(
        Record::Values(id("ct-1"), period()),
        Field::Actual,
        Some(Value::Figure(id("-1"))),
    );
    assert_eq!(
        rules::check_in(&model, &negative),
        Err(RuleError::Negative(id("-1")))
    );
}

#[test]
fn a_share_is_from_0_to_100_and_a_growth_is_not() {
    let percent = |name: &str, denominator: Option<&str>, kind| Target {
        name: name.to_owned(),
        unit: "%".to_owned(),
        denominator: denominator.map(str::to_owned),
        ..a_target("ct-9", Goal::Above { value: id("5") }, kind, None)
    };
    let share = |figure: &str| Some(RuleError::Share(id(figure)));
    for (target, figure, refused) in [
        (
            percent("Tỷ lệ hộ nghèo", Some("số hộ"), Kind::Yearly),
            "-1",
            share("-1"),
        ),
        (
            percent("Tỷ lệ hộ nghèo", Some("số hộ"), Kind::Yearly),
            "140",
            share("140"),
        ),
        (
            percent("Tỷ lệ hộ nghèo", Some("số hộ"), Kind::Yearly),
            "100",
            None,
        ),
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
        let edit = Edit::set(
            Record::Values(id("ct-9"), period()),
            Field::Estimate,
            Some(Value::Figure(id(figure))),
        );
        assert_eq!(
            rules::check_in(&model(&content), &edit).err(),
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

#[test]
fn the_tree_is_narrowed_to_an_agency_a_state_or_an_obstacle() {
    let (mut model, mut doc) = (model(&content()), agency("huyen-tran-de"));
    let done = status("nv-1", "2019-q3", WorkStatus::Done, Some("2019-09-01"));
    say(&mut model, &mut doc, &done);
    let obstacle = Edit::obstacle(
        id("kk-1"),
        id("nv-2"),
        period(),
        "Thiếu vốn".to_owned(),
        None,
    );
    say(&mut model, &mut doc, &obstacle);
    let tasks = |filter: TreeFilter| -> Vec<String> {
        let none = BTreeSet::new();
        let rows = views::tree(
            &model,
            &viewer("so-khdt"),
            &filter,
            &none,
            period(),
            today(),
        );
        let tasks = rows.into_iter().filter_map(|(_, row)| match row {
            TreeRow::Task(task) => Some(task.task.to_string()),
            _ => None,
        });
        tasks.collect()
    };
    let none = TreeFilter::default;
    let of = |agency: &str| TreeFilter {
        agency: Some(id(agency)),
        ..none()
    };
    let state = |status| TreeFilter {
        status: Some(status),
        ..none()
    };
    let obstacles = TreeFilter {
        obstacles: true,
        ..none()
    };
    let not_updated = TreeFilter {
        not_updated: true,
        ..none()
    };
    assert_eq!(tasks(of("so-y-te")), ["nv-1"]);
    assert_eq!(tasks(of("huyen-ke-sach")), ["nv-2", "nv-0", "nv-3"]);
    assert_eq!(tasks(state(OfficialStatus::DoneOnTime)), ["nv-1"]);
    assert_eq!(
        tasks(state(OfficialStatus::OpenInTime)),
        ["nv-2", "nv-0", "nv-3"]
    );
    assert!(tasks(state(OfficialStatus::OpenLate)).is_empty());
    assert_eq!(tasks(obstacles), ["nv-2"]);
    assert_eq!(tasks(not_updated), ["nv-2", "nv-0", "nv-3"]);
}

/// What waits for a choice comes before all; what others did before what nobody touched.
#[test]
fn my_work_puts_a_choice_first_and_what_others_did_before_the_rest() {
    let (mut model, mut doc) = (model(&content()), agency("huyen-tran-de"));
    let mut other = Replica::new(2);
    let theirs = other.edit(&status("nv-3", "2019-q3", WorkStatus::NotStarted, None));
    let ours = status("nv-3", "2019-q3", WorkStatus::InProgress, None);
    say(&mut model, &mut doc, &ours);
    let news = {
        let step = &theirs.applied.last().unwrap().steps[0];
        let news = views::news(&model, doc.id(), step).unwrap();
        BTreeMap::from([(id("nv-2"), vec![news])])
    };
    for (_, bytes) in &theirs.changes {
        doc.apply(bytes).unwrap();
    }
    model.set_facts(doc.id(), doc.heads(), doc.facts());
    let rows = views::my_work(&model, &viewer("huyen-tran-de"), period(), today(), &news);
    let is: Vec<(String, Bucket)> = rows
        .into_iter()
        .map(|(key, row)| (key, row.bucket))
        .collect();
    let expected = [
        ("nv-3", Bucket::ToChoose),
        ("nv-1", Bucket::OnlyMine),
        ("nv-2", Bucket::ChangedByOthers),
    ];
    assert_eq!(is, expected.map(|(key, bucket)| (key.to_owned(), bucket)));
    assert_eq!(views::conflicts(&model, &viewer("huyen-tran-de")), 1);
    assert_eq!(views::conflicts(&model, &viewer("huyen-ke-sach")), 0);
}

#[test]
fn who_writes_for_another_agency_gives_a_reason() {
    let (own, other) = (id("so-khdt"), id("huyen-tran-de"));
    let ask = |doc: &str, reason| rules::check_writer(&id(doc), &own, reason);
    for nothing in [None, Some(""), Some(" \t\n")] {
        let refused = ask("agency/2019/huyen-tran-de", nothing);
        assert_eq!(refused, Err(RuleError::NoReason));
        for free in [
            "agency/2019/so-khdt",
            "programme/2019",
            "review/2019/huyen-tran-de",
        ] {
            assert_eq!(ask(free, nothing), Ok(()), "{free}");
        }
    }
    assert_eq!(ask("agency/2019/huyen-tran-de", Some("Bổ sung")), Ok(()));
    let doc = id("agency/2019/so-khdt");
    assert_eq!(
        rules::check_writer(&doc, &other, None),
        Err(RuleError::NoReason)
    );
}
