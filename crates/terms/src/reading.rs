//! How a figure that somebody typed or pasted is meant, where it can be read in two ways.
//!
//! `33,500` is thirty-three and a half in Vietnamese and thirty-three thousand five hundred in
//! English. The text alone can't tell; what the target's figures are like often can. Where
//! nothing tells, the person is asked.

use crate::{
    Decimal, DecimalError, Field, Goal, Period,
    rows::{TargetRow, ValueCells},
};

/// How often a figure may be larger or smaller than the target's others before one asks.
const FAR: u32 = 20;

/// What a target's figures are like: what a typed one is held against.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expected {
    /// The figures that the goal names, where it names a level.
    pub goal: Vec<Decimal>,
    /// What was said last, newest first: of an earlier period, of the same period last year.
    pub last: Vec<Last>,
    /// Whether they are per cent: then a sign of per cent may stand behind a figure.
    pub percent: bool,
}

/// A figure that was said earlier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Last {
    /// Of which period; none of the same period last year.
    pub period: Option<Period>,
    /// The figure.
    pub value: Decimal,
}

/// A way of writing figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// `1.234,5`.
    Vietnamese,
    /// `1,234.5`.
    English,
}

/// What comes of a typed figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// Beyond doubt.
    Figure(Decimal),
    /// Only the person can tell which is meant.
    Asked(Vec<(Way, Decimal)>),
    /// No figure.
    Refused(DecimalError),
}

impl Expected {
    /// What a figure of a target is held against; `cells` are those it is written into. `share`
    /// says that they are another agency's part of the target: the goal and the series are the
    /// owner's, and tell nothing of a part unless they are per cent.
    pub fn of(
        row: &TargetRow,
        cells: &ValueCells,
        share: bool,
        period: Period,
        field: Field,
    ) -> Self {
        let percent = row.unit.trim_start().starts_with('%');
        let whole = !share || percent;
        let earlier = row.series.iter().rev().filter(|(p, ..)| *p < period);
        let earlier = earlier.filter_map(|(p, actual, estimate)| {
            let value = actual.or(*estimate)?;
            let period = Some(*p);
            Some(Last { period, value })
        });
        let same = cells.same_period.agreed();
        let same = same.filter(|_| field != Field::SamePeriod);
        let same = same.map(|value| Last {
            period: None,
            value: *value,
        });
        Self {
            goal: if whole { levels(&row.goal) } else { vec![] },
            last: earlier.filter(|_| whole).take(1).chain(same).collect(),
            percent,
        }
    }

    fn known(&self) -> impl Iterator<Item = Decimal> {
        let last = self.last.iter().map(|last| last.value);
        let known = self.goal.iter().copied().chain(last);
        known.filter(|value| !value.is_zero())
    }

    /// Whether all that is known speaks for a figure.
    fn speaks_for(&self, value: Decimal) -> bool {
        let mut known = self.known().peekable();
        known.peek().is_some() && known.all(|other| value.within_times(other, FAR))
    }

    /// Whether a figure is far from all that is known. Nought is said for its own sake.
    fn far_off(&self, value: Decimal) -> bool {
        let mut known = self.known().peekable();
        !value.is_zero()
            && known.peek().is_some()
            && known.all(|other| !value.within_times(other, FAR))
    }

    /// What is read of a text: the sign of per cent is no part of the figure.
    fn figure<'a>(&self, text: &'a str) -> &'a str {
        let text = text.trim();
        let bare = text.strip_suffix('%').filter(|_| self.percent);
        bare.map_or(text, str::trim_end)
    }
}

/// The levels that a goal names; a fall in points is none.
fn levels(goal: &Goal) -> Vec<Decimal> {
    match goal {
        Goal::Above { value }
        | Goal::AtLeast { value, .. }
        | Goal::Below { value }
        | Goal::About { value }
        | Goal::ReduceTo { value } => vec![*value],
        Goal::Range { low, high } => vec![*low, *high],
        Goal::ReduceBy { .. } => vec![],
    }
}

