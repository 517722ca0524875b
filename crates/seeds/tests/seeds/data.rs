//! Checks the data against the office's rules for programmes.

use std::collections::BTreeSet;

use seeds::{Place, Task};
use terms::{AgencyClass, AgencyId, Date, PeriodKind};

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
                .map(|s| s.letter.as_str())
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
            .all(|t| t.source.assigned.is_none() && t.source.milestones.is_empty())
    );
    assert!(p.targets.iter().all(|t| t.source.assigned.is_none()));
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
    for agency in &p.agencies {
        assert_eq!(
            agency.source.named,
            !agency.source.as_written.is_empty(),
            "{}",
            agency.id
        );
    }
    // A member that the text names nowhere leads nothing.
    for agency in p.agencies.iter().filter(|a| !a.source.named) {
        assert!(
            p.tasks.iter().all(|t| !t.leads.contains(&agency.id)),
            "{}",
            agency.id
        );
    }
}

fn all(agencies: &[AgencyId], groups: &[String]) -> String {
    let agencies = agencies.iter().map(ToString::to_string);
    let all: Vec<String> = agencies.chain(groups.iter().cloned()).collect();
    all.join(" + ")
}

/// «II.2.a, gạch 1 · nv-4fmr · vp-ubnd · cac-so-nganh»: where, which, who leads, who supports.
fn line_of(task: &Task) -> String {
    let leads = match all(&task.leads, &task.lead_groups) {
        none if none.is_empty() => task.lead_text.clone().unwrap_or_else(|| "-".to_owned()),
        leads => leads,
    };
    let supporters = match all(&task.supporting, &task.supporting_groups) {
        _ if task.supporting_unnamed => "chưa nêu tên".to_owned(),
        none if none.is_empty() => "-".to_owned(),
        supporters => supporters,
    };
    let heading = if task.heading.is_some() {
        " · đề mục"
    } else {
        ""
    };
    format!(
        "{} · {} · {leads} · {supporters}{heading}",
        task.source.clause, task.id
    )
}

/// Each task of a clause, under an id that never changes, with those whom the text names. Change
/// the list only with the text beside it.
#[test]
fn tasks_stay_as_the_text_leaves_them() {
    let listed: Vec<String> = crate::programme().tasks.iter().map(line_of).collect();
    let wanted: Vec<&str> = include_str!("../tasks.txt").lines().collect();
    assert_eq!(listed, wanted);
}

#[test]
fn nobody_leads_or_supports_whom_the_text_does_not_name() {
    let p = crate::programme();
    // Of the two groups those lead that the words name.
    for task in &p.tasks {
        let words = task.lead_text.as_deref().unwrap_or_default().to_lowercase();
        for (group, word) in [("cac-so-nganh", "sở"), ("cap-huyen", "huyện")] {
            let leads = task.lead_groups.iter().any(|id| id == group);
            assert_eq!(leads, words.contains(word), "{} {group}", task.id);
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
            task.source.clause.section() == Some((7, 'a')),
            "{}",
            task.id
        );
        assert!(
            task.parent.is_some()
                || !matches!(task.source.clause.section(), Some((2, 'b')))
                || task.heading.is_some()
        );
    }
    let subs = p.tasks.iter().filter(|t| {
        matches!(
            t.source.clause,
            seeds::Clause::Section {
                place: Place::Sub(..),
                ..
            }
        )
    });
    assert!(subs.into_iter().all(|t| t.parent.is_some()));
}

/// Part two: who does what, and where it goes.
#[test]
fn duties_go_up_as_the_text_says() {
    let p = crate::programme();
    let lines: Vec<String> = p
        .duties
        .iter()
        .map(|duty| {
            let leads = all(&duty.leads, &duty.lead_groups);
            let with = all(&[], &duty.supporting_groups);
            let to = duty.to.as_deref().unwrap_or("-");
            let when = duty.frequency.as_deref().unwrap_or("-");
            format!("{} · {leads} · {with} · {to} · {when}", duty.clause)
        })
        .collect();
    let (everybody, khdt) = ("cac-so-nganh + cap-huyen", "Sở Kế hoạch và Đầu tư");
    assert_eq!(
        lines,
        [
            format!("Phần 2, khoản 1 · {everybody} ·  · - · -"),
            format!("Phần 2, khoản 1 · {everybody} ·  · {khdt} · hàng quý và năm"),
            format!("Phần 2, khoản 2 · so-khdt · {everybody} · - · -"),
            format!("Phần 2, khoản 2 · so-khdt · {everybody} · UBND tỉnh · hàng quý và năm"),
            "Phần 2, khoản 2 · so-khdt ·  · Bộ Kế hoạch và Đầu tư · hàng quý".to_owned(),
            format!("Phần 2, khoản 3 · {everybody} ·  · {khdt} · khi phát sinh"),
            "Phần 2, khoản 3 · so-khdt ·  · UBND tỉnh · khi phát sinh".to_owned(),
        ]
    );
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

/// Endings with the mark on the second vowel: here it stands on the first (hóa, thủy).
const SECOND_VOWEL: [&str; 13] = [
    "oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "uỳ", "uý", "uỷ", "uỹ", "uỵ",
];

/// Lines that hold the text's own words.
const QUOTES: [&str; 4] = ["wording", "said", "as_written", "lead_text"];

#[test]
fn our_words_have_one_spelling() {
    for (file, text) in crate::files() {
        let ours = text
            .lines()
            .filter(|line| !QUOTES.iter().any(|q| line.contains(q)));
        for line in ours {
            for word in line.to_lowercase().split(|c: char| !c.is_alphabetic()) {
                let second = SECOND_VOWEL.iter().any(|end| word.ends_with(end));
                let bad = second && !word.starts_with("qu") || ["tỉ", "qui"].contains(&word);
                assert!(!bad, "{file}: {word}: {line}");
            }
        }
    }
}
