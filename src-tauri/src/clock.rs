//! The clock that everything behind the window is handed.

use replica::{Clock, ShiftedClock, SystemClock};
use terms::Date;

/// The computer's clock moved by whole days, so that today is `day`; its time of day stays. A
/// demonstration that is opened twice on one day goes on where it was.
pub(crate) fn on(day: Date) -> ShiftedClock {
    let days = SystemClock.now().date().days_until(day);
    ShiftedClock {
        offset: days * 24 * 60 * 60,
    }
}

/// The computer's clock as it is.
pub(crate) fn real() -> ShiftedClock {
    ShiftedClock { offset: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moved_clock_shows_its_day() {
        let day = Date::new(2019, 9, 11).unwrap();
        let shown = on(day).now().date();
        // Midnight may pass between the two readings.
        assert!([day, day.plus_days(1)].contains(&shown), "{shown}");
    }
}
