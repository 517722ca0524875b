//! A target through the year: what was reached, what is expected, and the goal.

use terms::{Decimal, Goal, Kind, Period, PeriodKind};

use crate::{
    aim::{Aim, Area, Edge},
    axis::Axis,
    svg::{Anchor, Frame, Look, Pattern, Svg},
};

/// What [`year`] draws.
#[derive(Debug, Clone, Copy)]
pub struct Year<'a> {
    /// Each period's own figures: period, actual, estimate. A flow's quarters are added up here.
    pub series: &'a [(Period, Option<Decimal>, Option<Decimal>)],
    /// How the figures behave.
    pub kind: Kind,
    /// The goal.
    pub goal: &'a Goal,
    /// The goal in words, beside its line.
    pub goal_text: &'a str,
    /// Last year's level, for a goal that is a fall.
    pub last_year: Option<Decimal>,
    /// The words.
    pub words: YearWords<'a>,
}

/// The words of [`year`].
#[derive(Debug, Clone, Copy)]
pub struct YearWords<'a> {
    /// Under the four places: «Quý I», «6 tháng», «9 tháng», «Cả năm».
    pub columns: [&'a str; 4],
    /// «ước»
    pub estimate: &'a str,
    /// «Kế hoạch»
    pub goal: &'a str,
    /// «chưa có số liệu»
    pub nothing: &'a str,
}

const HATCH: Look = Look {
    class: "chart-aim-hatch",
    paper: "stroke=\"#17476b\" stroke-opacity=\".3\"",
};
const GRID: Look = Look {
    class: "chart-grid",
    paper: "stroke=\"#dcd9d0\"",
};
const AIM: Look = Look {
    class: "chart-aim",
    paper: "stroke=\"#1d2733\" stroke-width=\"1.5\"",
};
const AIM_EXCLUDED: Look = Look {
    class: "chart-aim",
    paper: "stroke=\"#1d2733\" stroke-width=\"1.5\" stroke-dasharray=\"7 4\"",
};
const AIM_NAMED: Look = Look {
    class: "chart-aim",
    paper: "stroke=\"#1d2733\" stroke-width=\"1.5\" stroke-dasharray=\"1 4\"",
};
const ACTUAL: Look = Look {
    class: "chart-line",
    paper: "stroke=\"#17476b\" stroke-width=\"2.5\"",
};
const EXPECTED: Look = Look {
    class: "chart-line",
    paper: "stroke=\"#17476b\" stroke-width=\"2.5\" stroke-dasharray=\"4 4\"",
};
const DOT: Look = Look {
    class: "chart-dot",
    paper: "fill=\"#17476b\"",
};
const DOT_EXPECTED: Look = Look {
    class: "chart-dot-expected",
    paper: "fill=\"#fff\" stroke=\"#17476b\" stroke-width=\"2\"",
};
const LABEL: Look = Look {
    class: "chart-label",
    paper: "fill=\"#5b6673\" font-size=\"12\" font-family=\"Noto Sans, sans-serif\"",
};
const FIGURE: Look = Look {
    class: "chart-value",
    paper: "fill=\"#1d2733\" stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\" \
            font-size=\"12\" font-weight=\"600\" font-family=\"Noto Sans, sans-serif\"",
};

/// The line of what was reached, dashed on to what is expected, before the goal: a line, whole
/// where its value meets the goal, dashed where it does not, dotted where it is only named; the
/// side or band that meets it is hatched.
pub fn year(frame: &Frame<'_>, what: &Year<'_>) -> String {
    let columns = columns(what.kind, what.series);
    let mut svg = Svg::open(frame, "chart-year", &describe(what, &columns));
    svg.define(Pattern::Hatch, HATCH);
    let aim = Aim::of(what.goal, what.last_year);
    let figures = columns
        .iter()
        .flat_map(|c| [c.actual, c.estimate])
        .flatten();
    let lines = aim.iter().flat_map(|aim| aim.lines.iter().copied());
    let values: Vec<Decimal> = figures.chain(lines).collect();
    let Some(axis) = Axis::over(&values, what.kind == Kind::Flow) else {
        let middle = (frame.width / 2, frame.height / 2);
        svg.text(middle, Anchor::Middle, what.words.nothing, LABEL);
        return svg.close();
    };
    let plot = Plot::within(frame, axis);
    plot.grid(&mut svg, what.words.columns);
    if let Some(aim) = &aim {
        plot.aim(&mut svg, aim, what.goal_text);
    }
    plot.figures(&mut svg, &columns);
    svg.close()
}

