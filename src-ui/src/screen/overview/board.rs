//! Which row stands in which list, in which order; what the reminder says: plain functions.

use terms::{Timestamp, rows::OverviewRow, text::sort_key};

use crate::{catalogue::words, rows::Key};

/// The lists of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// The numbered groups.
    Groups,
    /// The agencies.
    Agencies,
    /// Obstacles that wait.
    Obstacles,
    /// Milestones late or near.
    Milestones,
    /// Targets that will not be met as things stand.
    Targets,
    /// What just changed.
    News,
}

/// The list that a row stands in; the totals stand in none.
pub fn list_of(row: &OverviewRow) -> Option<List> {
    Some(match row {
        OverviewRow::Totals { .. } => return None,
        OverviewRow::Group { .. } => List::Groups,
        OverviewRow::Agency { .. } => List::Agencies,
        OverviewRow::Obstacle { .. } => List::Obstacles,
        OverviewRow::Milestone { .. } => List::Milestones,
        OverviewRow::TargetAtRisk { .. } => List::Targets,
        OverviewRow::News(_) => List::News,
    })
}

/// What agencies are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortBy {
    /// Those that have updated least come first.
    NotUpdated,
    /// The Vietnamese order of names.
    Name,
    /// Most late tasks first.
    Late,
    /// Most obstacles first.
    Obstacles,
    /// Most waited for first.
    Waited,
    /// Longest silent first.
    Last,
}

/// The keys of the agencies in an order; equals stand by name.
pub fn sorted(rows: &[(Key, OverviewRow)], by: SortBy) -> Vec<Key> {
    let mut keyed: Vec<_> = rows
        .iter()
        .filter_map(|(key, row)| Some((rank(row, by)?, key)))
        .collect();
    keyed.sort();
    keyed.into_iter().map(|(_, key)| key.clone()).collect()
}

fn rank(row: &OverviewRow, by: SortBy) -> Option<([i64; 2], String)> {
    let OverviewRow::Agency {
        agency,
        counts,
        updated,
        last,
        obstacles,
        waited_for,
        ..
    } = row
    else {
        return None;
    };
    let most = |n: usize| -i64::try_from(n).unwrap_or(i64::MAX);
    let rank = match by {
        SortBy::NotUpdated => [percent(*updated), most(updated.1.saturating_sub(updated.0))],
        SortBy::Name => [0, 0],
        SortBy::Late => [most(counts.open_late), most(counts.done_late)],
        SortBy::Obstacles => [most(*obstacles), 0],
        SortBy::Waited => [most(*waited_for), 0],
        SortBy::Last => [last.map_or(i64::MIN, Timestamp::seconds), 0],
    };
    Some((rank, sort_key(&agency.short)))
}

/// Of a hundred, cut; nothing to do is all done.
fn percent((part, all): (usize, usize)) -> i64 {
    let share = (part * 100).checked_div(all).unwrap_or(100);
    i64::try_from(share).unwrap_or(100)
}

/// The text that reminds the agencies which have not updated everything, and how many they are.
pub fn reminder(rows: &[(Key, OverviewRow)], period: &str) -> (String, usize) {
    let texts = words().overview;
    let mut lines = vec![(texts.remind_head)(period)];
    for key in sorted(rows, SortBy::NotUpdated) {
        let row = rows.iter().find(|(k, _)| *k == key).map(|(_, row)| row);
        if let Some(OverviewRow::Agency {
            agency,
            updated: (part, all),
            ..
        }) = row
            && part < all
        {
            lines.push((texts.remind_line)(&agency.short, all - part, *all));
        }
    }
    (lines.join("\n"), lines.len() - 1)
}

#[cfg(test)]
mod tests {
    use terms::{
        AgencyClass,
        rows::{AgencyName, StatusCounts},
    };

    use super::*;

    fn agency(id: &str, short: &str, updated: (usize, usize), late: usize) -> (Key, OverviewRow) {
        let row = OverviewRow::Agency {
            agency: AgencyName {
                id: id.parse().unwrap(),
                short: short.into(),
            },
            class: AgencyClass::CapHuyen,
            counts: StatusCounts {
                open_late: late,
                open_in_time: 3,
                ..StatusCounts::default()
            },
            updated,
            last: (updated.0 > 0).then_some(Timestamp(i64::try_from(updated.0).unwrap())),
            obstacles: 0,
            waited_for: 0,
        };
        (id.into(), row)
    }

    fn board() -> Vec<(Key, OverviewRow)> {
        vec![
            agency("a", "Đồng A", (3, 4), 0),
            agency("b", "Dương B", (0, 2), 0),
            agency("c", "Châu C", (0, 9), 5),
            agency("d", "An D", (4, 4), 1),
            agency("e", "Em E", (0, 0), 0),
        ]
    }

    #[test]
    fn agencies_stand_in_the_order_asked_for() {
        let table = [
            (SortBy::NotUpdated, "c b a d e"),
            (SortBy::Name, "d c b a e"),
            (SortBy::Late, "c d b a e"),
            (SortBy::Last, "c b e a d"),
        ];
        for (by, order) in table {
            assert_eq!(sorted(&board(), by).join(" "), order, "{by:?}");
        }
    }

    #[test]
    fn only_those_with_something_missing_are_reminded() {
        let (text, count) = reminder(&board(), "Quý III/2019");
        assert_eq!(count, 3);
        assert_eq!(
            text,
            "Các đơn vị chưa cập nhật đủ tiến độ Quý III/2019:\n- Châu C: còn 9/9 nhiệm vụ\n\
             - Dương B: còn 2/2 nhiệm vụ\n- Đồng A: còn 1/4 nhiệm vụ"
        );
    }
}
