//! Times measured, and how they are told.

use std::time::Duration;

/// Times of the same thing.
#[derive(Debug, Clone, Default)]
pub(super) struct Sample(Vec<Duration>);

impl Sample {
    pub(super) fn add(&mut self, time: Duration) {
        self.0.push(time);
        self.0.sort();
    }

    pub(super) fn add_micros(&mut self, micros: u64) {
        self.add(Duration::from_micros(micros));
    }

    /// The one in the middle.
    pub(super) fn median(&self) -> Duration {
        self.at(50)
    }

    fn at(&self, percent: usize) -> Duration {
        let last = self.0.len().saturating_sub(1);
        self.0
            .get(last * percent / 100)
            .copied()
            .unwrap_or_default()
    }

    /// Median and 99th percentile.
    pub(super) fn line(&self, what: &str) -> String {
        let (median, worst) = (self.median().as_secs_f64(), self.at(99).as_secs_f64());
        format!(
            "{what}: median {:.2} ms, p99 {:.2} ms",
            median * 1e3,
            worst * 1e3
        )
    }

    /// What the two take one after the other, in the middle and at the end.
    pub(super) fn plus(&self, other: &Self) -> Self {
        let pairs = self.0.iter().zip(&other.0);
        Self(pairs.map(|(one, other)| *one + *other).collect())
    }

    /// The same, and how many times the floor it is.
    pub(super) fn beside(&self, what: &str, floor: &Self) -> String {
        let times =
            |percent| self.at(percent).as_secs_f64() / floor.at(percent).as_secs_f64().max(1e-9);
        let (median, worst) = (times(50), times(99));
        let line = self.line(what);
        format!("{line}, {median:.1}× and {worst:.1}× fdatasync + echo")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_and_the_end_are_found() {
        let mut sample = Sample::default();
        for micros in (1..=101).rev() {
            sample.add_micros(micros);
        }
        assert_eq!(sample.median(), Duration::from_micros(51));
        assert_eq!(sample.at(99), Duration::from_micros(100));
        assert_eq!(Sample::default().median(), Duration::ZERO);
    }
}
