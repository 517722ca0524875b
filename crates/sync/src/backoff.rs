//! How long to wait before trying to reach the relay again.

/// The longest wait, in milliseconds, before jitter. A relay that comes back is found within the
/// patience of whoever watches the status line; a thousand replicas are some ninety greetings a
/// second for it.
pub const LONGEST: u64 = 15_000;

const FIRST: u64 = 500;

/// Milliseconds to wait before the attempt after `failures` in a row (at least one). Doubles from
/// half a second to a quarter of a minute; `random`, any number, spreads it over the upper half, so
/// that a hundred replicas do not come back in the same instant when a relay restarts.
pub fn wait(failures: u32, random: u64) -> u64 {
    let doublings = failures.saturating_sub(1).min(16);
    let full = (FIRST << doublings).min(LONGEST);
    full / 2 + random % (full / 2 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_quarter_of_a_minute_and_are_spread() {
        // failures, random → milliseconds
        let table = [
            (0, 0, 250),
            (1, 0, 250),
            (1, 250, 500),
            (2, 0, 500),
            (4, 1_000, 3_000),
            (8, 0, 7_500),
            (8, 7_500, 15_000),
            (u32::MAX, u64::MAX, 7_500 + u64::MAX % 7_501),
        ];
        for (failures, random, expected) in table {
            assert_eq!(wait(failures, random), expected, "{failures} {random}");
        }
    }
}
