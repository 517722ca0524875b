//! «Chỉ tiêu»: the table of a period.

use std::collections::BTreeSet;

use terms::{
    AgencyId, DocId, Field, Period, Record, TargetId, TaskId,
    programme::Target,
    rows::{Condition, Contribution, TargetRow, ValueCells},
};

use super::{
    figures::{Figures, goal_text, goal_with_unit, owner},
    roles::{TaskRoles, assigned, rivals},
};
use crate::{ReadModel, Viewer, field_values};

/// «Chỉ tiêu».
pub fn targets(
    model: &ReadModel,
    viewer: &Viewer,
    period: Period,
    mine: bool,
) -> Vec<(String, TargetRow)> {
    let table = Table {
        model,
        viewer,
        period,
        mine,
        own: own_tasks(model, &viewer.agency),
    };
    let plan = model.plan();
    let part_of = |id: &TargetId| plan.targets.get(id).and_then(|t| t.part_of.as_ref());
    let whole = |id: &&TargetId| part_of(id).is_none_or(|whole| !plan.targets.contains_key(whole));
    let mut rows = Rows {
        table: &table,
        seen: BTreeSet::new(),
        list: Vec::new(),
    };
    let wholes: Vec<&TargetId> = plan.target_order.iter().filter(whole).collect();
    rows.add(&wholes, "", 0);
    // Parts of one another in a circle are no parts: they are shown all the same.
    let rest = plan
        .target_order
        .iter()
        .filter(|id| !rows.seen.contains(*id));
    let rest: Vec<&TargetId> = rest.collect();
    rows.add(&rest, "", 0);
    rows.list
}

/// The tasks in which an agency has a part.
fn own_tasks(model: &ReadModel, agency: &AgencyId) -> BTreeSet<TaskId> {
    let tasks = model.plan().tasks.iter();
    let own = tasks.filter(|(id, task)| TaskRoles::of(model, id, task).part_of(agency).is_some());
    own.map(|(id, _)| id.clone()).collect()
}

struct Table<'a> {
    model: &'a ReadModel,
    viewer: &'a Viewer,
    period: Period,
    mine: bool,
    own: BTreeSet<TaskId>,
}

/// Parts of parts of parts are not numbered below one another any further than this: what stands
/// deeper, as only a strange programme has it, is shown after the others.
const DEEPEST: u8 = 4;

/// Rows as they are numbered: a whole, then its parts.
struct Rows<'a> {
    table: &'a Table<'a>,
    seen: BTreeSet<TargetId>,
    list: Vec<(String, TargetRow)>,
}

impl Rows<'_> {
    fn add(&mut self, ids: &[&TargetId], prefix: &str, indent: u8) {
        let plan = self.table.model.plan();
        for (place, id) in ids.iter().enumerate() {
            let Some(target) = plan.targets.get(*id) else {
                continue;
            };
            if !self.seen.insert((*id).clone()) {
                continue;
            }
            let number = format!("{prefix}{}", place + 1);
            if !self.table.mine || self.table.concerns(id, target) {
                let row = self.table.row(id, target, number.clone(), indent);
                self.list.push((id.to_string(), row));
            }
            if indent == DEEPEST {
                continue;
            }
            let is_part = |other: &&TargetId| {
                plan.targets.get(*other).and_then(|t| t.part_of.as_ref()) == Some(*id)
            };
            let parts: Vec<&TargetId> = plan.target_order.iter().filter(is_part).collect();
            self.add(&parts, &format!("{number}."), indent.saturating_add(1));
        }
    }
}

