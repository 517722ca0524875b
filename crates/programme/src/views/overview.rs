//! «Tổng quan»: the province on a day, in a period.

use std::collections::{BTreeMap, BTreeSet};

use terms::{
    AgencyId, Date, DocId, GroupId, OfficialStatus, Period, TaskId, Timestamp, Verdict,
    programme::{Agency, Group, Task},
    rows::{ItemRow, News, OverviewRow, StatusCounts, TaskRole},
};

use super::{
    board::Board,
    figures::{Figures, goal_with_unit, owner, with_unit},
    items::open_obstacle,
    roles::TaskRoles,
};
use crate::ReadModel;

type Rows = Vec<(String, OverviewRow)>;

/// «Tổng quan».
pub fn overview(model: &ReadModel, period: Period, today: Date, news: Vec<News>) -> Rows {
    let board = Board::new(model, &BTreeSet::new(), period, today);
    let tasks: Vec<TaskSummary<'_>> = board.tasks().map(|task| summarise(&board, task)).collect();
    let milestones = milestones(&board);
    let mut rows = vec![("totals".to_owned(), totals(&board, &tasks, &milestones))];
    rows.extend(groups(&board, &tasks));
    rows.extend(agencies(&board, &tasks));
    rows.extend(obstacles(&board));
    rows.extend(milestones);
    rows.extend(at_risk(&board));
    rows.extend(news_rows(news));
    rows
}

/// A task as it stands.
struct TaskSummary<'a> {
    id: &'a TaskId,
    task: &'a Task,
    roles: TaskRoles,
    official: OfficialStatus,
    updated: bool,
    obstacles: usize,
}

fn summarise<'a>(
    board: &Board<'_>,
    (id, task, roles): (&'a TaskId, &'a Task, TaskRoles),
) -> TaskSummary<'a> {
    TaskSummary {
        official: board.official(id, &roles),
        updated: board.is_updated(id, &roles),
        obstacles: board.obstacles(id).count(),
        id,
        task,
        roles,
    }
}

fn totals(board: &Board<'_>, tasks: &[TaskSummary<'_>], milestones: &Rows) -> OverviewRow {
    let late = |(_, row): &&(String, OverviewRow)| {
        matches!(row, OverviewRow::Milestone { late: true, .. })
    };
    OverviewRow::Totals {
        counts: counts(tasks),
        updated: (
            tasks.iter().filter(|task| task.updated).count(),
            tasks.len(),
        ),
        targets: verdicts(board),
        obstacles: open_obstacles(board).count(),
        milestones_late: milestones.iter().filter(late).count(),
        conflicts: board
            .model
            .docs()
            .map(|(_, document)| document.conflicts.len())
            .sum(),
    }
}

fn counts<'a>(tasks: impl IntoIterator<Item = &'a TaskSummary<'a>>) -> StatusCounts {
    let mut counts = StatusCounts::default();
    tasks.into_iter().for_each(|task| counts.add(task.official));
    counts
}

/// Targets met or exceeded, not met, without a figure or verdict.
fn verdicts(board: &Board<'_>) -> (usize, usize, usize) {
    let (mut met, mut not, mut open) = (0, 0, 0);
    for (id, target) in &board.model.plan().targets {
        let figures = Figures::of_owner(board.model, id, target);
        match figures.map_or(Verdict::NoFigure, |figures| figures.verdict(board.period)) {
            Verdict::Met | Verdict::Exceeded => met += 1,
            Verdict::NotMet => not += 1,
            Verdict::Unjudged | Verdict::NoFigure => open += 1,
        }
    }
    (met, not, open)
}

fn groups(board: &Board<'_>, tasks: &[TaskSummary<'_>]) -> Rows {
    let plan = board.model.plan();
    let sections: BTreeMap<_, &GroupId> = plan
        .sections
        .iter()
        .map(|section| (&section.id, &section.group))
        .collect();
    let group_of = |task: &Task| sections.get(task.section.as_ref()?).copied();
    let row = |group: &Group| {
        let own = || tasks.iter().filter(|t| group_of(t.task) == Some(&group.id));
        let row = OverviewRow::Group {
            id: group.id.clone(),
            number: group.number.clone(),
            title: group.title.clone(),
            counts: counts(own()),
            updated: (own().filter(|task| task.updated).count(), own().count()),
            obstacles: own().map(|task| task.obstacles).sum(),
        };
        (format!("group/{}", group.id), row)
    };
    plan.groups.iter().map(row).collect()
}

/// The tasks that an agency has a part in, with the part.
type Share<'a> = Vec<(&'a TaskSummary<'a>, TaskRole)>;

fn agencies(board: &Board<'_>, tasks: &[TaskSummary<'_>]) -> Rows {
    let plan = board.model.plan();
    let mut shares: BTreeMap<&AgencyId, Share<'_>> = BTreeMap::new();
    for task in tasks {
        for (id, part) in &task.roles.list {
            shares.entry(id).or_default().push((task, *part));
        }
    }
    let open: Vec<&ItemRow> = open_obstacles(board).collect();
    let known = plan.agency_order.iter();
    let mut order: Vec<(&AgencyId, &Agency)> = known
        .filter_map(|id| Some((id, plan.agencies.get(id)?)))
        .collect();
    order.sort_by_key(|(_, agency)| agency.class);
    order
        .into_iter()
        .map(|(id, plan)| {
            let share = shares.get(id).map_or(&[][..], Vec::as_slice);
            (
                format!("agency/{id}"),
                agency(board, id, plan, share, &open),
            )
        })
        .collect()
}

