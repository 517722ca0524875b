//! In which order rows stand, and how to get there without moving the one that has the focus.

use ipc::{RowChange, Update};

use super::{Gap, Key};

/// The keys in the order that the view wants, and which update comes next.
#[derive(Debug, Default)]
pub(super) struct Order {
    keys: Vec<Key>,
    next: u64,
}

impl Order {
    /// The keys as the view wants them.
    pub(super) fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// Takes in an update. Number 0 is a snapshot and starts afresh; any other must follow the
    /// last one.
    pub(super) fn apply(&mut self, update: &Update) -> Result<(), Gap> {
        if update.number == 0 {
            self.keys.clear();
        } else if update.number != self.next {
            return Err(Gap);
        }
        self.next = update.number + 1;
        for change in &update.changes {
            match change {
                RowChange::Put { key, after, .. } => self.put(key, after.as_deref()),
                RowChange::Remove { key } => self.keys.retain(|k| **k != **key),
            }
        }
        Ok(())
    }

    fn put(&mut self, key: &str, after: Option<&str>) {
        let place = |keys: &[Key]| match after {
            None => 0,
            Some(after) => keys
                .iter()
                .position(|k| **k == *after)
                .map_or(keys.len(), |i| i + 1),
        };
        match self.keys.iter().position(|k| **k == *key) {
            Some(at) if place(&self.keys) == at => {}
            Some(at) => {
                let key = self.keys.remove(at);
                let to = place(&self.keys);
                self.keys.insert(to, key);
            }
            None => self.keys.insert(place(&self.keys), key.into()),
        }
    }
}

/// One row on the way from `shown` to `wanted` while `held` has the focus, or `None` when there
/// is nothing left to do: rows come and go, but none changes its place, and the held one stays
/// even if it is wanted no more.
///
/// One at a time, because a painter that sees two differences at once may take the focused row
/// out and put it back.
pub(super) fn step(shown: &[Key], wanted: &[Key], held: &Key) -> Option<Vec<Key>> {
    let mut next = shown.to_vec();
    let gone = |key: &Key| key != held && !wanted.contains(key);
    if let Some(at) = shown.iter().position(gone) {
        next.remove(at);
        return Some(next);
    }
    let (i, new) = wanted
        .iter()
        .enumerate()
        .find(|(_, key)| !shown.contains(key))?;
    let before = i.checked_sub(1).map(|before| &wanted[before]);
    let at = before.map_or(0, |before| {
        shown
            .iter()
            .position(|key| key == before)
            .map_or(shown.len(), |at| at + 1)
    });
    next.insert(at, new.clone());
    Some(next)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn keys(text: &str) -> Vec<Key> {
        text.split_whitespace().map(Key::from).collect()
    }

    fn put(key: &str, after: Option<&str>) -> RowChange {
        RowChange::Put {
            key: key.into(),
            after: after.map(Into::into),
            row: Value::Null,
        }
    }

    fn update(number: u64, changes: Vec<RowChange>) -> Update {
        Update {
            watch: 1,
            number,
            heads: ipc::ShownHeads::new(),
            changes,
        }
    }

    #[test]
    fn rows_stand_where_the_view_puts_them() {
        let mut order = Order::default();
        let start = vec![put("a", None), put("b", Some("a")), put("c", Some("b"))];
        let table = [
            (3, vec![], Err(Gap), ""),
            (0, start.clone(), Ok(()), "a b c"),
            (1, vec![put("b", Some("a"))], Ok(()), "a b c"),
            (2, vec![put("c", None)], Ok(()), "c a b"),
            (
                3,
                vec![put("a", Some("b")), put("x", Some("c"))],
                Ok(()),
                "c x b a",
            ),
            (5, vec![put("y", None)], Err(Gap), "c x b a"),
            (
                4,
                vec![RowChange::Remove { key: "x".into() }],
                Ok(()),
                "c b a",
            ),
            (5, vec![put("z", Some("nobody"))], Ok(()), "c b a z"),
            (0, start, Ok(()), "a b c"),
        ];
        for (number, changes, result, after) in table {
            assert_eq!(order.apply(&update(number, changes)), result);
            assert_eq!(order.keys(), keys(after), "after {number}");
        }
    }

    #[test]
    fn nothing_moves_under_the_focus() {
        // shown, wanted, held → shown while held
        let table = [
            ("a b c", "a b c", "b", "a b c"),
            ("a b c", "c b a", "b", "a b c"),
            ("a b c", "x a b y c z", "b", "x a b y c z"),
            ("a b c", "a c", "b", "a b c"),
            ("a b c", "b", "b", "b"),
            ("a b c", "", "c", "c"),
            ("a b c", "c x a", "a", "a c x"),
        ];
        for (shown, wanted, held, result) in table {
            let (wanted, held) = (keys(wanted), Key::from(held));
            let mut now = keys(shown);
            while let Some(next) = step(&now, &wanted, &held) {
                assert_eq!(now.len().abs_diff(next.len()), 1, "one row at a time");
                now = next;
            }
            assert_eq!(now, keys(result), "{shown} → {wanted:?}");
        }
    }
}
