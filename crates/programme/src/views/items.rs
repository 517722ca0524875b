//! Obstacles, proposals, comments and milestones, from whichever document they stand in.

use std::collections::BTreeSet;

use terms::{
    AgencyId, DocId, Field, ItemId, MilestoneId, Record, TaskId,
    rows::{ItemKind, ItemRow, MilestoneFields, MilestoneRow, Register},
};

use crate::{ReadModel, field_values, read_model::DocumentFacts};

/// Every item of every document, in the order in which they were added.
pub(super) fn items(model: &ReadModel, writable: &BTreeSet<DocId>) -> Vec<ItemRow> {
    let mut rows: Vec<ItemRow> = Vec::new();
    for (doc, document) in model.docs() {
        let Some(agency) = doc.agency() else { continue };
        let rows_of = ids(document, "items").into_iter();
        rows.extend(rows_of.filter_map(|id| item(model, doc, agency, document, id, writable)));
    }
    rows.sort_by(|a, b| (a.added_at(), &a.id).cmp(&(b.added_at(), &b.id)));
    rows
}

/// When an item was added: what orders a list of them.
trait Added {
    fn added_at(&self) -> Option<terms::Timestamp>;
}

impl Added for ItemRow {
    fn added_at(&self) -> Option<terms::Timestamp> {
        self.added.as_ref().map(|(_, at)| *at)
    }
}

/// The ids of the maps below a map.
fn ids<'a>(document: &'a DocumentFacts, map: &str) -> BTreeSet<&'a str> {
    document
        .below(map)
        .filter_map(|(at, _)| Some(at.split_once('/')?.0))
        .collect()
}

fn item(
    model: &ReadModel,
    doc: &DocId,
    agency: &AgencyId,
    document: &DocumentFacts,
    id: &str,
    writable: &BTreeSet<DocId>,
) -> Option<ItemRow> {
    let id: ItemId = id.parse().ok()?;
    let record = Record::Item(id.clone());
    let at = |field| record.path(field);
    let kind = document.at(&at(Field::ItemKind));
    Some(ItemRow {
        item: field_values::item_kind(kind)?,
        task: field_values::first(document, &at(Field::ItemTask)),
        agency: model.plan().agency_name(agency),
        text: field_values::text(model, Some(document), at(Field::ItemText)),
        waits_for: field_values::field(
            model,
            Some(document),
            at(Field::WaitsFor),
            field_values::agency,
        ),
        resolved_on: field_values::field(
            model,
            Some(document),
            at(Field::ResolvedOn),
            field_values::date,
        ),
        removed: field_values::flag(model, Some(document), at(Field::ItemRemoved)),
        added: kind
            .first()
            .map(|stamp| (model.author(stamp.author.as_ref()), stamp.time)),
        doc: doc.clone(),
        heads: document.heads.clone(),
        writable: writable.contains(doc),
        id,
    })
}

/// Whether an item stands: nobody struck it out, or somebody contradicts that.
pub(super) fn stands(item: &ItemRow) -> bool {
    item.removed.agreed() != Some(&true)
}

/// Whether an obstacle is still in the way.
pub(super) fn open_obstacle(item: &ItemRow) -> bool {
    item.item == ItemKind::Obstacle && stands(item) && item.resolved_on.agreed().is_none()
}

/// Every milestone that stands, the earliest first.
pub(super) fn milestones(model: &ReadModel, writable: &BTreeSet<DocId>) -> Vec<MilestoneRow> {
    let mut rows = all_milestones(model, writable);
    rows.retain(|row| row.fields.removed.agreed() != Some(&true));
    rows
}

/// Every milestone, those struck out as well, the earliest first.
pub(super) fn all_milestones(model: &ReadModel, writable: &BTreeSet<DocId>) -> Vec<MilestoneRow> {
    let mut rows: Vec<MilestoneRow> = Vec::new();
    for (doc, document) in model.docs() {
        let rows_of = ids(document, "milestones").into_iter();
        rows.extend(rows_of.filter_map(|id| milestone(model, doc, document, id, writable)));
    }
    rows.sort_by(|a, b| (a.due, &a.id, &a.doc).cmp(&(b.due, &b.id, &b.doc)));
    rows
}

fn milestone(
    model: &ReadModel,
    doc: &DocId,
    document: &DocumentFacts,
    id: &str,
    writable: &BTreeSet<DocId>,
) -> Option<MilestoneRow> {
    let id: MilestoneId = id.parse().ok()?;
    let record = Record::Milestone(id.clone());
    let at = |field| record.path(field);
    // Only who adds a milestone says which task it is of.
    let task = document.at(&at(Field::MilestoneTask)).first()?;
    let by = match doc {
        DocId::Programme(_) => None,
        _ => Some(model.author(task.author.as_ref())),
    };
    let fields = MilestoneFields {
        title: field_values::field(
            model,
            Some(document),
            at(Field::MilestoneTitle),
            field_values::words,
        ),
        due: field_values::field(
            model,
            Some(document),
            at(Field::MilestoneDue),
            field_values::date,
        ),
        source: field_values::field(
            model,
            Some(document),
            at(Field::MilestoneSource),
            field_values::words,
        ),
        removed: field_values::flag(model, Some(document), at(Field::MilestoneRemoved)),
    };
    Some(MilestoneRow {
        task: task.value.as_str()?.parse::<TaskId>().ok()?,
        title: one(&fields.title)?,
        due: *fields
            .due
            .values
            .iter()
            .filter_map(|s| s.value.as_ref())
            .min()?,
        source: one(&fields.source).unwrap_or_default(),
        fields: Box::new(fields),
        done_on: field_values::field(
            model,
            Some(document),
            at(Field::MilestoneDone),
            field_values::date,
        ),
        doc: doc.clone(),
        heads: document.heads.clone(),
        by,
        writable: writable.contains(doc),
        id,
    })
}

/// The first of the values of a field, where a line has room for one.
fn one(field: &Register<String>) -> Option<String> {
    field
        .values
        .iter()
        .find_map(|authored| authored.value.clone())
}