impl Table<'_> {
    fn row(&self, id: &TargetId, target: &Target, number: String, indent: u8) -> TargetRow {
        let (model, plan) = (self.model, self.model.plan());
        let owner = owner(model, id, target);
        let figures = Figures::of(model, self.viewer, id, target);
        let main = owner.as_ref().unwrap_or(&self.viewer.agency);
        let clause = |task: &TaskId| Some((task.clone(), plan.tasks.get(task)?.clause.clone()));
        TargetRow {
            target: id.clone(),
            number,
            indent,
            name: target.name.clone(),
            unit: target.unit.clone(),
            goal: target.goal.clone(),
            goal_text: goal_text(target),
            kind: target.kind,
            assigned: assigned(model, &Record::Owner(id.clone()).to_string()),
            rivals: rivals(model, &Record::Owner(id.clone()).to_string()),
            programme: model.heads(&DocId::Programme(model.year())),
            clauses: target.stated.iter().filter_map(clause).collect(),
            cells: Some(self.cells(id, main)),
            contributions: self.contributions(id, target, main),
            owner: owner.as_ref().map(|owner| plan.agency_name(owner)),
            cumulative: figures.cumulative(self.period),
            of_goal: figures.of_goal(self.period),
            of_same_period: figures.of_same_period(self.period),
            verdict: figures.verdict(self.period),
            conditions: self.conditions(&figures),
            series: figures.series(),
        }
    }

    fn conditions(&self, figures: &Figures<'_>) -> Vec<Condition> {
        let others = figures.other_conditions().into_iter();
        let condition = |(id, other): (&TargetId, Figures<'_>)| {
            let plan = self.model.plan().targets.get(id)?;
            Some(Condition {
                target: id.clone(),
                name: plan.name.clone(),
                goal: goal_with_unit(plan),
                verdict: other.own_verdict(self.period),
            })
        };
        others.filter_map(condition).collect()
    }

    fn cells(&self, id: &TargetId, agency: &AgencyId) -> ValueCells {
        let model = self.model;
        let doc = DocId::Agency(model.year(), agency.clone());
        let document = model.doc(&doc);
        let record = Record::Values(id.clone(), self.period);
        let at = |field| record.path(field);
        ValueCells {
            heads: model.heads(&doc),
            writable: self.viewer.writable.contains(&doc),
            actual: field_values::field(model, document, at(Field::Actual), field_values::decimal),
            estimate: field_values::field(
                model,
                document,
                at(Field::Estimate),
                field_values::decimal,
            ),
            same_period: field_values::field(
                model,
                document,
                at(Field::SamePeriod),
                field_values::decimal,
            ),
            mark: field_values::field(model, document, at(Field::Mark), field_values::value_mark),
            note: field_values::text(model, document, at(Field::Note)),
            doc,
        }
    }

    /// Whoever wrote of the target in the period, and the agency at this window where the target
    /// concerns it, so that it can.
    fn contributions(&self, id: &TargetId, target: &Target, main: &AgencyId) -> Vec<Contribution> {
        let plan = self.model.plan();
        let own = Some(&self.viewer.agency).filter(|_| self.concerns(id, target));
        let wrote = self.model.docs().filter_map(|(doc, document)| match doc {
            DocId::Agency(_, agency) => document
                .below(&Record::Values(id.clone(), self.period).to_string())
                .next()
                .map(|_| agency),
            _ => None,
        });
        let agencies: BTreeSet<&AgencyId> = wrote
            .chain(own)
            .chain(&target.contributors)
            .filter(|a| *a != main)
            .collect();
        let mut agencies: Vec<&AgencyId> = agencies.into_iter().collect();
        let place = |id: &AgencyId| plan.agency_order.iter().position(|known| known == id);
        agencies.sort_by_key(|id| place(id).unwrap_or(usize::MAX));
        agencies
            .into_iter()
            .map(|agency| Contribution {
                agency: plan.agency_name(agency),
                cells: self.cells(id, agency),
            })
            .collect()
    }

    /// Whether the agency at this window owns the target, contributes to it, has a part in a task
    /// that states it, or has written of it in the period.
    fn concerns(&self, id: &TargetId, target: &Target) -> bool {
        let agency = &self.viewer.agency;
        let doc = DocId::Agency(self.model.year(), agency.clone());
        let wrote = || {
            let document = self.model.doc(&doc);
            document.is_some_and(|s| {
                s.below(&Record::Values(id.clone(), self.period).to_string())
                    .next()
                    .is_some()
            })
        };
        owner(self.model, id, target).as_ref() == Some(agency)
            || target.contributors.contains(agency)
            || target.stated.iter().any(|task| self.own.contains(task))
            || wrote()
    }
}