/// What is known of one of the four places.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Column {
    actual: Option<Decimal>,
    estimate: Option<Decimal>,
}

/// The four places. A flow adds up as far as no quarter is missing; at the year's end the year's
/// own figures come first, those of the fourth quarter where it has none.
fn columns(kind: Kind, series: &[(Period, Option<Decimal>, Option<Decimal>)]) -> [Column; 4] {
    let of = |kind| {
        let found = series.iter().find(|(period, ..)| period.kind == kind);
        found.map_or_else(Column::default, |(_, actual, estimate)| Column {
            actual: *actual,
            estimate: *estimate,
        })
    };
    let mut quarters = [
        PeriodKind::Q1,
        PeriodKind::Q2,
        PeriodKind::Q3,
        PeriodKind::Q4,
    ]
    .map(of);
    if kind == Kind::Flow {
        let mut sum = Some(Decimal::ZERO);
        for quarter in &mut quarters {
            let so_far = sum;
            let add = |figure: Option<Decimal>| so_far?.checked_add(figure?);
            *quarter = Column {
                actual: add(quarter.actual),
                estimate: add(quarter.estimate),
            };
            sum = quarter.actual;
        }
    }
    let year = of(PeriodKind::Year);
    let [first, second, third, fourth] = quarters;
    let last = Column {
        actual: year.actual.or(fourth.actual),
        estimate: year.estimate.or(fourth.estimate),
    };
    [first, second, third, last]
}

fn describe(what: &Year<'_>, columns: &[Column; 4]) -> String {
    let YearWords {
        columns: names,
        estimate,
        goal,
        nothing,
    } = what.words;
    let mut said: Vec<String> = vec![format!("{goal}: {}", what.goal_text)];
    for (name, column) in names.iter().zip(columns) {
        let figures: Vec<String> = [
            column.actual.map(|figure| figure.format_vi()),
            column
                .estimate
                .map(|figure| format!("{estimate} {}", figure.format_vi())),
        ]
        .into_iter()
        .flatten()
        .collect();
        let figures = if figures.is_empty() {
            nothing.to_owned()
        } else {
            figures.join(", ")
        };
        said.push(format!("{name}: {figures}"));
    }
    said.join("; ")
}

/// The rectangle that figures are drawn in.
struct Plot {
    axis: Axis,
    left: i64,
    top: i64,
    width: i64,
    height: i64,
}

impl Plot {
    fn within(frame: &Frame<'_>, axis: Axis) -> Self {
        let longest = axis
            .marks()
            .iter()
            .map(|mark| mark.format_vi().len())
            .max()
            .unwrap_or(1);
        // A digit of the label is about seven pixels wide.
        let left = 14 + 7 * i64::try_from(longest).unwrap_or(1);
        let (top, right, bottom) = (22, 12, 26);
        Self {
            axis,
            left,
            top,
            width: (frame.width - left - right).max(1),
            height: (frame.height - top - bottom).max(1),
        }
    }

    fn y(&self, value: Decimal) -> i64 {
        self.top + self.height - self.axis.along(value, self.height)
    }

    fn x(&self, column: usize) -> i64 {
        // Four places, each in the middle of its quarter of the width.
        let eighths = i64::try_from(2 * column + 1).unwrap_or(1);
        self.left + self.width * eighths / 8
    }

    fn grid(&self, svg: &mut Svg, names: [&str; 4]) {
        for mark in self.axis.marks() {
            let y = self.y(mark);
            svg.line(&[(self.left, y), (self.left + self.width, y)], GRID);
            svg.text(
                (self.left - 6, y + 4),
                Anchor::End,
                &mark.format_vi(),
                LABEL,
            );
        }
        for (i, name) in names.iter().enumerate() {
            let at = (self.x(i), self.top + self.height + 18);
            svg.text(at, Anchor::Middle, name, LABEL);
        }
    }

