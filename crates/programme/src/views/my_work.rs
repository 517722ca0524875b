//! «Việc của tôi»: what one agency has to do, the most pressing first.

use std::collections::BTreeMap;

use terms::{
    Date, DocId, Field, Period, Record, TaskId,
    programme::Task,
    rows::{Bucket, News, TaskRole, WorkRow},
};

use super::{
    board::{Board, conflicted},
    roles::TaskRoles,
};
use crate::{ReadModel, Viewer, field_values};

/// «Việc của tôi».
pub fn my_work(
    model: &ReadModel,
    viewer: &Viewer,
    period: Period,
    today: Date,
    news: &BTreeMap<TaskId, Vec<News>>,
) -> Vec<(String, WorkRow)> {
    let board = Board::new(model, &viewer.writable, period, today);
    let own = DocId::Agency(model.year(), viewer.agency.clone());
    let to_choose = conflicted(model, &own);
    let mut rows: Vec<WorkRow> = Vec::new();
    for (id, task, roles) in board.tasks() {
        let Some(part) = roles.part_of(&viewer.agency) else {
            continue;
        };
        let news = news.get(id).map_or(&[][..], Vec::as_slice);
        let choose = to_choose.contains(id);
        rows.push(row(&board, viewer, (id, task, &roles), part, choose, news));
    }
    // Stable: within a bucket and a part, the document's order.
    rows.sort_by_key(|row| (row.bucket, row.part));
    rows.into_iter()
        .map(|row| (row.task.to_string(), row))
        .collect()
}

fn row(
    board: &Board<'_>,
    viewer: &Viewer,
    (id, task, roles): (&TaskId, &Task, &TaskRoles),
    part: TaskRole,
    choose: bool,
    news: &[News],
) -> WorkRow {
    let model = board.model;
    let document = model.doc(&DocId::Agency(model.year(), viewer.agency.clone()));
    let record = Record::Progress(id.clone(), board.period);
    let status = field_values::field(
        model,
        document,
        record.path(Field::Status),
        field_values::status,
    );
    let percent = field_values::field(
        model,
        document,
        record.path(Field::Percent),
        field_values::decimal,
    );
    let next = board.open_milestones(id).next();
    let pressing = board
        .open_milestones(id)
        .any(|m| board.pressing(m).is_some());
    let updated = board.wrote(&viewer.agency, id).is_some();
    let bucket = match () {
        () if choose => Bucket::ToChoose,
        () if part == TaskRole::Lead && !updated => Bucket::OnlyMine,
        () if pressing => Bucket::Milestone,
        () if !news.is_empty() => Bucket::ChangedByOthers,
        () if !updated => Bucket::NotUpdated,
        () => Bucket::Updated,
    };
    WorkRow {
        task: id.clone(),
        clause: task.clause.clone(),
        title: task.title.clone(),
        part,
        bucket,
        status: status.agreed().copied(),
        percent: percent.agreed().copied(),
        official: board.official(id, roles),
        due: next.map_or_else(|| board.due(), |milestone| milestone.due),
        milestone: next.map(|milestone| milestone.title.clone()),
        obstacles: board
            .obstacles(id)
            .filter(|item| item.agency.id == viewer.agency)
            .count(),
        news: news.iter().take(3).cloned().collect(),
    }
}
