//! What office.md says of the programme, held against the data.

use std::collections::BTreeSet;

use seeds::{Direction, Place, Target, Task};
use terms::{AgencyClass, Date, Goal, PeriodKind};

fn task_at<'a>(tasks: &'a [Task], clause: &str) -> Vec<&'a Task> {
    tasks
        .iter()
        .filter(|task| task.clause.to_string() == clause)
        .collect()
}

#[test]
fn the_programme_has_its_shape() {
    let p = crate::programme();
    assert_eq!(
        (p.groups.len(), p.sections.len(), p.targets.len()),
        (8, 25, 30)
    );
    assert_eq!(
        (p.duties.len(), p.recipients.len(), p.citations.len()),
        (7, 12, 58)
    );
    let letters: Vec<String> = p
        .groups
        .iter()
        .map(|g| {
            p.sections
                .iter()
                .filter(|s| s.group == g.id)
                .map(|s| s.letter)
                .collect()
        })
        .collect();
    assert_eq!(
        letters,
        ["abcd", "ab", "abcdđeg", "ab", "ab", "abc", "abc", "ab"]
    );
    // Nothing is assigned and no milestone is set: the text does neither.
    assert!(
        p.tasks
            .iter()
            .all(|t| t.assigned.is_none() && t.milestones.is_empty())
    );
    assert!(p.targets.iter().all(|t| t.assigned.is_none()));
    assert_eq!(p.signing.name, "Trần Văn Chuyện");
}

#[test]
fn groups_of_agencies_are_frozen() {
    let p = crate::programme();
    let members = |id: &str| &p.agency_groups.iter().find(|g| g.id == id).unwrap().members;
    assert_eq!(
        (members("cac-so-nganh").len(), members("cap-huyen").len()),
        (18, 11)
    );
    let class = |class| {
        p.agencies
            .iter()
            .filter(move |a| a.class == class)
            .map(|a| &a.id)
    };
    assert!(class(AgencyClass::SoNganh).eq(members("cac-so-nganh")));
    assert!(class(AgencyClass::CapHuyen).eq(members("cap-huyen")));
    // A member that the text names nowhere leads nothing.
    for agency in p.agencies.iter().filter(|a| !a.named) {
        assert!(
            p.tasks.iter().all(|t| !t.leads.contains(&agency.id)),
            "{}",
            agency.id
        );
    }
}

#[test]
fn leads_stay_as_the_text_leaves_them() {
    let p = crate::programme();
    for (clause, leads, groups, joint) in [
        ("II.1.a, gạch 1", "", "cac-so-nganh cap-huyen", true),
        ("II.1.b, đoạn 1", "so-tai-chinh", "", false),
        ("II.1.c, gạch 1", "cuc-thue", "cap-huyen", true),
        ("II.1.c, gạch 3", "cuc-thue", "", false),
        ("II.2.a, gạch 2", "", "", false),
        ("II.2.a, gạch 3, cộng 2", "", "", true),
        ("II.2.a, gạch 3, cộng 3", "", "cac-so-nganh", true),
        ("II.2.a, gạch 3, cộng 4", "", "cap-huyen", true),
        ("II.3.đ, gạch 3", "so-ldtbxh", "", false),
        (
            "II.7.a, gạch 1",
            "bo-chqs cong-an bdbp",
            "cac-so-nganh cap-huyen",
            true,
        ),
        ("II.8.b, gạch 2", "", "cac-so-nganh cap-huyen", true),
    ] {
        let tasks = task_at(&p.tasks, clause);
        assert!(!tasks.is_empty(), "{clause}");
        for task in tasks {
            let ids: Vec<&str> = task.leads.iter().map(terms::AgencyId::as_str).collect();
            let is = (ids.join(" "), task.lead_groups.join(" "), task.joint);
            assert_eq!(is, (leads.to_owned(), groups.to_owned(), joint), "{clause}");
        }
    }
    // Unnamed supporters stay unnamed, and nobody is listed beside them.
    for task in p.tasks.iter().filter(|t| t.supporting_unnamed) {
        assert!(
            task.supporting.is_empty() && task.supporting_groups.is_empty(),
            "{}",
            task.id
        );
    }
    for task in p
        .tasks
        .iter()
        .filter(|t| t.leads.is_empty() && t.lead_groups.is_empty())
    {
        assert!(
            task.heading.is_some() || task.lead_text.is_some(),
            "{}",
            task.id
        );
    }
    for task in &p.tasks {
        assert_eq!(
            task.may_be_secret,
            task.clause.section() == Some((7, 'a')),
            "{}",
            task.id
        );
        assert!(
            task.parent.is_some()
                || !matches!(task.clause.section(), Some((2, 'b')))
                || task.heading.is_some()
        );
    }
    let subs = p.tasks.iter().filter(|t| {
        matches!(
            t.clause,
            seeds::Clause::Section {
                place: Place::Sub(..),
                ..
            }
        )
    });
    assert!(subs.into_iter().all(|t| t.parent.is_some()));
}

