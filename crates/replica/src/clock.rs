//! The clock, handed in: the demonstration runs on a day of 2019.

use std::time::{SystemTime, UNIX_EPOCH};

use terms::{Date, Timestamp};

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// The clock of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let seconds = since.map_or(0, |since| since.as_secs());
        Timestamp(i64::try_from(seconds).unwrap_or(i64::MAX))
    }
}

/// The clock of this machine, so many seconds later (or earlier).
#[derive(Debug, Clone, Copy, Default)]
pub struct ShiftedClock {
    /// Seconds added to the machine's time.
    pub offset: i64,
}

impl ShiftedClock {
    /// A clock that shows `moment` now and goes on from there.
    pub fn starting_at(moment: Timestamp) -> Self {
        Self {
            offset: moment.0.saturating_sub(SystemClock.now().0),
        }
    }

    /// The machine's clock moved by whole days, so that today is `day`; its time of day stays. A
    /// demonstration that is opened twice on one day goes on where it was.
    pub fn on(day: Date) -> Self {
        let days = SystemClock.now().date().days_until(day);
        Self {
            offset: days * 24 * 60 * 60,
        }
    }
}

impl Clock for ShiftedClock {
    fn now(&self) -> Timestamp {
        Timestamp(SystemClock.now().0.saturating_add(self.offset))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moved_clock_shows_its_day() {
        let day: Date = "2019-09-11".parse().unwrap();
        let shown = ShiftedClock::on(day).now().date();
        // Midnight may pass between the two readings.
        assert!([day, day.plus_days(1)].contains(&shown), "{shown}");
    }
}
