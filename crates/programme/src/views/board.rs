//! What several views ask of a task: who wrote, whether it is done, what stands in its way.

use std::collections::{BTreeMap, BTreeSet};

use terms::{
    AgencyId, Date, DocId, Field, FieldPath, OfficialStatus, Period, PeriodKind, Record, TaskId,
    Timestamp, WorkStatus,
    programme::Task,
    rows::{ItemRow, MilestoneRow},
};

use super::{
    items::{items, milestones, open_obstacle},
    roles::TaskRoles,
};
use crate::{ReadModel, field_values};

/// How many days before it is due a milestone is near.
pub(super) const NEAR_DAYS: i64 = 14;

/// The state of all tasks in a period, on a day.
pub(super) struct Board<'a> {
    pub(super) model: &'a ReadModel,
    pub(super) period: Period,
    pub(super) today: Date,
    pub(super) items: Vec<ItemRow>,
    pub(super) milestones: BTreeMap<TaskId, Vec<MilestoneRow>>,
    /// Where among the items the open obstacles of each task stand.
    obstacles: BTreeMap<TaskId, Vec<usize>>,
    conflicted: BTreeSet<TaskId>,
}

impl<'a> Board<'a> {
    pub(super) fn new(
        model: &'a ReadModel,
        writable: &BTreeSet<DocId>,
        period: Period,
        today: Date,
    ) -> Self {
        let items = items(model, writable);
        let mut by_task: BTreeMap<TaskId, Vec<MilestoneRow>> = BTreeMap::new();
        for row in milestones(model, writable) {
            by_task.entry(row.task.clone()).or_default().push(row);
        }
        let conflicted = model
            .docs()
            .flat_map(|(doc, _)| conflicted(model, doc))
            .collect();
        Self {
            model,
            period,
            today,
            obstacles: obstacles_by_task(&items),
            items,
            milestones: by_task,
            conflicted,
        }
    }

    /// Every task that is reported on, in the document's order, with who has a part in it.
    pub(super) fn tasks(&self) -> impl Iterator<Item = (&'a TaskId, &'a Task, TaskRoles)> {
        let (model, plan) = (self.model, self.model.plan());
        let known = plan
            .task_order
            .iter()
            .filter_map(|id| Some((id, plan.tasks.get(id)?)));
        known
            .filter(|(_, task)| task.heading.is_none())
            .map(|(id, task)| (id, task, TaskRoles::of(model, id, task)))
    }

    /// When an agency wrote of a task in the period, if anything it wrote says something.
    pub(super) fn wrote(&self, agency: &AgencyId, task: &TaskId) -> Option<Timestamp> {
        let document = self
            .model
            .doc(&DocId::Agency(self.model.year(), agency.clone()))?;
        let stamps = document.below(&Record::Progress(task.clone(), self.period).to_string());
        stamps
            .flat_map(|(_, stamps)| stamps)
            .filter(|stamp| !stamp.value.is_blank())
            .map(|stamp| stamp.time)
            .max()
    }

    /// Leads that have written in the period, and leads in all.
    pub(super) fn updated(&self, task: &TaskId, roles: &TaskRoles) -> (usize, usize) {
        let wrote = roles
            .leads()
            .filter(|lead| self.wrote(lead, task).is_some())
            .count();
        (wrote, roles.leads().count())
    }

    /// Whether every lead has written in the period, or, where a group leads, anybody of it.
    pub(super) fn is_updated(&self, task: &TaskId, roles: &TaskRoles) -> bool {
        match self.updated(task, roles) {
            (wrote, _) if roles.group_led => wrote > 0,
            (wrote, all) => all > 0 && wrote == all,
        }
    }

    /// The last day on which the task is in time.
    pub(super) fn due(&self) -> Date {
        let year = i16::try_from(self.model.year()).unwrap_or(i16::MAX);
        let last = || Date::new(year, 12, 31).unwrap_or(self.today);
        self.model.plan().ends.unwrap_or_else(last)
    }

    /// The official status: done when every lead has declared it, by the day of the last.
    pub(super) fn official(&self, task: &TaskId, roles: &TaskRoles) -> OfficialStatus {
        let mut days = roles.leads().map(|lead| self.done_on(lead, task));
        let first = days.next().flatten();
        let done = first.and_then(|first| days.try_fold(first, |last, day| Some(last.max(day?))));
        OfficialStatus::of(self.due(), done, self.today)
    }

    /// The day on which an agency declared its part done, as it last said, if that is no later
    /// than `today`. What stands in conflict is not declared.
    fn done_on(&self, agency: &AgencyId, task: &TaskId) -> Option<Date> {
        let doc = DocId::Agency(self.model.year(), agency.clone());
        let document = self.model.doc(&doc)?;
        for kind in PeriodKind::REPORTED.into_iter().rev() {
            let year = self.model.year();
            let record = Record::Progress(task.clone(), Period { year, kind });
            let status = record.path(Field::Status);
            let status =
                field_values::field(self.model, Some(document), status, field_values::status);
            if status.in_conflict() {
                return None;
            }
            match status.agreed() {
                None => {}
                Some(WorkStatus::Done) => {
                    let day = record.path(Field::DoneOn);
                    let day =
                        field_values::field(self.model, Some(document), day, field_values::date);
                    let last = day.values.iter().filter_map(|value| value.value).max();
                    return last.filter(|day| *day <= self.today);
                }
                Some(_) => return None,
            }
        }
        None
    }

    /// Open obstacles of a task, of all agencies.
    pub(super) fn obstacles(&self, task: &TaskId) -> impl Iterator<Item = &ItemRow> {
        let places = self.obstacles.get(task).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|place| self.items.get(*place))
    }

    /// The milestones of a task that are not reached yet, the earliest first.
    pub(super) fn open_milestones(&self, task: &TaskId) -> impl Iterator<Item = &MilestoneRow> {
        let rows = self.milestones.get(task).map_or(&[][..], Vec::as_slice);
        rows.iter().filter(|row| row.done_on.agreed().is_none())
    }

    /// Whether a milestone is late (`Some(true)`), near (`Some(false)`) or neither.
    pub(super) fn pressing(&self, row: &MilestoneRow) -> Option<bool> {
        match self.today.days_until(row.due) {
            ..0 => Some(true),
            0..=NEAR_DAYS => Some(false),
            _ => None,
        }
    }

    /// Whether values stand against each other in what anybody says of a task.
    pub(super) fn conflict(&self, task: &TaskId) -> bool {
        self.conflicted.contains(task)
    }
}

fn obstacles_by_task(items: &[ItemRow]) -> BTreeMap<TaskId, Vec<usize>> {
    let mut places: BTreeMap<TaskId, Vec<usize>> = BTreeMap::new();
    for (place, item) in items.iter().enumerate() {
        if let Some(task) = item.task.as_ref().filter(|_| open_obstacle(item)) {
            places.entry(task.clone()).or_default().push(place);
        }
    }
    places
}

/// The tasks of which a document says things that stand against each other.
pub(super) fn conflicted(model: &ReadModel, doc: &DocId) -> BTreeSet<TaskId> {
    let Some(document) = model.doc(doc) else {
        return BTreeSet::new();
    };
    let task = |path: &String| {
        let record = FieldPath::parse(path)?.record;
        let beside = || field_values::first(document, &record.path(record.task_field()?));
        record.task().cloned().or_else(beside)
    };
    document.conflicts.iter().filter_map(task).collect()
}
