//! The time comes in from outside: the demonstration and the tests have their own.

use std::{
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use terms::{Date, Timestamp};

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The machine's own clock.
pub fn system() -> Clock {
    Arc::new(now)
}

/// The machine's clock moved by whole days, so that today is `day`; its time of day stays.
pub fn on(day: Date) -> Clock {
    let days = now().date().days_until(day);
    Arc::new(move || Timestamp(now().0 + days * 24 * 60 * 60))
}

fn now() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moved_clock_shows_its_day() {
        let day: Date = "2019-09-11".parse().unwrap();
        let shown = on(day)().date();
        // Midnight may pass between the two readings.
        assert!([day, day.plus_days(1)].contains(&shown), "{shown}");
    }
}
