//! Bars of counts: the official four-way status, and how many have written.

use terms::{OfficialStatus, rows::StatusCounts};

use crate::svg::{Frame, Look, Pattern, Svg};

const OVERLAY: Look = Look {
    class: "chart-overlay",
    paper: "stroke=\"#fff\" stroke-opacity=\".55\" fill=\"none\"",
};
const EMPTY: Look = Look {
    class: "chart-empty",
    paper: "fill=\"#dcd9d0\"",
};
const UPDATED: Look = Look {
    class: "chart-updated",
    paper: "fill=\"#17476b\"",
};

/// The four official states, one beside the other, in proportion. `word` names a state; whatever
/// is counted at all is at least two pixels wide.
pub fn status_bar(
    frame: &Frame<'_>,
    counts: &StatusCounts,
    word: impl Fn(OfficialStatus) -> &'static str,
) -> String {
    let states = [
        (OfficialStatus::DoneOnTime, counts.done_on_time),
        (OfficialStatus::DoneLate, counts.done_late),
        (OfficialStatus::OpenInTime, counts.open_in_time),
        (OfficialStatus::OpenLate, counts.open_late),
    ];
    let said: Vec<String> = states
        .iter()
        .map(|(s, n)| format!("{}: {n}", word(*s)))
        .collect();
    let mut svg = Svg::open(frame, "chart-status", &said.join("; "));
    for pattern in [Pattern::Hatch, Pattern::Cross] {
        svg.define(pattern, OVERLAY);
    }
    svg.rect((0, 0), (frame.width, frame.height), EMPTY);
    let widths = shares(&states.map(|(_, count)| count), frame.width);
    let mut x = 0;
    for ((state, _), width) in states.iter().zip(widths).filter(|(_, width)| *width > 0) {
        let (look, pattern) = state_look(*state);
        svg.rect((x, 0), (width, frame.height), look);
        if let Some(pattern) = pattern {
            svg.patterned((x, 0), (width, frame.height), pattern);
        }
        x += width;
    }
    svg.close()
}

/// How many of all have written. `desc` says it in words.
pub fn share_bar(frame: &Frame<'_>, part: usize, all: usize, desc: &str) -> String {
    let mut svg = Svg::open(frame, "chart-share", desc);
    svg.define(Pattern::Hatch, OVERLAY);
    svg.rect((0, 0), (frame.width, frame.height), EMPTY);
    svg.patterned((0, 0), (frame.width, frame.height), Pattern::Hatch);
    let widths = shares(&[part, all.saturating_sub(part)], frame.width);
    if let Some(width @ 1..) = widths.first().copied() {
        svg.rect((0, 0), (width, frame.height), UPDATED);
    }
    svg.close()
}

fn state_look(state: OfficialStatus) -> (Look, Option<Pattern>) {
    let look = |class, paper| Look { class, paper };
    match state {
        OfficialStatus::DoneOnTime => (look("chart-done", "fill=\"#1f7a4d\""), None),
        OfficialStatus::DoneLate => (
            look("chart-done-late", "fill=\"#7a7a1f\""),
            Some(Pattern::Hatch),
        ),
        // What is still open says nothing yet: quiet, so that the rest reads as progress. Half of
        // the edge lies outside the bar.
        OfficialStatus::OpenInTime => (
            look(
                "chart-open",
                "fill=\"#e6edf4\" stroke=\"#7d9cba\" stroke-width=\"2\" vector-effect=\"non-scaling-stroke\"",
            ),
            None,
        ),
        OfficialStatus::OpenLate => (look("chart-late", "fill=\"#b3261e\""), Some(Pattern::Cross)),
    }
}

/// Divides `width` pixels in proportion: they sum to `width` (or are all nought), and nothing that
/// is counted disappears.
fn shares(counts: &[usize], width: i64) -> Vec<i64> {
    const LEAST: i64 = 2;
    let counts: Vec<i64> = counts
        .iter()
        .map(|n| i64::try_from(*n).unwrap_or(i64::MAX))
        .collect();
    let total: i128 = counts.iter().map(|n| i128::from(*n)).sum();
    if total == 0 {
        return vec![0; counts.len()];
    }
    let share = |n: i64| i64::try_from(i128::from(n) * i128::from(width) / total).unwrap_or(width);
    let mut widths: Vec<i64> = counts
        .iter()
        .map(|&n| if n == 0 { 0 } else { share(n).max(LEAST) })
        .collect();
    // What rounding left over or the least width took goes to the widest.
    let rest = width - widths.iter().sum::<i64>();
    if let Some(widest) = widths.iter_mut().max() {
        *widest += rest;
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_counted_is_seen_and_all_fill_the_bar() {
        let table: &[(&[usize], &[i64])] = &[
            (&[1, 1, 1, 1], &[50, 50, 50, 50]),
            (&[0, 0, 7, 0], &[0, 0, 200, 0]),
            (&[999, 0, 0, 1], &[198, 0, 0, 2]),
            (&[1, 1, 1], &[66, 66, 68]),
            (&[0, 0, 0, 0], &[0, 0, 0, 0]),
            (&[usize::MAX, usize::MAX], &[100, 100]),
        ];
        for (counts, widths) in table {
            assert_eq!(shares(counts, 200), *widths, "{counts:?}");
        }
    }
}
