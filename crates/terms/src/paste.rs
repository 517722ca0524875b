//! What a spreadsheet puts into the clipboard, and where in the table of targets it belongs.
//!
//! [`split()`] makes rows and cells of the text, [`place`] says which cell goes to which target's
//! figure. Rows that name their target go by the name, wherever it stands in the table; other
//! rows go by their order. How a figure is read is [`reading`](crate::reading)'s.

mod heading;
mod name;
mod split;

use std::collections::BTreeSet;

use crate::Field;

pub use split::{is_block, split};

/// A target as a pasted block may name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its number: «1», «1.1».
    pub number: &'a str,
}

/// What a pasted cell is written into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// A figure.
    Figure(Field),
    /// The note.
    Note,
}

/// A block, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Whether its rows name their targets.
    pub by_name: bool,
    /// Its rows, in their order.
    pub rows: Vec<Row>,
}

/// A row of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is called in the block; empty where it has no name.
    pub label: String,
    /// Which slot it goes to, or why to none.
    pub slot: Result<usize, Skip>,
    /// What goes where.
    pub cells: Vec<(Column, String)>,
}

/// Why a row goes nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Skip {
    /// It is a heading.
    Heading,
    /// No target here has its name.
    Unknown,
    /// Several targets could be meant.
    Several,
    /// A row above has the same name.
    Again,
    /// The other rows have names, this one has none.
    Unnamed,
    /// The table ends before it.
    Beyond,
}

/// How many cells of a block become what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Written.
    pub stored: usize,
    /// Not decided.
    pub asked: usize,
    /// Not taken.
    pub refused: usize,
    /// Empty: what stands in the table stays.
    pub blank: usize,
}

/// Places a block: `slots` are the table's targets in order, `start` and `columns` where it was
/// pasted, from that column to the right.
pub fn place(rows: &[Vec<String>], slots: &[Slot<'_>], start: usize, columns: &[Column]) -> Placed {
    let heading = heading::find(rows);
    let named = heading
        .as_ref()
        .and_then(|heading| heading.name)
        .or_else(|| name_column(rows, slots));
    let block = Block {
        rows,
        slots,
        number: heading.as_ref().and_then(|heading| heading.number),
        first: heading
            .as_ref()
            .map_or_else(|| text_above(rows, named, slots), |h| h.rows),
        values: match &heading {
            Some(heading) if !heading.values.is_empty() => heading.values.clone(),
            _ => values(rows, named, columns),
        },
    };
    match named {
        Some(column) => block.by_name(column),
        None if block.number.is_some() => block.by_number(),
        None => block.by_place(start),
    }
}

/// A block whose columns are known.
struct Block<'a> {
    rows: &'a [Vec<String>],
    slots: &'a [Slot<'a>],
    /// The column of the targets' numbers.
    number: Option<usize>,
    /// How many rows above are headings.
    first: usize,
    /// Which columns hold what.
    values: Vec<(usize, Column)>,
}

impl Block<'_> {
    fn by_name(&self, column: usize) -> Placed {
        self.place(
            true,
            |row, _| {
                let named = cell(row, column);
                if named.is_empty() {
                    return Err(Skip::Unnamed);
                }
                name::find(named, self.number(row), self.slots)
            },
            |row| cell(row, column).to_owned(),
        )
    }

    fn by_number(&self) -> Placed {
        self.place(
            true,
            |row, _| {
                let wanted = self.number(row).trim_end_matches('.');
                let found = self.slots.iter().position(|slot| slot.number == wanted);
                found.ok_or(Skip::Unknown)
            },
            |row| self.number(row).to_owned(),
        )
    }

    /// What a row gives as its target's number.
    fn number<'r>(&self, row: &'r [String]) -> &'r str {
        self.number.map_or("", |column| cell(row, column))
    }

    fn by_place(&self, start: usize) -> Placed {
        self.place(
            false,
            |_, i| {
                let slot = start + i;
                (slot < self.slots.len())
                    .then_some(slot)
                    .ok_or(Skip::Beyond)
            },
            |_| String::new(),
        )
    }

    fn place(
        &self,
        by_name: bool,
        slot: impl Fn(&[String], usize) -> Result<usize, Skip>,
        label: impl Fn(&[String]) -> String,
    ) -> Placed {
        let mut taken = BTreeSet::new();
        let rows = self.rows.iter().enumerate().map(|(i, row)| {
            let Some(i) = i.checked_sub(self.first) else {
                let words: Vec<&str> = row
                    .iter()
                    .map(String::as_str)
                    .filter(|c| !c.is_empty())
                    .collect();
                return Row {
                    label: words.join(" · "),
                    slot: Err(Skip::Heading),
                    cells: vec![],
                };
            };
            let cells = self.values.iter();
            let cells = cells.filter_map(|(at, column)| Some((*column, row.get(*at)?.clone())));
            let slot = slot(row, i).and_then(|slot| {
                let first = taken.insert(slot);
                first.then_some(slot).ok_or(Skip::Again)
            });
            Row {
                label: label(row),
                slot,
                cells: cells.collect(),
            }
        });
        Placed {
            by_name,
            rows: rows.collect(),
        }
    }
}

fn cell(row: &[String], column: usize) -> &str {
    row.get(column).map_or("", String::as_str)
}

/// The column in which most rows name a target.
fn name_column(rows: &[Vec<String>], slots: &[Slot<'_>]) -> Option<usize> {
    let width = rows.iter().map(Vec::len).max()?;
    let names = |column: usize| {
        let cells = rows.iter().map(|row| cell(row, column));
        cells
            .filter(|text| !is_value(text) && name::find(text, "", slots) != Err(Skip::Unknown))
            .count()
    };
    let (most, column) = (0..width)
        .map(|column| (names(column), column))
        .max_by_key(|(n, column)| (*n, usize::MAX - column))?;
    (most > 0).then_some(column)
}

/// How many rows above the first figure are only words, where figures follow: headings that use
/// no word that is known.
fn text_above(rows: &[Vec<String>], named: Option<usize>, slots: &[Slot<'_>]) -> usize {
    let has_value = |row: &Vec<String>| row.iter().any(|cell| is_value(cell));
    let is_named = |row: &Vec<String>| {
        named.is_some_and(|column| name::find(cell(row, column), "", slots) != Err(Skip::Unknown))
    };
    let is_empty = |row: &Vec<String>| row.iter().all(String::is_empty);
    let above = rows
        .iter()
        .take_while(|row| !has_value(row) && !is_named(row) && !is_empty(row))
        .count();
    if above < rows.len() { above } else { 0 }
}

/// What the columns of a block without a heading hold: those right of the name, from the first
/// that holds figures, go one by one to the columns from where it was pasted.
fn values(rows: &[Vec<String>], named: Option<usize>, columns: &[Column]) -> Vec<(usize, Column)> {
    let from = named.map_or(0, |named| named + 1);
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let holds_figures = |column: &usize| rows.iter().any(|row| is_value(cell(row, *column)));
    let from = match named {
        Some(_) => (from..width).find(holds_figures).unwrap_or(width),
        None => from,
    };
    (from..width).zip(columns.iter().copied()).collect()
}

/// Whether a cell looks like a figure or a sign in place of one, and not like words.
fn is_value(text: &str) -> bool {
    let figure = |c: char| c.is_ascii_digit() || " .,-–—−…%()".contains(c) || c == '\u{a0}';
    !text.is_empty() && text.chars().all(figure)
}

#[cfg(test)]
mod tests;
