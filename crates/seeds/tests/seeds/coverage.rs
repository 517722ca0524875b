//! Whether the data covers the source: nothing left out, nothing added.

use std::collections::BTreeMap;

use seeds::{Clause, Ground, Place, Programme};
use terms::{programme::Citation, text::fold};

use crate::{
    fingerprint::Print,
    leads,
    recognise::{Document, figures},
};

/// Paragraphs that say only who leads the bullets below them: no duty of their own.
const ONLY_NAMES_THE_LEAD: [&str; 1] = ["II.1.d, đoạn 1"];

/// The departments and the 11 districts and towns that the text means by «các Sở, ngành» and
/// «cấp huyện» without naming each.
const UNNAMED: [(&str, &str); 13] = [
    ("Sở Giao thông vận tải", "cac-so-nganh"),
    ("Sở Xây dựng", "cac-so-nganh"),
    ("UBND huyện Châu Thành", "cap-huyen"),
    ("UBND huyện Cù Lao Dung", "cap-huyen"),
    ("UBND huyện Kế Sách", "cap-huyen"),
    ("UBND huyện Long Phú", "cap-huyen"),
    ("UBND huyện Mỹ Tú", "cap-huyen"),
    ("UBND huyện Mỹ Xuyên", "cap-huyen"),
    ("UBND huyện Thạnh Trị", "cap-huyen"),
    ("UBND huyện Trần Đề", "cap-huyen"),
    ("UBND thành phố Sóc Trăng", "cap-huyen"),
    ("UBND thị xã Ngã Năm", "cap-huyen"),
    ("UBND thị xã Vĩnh Châu", "cap-huyen"),
];

/// Everything that the data lacks, or has too much.
pub(crate) fn gaps(prints: &[Print], programme: &Programme) -> Vec<String> {
    let mut gaps = places(prints, programme);
    gaps.extend(count_figures(prints, programme));
    gaps.extend(leads::gaps(prints, programme));
    gaps.extend(members(programme));
    for print in prints {
        let gap = match print {
            Print::Document(clause, document) => {
                (!cited_at(programme, clause, |c| is(c, document)))
                    .then(|| format!("no {document:?} at {clause}"))
            }
            Print::Unnumbered(clause, words) => {
                let words = fold(words);
                let named = |c: &Citation| {
                    let title = fold(c.title.as_deref().unwrap_or_default());
                    let name = format!("{} {title}", fold(&c.kind));
                    title.contains(&words) || name.contains(&words)
                };
                let is = |c: &Citation| c.number.is_none() && named(c);
                (!cited_at(programme, clause, is))
                    .then(|| format!("no document «{words}» at {clause}"))
            }
            Print::Agency(name) => {
                let mut known = programme
                    .agencies
                    .iter()
                    .filter(|a| a.source.named)
                    .flat_map(|a| a.source.as_written.iter().chain([&a.name]));
                (!known.any(|known| known.starts_with(name))).then(|| format!("no agency «{name}»"))
            }
            Print::Recipient(text) => {
                let known = programme.recipients.iter().any(|r| r.text == *text);
                (!known).then(|| format!("no recipient «{text}»"))
            }
            Print::Place(_) | Print::Figure(..) | Print::Lead(..) => None,
        };
        gaps.extend(gap);
    }
    gaps.extend(added(prints, programme));
    gaps
}

/// Whether a citation is the document that the text names: number, and date, kind and issuer as
/// far as they stand there.
fn is(citation: &Citation, document: &Document) -> bool {
    let issuer = || fold(citation.issuer.as_deref().unwrap_or_default());
    citation.number.as_ref() == Some(&document.number)
        && (document.date.is_none() || citation.date == document.date)
        && (document.kind.is_empty() || citation.kind == document.kind)
        && issuer().starts_with(&fold(&document.issuer))
}

/// Agencies that the text means by a group's name.
fn members(programme: &Programme) -> Vec<String> {
    let known = |name: &str, group: &str| {
        let agency = programme.agencies.iter().find(|a| a.name == name);
        let mut groups = programme.agency_groups.iter().filter(|g| g.id == group);
        agency.is_some_and(|a| groups.any(|g| g.members.contains(&a.id)))
    };
    let missing = UNNAMED.iter().filter(|(name, group)| !known(name, group));
    missing
        .map(|(name, group)| format!("no {name} among {group}"))
        .collect()
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
            Clause::Group(number) => {
                let number = number.to_string();
                programme.groups.iter().any(|g| g.number == number)
            }
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
        .map(|t| &t.source.clause)
        .chain(programme.duties.iter().map(|d| &d.clause))
    {
        if !all.contains(&clause) {
            gaps.push(format!("the source has no {clause}"));
        }
    }
    gaps
}

fn has_task(programme: &Programme, clause: &Clause) -> bool {
    programme
        .tasks
        .iter()
        .any(|task| task.source.clause == *clause)
}

fn section_exists(programme: &Programme, clause: &Clause) -> bool {
    programme.sections.iter().any(|section| {
        let group = programme
            .groups
            .iter()
            .find(|group| group.id == section.group);
        let said = clause.section();
        let said = said.map(|(group, letter)| (group.to_string(), letter.to_string()));
        said == group.map(|group| (group.number.clone(), section.letter.clone()))
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
    for statement in programme
        .targets
        .iter()
        .flat_map(|target| &target.source.stated)
    {
        for task in programme
            .tasks
            .iter()
            .filter(|task| task.id == statement.task)
        {
            for figure in figures(&statement.wording) {
                add(&task.source.clause, figure, -1);
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
        .filter(|t| t.source.clause == *clause)
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
            Print::Document(_, document) => {
                citation.number.as_ref() == Some(&document.number) && citation.date == document.date
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
