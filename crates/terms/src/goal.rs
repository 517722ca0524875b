//! What a target asks for, as strictly as its text says: «trên» and «dưới» exclude the value, «tối
//! thiểu» and «đạt» include it.

use serde::{Deserialize, Serialize};

use crate::Decimal;

/// The goal of a target. Each form says by itself whether its own value meets it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "form", rename_all = "kebab-case")]
pub enum Goal {
    /// «trên»: more than the value; the value itself does not meet it.
    Above {
        /// What must be exceeded.
        value: Decimal,
    },
    /// «tối thiểu», «đạt»: the value or more.
    AtLeast {
        /// What must be reached.
        value: Decimal,
        /// «đạt và vượt»: more is «vượt».
        exceed: bool,
    },
    /// «dưới»: less than the value; the value itself does not meet it. Lower is better.
    Below {
        /// What must not be reached.
        value: Decimal,
    },
    /// «khoảng»: about the value; no verdict.
    About {
        /// The value named.
        value: Decimal,
    },
    /// «từ … đến …»: met at the lower end; above the upper end is «vượt», not outside.
    Range {
        /// The lower end.
        low: Decimal,
        /// The upper end.
        high: Decimal,
    },
    /// «giảm còn»: a level, lower is better; the value itself meets it.
    ReduceTo {
        /// The level to come down to.
        value: Decimal,
    },
    /// «giảm 2-3 %»: a fall in percentage points from last year's level, which must be known.
    ReduceBy {
        /// The least fall that meets the goal.
        low: Decimal,
        /// The upper end of the fall named; more is «vượt».
        high: Decimal,
    },
}

/// How a target's figures behave over the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Adds up through the year: cumulative, per cent of plan.
    Flow,
    /// A state at a date; quarters are never summed.
    Level,
    /// Known once, at the year's end: an empty quarter is normal.
    Yearly,
    /// Known once a school year.
    SchoolYear,
    /// A share; never summed, never averaged.
    Ratio,
}

impl Kind {
    const ALL: [Self; 5] = [
        Self::Flow,
        Self::Level,
        Self::Yearly,
        Self::SchoolYear,
        Self::Ratio,
    ];

    /// As it stands in documents and in a programme's files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Flow => "flow",
            Self::Level => "level",
            Self::Yearly => "yearly",
            Self::SchoolYear => "school-year",
            Self::Ratio => "ratio",
        }
    }

    /// The reverse of [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Whether a figure meets its goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Đạt.
    Met,
    /// Vượt.
    Exceeded,
    /// Chưa đạt.
    NotMet,
    /// No verdict: «khoảng», or last year's level is not known.
    Unjudged,
    /// No figure yet.
    NoFigure,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// Higher is better: a per cent of plan makes sense.
    Higher,
    /// Lower is better: it does not.
    Lower,
    /// Neither.
    Neither,
}

impl Goal {
    /// Which way is better.
    pub fn bound(&self) -> Bound {
        match self {
            Self::Above { .. } | Self::AtLeast { .. } | Self::Range { .. } => Bound::Higher,
            Self::Below { .. } | Self::ReduceTo { .. } | Self::ReduceBy { .. } => Bound::Lower,
            Self::About { .. } => Bound::Neither,
        }
    }

    /// Judges `figure`; `last_year` is the level a fall is measured from.
    pub fn verdict(&self, figure: Option<Decimal>, last_year: Option<Decimal>) -> Verdict {
        let Some(figure) = figure else {
            return Verdict::NoFigure;
        };
        let met = |yes: bool| if yes { Verdict::Met } else { Verdict::NotMet };
        match self {
            Self::Above { value } => met(figure > *value),
            Self::AtLeast { value, exceed } if *exceed && figure > *value => Verdict::Exceeded,
            Self::AtLeast { value, .. } => met(figure >= *value),
            Self::Below { value } => met(figure < *value),
            Self::ReduceTo { value } => met(figure <= *value),
            Self::About { .. } => Verdict::Unjudged,
            Self::Range { low, high } => within(figure, *low, *high),
            Self::ReduceBy { low, high } => match last_year.and_then(|l| l.checked_sub(figure)) {
                Some(fall) => within(fall, *low, *high),
                None => Verdict::Unjudged,
            },
        }
    }
}

fn within(figure: Decimal, low: Decimal, high: Decimal) -> Verdict {
    if figure > high {
        Verdict::Exceeded
    } else if figure >= low {
        Verdict::Met
    } else {
        Verdict::NotMet
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn each_form_says_what_meets_it() {
        use Verdict::{Exceeded, Met, NotMet, Unjudged};
        let at_least = |exceed| Goal::AtLeast {
            value: d("3000"),
            exceed,
        };
        let table = [
            // «trên» and «dưới» exclude the value itself.
            (Goal::Above { value: d("2") }, "2", NotMet),
            (Goal::Above { value: d("2") }, "2.00", NotMet),
            (Goal::Above { value: d("2") }, "2.01", Met),
            (Goal::Below { value: d("2.6") }, "2.6", NotMet),
            (Goal::Below { value: d("2.6") }, "2.59", Met),
            // «tối thiểu» and «đạt» include it; only «đạt và vượt» knows more.
            (at_least(false), "2999.9", NotMet),
            (at_least(false), "3000", Met),
            (at_least(false), "3001", Met),
            (at_least(true), "3000.0", Met),
            (at_least(true), "3000.1", Exceeded),
            (Goal::About { value: d("600000") }, "1", Unjudged),
            (Goal::ReduceTo { value: d("11") }, "11", Met),
            (Goal::ReduceTo { value: d("11") }, "11.01", NotMet),
            // Met at the lower end, «vượt» above the upper one.
            (range("7.3", "7.5"), "7.29", NotMet),
            (range("7.3", "7.5"), "7.3", Met),
            (range("7.3", "7.5"), "7.5", Met),
            (range("7.3", "7.5"), "7.51", Exceeded),
            // A fall from 10,5.
            (fall("2", "3"), "8.51", NotMet),
            (fall("2", "3"), "8.5", Met),
            (fall("2", "3"), "7.5", Met),
            (fall("2", "3"), "7.4", Exceeded),
        ];
        for (goal, figure, verdict) in table {
            let is = goal.verdict(Some(d(figure)), Some(d("10.5")));
            assert_eq!(is, verdict, "{goal:?} {figure}");
            assert_eq!(goal.verdict(None, Some(d("10.5"))), Verdict::NoFigure);
        }
        // Last year's level must be known.
        assert_eq!(fall("2", "3").verdict(Some(d("8")), None), Unjudged);
    }

    fn range(low: &str, high: &str) -> Goal {
        let (low, high) = (d(low), d(high));
        Goal::Range { low, high }
    }

    fn fall(low: &str, high: &str) -> Goal {
        let (low, high) = (d(low), d(high));
        Goal::ReduceBy { low, high }
    }
}