/// «trên 2 triệu tấn · flow · so-nnptnt · 2 · Sản lượng lúa».
fn line_of(target: &Target) -> String {
    let figures = match &target.goal {
        Goal::Range { low, high } | Goal::ReduceBy { low, high } => {
            format!("{} {}", low.format_vi(), high.format_vi())
        }
        Goal::Above { value }
        | Goal::AtLeast { value, .. }
        | Goal::Below { value }
        | Goal::About { value }
        | Goal::ReduceTo { value } => value.format_vi(),
    };
    format!(
        "{} {figures} {} · {:?} · {} · {} · {}",
        target.direction.word(),
        target.unit,
        target.kind,
        target
            .owner
            .as_ref()
            .map_or("chưa nêu", |owner| owner.as_str()),
        target.stated.len(),
        target.name
    )
}

#[test]
fn targets_are_as_the_text_has_them() {
    let p = crate::programme();
    let target = |name: &str| p.targets.iter().find(|t| t.name == name).unwrap();
    let listed: Vec<String> = p.targets.iter().map(line_of).collect();
    let wanted: Vec<&str> = include_str!("../targets.txt").lines().collect();
    assert_eq!(listed, wanted);
    let thcs = target("Tỷ lệ huy động học sinh đi học đúng độ tuổi, trung học cơ sở");
    assert!(matches!(&thcs.goal, Goal::AtLeast { value, .. } if value.format_vi() == "94,83"));
    let bids: Vec<_> = p
        .targets
        .iter()
        .filter(|t| t.direction == Direction::AtLeast)
        .collect();
    assert_eq!(bids[1].together_with.as_ref(), Some(&bids[0].id));
    assert_eq!(p.targets.iter().filter(|t| t.part_of.is_some()).count(), 4);
}

#[test]
fn periods_close_by_the_decree_and_deadlines_are_the_last_valid_day() {
    let p = crate::programme();
    let days: Vec<String> = p
        .periods
        .iter()
        .map(|row| format!("{} {} {}", row.from, row.to, row.deadline))
        .collect();
    assert_eq!(
        days,
        [
            "2018-12-15 2019-03-14 2019-03-15",
            "2019-03-15 2019-06-14 2019-06-15",
            "2019-06-15 2019-09-14 2019-09-15",
            "2019-09-15 2019-12-14 2019-12-15",
            "2018-12-15 2019-12-14 2019-11-14",
        ]
    );
    assert!(
        p.periods
            .iter()
            .map(|row| row.period.kind)
            .eq(PeriodKind::ALL)
    );
    assert_eq!(p.ends, Date::new(2019, 12, 31).unwrap());
}

#[test]
fn numbers_recur_and_ids_tell_them_apart() {
    let p = crate::programme();
    for number in ["10/CT-CTUBND", "03-NQ/TU", "19-CTr/TU"] {
        let same: Vec<_> = p
            .citations
            .iter()
            .filter(|c| c.number.as_deref() == Some(number))
            .collect();
        assert_eq!(same.len(), 2, "{number}");
        assert_ne!(same[0].date, same[1].date);
    }
    // Number, date and issuer together name one document.
    let names: BTreeSet<String> = p
        .citations
        .iter()
        .map(|c| format!("{:?}{:?}{:?}{:?}", c.number, c.date, c.issuer, c.title))
        .collect();
    assert_eq!(names.len(), p.citations.len());
}

#[test]
fn our_words_have_one_spelling() {
    let p = crate::programme();
    let titles = p
        .tasks
        .iter()
        .map(|t| &t.title)
        .chain(p.targets.iter().map(|t| &t.name));
    let sections = p
        .sections
        .iter()
        .map(|s| &s.title)
        .chain(p.groups.iter().map(|g| &g.title));
    let texts = p.tasks.iter().filter_map(|t| t.heading.as_ref());
    for text in titles.chain(sections).chain(texts) {
        for word in text.to_lowercase().split(|c: char| !c.is_alphabetic()) {
            let modern = [
                "oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "uỳ", "uý", "uỷ", "uỹ", "uỵ",
            ];
            let bad = modern.iter().any(|end| word.ends_with(end)) && !word.starts_with("qu");
            assert!(!bad && word != "tỉ", "{word}: {text}");
        }
    }
}
