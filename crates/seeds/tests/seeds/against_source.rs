//! The data against the source and its fingerprint, whole and with something taken away.

use seeds::{Clause, Place, Programme, Task};
use terms::{programme::Citation, text::fold};

use crate::{
    coverage::gaps,
    fingerprint::{Print, committed, of},
    source,
};

/// Words (syllables) that a title may share with the text in one run: the name of a document or a
/// programme is as long.
const RUN: usize = 15;

#[test]
fn the_data_covers_the_committed_fingerprint() {
    assert_eq!(
        gaps(&committed(), &crate::programme()),
        Vec::<String>::new()
    );
}

#[test]
fn the_data_covers_the_source() {
    let programme = crate::programme();
    let Some(places) = source::read(&programme.readings) else {
        println!("skipped: ../shared/source is not there; the committed fingerprint was checked");
        return;
    };
    let prints = of(&places);
    assert_eq!(
        prints,
        committed(),
        "run write_the_fingerprint and look at the difference"
    );
    assert_eq!(gaps(&prints, &programme), Vec::<String>::new());
}

/// What the data quotes stands in the source, at the place it names.
#[test]
fn quoted_words_stand_in_the_source() {
    let programme = crate::programme();
    let Some(places) = source::read(&programme.readings) else {
        println!("skipped: ../shared/source is not there");
        return;
    };
    let text = |of: &dyn Fn(&Clause) -> bool| -> String {
        let there = places.iter().filter(|(clause, _)| of(clause));
        let lines: Vec<&str> = there.map(|(_, text)| text.as_str()).collect();
        lines.join(" ")
    };
    let quoted = |clause: &Clause, words: &str| {
        let stands = text(&|c| c == clause).contains(words);
        assert!(stands, "{clause} has no «{words}»");
    };
    for statement in programme
        .targets
        .iter()
        .flat_map(|target| &target.source.stated)
    {
        let mut tasks = programme.tasks.iter();
        let task = tasks.find(|task| task.id == statement.task).unwrap();
        quoted(&task.source.clause, &statement.wording);
    }
    for figure in &programme.not_targets {
        figure
            .clauses
            .iter()
            .for_each(|clause| quoted(clause, &figure.text));
    }
    for period in &programme.periods {
        quoted(&period.source.clause, &period.source.wording);
    }
    for words in [
        &programme.signing.form,
        &programme.signing.position,
        &programme.signing.name,
    ] {
        quoted(&Clause::Recipients, words);
    }
    let whole = text(&|_| true);
    for name in programme.agencies.iter().flat_map(|a| &a.source.as_written) {
        assert!(whole.contains(name), "{name}");
    }
    assert!(
        fold(&whole).contains(&fold(&programme.name)),
        "{}",
        programme.name
    );
    // Who leads is said at the task's clause, or above it in its section.
    for task in &programme.tasks {
        let above = |clause: &Clause| match clause {
            Clause::Section { place, .. } if clause.section() == task.source.clause.section() => {
                matches!(place, Place::Own | Place::Paragraph(_))
            }
            _ => false,
        };
        let said = fold(&text(&|clause| {
            *clause == task.source.clause || above(clause)
        }));
        let words = task.lead_text.as_deref().unwrap_or_default();
        assert!(
            said.contains(&fold(words)),
            "{}: {words}",
            task.source.clause
        );
    }
}

/// A title of ours is not a sentence of the text: beyond names, no long run of its words.
#[test]
fn titles_are_our_own() {
    let programme = crate::programme();
    let Some(places) = source::read(&programme.readings) else {
        println!("skipped: ../shared/source is not there");
        return;
    };
    let words = |text: &str| -> Vec<String> {
        let text = fold(text);
        let words = text.split(|c: char| !c.is_alphanumeric());
        words
            .filter(|w| !w.is_empty())
            .map(ToOwned::to_owned)
            .collect()
    };
    let whole: Vec<String> = places.iter().flat_map(|(_, text)| words(text)).collect();
    for task in &programme.tasks {
        let title = words(&task.title);
        let copied = title
            .windows(RUN)
            .any(|run| whole.windows(RUN).any(|other| run == other));
        assert!(!copied, "{}: {}", task.id, task.title);
    }
}

