//! The pictures of a target.

use chart::{Frame, Year, YearWords};
use terms::rows::TargetRow;

use crate::catalogue::words;

/// Its figure against its goal, in a table's row.
pub fn bullet(row: &TargetRow) -> String {
    let cells = row.cells.as_ref();
    let estimate = cells.and_then(|cells| cells.estimate.agreed().copied());
    let actual = cells.and_then(|cells| cells.actual.agreed().copied());
    let figure = estimate.or(row.cumulative).or(actual);
    let last_year = cells.and_then(|cells| cells.same_period.agreed().copied());
    let said = figure.map_or_else(|| words().targets.nothing.to_owned(), |f| f.format_vi());
    let desc = (words().targets.bullet)(&said, &row.goal_text);
    let id = format!("bullet-{}", row.target);
    let frame = Frame {
        id: &id,
        title: &row.name,
        width: 96,
        height: 12,
    };
    chart::bullet(&frame, figure, &row.goal, last_year, &desc)
}

/// It through the year.
pub fn year(row: &TargetRow) -> String {
    let texts = words().targets;
    let last_year = row
        .cells
        .as_ref()
        .and_then(|cells| cells.same_period.agreed().copied());
    let id = format!("year-{}", row.target);
    let frame = Frame {
        id: &id,
        title: &row.name,
        width: 520,
        height: 230,
    };
    let what = Year {
        series: &row.series,
        kind: row.kind,
        goal: &row.goal,
        goal_text: &row.goal_text,
        last_year,
        words: YearWords {
            columns: texts.columns,
            estimate: texts.expected,
            goal: texts.plan,
            nothing: texts.nothing,
        },
    };
    chart::year(&frame, &what)
}
