//! The data against the source and its fingerprint, whole and with something taken away.

use seeds::{Clause, Programme};
use terms::text::fold;

use crate::{
    coverage::gaps,
    fingerprint::{committed, of},
    source,
};

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
    let at = |clause: &Clause| -> String {
        places
            .iter()
            .filter(|(c, _)| c == clause)
            .map(|(_, text)| text.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    };
    for statement in programme.targets.iter().flat_map(|target| &target.stated) {
        let task = programme
            .tasks
            .iter()
            .find(|task| task.id == statement.task)
            .unwrap();
        assert!(
            at(&task.clause).contains(&statement.wording),
            "{}: {}",
            task.clause,
            statement.wording
        );
    }
    for figure in &programme.not_targets {
        assert!(
            figure
                .clauses
                .iter()
                .all(|clause| at(clause).contains(&figure.text)),
            "{}",
            figure.text
        );
    }
    let whole: Vec<&str> = places.iter().map(|(_, text)| text.as_str()).collect();
    let whole = whole.join(" ");
    for agency in &programme.agencies {
        assert_eq!(agency.named, !agency.as_written.is_empty(), "{}", agency.id);
        assert!(
            agency.as_written.iter().all(|name| whole.contains(name)),
            "{}",
            agency.name
        );
    }
    for text in programme
        .tasks
        .iter()
        .filter_map(|task| task.lead_text.as_deref())
    {
        assert!(fold(&whole).contains(&fold(text)), "{text}");
    }
}

/// Takes away, one after the other, every clause's tasks, every figure, document and agency.
#[test]
fn whatever_is_taken_away_is_missed() {
    let (prints, whole) = (committed(), crate::programme());
    let missed = |change: &dyn Fn(&mut Programme), what: &str| {
        let mut less = whole.clone();
        change(&mut less);
        assert!(!gaps(&prints, &less).is_empty(), "nobody misses {what}");
    };
    for task in &whole.tasks {
        missed(
            &|p| p.tasks.retain(|t| t.clause != task.clause),
            &task.clause.to_string(),
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
    for agency in whole.agencies.iter().filter(|agency| agency.named) {
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
