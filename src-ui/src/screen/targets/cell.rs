//! What a cell shows and what is made of what is typed in it: plain functions.

use terms::{
    Decimal, Edit, Field, Kind, Period, PeriodKind, Record, SaveState, TargetId, Timestamp, Value,
    ValueMark,
    reading::{Reading, Way},
    rows::{Register, TargetRow, ValueCells},
    text::fold,
};

use super::grid::Column;
use crate::catalogue::words;

/// The figure of a column, if it is a column of figures.
pub fn figure(column: Column) -> Option<Field> {
    match column {
        Column::SamePeriod => Some(Field::SamePeriod),
        Column::Actual => Some(Field::Actual),
        Column::Estimate => Some(Field::Estimate),
        Column::Name | Column::Note => None,
    }
}

/// The column of a figure.
pub fn column(field: Field) -> Option<Column> {
    let mut columns = Column::ALL.into_iter();
    columns.find(|column| figure(*column) == Some(field))
}

/// What stands in a column of figures.
pub fn field(cells: &ValueCells, column: Column) -> Option<&Register<Decimal>> {
    match column {
        Column::SamePeriod => Some(&cells.same_period),
        Column::Actual => Some(&cells.actual),
        Column::Estimate => Some(&cells.estimate),
        Column::Name | Column::Note => None,
    }
}

/// Where a column's value stands in its document.
pub fn path(cells: &ValueCells, column: Column) -> &str {
    field(cells, column).map_or(&cells.note.path, |figure| &figure.path)
}

/// What stands in the cell: the figure, in the column of the actual figure else why there is
/// none, and nothing while several values stand against each other.
pub fn shown(cells: &ValueCells, column: Column) -> String {
    let Some(value) = field(cells, column) else {
        return cells.note.text.clone();
    };
    match value.agreed() {
        Some(value) => value.format_vi(),
        None if column == Column::Actual && !value.in_conflict() => cells
            .mark
            .agreed()
            .map(|mark| (words().value.mark)(*mark).to_owned())
            .unwrap_or_default(),
        None => String::new(),
    }
}

/// «60 ≠ 75» where values stand against each other.
pub fn contradiction(cells: &ValueCells, column: Column) -> Option<String> {
    let value = field(cells, column)?;
    let text = |value: Option<Decimal>| {
        value.map_or_else(
            || words().value.cleared.to_owned(),
            |value| value.format_vi(),
        )
    };
    let values = value.values.iter().map(|authored| text(authored.value));
    value
        .in_conflict()
        .then(|| values.collect::<Vec<_>>().join(" ≠ "))
}

/// How safe the cell is: as its least safe value.
pub fn saved(cells: &ValueCells, column: Column) -> Option<(SaveState, Timestamp)> {
    match field(cells, column) {
        Some(figure) => figure.saved(),
        None => cells.note.saved(),
    }
}

/// What is written into a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// A figure, or none.
    Figure(Field, Option<Decimal>),
    /// Why there is none.
    Mark(Option<ValueMark>),
    /// The note.
    Note(String),
}

impl Written {
    /// The edit that writes it.
    pub fn edit(self, target: TargetId, period: Period) -> Edit {
        let record = Record::Values(target, period);
        match self {
            Self::Figure(field, value) => Edit::set(record, field, value.map(Value::Figure)),
            Self::Mark(mark) => Edit::set(record, Field::Mark, mark.map(Value::Mark)),
            Self::Note(text) => Edit::text(record, Field::Note, text),
        }
    }

    /// The same thing as it stands now: what writing this replaces.
    pub fn standing(&self, cells: &ValueCells) -> Self {
        match self {
            Self::Figure(figure, _) => {
                let now = column(*figure).and_then(|column| field(cells, column));
                Self::Figure(*figure, now.and_then(|now| now.agreed().copied()))
            }
            Self::Mark(_) => Self::Mark(cells.mark.agreed().copied()),
            Self::Note(_) => Self::Note(cells.note.text.clone()),
        }
    }
}

/// What comes of a text in a figure's cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// It can be written.
    Written(Written),
    /// It can be read in several ways, or can hardly be meant: the person says.
    Asked(Vec<(Way, Decimal)>),
    /// It is no figure.
    Refused(String),
}

/// Reads what was typed in a figure's cell. Signs in place of a figure are marks; an empty cell is
/// cleared of what stands in it, figure or mark.
pub fn typed(
    text: &str,
    figure: Field,
    cells: &ValueCells,
    read: impl FnOnce(&str) -> Reading,
) -> Typed {
    let text = text.trim();
    if figure == Field::Actual && cells.actual.agreed().is_none() {
        if let Some(mark) = mark(text) {
            return Typed::Written(Written::Mark(Some(mark)));
        }
        if text.is_empty() && cells.mark.agreed().is_some() {
            return Typed::Written(Written::Mark(None));
        }
    }
    if text.is_empty() {
        return Typed::Written(Written::Figure(figure, None));
    }
    match read(text) {
        Reading::Figure(value) => Typed::Written(Written::Figure(figure, Some(value))),
        Reading::Asked(ways) => Typed::Asked(ways),
        Reading::Refused(error) => Typed::Refused(error.to_string()),
    }
}

/// The mark that a sign in place of a figure means.
fn mark(text: &str) -> Option<ValueMark> {
    match text {
        "-" | "–" | "—" => Some(ValueMark::NotOccurred),
        "…" | "..." => Some(ValueMark::NotCollected),
        text if matches!(fold(text).as_str(), "so nam" | "nam") => Some(ValueMark::YearlyOnly),
        _ => None,
    }
}

/// Whether «số năm» is offered in one click: the figure is known once a year, this is not the
/// year's report, and nothing stands in the cell.
pub fn offers_yearly(row: &TargetRow, cells: &ValueCells, period: Period) -> bool {
    cells.writable
        && matches!(row.kind, Kind::Yearly | Kind::SchoolYear)
        && period.kind != PeriodKind::Year
        && cells.actual.agreed().is_none()
        && !cells.actual.in_conflict()
        && cells.mark.agreed().is_none()
}

#[cfg(test)]
pub(super) mod tests;
