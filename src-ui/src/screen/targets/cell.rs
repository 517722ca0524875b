//! What a cell shows and what is made of what is typed in it: plain functions.

use terms::{
    Decimal, Edit, Field, Kind, Period, PeriodKind, Record, SaveState, TargetId, Timestamp, Value,
    ValueMark,
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
            .map(|mark| (words().said.mark)(*mark).to_owned())
            .unwrap_or_default(),
        None => String::new(),
    }
}

/// «60 ≠ 75» where values stand against each other.
pub fn contradiction(cells: &ValueCells, column: Column) -> Option<String> {
    let value = field(cells, column)?;
    let text = |value: Option<Decimal>| {
        value.map_or_else(
            || words().said.cleared.to_owned(),
            |value| value.format_vi(),
        )
    };
    let values = value.values.iter().map(|said| text(said.value));
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

/// The edit of what was typed in a figure's cell. Signs in place of a figure are marks; an empty
/// cell is cleared of what stands in it, figure or mark.
pub fn edit(
    text: &str,
    figure: Field,
    cells: &ValueCells,
    target: TargetId,
    period: Period,
) -> Result<Edit, String> {
    let text = text.trim();
    if figure == Field::Actual {
        let has_figure = cells.actual.agreed().is_some();
        if let Some(mark) = mark(text).filter(|_| !has_figure) {
            return Ok(Edit::set(
                Record::Values(target, period),
                Field::Mark,
                Some(Value::Mark(mark)),
            ));
        }
        if text.is_empty() && !has_figure && cells.mark.agreed().is_some() {
            return Ok(Edit::set(Record::Values(target, period), Field::Mark, None));
        }
    }
    let value = match text {
        "" => None,
        text => Some(Decimal::parse_vi(text).map_err(|error| error.to_string())?),
    };
    Ok(Edit::set(
        Record::Values(target, period),
        figure,
        value.map(Value::Figure),
    ))
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
pub(super) mod tests {
    use terms::{DocId, Heads, rows::TextField};

    use super::*;
    use crate::testing::said;

    fn values<T>(values: Vec<T>) -> Register<T> {
        let values = values.into_iter().map(|value| said(Some(value), "an"));
        Register {
            path: "p".into(),
            values: values.collect(),
        }
    }

    pub(in crate::screen::targets) fn cells(
        actual: &[&str],
        mark: Option<ValueMark>,
    ) -> ValueCells {
        ValueCells {
            doc: "agency/2019/so-y-te".parse::<DocId>().unwrap(),
            heads: Heads::default(),
            writable: true,
            actual: values(actual.iter().map(|text| text.parse().unwrap()).collect()),
            estimate: values(vec![]),
            same_period: values(vec![]),
            mark: values(mark.into_iter().collect()),
            note: TextField {
                path: "n".into(),
                text: "ghi".into(),
                tips: vec![],
            },
        }
    }

    fn typed(text: &str, cells: &ValueCells) -> String {
        let target = "ct-1".parse().unwrap();
        let period = "2019-q3".parse().unwrap();
        match edit(text, Field::Actual, cells, target, period) {
            Ok(edit) => edit
                .values()
                .iter()
                .map(|(field, value)| {
                    let value = value.as_ref().map(ToString::to_string);
                    format!("{} {}", field.key(), value.unwrap_or_default())
                })
                .collect(),
            Err(_) => "refused".to_owned(),
        }
    }

    #[test]
    fn empty_is_not_nought_and_a_mark_says_why() {
        let table = [
            (cells(&["0"], None), "0"),
            (cells(&[], None), ""),
            (cells(&[], Some(ValueMark::NotOccurred)), "-"),
            (cells(&[], Some(ValueMark::YearlyOnly)), "số năm"),
            (
                cells(&["1234.50"], Some(ValueMark::NotCollected)),
                "1.234,50",
            ),
            (cells(&["60", "75"], None), ""),
        ];
        for (cells, text) in table {
            assert_eq!(shown(&cells, Column::Actual), text);
            assert_eq!(shown(&cells, Column::Estimate), "");
        }
    }

    #[test]
    fn values_against_each_other_stand_side_by_side() {
        assert_eq!(contradiction(&cells(&["60"], None), Column::Actual), None);
        assert_eq!(
            contradiction(&cells(&["60", "75"], None), Column::Note),
            None
        );
        let both = contradiction(&cells(&["60", "75"], None), Column::Actual);
        assert_eq!(both.as_deref(), Some("60 ≠ 75"));
    }

    #[test]
    fn what_is_typed_is_a_figure_a_mark_or_nothing() {
        let empty = cells(&[], None);
        let table = [
            ("1.234,5", &empty, "actual 1234.5"),
            ("0", &empty, "actual 0"),
            ("-3,5", &empty, "actual -3.5"),
            ("", &empty, "actual "),
            ("-", &empty, "mark not-occurred"),
            ("...", &empty, "mark not-collected"),
            ("Số năm", &empty, "mark yearly-only"),
            ("", &cells(&[], Some(ValueMark::NotOccurred)), "mark "),
            ("", &cells(&["5"], Some(ValueMark::NotOccurred)), "actual "),
            ("3.00", &empty, "refused"),
            ("-", &cells(&["5"], None), "refused"),
        ];
        for (text, cells, made) in table {
            assert_eq!(typed(text, cells), made, "{text}");
        }
    }
}
