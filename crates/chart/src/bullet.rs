//! One figure against its goal, small enough for a table's row.

use terms::{Decimal, Goal};

use crate::{
    aim::{Aim, Area, Edge},
    axis::Axis,
    svg::{Frame, Look, Pattern, Svg},
};

const TRACK: Look = Look {
    class: "chart-empty",
    paper: "fill=\"#ebe8e0\"",
};
const HATCH: Look = Look {
    class: "chart-aim-hatch",
    paper: "stroke=\"#17476b\" stroke-opacity=\".45\"",
};
const FIGURE: Look = Look {
    class: "chart-figure",
    paper: "fill=\"#17476b\"",
};
const LINE: Look = Look {
    class: "chart-aim",
    paper: "stroke=\"#1d2733\" stroke-width=\"2\"",
};
const DASHED: Look = Look {
    class: "chart-aim",
    paper: "stroke=\"#1d2733\" stroke-width=\"2\" stroke-dasharray=\"3 2\"",
};

/// A bar as long as `figure`, the side or band that meets `goal` hatched, its edge as a line:
/// whole where the value itself meets the goal, dashed where not. `desc` says it in words.
pub fn bullet(
    frame: &Frame<'_>,
    figure: Option<Decimal>,
    goal: &Goal,
    last_year: Option<Decimal>,
    desc: &str,
) -> String {
    let mut svg = Svg::open(frame, "chart-bullet", desc);
    svg.define(Pattern::Hatch, HATCH);
    svg.rect((0, 0), (frame.width, frame.height), TRACK);
    let aim = Aim::of(goal, last_year);
    let lines = aim.iter().flat_map(|aim| aim.lines.iter().copied());
    let values: Vec<Decimal> = figure.into_iter().chain(lines).collect();
    let Some(axis) = Axis::over(&values, true) else {
        return svg.close();
    };
    let x = |value| axis.along(value, frame.width);
    if let Some(aim) = &aim {
        let (from, to) = match aim.area {
            Area::Above(value) => (x(value), frame.width),
            Area::Below(value) => (0, x(value)),
            Area::Between(low, high) => (x(low), x(high)),
            Area::None => (0, 0),
        };
        svg.patterned((from, 0), (to - from, frame.height), Pattern::Hatch);
    }
    if let Some(figure) = figure {
        let (nought, end) = (x(Decimal::ZERO), x(figure));
        let (from, to) = (nought.min(end), nought.max(end));
        let third = frame.height / 3;
        svg.rect(
            (from, third),
            ((to - from).max(1), frame.height - 2 * third),
            FIGURE,
        );
    }
    for line in aim.iter().flat_map(|aim| &aim.lines) {
        let look = if aim.as_ref().is_some_and(|aim| aim.edge == Edge::Included) {
            LINE
        } else {
            DASHED
        };
        let at = x(*line).clamp(1, frame.width - 1);
        svg.line(&[(at, 0), (at, frame.height)], look);
    }
    svg.close()
}
