//! What changed between two lists of rows, told so that a row which stays is not touched.
//!
//! A web view that moves or mounts a row again takes the focus from the field in it, so the fewest
//! rows are moved: all but a longest run that keeps its order.

use std::collections::HashMap;

use ipc::{RowChange, ShownHeads};
use serde_json::Value;

/// A row under its key.
pub(crate) type Keyed = (String, Value);

/// The rows of a view as they travel, and apart from them the heads of the documents they show.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Rows {
    pub(crate) rows: Vec<Keyed>,
    pub(crate) heads: ShownHeads,
}

/// The documents that are shown at other heads than before, or were not shown before.
pub(crate) fn changed_heads(old: &ShownHeads, new: &ShownHeads) -> ShownHeads {
    new.iter()
        .filter(|(doc, heads)| old.get(doc) != Some(heads))
        .map(|(doc, heads)| (doc.clone(), heads.clone()))
        .collect()
}

/// The changes that turn `old` into `new` when carried out in their order. Keys are unique in
/// each list.
pub(crate) fn diff(old: &[Keyed], new: &[Keyed]) -> Vec<RowChange> {
    let places: HashMap<&str, usize> = old
        .iter()
        .enumerate()
        .map(|(place, (key, _))| (key.as_str(), place))
        .collect();
    let kept = new
        .iter()
        .map(|(key, _)| places.get(key.as_str()).copied())
        .collect::<Vec<_>>();
    let staying = longest_run(&kept);

    let mut changes = removed(old, new);
    for (place, (key, row)) in new.iter().enumerate() {
        let same = kept[place].is_some_and(|before| old[before].1 == *row);
        if !(same && staying[place]) {
            let after = place.checked_sub(1).map(|before| new[before].0.clone());
            changes.push(RowChange::Put {
                key: key.clone(),
                after,
                row: row.clone(),
            });
        }
    }
    changes
}

fn removed(old: &[Keyed], new: &[Keyed]) -> Vec<RowChange> {
    let keys: std::collections::HashSet<&str> = new.iter().map(|(key, _)| key.as_str()).collect();
    old.iter()
        .filter(|(key, _)| !keys.contains(key.as_str()))
        .map(|(key, _)| RowChange::Remove { key: key.clone() })
        .collect()
}

/// Which elements belong to a longest strictly increasing run of the numbers that are there
/// (patience sorting).
fn longest_run(numbers: &[Option<usize>]) -> Vec<bool> {
    let mut tails: Vec<usize> = Vec::new(); // place of the smallest end of a run of each length
    let mut before: Vec<Option<usize>> = vec![None; numbers.len()];
    for (place, number) in numbers.iter().enumerate() {
        let Some(number) = number else { continue };
        let length = tails.partition_point(|&tail| numbers[tail] < Some(*number));
        before[place] = length.checked_sub(1).map(|shorter| tails[shorter]);
        if length == tails.len() {
            tails.push(place);
        } else {
            tails[length] = place;
        }
    }
    let mut member = vec![false; numbers.len()];
    let mut place = tails.last().copied();
    while let Some(at) = place {
        member[at] = true;
        place = before[at];
    }
    member
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(keys: &[(u8, u8)]) -> Vec<Keyed> {
        let mut seen = std::collections::HashSet::new();
        keys.iter()
            .filter(|(key, _)| seen.insert(*key))
            .map(|(key, value)| (key.to_string(), Value::from(*value)))
            .collect()
    }

    /// What the row store of the UI does.
    fn carry_out(mut rows: Vec<Keyed>, changes: &[RowChange]) -> Vec<Keyed> {
        for change in changes {
            match change {
                RowChange::Remove { key } => rows.retain(|(k, _)| k != key),
                RowChange::Put { key, after, row } => {
                    rows.retain(|(k, _)| k != key);
                    let place = match after {
                        None => 0,
                        Some(after) => rows.iter().position(|(k, _)| k == after).unwrap() + 1,
                    };
                    rows.insert(place, (key.clone(), row.clone()));
                }
            }
        }
        rows
    }

    proptest! {
        #[test]
        fn carrying_out_the_changes_gives_the_new_rows(
            old in prop::collection::vec((0u8..20, 0u8..3), 0..20),
            new in prop::collection::vec((0u8..20, 0u8..3), 0..20),
        ) {
            let (old, new) = (rows(&old), rows(&new));
            prop_assert_eq!(carry_out(old.clone(), &diff(&old, &new)), new);
        }
    }

    #[test]
    fn nothing_changed_says_nothing() {
        let all = rows(&[(1, 0), (2, 0), (3, 0)]);
        assert_eq!(diff(&all, &all), []);
    }

    #[test]
    fn only_the_row_that_moved_is_touched() {
        let old = rows(&[(1, 0), (2, 0), (3, 0), (4, 0), (5, 0)]);
        let new = rows(&[(2, 0), (3, 0), (4, 0), (5, 0), (1, 0)]);
        let changes = diff(&old, &new);
        assert!(
            matches!(&changes[..], [RowChange::Put { key, after, .. }]
                if key == "1" && after.as_deref() == Some("5")),
            "{changes:?}"
        );
    }
}
