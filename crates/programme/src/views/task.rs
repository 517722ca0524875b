//! «Nhiệm vụ»: what the programme says of a task, and everything that anybody says of it.

use terms::{
    AgencyId, Date, DocId, Field, Period, PeriodKind, Record, RecordKind, TaskId,
    programme::{Citation, Task},
    rows::{AgencyName, ItemKind, PartLine, PartText, ProgressRow, TaskDetails, TaskRole, TaskRow},
};

use super::{
    board::Board,
    figures::{Figures, goal_with_unit},
    items::all_milestones,
    roles::{TaskRoles, responsible},
};
use crate::{ReadModel, Viewer, field_values};

/// «Nhiệm vụ».
pub fn task(
    model: &ReadModel,
    viewer: &Viewer,
    id: &TaskId,
    period: Period,
    today: Date,
) -> Vec<(String, TaskRow)> {
    let Some(task) = model.plan().tasks.get(id) else {
        return Vec::new();
    };
    let board = Board::new(model, &viewer.writable, period, today);
    let roles = TaskRoles::of(model, id, task);
    let mut rows = vec![(
        "head".to_owned(),
        TaskRow::Details(Box::new(head(&board, id, task, &roles))),
    )];
    if task.heading.is_none() {
        for (agency, part) in shown(&board, viewer, id, &roles) {
            let row = part_row(&board, viewer, id, &agency, part);
            rows.push((format!("part/{agency}"), TaskRow::Progress(Box::new(row))));
        }
    }
    let milestones = all_milestones(model, &viewer.writable).into_iter();
    for row in milestones.filter(|row| row.task == *id) {
        let key = format!("milestone/{}/{}", row.doc, row.id);
        rows.push((key, TaskRow::Milestone(row)));
    }
    for kind in [ItemKind::Obstacle, ItemKind::Proposal, ItemKind::Comment] {
        let of = board
            .items
            .iter()
            .filter(|i| i.item == kind && i.task.as_ref() == Some(id));
        rows.extend(of.map(|i| (format!("item/{}/{}", i.doc, i.id), TaskRow::Item(i.clone()))));
    }
    rows.extend(targets(model, viewer, id, period));
    rows
}

fn head(board: &Board<'_>, id: &TaskId, task: &Task, roles: &TaskRoles) -> TaskDetails {
    let model = board.model;
    let doc = DocId::Programme(model.year());
    let cited = task
        .citations
        .iter()
        .filter_map(|id| model.plan().citations.get(id));
    let clause = match task.clause_in_words.as_str() {
        "" => task.clause.clone(),
        words => words.to_owned(),
    };
    TaskDetails {
        task: id.clone(),
        clause,
        title: task.title.clone(),
        heading: task.heading.is_some(),
        text: task.heading.clone().unwrap_or_default(),
        lead_text: task.lead_text.clone().unwrap_or_default(),
        may_be_secret: task.may_be_secret,
        responsible: responsible(model, id, task),
        members: members(model, task),
        official: board.official(id, roles),
        due: board.due(),
        due_source: "hết năm của chương trình".to_owned(),
        citations: cited.map(citation).collect(),
        heads: model.heads(&doc),
        doc,
    }
}

fn members(model: &ReadModel, task: &Task) -> Vec<(String, Vec<AgencyName>)> {
    let plan = model.plan();
    let groups = task.lead_groups.iter().chain(&task.supporting_groups);
    let known = groups.filter_map(|id| plan.agency_groups.get(id));
    known
        .map(|group| {
            let names = group.members.iter().map(|id| plan.agency_name(id));
            (group.name.clone(), names.collect())
        })
        .collect()
}

/// «Nghị quyết số 19/NQ-HĐND ngày 07/12/2018 của HĐND tỉnh …»; what the text lacks is left out.
fn citation(cited: &Citation) -> String {
    let mut text = cited.kind.clone();
    let parts = [
        cited.number.as_ref().map(|number| format!(" số {number}")),
        cited
            .date
            .map(|date| format!(" ngày {}", date.format_paper())),
        cited.issuer.as_ref().map(|issuer| format!(" của {issuer}")),
        cited.title.as_ref().map(|title| format!(": {title}")),
    ];
    parts
        .into_iter()
        .flatten()
        .for_each(|part| text.push_str(&part));
    text
}

