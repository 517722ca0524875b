//! How far a task is: what a person says, and what the office derives from it.

use serde::{Deserialize, Serialize};

use crate::Date;

/// What an agency says of its part of a task in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WorkStatus {
    /// Chưa triển khai.
    NotStarted,
    /// Đang thực hiện.
    InProgress,
    /// Hoàn thành, on the day that goes with it.
    Done,
}

impl WorkStatus {
    /// All three, in the order in which they are chosen.
    pub const ALL: [Self; 3] = [Self::NotStarted, Self::InProgress, Self::Done];

    /// As a person reads it.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotStarted => "Chưa triển khai",
            Self::InProgress => "Đang thực hiện",
            Self::Done => "Hoàn thành",
        }
    }

    /// As it stands in documents.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotStarted => "not-started",
            Self::InProgress => "in-progress",
            Self::Done => "done",
        }
    }

    /// The reverse of [`code`](Self::code); a word of a newer version is none.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }
}

/// The official four-way status of a task (QĐ 42/2014/QĐ-TTg): derived, never typed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OfficialStatus {
    /// Hoàn thành đúng hạn.
    DoneOnTime,
    /// Hoàn thành quá hạn.
    DoneLate,
    /// Chưa hoàn thành, trong hạn.
    OpenInTime,
    /// Chưa hoàn thành, quá hạn.
    OpenLate,
}

impl OfficialStatus {
    /// The status of a task due on `due` (the day itself still counts), declared done on `done`
    /// if at all, looked at on `today`.
    pub fn of(due: Date, done: Option<Date>, today: Date) -> Self {
        match done {
            Some(day) if day <= due => Self::DoneOnTime,
            Some(_) => Self::DoneLate,
            None if today <= due => Self::OpenInTime,
            None => Self::OpenLate,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_itself_still_counts() {
        use OfficialStatus::{DoneLate, DoneOnTime, OpenInTime, OpenLate};
        for (done, today, status) in [
            (Some("2019-12-14"), "2020-03-01", DoneOnTime),
            (Some("2019-12-15"), "2020-03-01", DoneLate),
            (None, "2019-12-14", OpenInTime),
            (None, "2019-12-15", OpenLate),
        ] {
            let day = |iso: &str| iso.parse::<Date>().unwrap();
            let is = OfficialStatus::of(day("2019-12-14"), done.map(day), day(today));
            assert_eq!(is, status, "{done:?} {today}");
        }
    }

    #[test]
    fn words_in_documents_read_back() {
        for status in WorkStatus::ALL {
            assert_eq!(WorkStatus::from_code(status.code()), Some(status));
        }
        assert_eq!(WorkStatus::from_code("paused"), None);
    }
}
