//! «Chương trình»: groups, sections and tasks in the document's order, narrowed by a filter.

use std::collections::BTreeSet;

use terms::{
    Date, Field, GroupId, Period, Record, SectionId, TaskId, TreeFilter,
    programme::Task,
    rows::{TreeRow, TreeTask},
    text::fold,
};

use super::{
    board::Board,
    roles::{TaskRoles, responsible},
};
use crate::{ReadModel, Viewer, field_values};

/// «Chương trình». Words are looked for in titles, clauses and agencies; `found` are the tasks that
/// a search of everything written has found besides.
pub fn tree(
    model: &ReadModel,
    viewer: &Viewer,
    filter: &TreeFilter,
    found: &BTreeSet<TaskId>,
    period: Period,
    today: Date,
) -> Vec<(String, TreeRow)> {
    let board = Board::new(model, &viewer.writable, period, today);
    let tasks = passing(&board, filter, found);
    let plan = model.plan();
    let mut rows = Vec::new();
    for group in &plan.groups {
        let of_group = |section: &SectionId| section_group(model, section) == Some(&group.id);
        let below = tasks.iter().filter(|t| t.0.as_ref().is_some_and(of_group));
        if let Some(count) = count(below) {
            let (number, title) = (group.number.clone(), group.title.clone());
            let row = TreeRow::Group {
                id: group.id.clone(),
                number,
                title,
                tasks: count,
            };
            rows.push((format!("group/{}", group.id), row));
        }
        for section in plan.sections.iter().filter(|s| s.group == group.id) {
            let below = || tasks.iter().filter(|t| t.0.as_ref() == Some(&section.id));
            let Some(count) = count(below()) else {
                continue;
            };
            let number = format!("{}.{}", group.number, section.letter);
            let (id, title) = (section.id.clone(), section.title.clone());
            let row = TreeRow::Section {
                id,
                number,
                title,
                tasks: count,
            };
            rows.push((format!("section/{}", section.id), row));
            rows.extend(below().map(|(_, task)| keyed(task)));
        }
    }
    // A task that stands in no section of any group is shown all the same.
    let lost = |s: &Option<SectionId>| {
        s.as_ref()
            .and_then(|s| section_group(model, s))
            .is_none_or(|group| plan.groups.iter().all(|known| known.id != *group))
    };
    rows.extend(
        tasks
            .iter()
            .filter(|(section, _)| lost(section))
            .map(|(_, task)| keyed(task)),
    );
    rows
}

fn keyed(task: &TreeTask) -> (String, TreeRow) {
    (format!("task/{}", task.task), TreeRow::Task(task.clone()))
}

fn section_group<'a>(model: &'a ReadModel, id: &SectionId) -> Option<&'a GroupId> {
    let section = model
        .plan()
        .sections
        .iter()
        .find(|section| section.id == *id)?;
    Some(&section.group)
}

/// How many of them are tasks; none if nothing is there, not even a heading.
fn count<'a>(rows: impl Iterator<Item = &'a (Option<SectionId>, TreeTask)>) -> Option<usize> {
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then(|| rows.iter().filter(|(_, task)| !task.heading).count())
}

/// The tasks that pass, and the headings above them.
fn passing(
    board: &Board<'_>,
    filter: &TreeFilter,
    found: &BTreeSet<TaskId>,
) -> Vec<(Option<SectionId>, TreeTask)> {
    let plan = board.model.plan();
    let words: Vec<String> = fold(&filter.search)
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    let mut above: BTreeSet<&TaskId> = BTreeSet::new();
    let mut rows = Vec::new();
    let known = plan.task_order.iter();
    for (id, task) in known.filter_map(|id| Some((id, plan.tasks.get(id)?))) {
        if !in_group(board.model, task, filter.group.as_ref()) {
            continue;
        }
        let roles = TaskRoles::of(board.model, id, task);
        let row = row(board, id, task, &roles);
        let named = || found.contains(id) || names(&row, &words);
        let passes = passes(&row, &roles, filter) && (words.is_empty() || named());
        if passes {
            above.extend(&task.parent);
        }
        rows.push((passes, task.section.clone(), row));
    }
    let kept = rows
        .into_iter()
        .filter(|(passes, _, row)| *passes || above.contains(&row.task));
    kept.map(|(_, section, row)| (section, row)).collect()
}

fn in_group(model: &ReadModel, task: &Task, group: Option<&GroupId>) -> bool {
    let own = || section_group(model, task.section.as_ref()?);
    group.is_none() || own() == group
}

fn passes(row: &TreeTask, roles: &TaskRoles, filter: &TreeFilter) -> bool {
    let agency = filter
        .agency
        .as_ref()
        .is_none_or(|id| roles.part_of(id).is_some());
    let status = filter.status.is_none_or(|status| row.official == status);
    let narrowed = filter.status.is_some() || filter.obstacles || filter.not_updated;
    agency
        && status
        && (!filter.obstacles || row.obstacles > 0)
        && (!filter.not_updated || row.updated.0 == 0)
        // Nobody reports on a heading, so it has no state to be found by.
        && !(row.heading && narrowed)
}

/// Whether all words stand in the title, the clause or the agencies of a row.
fn names(row: &TreeTask, words: &[String]) -> bool {
    let who = &row.responsible;
    let named = who
        .named
        .iter()
        .chain(&who.assigned)
        .filter_map(|authored| authored.value.as_ref());
    let agencies = who
        .leads
        .iter()
        .chain(&who.supporting)
        .chain(named)
        .map(|name| &name.short);
    let groups = who
        .lead_groups
        .iter()
        .chain(&who.supporting_groups)
        .map(|(name, _)| name);
    let text = [&row.title, &row.clause]
        .into_iter()
        .chain(agencies)
        .chain(groups);
    let text = fold(&text.map(String::as_str).collect::<Vec<_>>().join(" "));
    words.iter().all(|word| text.contains(word))
}

fn row(board: &Board<'_>, id: &TaskId, task: &Task, roles: &TaskRoles) -> TreeTask {
    TreeTask {
        task: id.clone(),
        depth: u8::from(task.parent.is_some()),
        clause: task.clause.clone(),
        title: task.title.clone(),
        heading: task.heading.is_some(),
        responsible: responsible(board.model, id, task),
        official: board.official(id, roles),
        percent: percent(board, id, roles),
        due: board.due(),
        updated: board.updated(id, roles),
        obstacles: board.obstacles(id).count(),
        conflict: board.conflict(id),
    }
}

/// The percentage of the one lead; of several there is none that could be shown as one.
fn percent(board: &Board<'_>, id: &TaskId, roles: &TaskRoles) -> Option<terms::Decimal> {
    let mut leads = roles.leads();
    let (Some(lead), None) = (leads.next(), leads.next()) else {
        return None;
    };
    let doc = terms::DocId::Agency(board.model.year(), lead.clone());
    let path = Record::Progress(id.clone(), board.period).path(Field::Percent);
    let field = field_values::field(
        board.model,
        board.model.doc(&doc),
        path,
        field_values::decimal,
    );
    field.agreed().copied()
}
