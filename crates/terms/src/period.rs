//! Reporting periods (kỳ báo cáo). Their days are data of the programme, never computed from the
//! calendar: figures close and reports are due before a period ends.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Which of a year's reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PeriodKind {
    /// Quý I.
    Q1,
    /// Quý II; on paper «6 tháng đầu năm».
    Q2,
    /// Quý III; on paper «9 tháng đầu năm».
    Q3,
    /// Quý IV.
    Q4,
    /// Năm.
    Year,
}

impl PeriodKind {
    /// All five, in the order of a screen's switch.
    pub const ALL: [Self; 5] = [Self::Q1, Self::Q2, Self::Q3, Self::Q4, Self::Year];

    /// The four quarters.
    pub const QUARTERS: [Self; 4] = [Self::Q1, Self::Q2, Self::Q3, Self::Q4];

    /// All five, in the order in which they are reported on: the year's report is due in November,
    /// before the fourth quarter's.
    pub const REPORTED: [Self; 5] = [Self::Q1, Self::Q2, Self::Q3, Self::Year, Self::Q4];
}

/// A reporting period of a year, written `2019-q3` or `2019-year`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    /// The programme's year.
    pub year: u16,
    /// Which report of that year.
    pub kind: PeriodKind,
}

/// A string that is no period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("«{0}» không phải kỳ báo cáo (ví dụ 2019-q3, 2019-year)")]
pub struct PeriodError(String);

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            PeriodKind::Q1 => "q1",
            PeriodKind::Q2 => "q2",
            PeriodKind::Q3 => "q3",
            PeriodKind::Q4 => "q4",
            PeriodKind::Year => "year",
        };
        write!(f, "{}-{kind}", self.year)
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let error = || PeriodError(text.chars().take(40).collect());
        let (year, kind) = text.split_once('-').ok_or_else(error)?;
        let kind = match kind {
            "q1" => PeriodKind::Q1,
            "q2" => PeriodKind::Q2,
            "q3" => PeriodKind::Q3,
            "q4" => PeriodKind::Q4,
            "year" => PeriodKind::Year,
            _ => return Err(error()),
        };
        match year.parse() {
            Ok(year @ 2000..2200) if text.as_bytes()[0].is_ascii_digit() => Ok(Self { year, kind }),
            _ => Err(error()),
        }
    }
}

impl TryFrom<String> for Period {
    type Error = PeriodError;

    fn try_from(text: String) -> Result<Self, PeriodError> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> String {
        period.to_string()
    }
}
