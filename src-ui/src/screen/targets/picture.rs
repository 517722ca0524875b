//! The pictures of a target.

use chart::{Frame, Year, YearWords};
use terms::{Decimal, Kind, Period, PeriodKind, rows::TargetRow};

use crate::catalogue::words;

/// Its figure against its goal, in a table's row.
pub fn bullet(row: &TargetRow) -> String {
    let cells = row.cells.as_ref();
    let estimate = cells.and_then(|cells| cells.estimate.agreed().copied());
    let actual = cells.and_then(|cells| cells.actual.agreed().copied());
    // A flow is held against its goal as far as it has come; one quarter of it is no measure.
    let figure = match row.kind {
        Kind::Flow => row.cumulative,
        _ => estimate.or(actual),
    };
    let text = figure.map_or_else(|| words().targets.nothing.to_owned(), |f| f.format_vi());
    let desc = (words().targets.bullet)(&text, &row.goal_text);
    let id = format!("bullet-{}", row.target);
    let frame = Frame {
        id: &id,
        title: &row.name,
        width: 96,
        height: 12,
    };
    chart::bullet(&frame, figure, &row.goal, last_year(row), &desc)
}

/// As wide as a year is drawn where there is more room.
pub const WIDEST: i64 = 520;

/// It through the year, for a place `room` pixels wide.
pub fn year(row: &TargetRow, room: i64) -> String {
    let texts = words().targets;
    let id = format!("year-{}", row.target);
    let frame = Frame {
        id: &id,
        title: &row.name,
        width: room.clamp(280, WIDEST),
        height: 230,
    };
    let what = Year {
        series: &row.series,
        kind: row.kind,
        goal: &row.goal,
        goal_text: &row.goal_text,
        last_year: last_year(row),
        words: YearWords {
            columns: texts.columns,
            estimate: texts.expected,
            goal: texts.plan,
            nothing: texts.nothing,
        },
    };
    chart::year(&frame, &what)
}

/// Last year's level, from which a fall is measured: what the year's period says of the year
/// before. A quarter's «cùng kỳ» is another figure.
fn last_year(row: &TargetRow) -> Option<Decimal> {
    let same_period = &row.cells.as_ref()?.same_period;
    let period: Period = same_period.path.split('/').nth(2)?.parse().ok()?;
    same_period
        .agreed()
        .filter(|_| period.kind == PeriodKind::Year)
        .copied()
}
