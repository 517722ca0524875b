//! «Tổng quan».

use serde::{Deserialize, Serialize};

use crate::{
    AgencyClass, Decimal, GroupId, OfficialStatus, TargetId, Timestamp,
    rows::{AgencyName, ItemRow, MilestoneRow, News},
};

/// Counts by the official four-way status; they sum to the total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StatusCounts {
    /// Hoàn thành đúng hạn.
    pub done_on_time: usize,
    /// Hoàn thành quá hạn.
    pub done_late: usize,
    /// Chưa hoàn thành, trong hạn.
    pub open_in_time: usize,
    /// Chưa hoàn thành, quá hạn.
    pub open_late: usize,
}

impl StatusCounts {
    /// Counts one task.
    pub fn add(&mut self, status: OfficialStatus) {
        match status {
            OfficialStatus::DoneOnTime => self.done_on_time += 1,
            OfficialStatus::DoneLate => self.done_late += 1,
            OfficialStatus::OpenInTime => self.open_in_time += 1,
            OfficialStatus::OpenLate => self.open_late += 1,
        }
    }

    /// All of them.
    pub fn total(&self) -> usize {
        self.done_on_time + self.done_late + self.open_in_time + self.open_late
    }

    /// Per cent of late tasks among those done or due: what is not yet due is left out. None where
    /// nothing is done or due.
    pub fn late_rate(&self) -> Option<Decimal> {
        let whole = |n: usize| i32::try_from(n).ok().map(Decimal::from);
        let late = whole(self.done_late + self.open_late)?;
        late.percent_of(whole(self.total() - self.open_in_time)?, 1)
    }
}

/// A row of «Tổng quan».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum OverviewRow {
    /// The whole programme.
    Totals {
        /// By official status.
        counts: StatusCounts,
        /// Tasks on which every lead (or, of a group, anybody) has written in the period, and all.
        updated: (usize, usize),
        /// Targets by verdict: met or exceeded, not met, without a figure or verdict.
        targets: (usize, usize, usize),
        /// Open obstacles.
        obstacles: usize,
        /// Milestones late.
        milestones_late: usize,
        /// Values that stand against each other.
        conflicts: usize,
    },
    /// One group.
    Group {
        /// The id.
        id: GroupId,
        /// «1».
        number: String,
        /// The title.
        title: String,
        /// By official status.
        counts: StatusCounts,
        /// Tasks updated in the period, and all.
        updated: (usize, usize),
        /// Open obstacles.
        obstacles: usize,
    },
    /// One agency.
    Agency {
        /// The agency.
        agency: AgencyName,
        /// Its class.
        class: AgencyClass,
        /// Tasks it leads alone or jointly by name, by official status.
        counts: StatusCounts,
        /// Tasks that it leads, alone, jointly or in a group, or supports by name: those of which
        /// it has written in the period, and all such.
        updated: (usize, usize),
        /// When it last wrote.
        last: Option<Timestamp>,
        /// Its open obstacles.
        obstacles: usize,
        /// Obstacles of others that wait for it.
        waited_for: usize,
    },
    /// An obstacle that waits.
    Obstacle {
        /// The obstacle.
        item: Box<ItemRow>,
        /// The title of its task.
        title: String,
    },
    /// A milestone late or near.
    Milestone {
        /// The milestone.
        row: MilestoneRow,
        /// Late, or near.
        late: bool,
    },
    /// A target that will not be met as things stand.
    TargetAtRisk {
        /// The target.
        target: TargetId,
        /// Its name.
        name: String,
        /// The goal in words.
        goal: String,
        /// The figure judged, as a person reads it.
        figure: String,
        /// Who owns it.
        owner: Option<AgencyName>,
    },
    /// Something that just changed.
    News(News),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_late_rate_leaves_out_what_is_not_due() {
        for ([done_on_time, done_late, open_in_time, open_late], rate) in [
            ([0, 0, 0, 0], None),
            ([0, 0, 50, 0], None),
            ([3, 0, 50, 0], Some("0.0")),
            ([1, 1, 50, 1], Some("66.7")),
            ([0, 0, 50, 2], Some("100.0")),
        ] {
            let counts = StatusCounts {
                done_on_time,
                done_late,
                open_in_time,
                open_late,
            };
            let is = counts.late_rate().map(|rate| rate.to_string());
            assert_eq!(is.as_deref(), rate, "{counts:?}");
        }
    }
}
