//! What a draft is about, in words.

use terms::{
    DocId, Field, FieldPath, Period, TargetId, TaskId,
    rows::{Draft, DraftRow, ItemKind, Topic},
};

use crate::{
    ReadModel, field_values,
    views::history::{about, item_kind},
};

/// A draft with what it is about. What this version has no word for is listed all the same.
pub fn draft(model: &ReadModel, draft: Draft) -> DraftRow {
    let about = About::of(model, &draft.doc, &draft.path).unwrap_or_default();
    let plan = model.plan();
    let title = match (&about.task, &about.target) {
        (Some(task), _) => plan.tasks.get(task).map(|task| task.title.clone()),
        (_, Some(target)) => plan.targets.get(target).map(|target| target.name.clone()),
        (None, None) => None,
    };
    DraftRow {
        draft,
        task: about.task,
        target: about.target,
        period: about.period,
        what: about.what.unwrap_or(Topic::Other),
        title: title.unwrap_or_default(),
    }
}

#[derive(Default)]
struct About {
    task: Option<TaskId>,
    target: Option<TargetId>,
    period: Option<Period>,
    what: Option<Topic>,
}

impl About {
    fn of(model: &ReadModel, doc: &DocId, path: &str) -> Option<Self> {
        if let Some(new) = path.strip_prefix("new/") {
            return Self::new(new);
        }
        let FieldPath { record, field, .. } = FieldPath::parse(path)?;
        let document = model.doc(doc);
        let (task, target) = about(document, &record);
        let first_reported = || field_values::first(document?, &record.path(Field::ItemPeriod));
        Some(Self {
            task,
            target,
            period: record.period().or_else(first_reported),
            what: Some(item_kind(document, &record).map_or(Topic::Field(field), Topic::Item)),
        })
    }

    /// Of something that is not there yet: `obstacle/<task>/<period>`, `milestone/<task>`.
    fn new(path: &str) -> Option<Self> {
        let mut parts = path.split('/');
        let what = match parts.next()? {
            "milestone" => Topic::Field(Field::MilestoneTitle),
            kind => Topic::Item(ItemKind::from_code(kind)?),
        };
        Some(Self {
            task: Some(parts.next()?.parse().ok()?),
            target: None,
            period: parts.next().and_then(|period| period.parse().ok()),
            what: Some(what),
        })
    }
}
