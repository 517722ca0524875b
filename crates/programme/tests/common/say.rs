//! Agencies that say things, and the world that hears them.

use programme::{Document, ReadModel, views};
use terms::{DocId, Edit, Field, Record, Value, WorkStatus, rows::TargetRow};

pub use super::office::id;
use super::{at, local_actor, office::viewer};

pub fn agency(name: &str) -> Document {
    Document::new(DocId::Agency(2019, id(name)))
}

pub fn say(model: &mut ReadModel, doc: &mut Document, edit: &Edit) {
    let seen = doc.heads();
    doc.edit(&local_actor(1), &seen, edit, None, at(1)).unwrap();
    model.set_facts(doc.id(), doc.heads(), doc.facts());
}

pub fn status(task: &str, period: &str, status: WorkStatus, done_on: Option<&str>) -> Edit {
    Edit::status(id(task), id(period), Some(status), done_on.map(id))
}

pub fn target(model: &ReadModel, period: &str, target: &str) -> TargetRow {
    let rows = views::targets(model, &viewer("huyen-tran-de"), id(period), false);
    rows.into_iter().find(|(key, _)| key == target).unwrap().1
}

pub fn figure(
    doc: &mut Document,
    model: &mut ReadModel,
    target: &str,
    period: &str,
    field: Field,
    value: &str,
) {
    let edit = Edit::set(
        Record::Values(id(target), id(period)),
        field,
        Some(Value::Figure(id(value))),
    );
    say(model, doc, &edit);
}
