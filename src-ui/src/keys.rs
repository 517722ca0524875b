//! Keys: which one a list walks by, and when an input method has them.

use web_sys::KeyboardEvent;

/// Whether an input method is composing: its keys are not ours. Some methods say so only by the
/// key code 229.
pub fn composing(event: &KeyboardEvent) -> bool {
    event.is_composing() || event.key_code() == 229
}

/// Where the arrow keys lead in a list of `len` rows from row `at`; `None` where the key is not
/// the list's.
pub fn walk(key: &str, at: usize, len: usize) -> Option<usize> {
    let last = len.checked_sub(1)?;
    Some(match key {
        "ArrowDown" => at.saturating_add(1).min(last),
        "ArrowUp" => at.saturating_sub(1),
        "PageDown" => at.saturating_add(10).min(last),
        "PageUp" => at.saturating_sub(10),
        "Home" => 0,
        "End" => last,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::walk;

    #[test]
    fn the_arrows_stop_at_the_ends() {
        let table = [
            ("ArrowDown", 0, 3, Some(1)),
            ("ArrowDown", 2, 3, Some(2)),
            ("ArrowUp", 0, 3, Some(0)),
            ("PageDown", 1, 30, Some(11)),
            ("PageUp", 5, 30, Some(0)),
            ("Home", 7, 9, Some(0)),
            ("End", 0, 9, Some(8)),
            ("End", 0, 0, None),
            ("a", 0, 3, None),
        ];
        for (key, at, len, to) in table {
            assert_eq!(walk(key, at, len), to, "{key} from {at} of {len}");
        }
    }
}