/// The agencies to show: all by name; of groups those that wrote, and those for which whoever is at
/// this window may write; and whoever else wrote, lest anything typed is not seen.
fn shown(
    board: &Board<'_>,
    viewer: &Viewer,
    id: &TaskId,
    roles: &TaskRoles,
) -> Vec<(AgencyId, TaskRole)> {
    let task = board.model.plan().tasks.get(id);
    let by_name = |agency: &AgencyId, part: TaskRole| match part {
        TaskRole::Lead | TaskRole::Supporting => true,
        TaskRole::JointLead => task.is_some_and(|task| task.leads.contains(agency)),
        TaskRole::GroupSupporting => false,
    };
    let mut shown: Vec<(AgencyId, TaskRole)> = roles
        .list
        .iter()
        .filter(|(agency, part)| {
            let wrote = || board.wrote(agency, id).is_some();
            let doc = DocId::Agency(board.model.year(), agency.clone());
            let writes = *agency == viewer.agency || viewer.writable.contains(&doc);
            by_name(agency, *part) || writes || wrote()
        })
        .cloned()
        .collect();
    for (doc, _) in board.model.docs() {
        let DocId::Agency(_, agency) = doc else {
            continue;
        };
        if roles.part_of(agency).is_none() && board.wrote(agency, id).is_some() {
            shown.push((agency.clone(), TaskRole::Supporting));
        }
    }
    shown
}

fn part_row(
    board: &Board<'_>,
    viewer: &Viewer,
    id: &TaskId,
    agency: &AgencyId,
    part: TaskRole,
) -> ProgressRow {
    let model = board.model;
    let doc = DocId::Agency(model.year(), agency.clone());
    let document = model.doc(&doc);
    let record = Record::Progress(id.clone(), board.period);
    let at = |field| record.path(field);
    let earlier = before(board.period).map(|period| Record::Progress(id.clone(), period));
    let before = |field| {
        let earlier = earlier.as_ref().map(|earlier| earlier.path(field));
        earlier.map_or_else(String::new, |path| {
            field_values::text(model, document, path).text
        })
    };
    ProgressRow {
        agency: model.plan().agency_name(agency),
        part,
        heads: model.heads(&doc),
        writable: viewer.writable.contains(&doc),
        status: field_values::field(model, document, at(Field::Status), field_values::status),
        done_on: field_values::field(model, document, at(Field::DoneOn), field_values::date),
        percent: field_values::field(model, document, at(Field::Percent), field_values::decimal),
        lines: declared_lines()
            .map(|field| PartLine {
                field,
                value: field_values::field(model, document, at(field), field_values::words),
            })
            .collect(),
        texts: declared_texts()
            .map(|field| PartText {
                field,
                text: field_values::text(model, document, at(field)),
                before: before(field),
            })
            .collect(),
        doc,
    }
}

/// The single lines that are declared of a progress.
fn declared_lines() -> impl Iterator<Item = Field> {
    let fields = Field::of(RecordKind::Progress);
    fields.filter(|field| field.declaration().value.is_text() && !field.is_merged_text())
}

/// The texts that are declared of a progress.
fn declared_texts() -> impl Iterator<Item = Field> {
    Field::of(RecordKind::Progress).filter(|field| field.is_merged_text())
}

/// The period reported on before; the year's report falls before the fourth quarter's.
fn before(period: Period) -> Option<Period> {
    let kind = match period.kind {
        PeriodKind::Q1 => return None,
        PeriodKind::Q2 => PeriodKind::Q1,
        PeriodKind::Q3 => PeriodKind::Q2,
        PeriodKind::Q4 | PeriodKind::Year => PeriodKind::Q3,
    };
    Some(Period { kind, ..period })
}

fn targets(
    model: &ReadModel,
    viewer: &Viewer,
    id: &TaskId,
    period: Period,
) -> Vec<(String, TaskRow)> {
    let plan = model.plan();
    let known = plan
        .target_order
        .iter()
        .filter_map(|t| Some((t, plan.targets.get(t)?)));
    known
        .filter(|(_, target)| target.stated.contains(id))
        .map(|(target_id, target)| {
            let figures = Figures::of(model, viewer, target_id, target);
            let row = TaskRow::Target {
                target: target_id.clone(),
                name: target.name.clone(),
                goal: goal_with_unit(target),
                verdict: figures.verdict(period),
            };
            (format!("target/{target_id}"), row)
        })
        .collect()
}