/// Fails unless the change leaves a gap.
fn missed(prints: &[Print], whole: &Programme, change: impl Fn(&mut Programme), what: &str) {
    let mut less = whole.clone();
    change(&mut less);
    assert_ne!(less, *whole, "nothing was changed: {what}");
    assert!(!gaps(prints, &less).is_empty(), "nobody misses {what}");
}

/// Takes away, one after the other, every clause's tasks, every figure, document and agency.
#[test]
fn whatever_is_taken_away_is_missed() {
    let (prints, whole) = (committed(), crate::programme());
    let missed = |change: &dyn Fn(&mut Programme), what: &str| {
        missed(&prints, &whole, change, what);
    };
    for task in &whole.tasks {
        missed(
            &|p| p.tasks.retain(|t| t.source.clause != task.source.clause),
            &task.source.clause.to_string(),
        );
    }
    for duty in &whole.duties {
        missed(
            &|p| p.duties.retain(|d| d.clause != duty.clause),
            &duty.clause.to_string(),
        );
    }
    for target in &whole.targets {
        missed(&|p| p.targets.retain(|t| t.id != target.id), &target.name);
    }
    for figure in &whole.not_targets {
        missed(&|p| p.not_targets.retain(|f| f != figure), &figure.text);
    }
    for citation in &whole.citations {
        missed(
            &|p| p.citations.retain(|c| c.id != citation.id),
            citation.id.as_str(),
        );
    }
    for agency in &whole.agencies {
        missed(&|p| p.agencies.retain(|a| a.id != agency.id), &agency.name);
    }
    for recipient in &whole.recipients {
        missed(
            &|p| p.recipients.retain(|r| r != recipient),
            &recipient.text,
        );
    }
    for section in &whole.sections {
        missed(
            &|p| p.sections.retain(|s| s.id != section.id),
            &section.title,
        );
    }
}

/// Changes one clause's lead, supporters or documents, one target's place, one document's facts.
#[test]
fn whatever_is_said_otherwise_is_missed() {
    let (prints, whole) = (committed(), crate::programme());
    for (i, task) in whole.tasks.iter().enumerate() {
        let missed = |change: &dyn Fn(&mut Task), what: &str| {
            let what = format!("{} {what}", task.source.clause);
            missed(&prints, &whole, |p| change(&mut p.tasks[i]), &what);
        };
        let said_by_chu_tri = task.leads.len() == 1 && !task.joint;
        let (clause, title) = (task.source.clause.to_string(), &task.title);
        if said_by_chu_tri && !title.contains("đấu thầu") && !title.contains("Trung tâm") {
            missed(&|t| t.leads.clear(), "without its lead");
            missed(
                &|t| t.lead_groups.push("cap-huyen".to_owned()),
                "with a second lead",
            );
        }
        // One bullet has two tasks of the same lead, with different supporters.
        if said_by_chu_tri && clause != "II.2.a, gạch 3, cộng 1" && !title.contains("Trung tâm")
        {
            missed(&|t| t.supporting_unnamed ^= true, "with other supporters");
        }
        for n in 0..task.citations.len() {
            missed(&|t| drop(t.citations.remove(n)), "without a document");
        }
    }
    for (i, target) in whole.targets.iter().enumerate() {
        for n in 0..target.source.stated.len() {
            let less = |p: &mut Programme| drop(p.targets[i].source.stated.remove(n));
            missed(&prints, &whole, less, &target.name);
        }
    }
    for (i, citation) in whole.citations.iter().enumerate() {
        let Some(number) = &citation.number else {
            continue;
        };
        let said = prints.iter().filter_map(|print| match print {
            Print::Document(_, d) if d.number == *number && d.date == citation.date => Some(d),
            _ => None,
        });
        let said: Vec<_> = said.collect();
        let missed = |change: &dyn Fn(&mut Citation)| {
            missed(&prints, &whole, |p| change(&mut p.citations[i]), number);
        };
        missed(&|c| c.number = Some("1/X".to_owned()));
        missed(&|c| c.date = Some("2001-01-01".parse().unwrap()));
        if said.iter().any(|d| !d.kind.is_empty()) {
            missed(&|c| c.kind = "Tờ trình".to_owned());
        }
        if said.iter().any(|d| !d.issuer.is_empty()) {
            missed(&|c| c.issuer = None);
        }
    }
}
