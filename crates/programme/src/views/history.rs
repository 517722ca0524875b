//! What somebody did: as a step in a field's history, and as news.

use terms::{
    DocId, Field, FieldPath, Record, TargetId, TaskId,
    field::News as When,
    rows::{HistoryRow, ItemKind, News, Topic},
};

use crate::{HistoryStep, ReadModel, Scalar, field_values, read_model::DocumentFacts};

/// Longest excerpt of a text in a line of news, in characters.
const EXCERPT: usize = 120;

/// One step in the history of a field.
pub fn history_row(model: &ReadModel, step: &HistoryStep) -> HistoryRow {
    let at = FieldPath::parse(&step.path);
    let show = |value: &Scalar| shown(model, at.as_ref(), value);
    HistoryRow {
        path: step.path.clone(),
        what: topic(model, at.as_ref(), step),
        from: step.from.iter().filter_map(show).collect(),
        to: show(&step.to),
        reason: step.reason.clone(),
        by: model.author(step.author.as_ref()),
        at: step.time,
        change: step.change,
        saved: model.saved(&step.change),
    }
}

/// What somebody did, in one line; none of what belongs to another field's line, or to the
/// programme itself.
pub fn news(model: &ReadModel, doc: &DocId, step: &HistoryStep) -> Option<News> {
    if !is_news(step) {
        return None;
    }
    let at = FieldPath::parse(&step.path)?;
    let document = model.doc(doc);
    let (task, target) = about(document, &at.record);
    let row = history_row(model, step);
    let title = match (&task, &target) {
        (Some(task), _) => model.plan().tasks.get(task).map(|t| t.title.clone()),
        (_, Some(target)) => model.plan().targets.get(target).map(|t| t.name.clone()),
        _ => None,
    };
    Some(News {
        task,
        target,
        what: item_kind(document, &at.record).map_or(row.what, Topic::Item),
        from: row.from.into_iter().next().map(|text| excerpt(&text)),
        to: row.to.map(|text| excerpt(&text)),
        by: row.by,
        at: row.at,
        saved: row.saved,
        change: row.change,
        title: title.unwrap_or_default(),
    })
}

/// Whether a step is told to others in a line of its own. Each field declares when it is; that
/// somebody read a text again is not news of what it says.
pub fn is_news(step: &HistoryStep) -> bool {
    let Some(at) = FieldPath::parse(&step.path).filter(|at| !at.read) else {
        return false;
    };
    let says = |value: &Scalar| *value != Scalar::Null;
    match at.field.declaration().news {
        When::Always => true,
        When::Replaced => !step.from.is_empty(),
        When::Corrected => step.from.iter().any(says) && says(&step.to),
        When::Never => false,
    }
}

/// The task or target that a record is about.
pub(super) fn about(
    document: Option<&DocumentFacts>,
    record: &Record,
) -> (Option<TaskId>, Option<TargetId>) {
    let beside = || {
        let field = record.task_field()?;
        let stamp = document?.at(&record.path(field)).first()?;
        stamp.value.as_str()?.parse().ok()
    };
    let task = record.task().cloned().or_else(beside);
    (task, record.target().cloned())
}

fn topic(model: &ReadModel, at: Option<&FieldPath>, step: &HistoryStep) -> Topic {
    let Some(FieldPath { record, field, .. }) = at else {
        return Topic::Other;
    };
    match record {
        Record::Item(_) => {
            let map = record.to_string();
            let writes =
                |document: &DocumentFacts| document.below(&map).any(|(_, s)| wrote(s, step));
            let docs = || model.docs().map(|(_, document)| document);
            let document = docs()
                .find(|document| writes(document))
                .or_else(|| docs().find(|document| document.below(&map).next().is_some()));
            item_kind(document, record).map_or(Topic::Other, Topic::Item)
        }
        Record::Progress(..)
        | Record::Values(..)
        | Record::Milestone(_)
        | Record::Supporter(..)
        | Record::Lead(_)
        | Record::Owner(_) => Topic::Field(*field),
    }
}

fn wrote(stamps: &[crate::Stamp], step: &HistoryStep) -> bool {
    stamps.iter().any(|stamp| stamp.change == step.change)
}

/// What an item is; none of a record that is no item.
pub(super) fn item_kind(document: Option<&DocumentFacts>, record: &Record) -> Option<ItemKind> {
    match record {
        Record::Item(_) => field_values::item_kind(document?.at(&record.path(Field::ItemKind))),
        Record::Progress(..)
        | Record::Values(..)
        | Record::Milestone(_)
        | Record::Supporter(..)
        | Record::Lead(_)
        | Record::Owner(_) => None,
    }
}

/// A value as a person reads it; none where it was cleared.
fn shown(model: &ReadModel, at: Option<&FieldPath>, value: &Scalar) -> Option<String> {
    let code = match value {
        Scalar::Null => return None,
        Scalar::Bool(yes) => yes.to_string(),
        Scalar::Merged(text) => return Some(text.clone()),
        Scalar::Text(text) => text.clone(),
    };
    let Some(at) = at else {
        return Some(plain(value, code));
    };
    if at.read {
        return Some("đã đọc lại".to_owned());
    }
    let declared = at.field.declaration();
    let agency = |id: &terms::AgencyId| model.plan().agency_name(id).short;
    let read = declared.value.read(&code);
    Some(read.map_or_else(
        || plain(value, code),
        |read| declared.value.words(&read, agency),
    ))
}

/// A value of which nothing is declared, or that this version can't read.
fn plain(value: &Scalar, code: String) -> String {
    match value {
        Scalar::Bool(true) => "có".to_owned(),
        Scalar::Bool(false) => "không".to_owned(),
        Scalar::Null | Scalar::Text(_) | Scalar::Merged(_) => code,
    }
}

fn excerpt(text: &str) -> String {
    if text.chars().count() <= EXCERPT {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(EXCERPT - 1).collect();
    short.push('…');
    short
}
