//! Whether the data covers the source: nothing left out, nothing added.

use std::collections::BTreeMap;

use seeds::{Citation, Clause, Ground, Place, Programme};
use terms::text::fold;

use crate::fingerprint::{Print, figures};

/// Paragraphs that say only who leads the bullets below them: no duty of their own.
const ONLY_NAMES_THE_LEAD: [&str; 1] = ["II.1.d, đoạn 1"];

/// Everything that the data lacks, or has too much.
pub(crate) fn gaps(prints: &[Print], programme: &Programme) -> Vec<String> {
    let mut gaps = places(prints, programme);
    gaps.extend(count_figures(prints, programme));
    for print in prints {
        let gap = match print {
            Print::Document(clause, number, date) => {
                let is = |c: &Citation| {
                    c.number.as_ref() == Some(number) && (date.is_none() || c.date == *date)
                };
                (!cited_at(programme, clause, is))
                    .then(|| format!("no document {number} {date:?} at {clause}"))
            }
            Print::Unnumbered(clause, words) => {
                let words = fold(words);
                let is = |c: &Citation| {
                    let title = fold(c.title.as_deref().unwrap_or_default());
                    let name = format!("{} {title}", fold(&c.kind));
                    c.number.is_none() && (title.contains(&words) || name.contains(&words))
                };
                (!cited_at(programme, clause, is))
                    .then(|| format!("no document «{words}» at {clause}"))
            }
            Print::Agency(name) => {
                let mut known = programme
                    .agencies
                    .iter()
                    .filter(|a| a.named)
                    .flat_map(|a| a.as_written.iter().chain([&a.name]));
                (!known.any(|known| known.starts_with(name))).then(|| format!("no agency «{name}»"))
            }
            Print::Recipient(text) => {
                let known = programme.recipients.iter().any(|r| r.text == *text);
                (!known).then(|| format!("no recipient «{text}»"))
            }
            Print::Place(_) | Print::Figure(..) => None,
        };
        gaps.extend(gap);
    }
    gaps.extend(added(prints, programme));
    gaps
}

fn places(prints: &[Print], programme: &Programme) -> Vec<String> {
    let all: Vec<&Clause> = prints
        .iter()
        .filter_map(|p| {
            if let Print::Place(c) = p {
                Some(c)
            } else {
                None
            }
        })
        .collect();
    let mut gaps = Vec::new();
    for clause in &all {
        let covered = match clause {
            Clause::Preamble => !programme.grounds.is_empty(),
            Clause::Objective => programme.objective.clause == **clause,
            Clause::Opening => programme.opening.clause == **clause,
            Clause::Group(number) => programme.groups.iter().any(|g| g.number == *number),
            Clause::Section {
                place: Place::Own, ..
            } => {
                let more = all
                    .iter()
                    .any(|c| c.section() == clause.section() && c != clause);
                section_exists(programme, clause) && (more || has_task(programme, clause))
            }
            Clause::Section { .. } => {
                has_task(programme, clause)
                    || ONLY_NAMES_THE_LEAD.contains(&clause.to_string().as_str())
            }
            Clause::PartTwo(_) => programme.duties.iter().any(|duty| duty.clause == **clause),
            Clause::Recipients => true,
        };
        if !covered {
            gaps.push(format!("nothing for {clause}"));
        }
    }
    for clause in programme
        .tasks
        .iter()
        .map(|t| &t.clause)
        .chain(programme.duties.iter().map(|d| &d.clause))
    {
        if !all.contains(&clause) {
            gaps.push(format!("the source has no {clause}"));
        }
    }
    gaps
}

fn has_task(programme: &Programme, clause: &Clause) -> bool {
    programme.tasks.iter().any(|task| task.clause == *clause)
}

fn section_exists(programme: &Programme, clause: &Clause) -> bool {
    programme.sections.iter().any(|section| {
        let group = programme
            .groups
            .iter()
            .find(|group| group.id == section.group);
        clause.section() == group.map(|group| (group.number, section.letter))
    })
}

/// Figures of the text against those of targets and of the list that says why they are none.
fn count_figures(prints: &[Print], programme: &Programme) -> Vec<String> {
    let mut count: BTreeMap<(String, String), i32> = BTreeMap::new();
    let mut add = |clause: &Clause, figure: String, n: i32| {
        *count.entry((clause.to_string(), figure)).or_default() += n;
    };
    for print in prints {
        if let Print::Figure(clause, figure) = print {
            add(clause, figure.clone(), 1);
        }
    }
    for statement in programme.targets.iter().flat_map(|target| &target.stated) {
        for task in programme
            .tasks
            .iter()
            .filter(|task| task.id == statement.task)
        {
            for figure in figures(&statement.wording) {
                add(&task.clause, figure, -1);
            }
        }
    }
    for figure in &programme.not_targets {
        for clause in &figure.clauses {
            for number in figures(&figure.text) {
                add(clause, number, -1);
            }
        }
    }
    let off = count.into_iter().filter(|(_, n)| *n != 0);
    off.map(|((clause, figure), n)| {
        format!("figure {figure} at {clause}: {n} too many in the source")
    })
    .collect()
}

fn cited_at(programme: &Programme, clause: &Clause, is: impl Fn(&Citation) -> bool) -> bool {
    let here = programme
        .tasks
        .iter()
        .filter(|t| t.clause == *clause)
        .flat_map(|t| &t.citations);
    let grounds = programme.grounds.iter().filter_map(|ground| match ground {
        Ground::Citation(id) if *clause == Clause::Preamble => Some(id),
        _ => None,
    });
    here.chain(grounds)
        .any(|id| programme.citations.iter().any(|c| c.id == *id && is(c)))
}

/// Numbers and dates that the source has not.
fn added(prints: &[Print], programme: &Programme) -> Vec<String> {
    let known = |citation: &Citation| {
        prints.iter().any(|print| match print {
            Print::Document(_, number, date) => {
                citation.number.as_ref() == Some(number) && citation.date == *date
            }
            _ => false,
        })
    };
    let numbered = programme
        .citations
        .iter()
        .filter(|c| c.number.is_some() || c.date.is_some());
    numbered
        .filter(|c| !known(c))
        .map(|c| format!("the source has no {:?} of {:?}", c.number, c.date))
        .collect()
}
