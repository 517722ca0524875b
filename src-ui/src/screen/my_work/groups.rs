//! Which rows stand together, and which are shown while one types.

use std::collections::HashMap;

use terms::{
    rows::{Bucket, WorkRow},
    text::fold,
};

use crate::rows::Key;

/// Rows that stand together for one reason, the most pressing reason first.
pub(super) type Groups = Vec<(Bucket, Vec<Key>)>;

/// All reasons, in the order of the screen.
pub(super) const BUCKETS: [Bucket; 6] = [
    Bucket::ToChoose,
    Bucket::OnlyMine,
    Bucket::Milestone,
    Bucket::ChangedByOthers,
    Bucket::NotUpdated,
    Bucket::Updated,
];

/// Sorts rows by their reason. While `held`, a row stays where it stood in `before`: the row that
/// somebody is at must not go elsewhere under their hands.
pub(super) fn group(rows: &[(Key, WorkRow)], before: Option<&Groups>, held: bool) -> Groups {
    let stood: HashMap<&Key, Bucket> = match before {
        Some(groups) if held => groups
            .iter()
            .flat_map(|(bucket, keys)| keys.iter().map(|k| (k, *bucket)))
            .collect(),
        _ => HashMap::new(),
    };
    BUCKETS
        .iter()
        .map(|bucket| {
            let here = |key: &Key, row: &WorkRow| stood.get(key).unwrap_or(&row.bucket) == bucket;
            let keys = rows
                .iter()
                .filter(|(key, row)| here(key, row))
                .map(|(key, _)| key.clone());
            (*bucket, keys.collect())
        })
        .collect()
}

/// Whether a row matches every word typed, in any order, with or without marks.
pub(super) fn matches(row: &WorkRow, typed: &str) -> bool {
    let text = fold(&format!("{} {}", row.clause, row.title));
    fold(typed)
        .split_whitespace()
        .all(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use terms::{OfficialStatus, rows::TaskRole};

    use super::*;

    fn row(id: &str, bucket: Bucket) -> (Key, WorkRow) {
        let row = WorkRow {
            task: id.parse().unwrap(),
            clause: "II.3.đ, gạch 3".into(),
            title: "Giảm hộ nghèo, nâng cấp đường huyện".into(),
            part: TaskRole::Lead,
            bucket,
            status: None,
            percent: None,
            official: OfficialStatus::OpenInTime,
            due: "2019-12-31".parse().unwrap(),
            milestone: None,
            obstacles: 0,
            news: vec![],
        };
        (id.into(), row)
    }

    fn of(groups: &Groups, bucket: Bucket) -> Vec<&str> {
        let keys = groups
            .iter()
            .find(|(b, _)| *b == bucket)
            .map(|(_, keys)| keys);
        keys.into_iter().flatten().map(|key| &**key).collect()
    }

    #[test]
    fn a_row_stays_in_its_place_while_somebody_is_at_it() {
        let before = group(
            &[row("a", Bucket::NotUpdated), row("b", Bucket::Updated)],
            None,
            false,
        );
        let rows = [
            row("a", Bucket::Updated),
            row("c", Bucket::NotUpdated),
            row("b", Bucket::Updated),
        ];
        let held = group(&rows, Some(&before), true);
        assert_eq!(of(&held, Bucket::NotUpdated), ["a", "c"]);
        assert_eq!(of(&held, Bucket::Updated), ["b"]);
        let after = group(&rows, Some(&held), false);
        assert_eq!(of(&after, Bucket::NotUpdated), ["c"]);
        assert_eq!(of(&after, Bucket::Updated), ["a", "b"]);
    }

    #[test]
    fn typing_finds_without_marks() {
        let (_, row) = row("a", Bucket::Updated);
        for (typed, found) in [
            ("", true),
            ("duong", true),
            ("NGHÈO giam", true),
            ("ii.3.d", true),
            ("duong tinh", false),
        ] {
            assert_eq!(matches(&row, typed), found, "{typed}");
        }
    }
}
