//! A pasted block before anything of it is stored: plain state, no window.

use terms::{
    Decimal, EditRequest, Period, TargetId,
    paste::{self, Counts, Skip, Slot},
    reading::{self, Expected, Marks, Way},
    rows::{TargetRow, ValueCells},
    text::is_blank,
};

use super::{
    cell::{self, Typed, Written},
    grid::Column,
    sheet::{Line, Lines},
    undo::{Undone, request},
};
use crate::{catalogue::words, rows::Key};

/// A block that somebody pasted.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// Whether its rows went by their names.
    pub by_name: bool,
    /// What its marks tell.
    pub marks: Marks,
    /// How it is written, where the person said so.
    pub way: Option<Way>,
    /// Its cells, row by row.
    pub items: Vec<Item>,
    /// Rows that go nowhere, with what they are called.
    pub skipped: Vec<(String, Skip)>,
    period: Period,
}

/// A cell of a block, with the cell of the table that it goes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The line it goes to.
    pub line: Line,
    /// The column.
    pub column: Column,
    /// The target's name.
    pub name: String,
    /// The agency whose share it is; none for the target's own figures.
    pub share: Option<String>,
    /// The goal in words.
    pub goal: String,
    /// What was pasted.
    pub text: String,
    /// What the target's figures are like.
    pub expected: Expected,
    /// Which of its readings the person chose.
    pub chosen: Option<Decimal>,
    target: TargetId,
    cells: ValueCells,
}

/// What becomes of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is written.
    Stored(Written),
    /// The person has to say how it is meant.
    Asked(Vec<(Way, Decimal)>),
    /// It is not taken, and why.
    Refused(String),
    /// It is empty: what stands in the table stays.
    Blank,
}

impl Preview {
    /// A block pasted in a cell. `rows` are the targets on the screen, `lines` the lines of the
    /// table.
    pub fn new(
        text: &str,
        (line, column): (&Line, Column),
        rows: &[(Key, TargetRow)],
        lines: &Lines,
        period: Period,
    ) -> Self {
        let homes = homes(rows, lines, line.agency.is_some());
        let slots: Vec<Slot<'_>> = rows
            .iter()
            .map(|(_, row)| Slot {
                name: &row.name,
                number: &row.number,
            })
            .collect();
        let start = rows.iter().position(|(key, _)| *key == line.key);
        let columns: Vec<paste::Column> = Column::ALL
            .into_iter()
            .skip_while(|other| *other != column)
            .filter_map(pasted_column)
            .collect();
        let block = paste::split(text);
        let placed = paste::place(&block, &slots, start.unwrap_or(slots.len()), &columns);
        let mut preview = Self {
            by_name: placed.by_name,
            marks: Marks::Sure(Way::Vietnamese),
            way: None,
            items: Vec::new(),
            skipped: Vec::new(),
            period,
        };
        for row in placed.rows {
            match row.slot {
                Ok(slot) => {
                    let cells = row.cells.into_iter();
                    let home = (&homes[slot], &rows[slot].1);
                    preview
                        .items
                        .extend(cells.filter_map(|cell| item(home, cell, period)));
                }
                Err(skip) => preview.skipped.push((row.label, skip)),
            }
        }
        preview.marks = reading::judge(preview.figures());
        preview
    }

    /// The figures in it, each with what it is held against.
    fn figures(&self) -> impl Iterator<Item = (&str, &Expected)> {
        let figures = self
            .items
            .iter()
            .filter(|item| cell::figure(item.column).is_some());
        figures.map(|item| (item.text.as_str(), &item.expected))
    }

    /// The first figure that can be read in two ways, with both: to ask about the whole block.
    pub fn example(&self) -> Option<(&str, [(Way, Decimal); 2])> {
        self.figures()
            .find_map(|(text, _)| Some((text, reading::both(text)?)))
    }

    /// Whether nothing is stored before the person has said how the block is written.
    pub fn waits(&self) -> bool {
        self.marks == Marks::Unclear && self.way.is_none()
    }

    /// How the block is read now, if it is read one way.
    pub fn read_as(&self) -> Option<Way> {
        match (self.way, self.marks) {
            (Some(way), _) | (None, Marks::Sure(way)) => Some(way),
            (None, Marks::Unclear | Marks::Mixed) => None,
        }
    }

    /// The person says how the whole block is written. What was chosen of single cells is asked
    /// again.
    pub fn choose_way(&mut self, way: Way) {
        self.way = Some(way);
        self.items.iter_mut().for_each(|item| item.chosen = None);
    }

    /// The person says how one cell is meant.
    pub fn choose(&mut self, i: usize, value: Decimal) {
        if let Some(item) = self.items.get_mut(i) {
            item.chosen = Some(value);
        }
    }