/// A figure on its own, as somebody types it. Where it can be read in two ways, it is asked about
/// unless the target's own figures all speak for the Vietnamese one.
pub fn read(text: &str, expected: &Expected) -> Reading {
    let text = expected.figure(text);
    let vietnamese = match Decimal::parse_vi(text) {
        Ok(value) => value,
        Err(error) => return Reading::Refused(error),
    };
    match both(text) {
        Some(ways) if !expected.speaks_for(vietnamese) => Reading::Asked(ways.to_vec()),
        None if expected.far_off(vietnamese) => Reading::Asked(vec![(Way::Vietnamese, vietnamese)]),
        _ => Reading::Figure(vietnamese),
    }
}

/// A figure of a block that is written one way. It is asked about only where it is far from
/// everything that is known of the target.
pub fn read_as(way: Way, text: &str, expected: &Expected) -> Reading {
    let text = expected.figure(text);
    let value = match parse(way, text) {
        Ok(value) => value,
        Err(error) => return Reading::Refused(error),
    };
    if !expected.far_off(value) {
        return Reading::Figure(value);
    }
    let mut ways = both(text).map_or_else(|| vec![(way, value)], |ways| ways.to_vec());
    ways.sort_by_key(|(other, _)| *other != way);
    Reading::Asked(ways)
}

/// What a text says if it is written one way.
pub fn parse(way: Way, text: &str) -> Result<Decimal, DecimalError> {
    let vietnamese = Decimal::parse_vi(text);
    match (way, Decimal::parse_en(text)) {
        (Way::Vietnamese, _) => vietnamese,
        (Way::English, Some(english)) => Ok(english),
        (Way::English, None) => Err(match vietnamese {
            Err(error) => error,
            Ok(_) => DecimalError::Groups {
                text: text.to_owned(),
            },
        }),
    }
}

/// Both readings, where a text has two.
pub fn both(text: &str) -> Option<[(Way, Decimal); 2]> {
    let vietnamese = Decimal::parse_vi(text).ok()?;
    let english = Decimal::parse_en(text)?;
    let ways = [(Way::Vietnamese, vietnamese), (Way::English, english)];
    (vietnamese != english).then_some(ways)
}

/// What the marks of a whole block tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    /// All of it is written one way, beyond doubt.
    Sure(Way),
    /// Some of it can be read in two ways, and nothing tells.
    Unclear,
    /// Some figures can only be Vietnamese and some only English: each stands for itself.
    Mixed,
}

/// Judges a block by all its figures together: one that can be read one way only tells of all.
pub fn judge<'a>(cells: impl IntoIterator<Item = (&'a str, &'a Expected)>) -> Marks {
    let (mut vietnamese, mut english, mut unclear) = (false, false, false);
    for (text, expected) in cells {
        let text = expected.figure(text);
        match (Decimal::parse_vi(text), Decimal::parse_en(text)) {
            (Ok(_), None) => vietnamese = true,
            (Err(_), Some(_)) => english = true,
            (Ok(one), Some(other)) => unclear |= one != other && !expected.speaks_for(one),
            (Err(_), None) => {}
        }
    }
    match (vietnamese, english) {
        (true, true) => Marks::Mixed,
        (false, true) => Marks::Sure(Way::English),
        (false, false) if unclear => Marks::Unclear,
        (true | false, false) => Marks::Sure(Way::Vietnamese),
    }
}

/// A cell of a block, once it was judged: `chosen` is what the person said of it.
pub fn read_in(marks: Marks, chosen: Option<Way>, text: &str, expected: &Expected) -> Reading {
    match (chosen, marks) {
        (Some(way), _) | (None, Marks::Sure(way)) => read_as(way, text, expected),
        (None, Marks::Unclear | Marks::Mixed) => read(text, expected),
    }
}

#[cfg(test)]
mod tests;