fn agency(
    board: &Board<'_>,
    id: &AgencyId,
    plan: &Agency,
    share: &[(&TaskSummary<'_>, TaskRole)],
    open: &[&ItemRow],
) -> OverviewRow {
    let leads = |(task, part): &&(&TaskSummary<'_>, TaskRole)| match part {
        TaskRole::Lead => true,
        TaskRole::JointLead => task.task.leads.contains(id),
        TaskRole::Supporting | TaskRole::GroupSupporting => false,
    };
    // Of a group that leads everybody answers for themselves: a district has hardly any other task.
    let own = || {
        let reports = share
            .iter()
            .filter(|(_, part)| *part != TaskRole::GroupSupporting);
        reports.map(|(task, _)| task)
    };
    let waits = |item: &&&ItemRow| {
        let asked_of = item.waits_for.values.iter();
        let mut asked = asked_of.filter_map(|authored| authored.value.as_ref());
        item.agency.id != *id && asked.any(|name| name.id == *id)
    };
    OverviewRow::Agency {
        agency: board.model.plan().agency_name(id),
        class: plan.class,
        counts: counts(share.iter().filter(leads).map(|(task, _)| *task)),
        updated: (
            own()
                .filter(|task| board.wrote(id, task.id).is_some())
                .count(),
            own().count(),
        ),
        last: last(board.model, id),
        obstacles: open.iter().filter(|item| item.agency.id == *id).count(),
        waited_for: open.iter().filter(waits).count(),
    }
}

fn open_obstacles<'a>(board: &'a Board<'_>) -> impl Iterator<Item = &'a ItemRow> {
    board.items.iter().filter(|item| open_obstacle(item))
}

/// When an agency last wrote in its document: its own people, not the reviewers.
fn last(model: &ReadModel, id: &AgencyId) -> Option<Timestamp> {
    let document = model.doc(&DocId::Agency(model.year(), id.clone()))?;
    let of_it = |enrolment| model.agency_of(enrolment).is_none_or(|agency| agency == id);
    let own = document.last_by.iter().filter(|(by, _)| of_it(*by));
    own.map(|(_, at)| *at).max()
}

fn obstacles(board: &Board<'_>) -> Rows {
    let plan = board.model.plan();
    let title = |task: &TaskId| plan.tasks.get(task).map(|task| task.title.clone());
    let row = |item: &ItemRow| {
        let title = item.task.as_ref().and_then(title).unwrap_or_default();
        let row = OverviewRow::Obstacle {
            item: Box::new(item.clone()),
            title,
        };
        (format!("obstacle/{}/{}", item.doc, item.id), row)
    };
    open_obstacles(board).map(row).collect()
}

/// Milestones late or near, the earliest first.
fn milestones(board: &Board<'_>) -> Rows {
    let mut open: Vec<_> = board
        .milestones
        .keys()
        .flat_map(|task| board.open_milestones(task))
        .filter_map(|row| Some((row, board.pressing(row)?)))
        .collect();
    open.sort_by(|(a, _), (b, _)| (a.due, &a.id, &a.doc).cmp(&(b.due, &b.id, &b.doc)));
    let row = |(row, late): (&terms::rows::MilestoneRow, bool)| {
        let key = format!("milestone/{}/{}", row.doc, row.id);
        (
            key,
            OverviewRow::Milestone {
                row: row.clone(),
                late,
            },
        )
    };
    open.into_iter().map(row).collect()
}

/// Targets that will not be met as things stand.
fn at_risk(board: &Board<'_>) -> Rows {
    let (model, plan) = (board.model, board.model.plan());
    let known = plan
        .target_order
        .iter()
        .filter_map(|id| Some((id, plan.targets.get(id)?)));
    known
        .filter_map(|(id, target)| {
            let figures = Figures::of_owner(model, id, target)?;
            let judged = figures.judged(board.period)?;
            (figures.own_verdict(board.period) == Verdict::NotMet).then(|| {
                let row = OverviewRow::TargetAtRisk {
                    target: id.clone(),
                    name: target.name.clone(),
                    goal: goal_with_unit(target),
                    figure: with_unit(&judged.format_vi(), &target.unit),
                    owner: owner(model, id, target).map(|id| plan.agency_name(&id)),
                };
                (format!("risk/{id}"), row)
            })
        })
        .collect()
}

/// News, each once: a change that touched several fields of a kind is one line.
fn news_rows(news: Vec<News>) -> Rows {
    let mut seen = BTreeSet::new();
    let keyed = news.into_iter().map(|news| {
        let about = news.task.as_ref().map(TaskId::as_str);
        let about = about
            .or(news.target.as_ref().map(terms::TargetId::as_str))
            .unwrap_or("-");
        (
            format!("news/{}/{:?}/{about}", news.change, news.what),
            OverviewRow::News(news),
        )
    });
    keyed.filter(|(key, _)| seen.insert(key.clone())).collect()
}
