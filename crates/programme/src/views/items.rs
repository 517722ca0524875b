//! Obstacles, proposals, comments and milestones, from whichever document they stand in.

use std::collections::BTreeSet;

use terms::{
    AgencyId, DocId, Field, ItemId, MilestoneId, Record, TaskId,
    rows::{ItemKind, ItemRow, MilestoneRow, MilestoneSaid, Register},
};

use crate::{ReadModel, read_model::Said, said};

/// Every item of every document, in the order in which they were added.
pub(super) fn items(model: &ReadModel, writable: &BTreeSet<DocId>) -> Vec<ItemRow> {
    let mut rows: Vec<ItemRow> = Vec::new();
    for (doc, said) in model.docs() {
        let Some(agency) = doc.agency() else { continue };
        let rows_of = ids(said, "items").into_iter();
        rows.extend(rows_of.filter_map(|id| item(model, doc, agency, said, id, writable)));
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
fn ids<'a>(said: &'a Said, map: &str) -> BTreeSet<&'a str> {
    said.below(map)
        .filter_map(|(at, _)| Some(at.split_once('/')?.0))
        .collect()
}

fn item(
    model: &ReadModel,
    doc: &DocId,
    agency: &AgencyId,
    said: &Said,
    id: &str,
    writable: &BTreeSet<DocId>,
) -> Option<ItemRow> {
    let id: ItemId = id.parse().ok()?;
    let record = Record::Item(id.clone());
    let at = |field| record.path(field);
    let kind = said.at(&at(Field::ItemKind));
    Some(ItemRow {
        item: said::item_kind(kind)?,
        task: said::first(said, &at(Field::ItemTask)),
        agency: model.plan().agency_name(agency),
        text: said::text(model, Some(said), at(Field::ItemText)),
        waits_for: said::field(model, Some(said), at(Field::WaitsFor), said::agency),
        resolved_on: said::field(model, Some(said), at(Field::ResolvedOn), said::date),
        removed: said::flag(model, Some(said), at(Field::ItemRemoved)),
        added: kind
            .first()
            .map(|stamp| (model.author(stamp.author.as_ref()), stamp.time)),
        doc: doc.clone(),
        heads: said.heads.clone(),
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
    rows.retain(|row| row.said.removed.agreed() != Some(&true));
    rows
}

/// Every milestone, those struck out as well, the earliest first.
pub(super) fn all_milestones(model: &ReadModel, writable: &BTreeSet<DocId>) -> Vec<MilestoneRow> {
    let mut rows: Vec<MilestoneRow> = Vec::new();
    for (doc, said) in model.docs() {
        let rows_of = ids(said, "milestones").into_iter();
        rows.extend(rows_of.filter_map(|id| milestone(model, doc, said, id, writable)));
    }
    rows.sort_by(|a, b| (a.due, &a.id, &a.doc).cmp(&(b.due, &b.id, &b.doc)));
    rows
}

fn milestone(
    model: &ReadModel,
    doc: &DocId,
    said: &Said,
    id: &str,
    writable: &BTreeSet<DocId>,
) -> Option<MilestoneRow> {
    let id: MilestoneId = id.parse().ok()?;
    let record = Record::Milestone(id.clone());
    let at = |field| record.path(field);
    // Only who adds a milestone says which task it is of.
    let task = said.at(&at(Field::MilestoneTask)).first()?;
    let by = match doc {
        DocId::Programme(_) => None,
        _ => Some(model.author(task.author.as_ref())),
    };
    let fields = MilestoneSaid {
        title: said::field(model, Some(said), at(Field::MilestoneTitle), said::words),
        due: said::field(model, Some(said), at(Field::MilestoneDue), said::date),
        source: said::field(model, Some(said), at(Field::MilestoneSource), said::words),
        removed: said::flag(model, Some(said), at(Field::MilestoneRemoved)),
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
        said: Box::new(fields),
        done_on: said::field(model, Some(said), at(Field::MilestoneDone), said::date),
        doc: doc.clone(),
        heads: said.heads.clone(),
        by,
        writable: writable.contains(doc),
        id,
    })
}

/// The first of the values of a field, where a line has room for one.
fn one(field: &Register<String>) -> Option<String> {
    field.values.iter().find_map(|said| said.value.clone())
}
