//! Where things stand in a document: the paths of facts, built and read in one place.

use terms::{
    AgencyId, ItemId, MilestoneId, Period, TargetId, TaskId, edit::ValueField, rows::FieldKind,
};

/// The cell of a task in a period: born, never made by an edit.
pub fn progress(task: &TaskId, period: Period) -> String {
    format!("progress/{task}/{period}")
}

/// The cell of a target in a period: born, never made by an edit.
pub fn values(target: &TargetId, period: Period) -> String {
    format!("values/{target}/{period}")
}

/// An obstacle, a proposal or a comment.
pub fn item(id: &ItemId) -> String {
    format!("items/{id}")
}

/// A milestone.
pub fn milestone(id: &MilestoneId) -> String {
    format!("milestones/{id}")
}

/// A supporter that the lead named.
pub fn named(task: &TaskId, agency: &AgencyId) -> String {
    format!("named/{task}/{agency}")
}

/// The lead that Sở KH&ĐT assigned.
pub fn assigned_task(task: &TaskId) -> String {
    format!("assigned/tasks/{task}")
}

/// The owner that Sở KH&ĐT assigned.
pub fn assigned_target(target: &TargetId) -> String {
    format!("assigned/targets/{target}")
}

/// The key of a figure in its cell.
pub fn value_key(field: ValueField) -> &'static str {
    match field {
        ValueField::Actual => "actual",
        ValueField::Estimate => "estimate",
        ValueField::SamePeriod => "same_period",
    }
}

/// The key beside a text that says which changes it was merged from when somebody had read it.
pub const READ: &str = "read";

/// The key that says whether an item or a milestone is struck out.
pub const REMOVED: &str = "removed";

/// Whether the map at a path, or a map that it stands in, is of the sort that is struck out.
pub fn can_be_struck(path: &str) -> bool {
    path.starts_with("items/") || path.starts_with("milestones/")
}

/// The text that is confirmed by writing at a path.
pub fn confirmed(path: &str) -> Option<String> {
    let (map, key) = path.rsplit_once('/')?;
    let text = match map.split_once('/')?.0 {
        "progress" => "narrative",
        "values" => "note",
        "items" => "text",
        _ => return None,
    };
    (key == READ).then(|| format!("{map}/{text}"))
}

/// Whether a figure stands at a path: its values are compared as numbers.
pub fn is_figure(path: &str) -> bool {
    let Some((cell, key)) = path.rsplit_once('/') else {
        return false;
    };
    cell.starts_with("progress/") && key == "percent"
        || cell.starts_with("values/") && ["actual", "estimate", "same_period"].contains(&key)
}

/// What a path is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A field of a task's cell.
    Progress(TaskId, Period, String),
    /// A field of a target's cell.
    Values(TargetId, Period, String),
    /// A field of an item.
    Item(ItemId, String),
    /// A field of a milestone.
    Milestone(MilestoneId, String),
    /// A supporter named.
    Named(TaskId, AgencyId),
    /// A lead assigned.
    AssignedTask(TaskId),
    /// An owner assigned.
    AssignedTarget(TargetId),
}

/// Reads a path back; none of a path that this version has no word for.
pub fn place(path: &str) -> Option<Place> {
    let parts: Vec<&str> = path.split('/').collect();
    Some(match parts.as_slice() {
        ["progress", task, period, field] => Place::Progress(
            task.parse().ok()?,
            period.parse().ok()?,
            (*field).to_owned(),
        ),
        ["values", target, period, field] => Place::Values(
            target.parse().ok()?,
            period.parse().ok()?,
            (*field).to_owned(),
        ),
        ["items", id, field] => Place::Item(id.parse().ok()?, (*field).to_owned()),
        ["milestones", id, field] => Place::Milestone(id.parse().ok()?, (*field).to_owned()),
        ["named", task, agency] => Place::Named(task.parse().ok()?, agency.parse().ok()?),
        ["assigned", "tasks", task] => Place::AssignedTask(task.parse().ok()?),
        ["assigned", "targets", target] => Place::AssignedTarget(target.parse().ok()?),
        _ => return None,
    })
}

/// Which kind of field stands at a path; an item's kind is not in its path.
pub fn field_kind(place: &Place) -> FieldKind {
    match place {
        Place::Progress(_, _, field) => match field.as_str() {
            "status" => FieldKind::Status,
            "done_on" => FieldKind::DoneOn,
            "percent" => FieldKind::Percent,
            "narrative" | READ => FieldKind::Narrative,
            _ => FieldKind::Other,
        },
        Place::Values(_, _, field) => match field.as_str() {
            "actual" => FieldKind::Actual,
            "estimate" => FieldKind::Estimate,
            "same_period" => FieldKind::SamePeriod,
            "mark" => FieldKind::ValueMark,
            "note" | READ => FieldKind::Note,
            _ => FieldKind::Other,
        },
        Place::Item(..) => FieldKind::Other,
        Place::Milestone(..) => FieldKind::Milestone,
        Place::Named(..) | Place::AssignedTask(_) | Place::AssignedTarget(_) => {
            FieldKind::Responsible
        }
    }
}
