//! The way back from a pasted block: what stood in its cells before.

use terms::{
    Edit, EditRequest, Period, TargetId,
    rows::{TargetRow, ValueCells},
};

use super::{cell::Written, sheet::Line};
use crate::rows::Key;

/// A cell as it was before a block was stored, to be put back in one step.
#[derive(Debug, Clone, PartialEq)]
pub struct Undone {
    /// The line.
    pub line: Line,
    /// The target.
    pub target: TargetId,
    /// The period.
    pub period: Period,
    /// What stood there.
    pub before: Written,
    /// What was stored.
    pub stored: Written,
}

/// The edits that put back what was before a block, and how many cells stay because somebody has
/// written in them since.
pub fn requests(
    undone: &[Undone],
    rows: &[(Key, TargetRow)],
    reason: &str,
    mut number: impl FnMut() -> u64,
) -> (Vec<EditRequest>, usize) {
    let mut back = Vec::new();
    for one in undone {
        if let Some(cells) = cells_as_stored(one, rows) {
            let edit = one.before.clone().edit(one.target.clone(), one.period);
            back.push(request(cells, edit, Some(reason), number()));
        }
    }
    let left = undone.len() - back.len();
    (back, left)
}

/// What [`requests`] leaves as it is, to be put back later.
pub fn left(undone: &[Undone], rows: &[(Key, TargetRow)]) -> Vec<Undone> {
    let stays = |one: &&Undone| cells_as_stored(one, rows).is_none();
    undone.iter().filter(stays).cloned().collect()
}

/// The cells of one, if they are on the screen and as the block left them.
fn cells_as_stored<'a>(one: &Undone, rows: &'a [(Key, TargetRow)]) -> Option<&'a ValueCells> {
    let (_, row) = rows.iter().find(|(key, _)| *key == one.line.key)?;
    let cells = one.line.cells(row)?;
    (one.stored.standing(cells) == one.stored).then_some(cells)
}

/// A request to write into cells as they are seen.
pub fn request(cells: &ValueCells, edit: Edit, reason: Option<&str>, number: u64) -> EditRequest {
    EditRequest {
        doc: cells.doc.clone(),
        seen: cells.heads.clone(),
        number,
        reason: reason.map(str::to_owned),
        edit,
    }
}
