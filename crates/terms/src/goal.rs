//! What a target asks for: direction and strictness as the text has them (office.md, Targets).

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