    /// What becomes of a cell.
    pub fn outcome(&self, item: &Item) -> Outcome {
        let texts = words().targets;
        if is_blank(&item.text) {
            return Outcome::Blank;
        }
        if !item.cells.writable {
            return Outcome::Refused(texts.not_writable.to_owned());
        }
        let Some(figure) = cell::figure(item.column) else {
            return Outcome::Stored(Written::Note(item.text.clone()));
        };
        if let Some(both) = cell::contradiction(&item.cells, item.column) {
            return Outcome::Refused((words().paste.conflict)(&both));
        }
        if let Some(value) = item.chosen {
            return Outcome::Stored(Written::Figure(figure, Some(value)));
        }
        let read = |text: &str| reading::read_in(self.marks, self.way, text, &item.expected);
        match cell::typed(&item.text, figure, &item.cells, read) {
            Typed::Written(written) => Outcome::Stored(written),
            Typed::Asked(ways) => Outcome::Asked(ways),
            Typed::Refused(why) => Outcome::Refused(why),
        }
    }

    /// How many cells become what; `refused` are those that the rules refuse.
    pub fn counts(&self, refused: &[Option<String>]) -> Counts {
        let mut counts = Counts::default();
        for (i, item) in self.items.iter().enumerate() {
            let by_rule = refused.get(i).is_some_and(Option::is_some);
            match self.outcome(item) {
                Outcome::Stored(_) if by_rule => counts.refused += 1,
                Outcome::Stored(_) => counts.stored += 1,
                Outcome::Asked(_) => counts.asked += 1,
                Outcome::Refused(_) => counts.refused += 1,
                Outcome::Blank => counts.blank += 1,
            }
        }
        counts
    }

    /// The edits of the cells that are written, each with where its cell stands among the items.
    pub fn requests(
        &self,
        reason: Option<&str>,
        mut number: impl FnMut() -> u64,
    ) -> Vec<(usize, EditRequest)> {
        let stored = self.items.iter().enumerate();
        let stored = stored.filter_map(|(i, item)| match self.outcome(item) {
            Outcome::Stored(written) => Some((i, item, written)),
            Outcome::Asked(_) | Outcome::Refused(_) | Outcome::Blank => None,
        });
        let request = |(i, item, written): (usize, &Item, Written)| {
            let edit = written.edit(item.target.clone(), self.period);
            (i, request(&item.cells, edit, reason, number()))
        };
        stored.map(request).collect()
    }

    /// What puts the cells back as they were, once those of `stored` are written.
    pub fn undo(&self, stored: &[usize]) -> Vec<Undone> {
        let items = stored.iter().filter_map(|i| self.items.get(*i));
        let undone = |item: &Item| match self.outcome(item) {
            Outcome::Stored(written) => Some(Undone {
                line: item.line.clone(),
                target: item.target.clone(),
                period: self.period,
                before: written.standing(&item.cells),
                stored: written,
            }),
            Outcome::Asked(_) | Outcome::Refused(_) | Outcome::Blank => None,
        };
        items.filter_map(undone).collect()
    }
}

/// The line of each target that a block writes into: one, whatever shares stand between. It is
/// of the sort in which one pasted, or else the one that can be written.
fn homes(rows: &[(Key, TargetRow)], lines: &Lines, share: bool) -> Vec<Line> {
    let home = |(key, row): &(Key, TargetRow)| {
        let own = Line {
            key: key.clone(),
            agency: None,
        };
        let all = lines.iter().map(|(line, _)| line);
        let part = all.clone().find(|l| l.key == *key && l.agency.is_some());
        let writable = |line: &Line| line.cells(row).is_some_and(|cells| cells.writable);
        match part {
            Some(part) if writable(part) && (share || !writable(&own)) => part.clone(),
            _ => own,
        }
    };
    rows.iter().map(home).collect()
}

fn item(
    (line, row): (&Line, &TargetRow),
    (column, text): (paste::Column, String),
    period: Period,
) -> Option<Item> {
    let cells = line.cells(row)?.clone();
    let column = match column {
        paste::Column::Figure(field) => cell::column(field)?,
        paste::Column::Note => Column::Note,
    };
    let part = row
        .contributions
        .iter()
        .find(|part| Some(&part.agency.id) == line.agency.as_ref());
    let expected = cell::figure(column)
        .map(|field| Expected::of(row, &cells, line.agency.is_some(), period, field))
        .unwrap_or_default();
    Some(Item {
        line: line.clone(),
        column,
        name: row.name.clone(),
        share: part.map(|part| part.agency.short.clone()),
        goal: row.goal_text.clone(),
        text,
        expected,
        chosen: None,
        target: row.target.clone(),
        cells,
    })
}

fn pasted_column(column: Column) -> Option<paste::Column> {
    match (cell::figure(column), column) {
        (Some(field), _) => Some(paste::Column::Figure(field)),
        (None, Column::Note) => Some(paste::Column::Note),
        (None, _) => None,
    }
}

#[cfg(test)]
mod tests;
