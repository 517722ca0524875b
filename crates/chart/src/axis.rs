//! From decimals to pixels without a float.
//!
//! All figures of a chart are brought to whole units of the finest place among them (at most
//! twelve places: finer ones are cut, no screen shows them). A figure has at most twenty digits,
//! so units stay below 10³² and leave room in 128 bits to be multiplied by a width in pixels.

use terms::Decimal;

const FINEST: u32 = 12;

/// A scale with round marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Axis {
    places: u32,
    low: i128,
    high: i128,
    step: i128,
}

impl Axis {
    /// An axis that shows all `values`, from nought where `from_nought` says so. None without
    /// values.
    pub(crate) fn over(values: &[Decimal], from_nought: bool) -> Option<Self> {
        let places = values.iter().map(Decimal::scale).max()?.min(FINEST);
        let units: Vec<i128> = values
            .iter()
            .map(|value| to_units(*value, places))
            .collect();
        let (mut low, mut high) = (*units.iter().min()?, *units.iter().max()?);
        if from_nought {
            low = low.min(0);
            high = high.max(0);
        }
        // A tenth of room on both sides, but none below nought; one value alone stands in the
        // middle.
        let span = if low == high { low.abs() } else { high - low };
        let room = ((span + 9) / 10).max(1);
        high += room;
        if !(from_nought && low == 0) {
            low -= room;
        }
        let step = round_step((high - low + 3) / 4);
        let low = low.div_euclid(step) * step;
        let high = -((-high).div_euclid(step)) * step;
        Some(Self {
            places,
            low,
            high,
            step,
        })
    }

    /// How far along `length` pixels a value stands, from the low end; values outside stand at
    /// the ends.
    pub(crate) fn along(&self, value: Decimal, length: i64) -> i64 {
        let units = to_units(value, self.places).clamp(self.low, self.high);
        let (far, all) = (units - self.low, self.high - self.low);
        let pixels = (far * i128::from(length) + all / 2) / all;
        // Between 0 and `length`, which is an i64.
        i64::try_from(pixels).unwrap_or(length)
    }

    /// The round marks, lowest first.
    pub(crate) fn marks(&self) -> Vec<Decimal> {
        let count = (self.high - self.low) / self.step;
        (0..=count)
            .filter_map(|i| from_units(self.low + i * self.step, self.places))
            .collect()
    }
}

/// 1, 2 or 5 followed by noughts: the first that is at least `least`.
fn round_step(least: i128) -> i128 {
    let mut ten = 1;
    loop {
        for step in [ten, 2 * ten, 5 * ten] {
            if step >= least {
                return step;
            }
        }
        ten *= 10;
    }
}

fn to_units(value: Decimal, places: u32) -> i128 {
    let text = value.to_string();
    let (whole, after) = text.split_once('.').unwrap_or((&text, ""));
    let places = places as usize;
    let after = &after[..after.len().min(places)];
    // At most 20 + 12 digits: they fit.
    format!("{whole}{after:0<places$}")
        .parse()
        .unwrap_or_default()
}

fn from_units(units: i128, places: u32) -> Option<Decimal> {
    let places = places as usize;
    let digits = format!("{:0>1$}", units.unsigned_abs(), places + 1);
    let (whole, after) = digits.split_at(digits.len() - places);
    let after = after.trim_end_matches('0');
    let sign = if units < 0 { "-" } else { "" };
    let point = if after.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{after}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimals(texts: &[&str]) -> Vec<Decimal> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn marks_are_round_and_enclose_all_values() {
        let table: &[(&[&str], bool, &[&str])] = &[
            (
                &["6.8", "7.4"],
                false,
                &["6,6", "6,8", "7", "7,2", "7,4", "7,6"],
            ),
            (
                &["0", "270000"],
                true,
                &["0", "100.000", "200.000", "300.000"],
            ),
            (&["201940"], true, &["0", "100.000", "200.000", "300.000"]),
            (&["94.83"], false, &["85", "90", "95", "100", "105"]),
            (&["-3", "2"], false, &["-4", "-2", "0", "2", "4"]),
            (&["0"], true, &["0", "1"]),
            (&["5", "5.00"], false, &["4,5", "5", "5,5"]),
        ];
        for (values, from_nought, expected) in table {
            let axis = Axis::over(&decimals(values), *from_nought).unwrap();
            let marks: Vec<String> = axis.marks().iter().map(Decimal::format_vi).collect();
            let (first, last) = (axis.marks()[0], axis.marks()[marks.len() - 1]);
            for value in decimals(values) {
                assert!(first <= value && value <= last, "{values:?} in {marks:?}");
            }
            assert!((2..=7).contains(&marks.len()), "{marks:?}");
            assert_eq!(marks, *expected, "{values:?}");
        }
        assert_eq!(Axis::over(&[], true), None);
    }

    #[test]
    fn a_value_stands_where_it_belongs() {
        let axis = Axis::over(&decimals(&["0", "401"]), true).unwrap();
        for (value, pixels) in [
            ("0", 0),
            ("50", 8),
            ("600", 100),
            ("-9", 0),
            ("999", 100),
            ("2", 0),
            ("3", 1),
        ] {
            assert_eq!(axis.along(value.parse().unwrap(), 100), pixels, "{value}");
        }
    }

    #[test]
    fn the_longest_figures_do_not_overflow() {
        let values = decimals(&[
            "99999999999999999999",
            "-99999999999999999999",
            "0.0000000000000000001",
        ]);
        let axis = Axis::over(&values, false).unwrap();
        assert_eq!(axis.along(values[2], 1000), 500);
    }
}
