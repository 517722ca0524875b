//! What a cell of the table is of, and what becomes of a text that is typed in it.

use leptos::prelude::*;
use terms::{
    Edit, Period,
    reading::Expected,
    rows::{TargetRow, ValueCells},
};

use super::{
    cell::{self, Typed, Written},
    grid::Column,
    question::Asking,
    sheet::{Line, Sheet},
};
use crate::{catalogue::words, field::At};

/// What a cell is of. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Spot {
    /// The table.
    pub sheet: Sheet,
    /// The line.
    pub line: StoredValue<Line>,
    /// The target.
    pub row: Memo<TargetRow>,
    /// The figures that stand in the line.
    pub cells: Memo<Option<ValueCells>>,
    /// The period they are of.
    pub period: Period,
}

impl Spot {
    /// What a screen reader calls a cell.
    pub fn label(self, column: Column) -> String {
        let texts = words().targets;
        let name = match column {
            Column::Name => texts.name,
            Column::SamePeriod => texts.same_period,
            Column::Actual => texts.actual,
            Column::Estimate => texts.estimate,
            Column::Note => texts.note,
        };
        let agency = self
            .line
            .with_value(|line| line.agency.as_ref().map(ToString::to_string));
        self.row
            .with(|row| (texts.cell)(&row.name, name, agency.as_deref()))
    }

    /// Where a column's value stands.
    pub fn at(self, column: Column) -> Option<Signal<At>> {
        let first = self.cells.get_untracked()?;
        Some(Signal::derive(move || {
            let at = |cells: &ValueCells| At {
                doc: cells.doc.clone(),
                path: cell::path(cells, column).to_owned(),
                heads: cells.heads.clone(),
            };
            self.cells
                .with(|cells| at(cells.as_ref().unwrap_or(&first)))
        }))
    }

    /// The reason that goes with an edit, where the person gave one.
    pub fn reason(self) -> Signal<Option<String>> {
        Signal::derive(move || self.sheet.reason())
    }

    /// What a figure in this line is held against.
    pub fn expected(self, column: Column) -> Option<Expected> {
        let (figure, cells) = (cell::figure(column)?, self.cells.get_untracked()?);
        let share = self.line.with_value(|line| line.agency.is_some());
        let expected = |row: &TargetRow| Expected::of(row, &cells, share, self.period, figure);
        Some(self.row.with_untracked(expected))
    }

    /// What comes of a text in a column.
    pub fn read(self, column: Column, asking: Asking, text: &str) -> Typed {
        if let Some(held) = asking.held(text) {
            return held;
        }
        match cell::figure(column).zip(self.cells.get_untracked()) {
            Some((figure, cells)) => cell::typed(text, figure, &cells, |text| {
                asking.read(text, &self.expected(column).unwrap_or_default())
            }),
            None => Typed::Written(Written::Note(text.to_owned())),
        }
    }

    /// Makes the edit of a text, or says why not.
    pub fn make(self, column: Column, asking: Asking) -> impl Fn(&str) -> Result<Edit, String> {
        move |text| {
            let typed = self.read(column, asking, text);
            asking.heard(text, &typed);
            match typed {
                Typed::Written(written) => {
                    let target = self.row.with_untracked(|row| row.target.clone());
                    Ok(written.edit(target, self.period))
                }
                Typed::Asked(_) => Err(words().paste.asked.to_owned()),
                Typed::Refused(why) => Err(why),
            }
        }
    }
}
