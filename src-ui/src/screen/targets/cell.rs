//! What a cell shows and what is made of what is typed in it: plain functions.

use terms::{
    Decimal, Edit, Kind, Period, PeriodKind, SaveState, TargetId, Timestamp, ValueField,
    edit::ValueMark,
    rows::{Field, TargetRow, ValueCells},
    text::fold,
};

use super::grid::Column;
use crate::catalogue::words;

/// The figure of a column, if it is a column of figures.
pub fn figure(column: Column) -> Option<ValueField> {
    match column {
        Column::SamePeriod => Some(ValueField::SamePeriod),
        Column::Actual => Some(ValueField::Actual),
        Column::Estimate => Some(ValueField::Estimate),
        Column::Name | Column::Note => None,
    }
}

/// The field of a figure.
pub fn field(cells: &ValueCells, field: ValueField) -> &Field<Decimal> {
    match field {
        ValueField::Actual => &cells.actual,
        ValueField::Estimate => &cells.estimate,
        ValueField::SamePeriod => &cells.same_period,
    }
}

/// Where a column's value stands in its document.
pub fn path(cells: &ValueCells, column: Column) -> &str {
    match figure(column) {
        Some(figure) => &field(cells, figure).path,
        None => &cells.note.path,
    }
}

/// What stands in the cell: the figure, in the column of the actual figure else why there is
/// none, and nothing while several values stand against each other.
pub fn shown(cells: &ValueCells, column: Column) -> String {
    let Some(figure) = figure(column) else {
        return cells.note.text.clone();
    };
    let value = field(cells, figure);
    match value.agreed() {
        Some(value) => value.format_vi(),
        None if figure == ValueField::Actual && !value.in_conflict() => cells
            .mark
            .agreed()
            .map(|mark| (words().said.mark)(*mark).to_owned())
            .unwrap_or_default(),
        None => String::new(),
    }
}

/// «60 ≠ 75» where values stand against each other.
pub fn contradiction(cells: &ValueCells, column: Column) -> Option<String> {
    let value = field(cells, figure(column)?);
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
    match figure(column) {
        Some(figure) => field(cells, figure).saved(),
        None => cells.note.saved(),
    }
}

/// The edit of what was typed in a figure's cell. Signs in place of a figure are marks; an empty
/// cell is cleared of what stands in it, figure or mark.
pub fn edit(
    text: &str,
    figure: ValueField,
    cells: &ValueCells,
    target: TargetId,
    period: Period,
) -> Result<Edit, String> {
    let text = text.trim();
    if figure == ValueField::Actual {
        let has_figure =
            !field(cells, figure).values.is_empty() && field(cells, figure).agreed().is_some();
        if let Some(mark) = mark(text).filter(|_| !has_figure) {
            return Ok(Edit::SetValueMark {
                target,
                period,
                mark: Some(mark),
            });
        }
        if text.is_empty() && !has_figure && cells.mark.agreed().is_some() {
            return Ok(Edit::SetValueMark {
                target,
                period,
                mark: None,
            });
        }
    }
    let value = match text {
        "" => None,
        text => Some(Decimal::parse_vi(text).map_err(|error| error.to_string())?),
    };
    Ok(Edit::SetValue {
        target,
        period,
        field: figure,
        value,
    })
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

    fn values<T>(values: Vec<T>) -> Field<T> {
        let values = values.into_iter().map(|value| said(Some(value), "an"));
        Field {
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
        match edit(text, ValueField::Actual, cells, target, period) {
            Ok(Edit::SetValue { value, .. }) => format!("value {value:?}"),
            Ok(Edit::SetValueMark { mark, .. }) => format!("mark {mark:?}"),
            other => format!("refused {}", other.is_err()),
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
            ("1.234,5", &empty, "value Some(1234.5)"),
            ("0", &empty, "value Some(0)"),
            ("-3,5", &empty, "value Some(-3.5)"),
            ("", &empty, "value None"),
            ("-", &empty, "mark Some(NotOccurred)"),
            ("...", &empty, "mark Some(NotCollected)"),
            ("Số năm", &empty, "mark Some(YearlyOnly)"),
            ("", &cells(&[], Some(ValueMark::NotOccurred)), "mark None"),
            (
                "",
                &cells(&["5"], Some(ValueMark::NotOccurred)),
                "value None",
            ),
            ("3.00", &empty, "refused true"),
            ("-", &cells(&["5"], None), "refused true"),
        ];
        for (text, cells, made) in table {
            assert_eq!(typed(text, cells), made, "{text}");
        }
    }
}
