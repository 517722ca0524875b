//! The heads of the documents that rows show, apart from the rows.

use std::collections::BTreeMap;

use terms::{
    DocId, Heads,
    rows::{DraftRow, OverviewRow, TargetRow, TaskRow, TreeRow, WorkRow},
};

use crate::{Me, SyncFacts};

/// Documents, each with the heads that a view shows it at.
pub type ShownHeads = BTreeMap<DocId, Heads>;

/// A row that shows what documents say.
///
/// All rows of a view show a document at the same heads. So the heads do not travel in each row:
/// one edit of one field would send every row of its document again. They travel once beside the
/// rows, in `Update::heads`, and whoever receives the rows puts them back.
pub trait ShowsDocuments {
    /// Hands each document that stands in the row to `visit`, with its heads there.
    fn each_heads(&mut self, _visit: &mut dyn FnMut(&DocId, &mut Heads)) {}

    /// Takes the heads out of the row.
    fn take_heads(&mut self, into: &mut ShownHeads) {
        self.each_heads(&mut |doc, heads| {
            let heads = std::mem::take(heads);
            if !into.contains_key(doc) {
                into.insert(doc.clone(), heads);
            }
        });
    }

    /// Puts the heads back into the row.
    fn put_heads(&mut self, from: &ShownHeads) {
        self.each_heads(&mut |doc, heads| {
            if let Some(shown) = from.get(doc) {
                heads.clone_from(shown);
            }
        });
    }
}

impl ShowsDocuments for TaskRow {
    fn each_heads(&mut self, visit: &mut dyn FnMut(&DocId, &mut Heads)) {
        match self {
            Self::Details(row) => visit(&row.doc, &mut row.heads),
            Self::Progress(row) => visit(&row.doc, &mut row.heads),
            Self::Milestone(row) => visit(&row.doc, &mut row.heads),
            Self::Item(row) => visit(&row.doc, &mut row.heads),
            Self::Target { .. } => {}
        }
    }
}

impl ShowsDocuments for TargetRow {
    fn each_heads(&mut self, visit: &mut dyn FnMut(&DocId, &mut Heads)) {
        let shares = self.contributions.iter_mut().map(|share| &mut share.cells);
        for cells in self.cells.iter_mut().chain(shares) {
            visit(&cells.doc, &mut cells.heads);
        }
        // The periods of the chart are those of the programme's year.
        if let Some((period, _, _)) = self.series.first() {
            visit(&DocId::Programme(period.year), &mut self.programme);
        }
    }
}

impl ShowsDocuments for OverviewRow {
    fn each_heads(&mut self, visit: &mut dyn FnMut(&DocId, &mut Heads)) {
        match self {
            Self::Obstacle { item, .. } => visit(&item.doc, &mut item.heads),
            Self::Milestone { row, .. } => visit(&row.doc, &mut row.heads),
            Self::Totals { .. }
            | Self::Group { .. }
            | Self::Agency { .. }
            | Self::TargetAtRisk { .. }
            | Self::News(_) => {}
        }
    }
}

impl ShowsDocuments for WorkRow {}
impl ShowsDocuments for TreeRow {}
impl ShowsDocuments for SyncFacts {}
impl ShowsDocuments for Me {}
/// A draft keeps the heads that it was written at, not those shown now.
impl ShowsDocuments for DraftRow {}