    fn aim(&self, svg: &mut Svg, aim: &Aim, text: &str) {
        let bottom = self.top + self.height;
        let (from, to) = match aim.area {
            Area::Above(value) => (self.top, self.y(value)),
            Area::Below(value) => (self.y(value), bottom),
            Area::Between(low, high) => (self.y(high), self.y(low)),
            Area::None => (0, 0),
        };
        if to > from {
            svg.patterned((self.left, from), (self.width, to - from), Pattern::Hatch);
        }
        let look = match aim.edge {
            Edge::Included => AIM,
            Edge::Excluded => AIM_EXCLUDED,
            Edge::Named => AIM_NAMED,
        };
        for line in &aim.lines {
            let y = self.y(*line);
            svg.line(&[(self.left, y), (self.left + self.width, y)], look);
        }
        svg.text((self.left + self.width, 14), Anchor::End, text, FIGURE);
    }

    fn figures(&self, svg: &mut Svg, columns: &[Column; 4]) {
        let at = |i: usize, value| (self.x(i), self.y(value));
        let reached: Vec<(usize, Decimal)> = columns
            .iter()
            .enumerate()
            .filter_map(|(i, c)| Some((i, c.actual?)))
            .collect();
        let last = reached.last().copied();
        let beyond = last.map_or(0, |(i, _)| i + 1);
        let expected = columns.iter().enumerate().skip(beyond);
        let expected: Vec<(usize, Decimal)> = expected
            .filter_map(|(i, c)| Some((i, c.estimate?)))
            .collect();
        let path = |points: &[(usize, Decimal)]| -> Vec<(i64, i64)> {
            points.iter().map(|(i, value)| at(*i, *value)).collect()
        };
        svg.line(&path(&reached), ACTUAL);
        let onward: Vec<_> = last.into_iter().chain(expected.iter().copied()).collect();
        svg.line(&path(&onward), EXPECTED);
        for (i, column) in columns.iter().enumerate() {
            if let Some(estimate) = column.estimate.filter(|e| Some(*e) != column.actual) {
                svg.dot(at(i, estimate), 4, DOT_EXPECTED);
            }
            if let Some(actual) = column.actual {
                svg.dot(at(i, actual), 4, DOT);
            }
            if let Some(figure) = column.actual.or(column.estimate) {
                let (x, y) = at(i, figure);
                let y = if y < self.top + 16 { y + 18 } else { y - 9 };
                svg.text((x, y), Anchor::Middle, &figure.format_vi(), FIGURE);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(texts: &[(&str, &str, &str)]) -> Vec<(Period, Option<Decimal>, Option<Decimal>)> {
        let figure = |text: &str| (!text.is_empty()).then(|| text.parse().unwrap());
        let period = |text: &str| format!("2019-{text}").parse().unwrap();
        texts
            .iter()
            .map(|(p, a, e)| (period(p), figure(a), figure(e)))
            .collect()
    }

    fn shown(kind: Kind, texts: &[(&str, &str, &str)]) -> String {
        let columns = columns(kind, &series(texts));
        let figure = |f: Option<Decimal>| f.map_or_else(|| "-".into(), |f| f.to_string());
        let said = columns.map(|c| format!("{}/{}", figure(c.actual), figure(c.estimate)));
        said.join(" ")
    }

    #[test]
    fn only_a_flow_adds_up_and_never_over_a_gap() {
        let quarters = [("q1", "10", ""), ("q2", "20", "25"), ("q3", "", "30")];
        assert_eq!(shown(Kind::Flow, &quarters), "10/- 30/35 -/60 -/-");
        assert_eq!(shown(Kind::Level, &quarters), "10/- 20/25 -/30 -/-");
        let gap = [("q1", "10", ""), ("q3", "5", "6")];
        assert_eq!(shown(Kind::Flow, &gap), "10/- -/- -/- -/-");
    }

    #[test]
    fn the_years_own_figure_comes_before_the_fourth_quarters() {
        let both = [("q4", "4", ""), ("year", "", "9")];
        assert_eq!(shown(Kind::Level, &both), "-/- -/- -/- 4/9");
        let own = [("q4", "4", ""), ("year", "9", "")];
        assert_eq!(shown(Kind::Yearly, &own), "-/- -/- -/- 9/-");
    }
}
