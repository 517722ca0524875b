//! The clock, handed in: the demonstration runs on a day of 2019.

use std::time::{SystemTime, UNIX_EPOCH};

use terms::Timestamp;

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
}

impl Clock for ShiftedClock {
    fn now(&self) -> Timestamp {
        Timestamp(SystemClock.now().0.saturating_add(self.offset))
    }
}
