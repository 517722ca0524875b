//! What a goal looks like: a line or two, and the side or the band that meets it.

use terms::{Decimal, Goal};

/// How a goal's line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edge {
    /// The value itself meets the goal: a whole line.
    Included,
    /// The value itself does not («trên», «dưới»): a dashed line.
    Excluded,
    /// Only named («khoảng»): a dotted line.
    Named,
}

/// Where figures meet the goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Area {
    /// From the line upwards.
    Above(Decimal),
    /// From the line downwards.
    Below(Decimal),
    /// Between two lines.
    Between(Decimal, Decimal),
    /// Nowhere in particular.
    None,
}

/// A goal, ready to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Aim {
    pub(crate) lines: Vec<Decimal>,
    pub(crate) edge: Edge,
    pub(crate) area: Area,
}

impl Aim {
    /// None where the goal is a fall from a level that is not known.
    pub(crate) fn of(goal: &Goal, last_year: Option<Decimal>) -> Option<Self> {
        let (lines, edge, area) = match *goal {
            Goal::Above { value } => (vec![value], Edge::Excluded, Area::Above(value)),
            Goal::AtLeast { value, .. } => (vec![value], Edge::Included, Area::Above(value)),
            Goal::Below { value } => (vec![value], Edge::Excluded, Area::Below(value)),
            Goal::ReduceTo { value } => (vec![value], Edge::Included, Area::Below(value)),
            Goal::About { value } => (vec![value], Edge::Named, Area::None),
            Goal::Range { low, high } => band(low, high),
            Goal::ReduceBy { low, high } => {
                let last = last_year?;
                band(last.checked_sub(high)?, last.checked_sub(low)?)
            }
        };
        Some(Self { lines, edge, area })
    }
}

fn band(low: Decimal, high: Decimal) -> (Vec<Decimal>, Edge, Area) {
    (vec![low, high], Edge::Included, Area::Between(low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_looks_as_it_is_judged() {
        let d = |n: i32| Decimal::from(n);
        let table = [
            (
                Goal::Above { value: d(2) },
                Edge::Excluded,
                Area::Above(d(2)),
            ),
            (
                Goal::AtLeast {
                    value: d(2),
                    exceed: true,
                },
                Edge::Included,
                Area::Above(d(2)),
            ),
            (
                Goal::Below { value: d(2) },
                Edge::Excluded,
                Area::Below(d(2)),
            ),
            (
                Goal::ReduceTo { value: d(2) },
                Edge::Included,
                Area::Below(d(2)),
            ),
            (Goal::About { value: d(2) }, Edge::Named, Area::None),
            (
                Goal::Range {
                    low: d(2),
                    high: d(3),
                },
                Edge::Included,
                Area::Between(d(2), d(3)),
            ),
            (
                Goal::ReduceBy {
                    low: d(2),
                    high: d(3),
                },
                Edge::Included,
                Area::Between(d(7), d(8)),
            ),
        ];
        for (goal, edge, area) in table {
            let aim = Aim::of(&goal, Some(d(10))).unwrap();
            assert_eq!((aim.edge, aim.area), (edge, area), "{goal:?}");
        }
        assert_eq!(
            Aim::of(
                &Goal::ReduceBy {
                    low: d(2),
                    high: d(3)
                },
                None
            ),
            None
        );
    }
}
