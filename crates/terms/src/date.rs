//! Days and moments. No clock is read here: the day and the time come in as arguments.

use std::{fmt, str::FromStr};

use jiff::{ToSpan, civil};
use serde::{Deserialize, Serialize};

/// A day of the calendar, stored as `2019-03-15`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date(civil::Date);

/// Why a string is no day; it says how to write it instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Nothing was typed.
    #[error("chưa có ngày; gõ ngày/tháng/năm, ví dụ 15/03/2019")]
    Empty,
    /// Not three numbers.
    #[error("«{0}» không phải ngày; gõ ngày/tháng/năm, ví dụ 15/03/2019")]
    Form(String),
    /// A year of two digits, or far away.
    #[error("«{0}»: năm phải đủ bốn chữ số, từ 1900 đến 2199")]
    Year(String),
    /// The calendar has no such day.
    #[error("«{0}»: không có ngày này trong lịch")]
    NoSuchDay(String),
    /// Not the form that documents and files hold.
    #[error("«{0}» không phải ngày ở dạng lưu (năm-tháng-ngày, ví dụ 2019-03-15)")]
    NotIso(String),
}

impl Date {
    /// A day of the years 1 to 9999, if the calendar has it.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        let date = civil::Date::new(year, month, day).ok()?;
        (date.year() > 0).then_some(Self(date))
    }

    /// Reads what a person typed: `15/03/2019`, `15/3/2019`, also with hyphens or points.
    pub fn parse_vi(input: &str) -> Result<Self, DateError> {
        let text = input.trim();
        if text.is_empty() {
            return Err(DateError::Empty);
        }
        let shown = || text.chars().take(40).collect::<String>();
        let mark = text
            .chars()
            .find(|c| !c.is_ascii_digit())
            .filter(|c| "/-.".contains(*c));
        let mark = mark.ok_or_else(|| DateError::Form(shown()))?;
        let parts: Vec<&str> = text.split(mark).map(str::trim).collect();
        let &[day, month, year] = parts.as_slice() else {
            return Err(DateError::Form(shown()));
        };
        let short = |part: &str| (1..=2).contains(&part.len());
        if !short(day) || !short(month) || parts.iter().any(|p| !digits(p)) {
            return Err(DateError::Form(shown()));
        }
        let year = (year.len() == 4).then(|| year.parse().ok()).flatten();
        let year: i16 = year
            .filter(|y| (1900..2200).contains(y))
            .ok_or_else(|| DateError::Year(shown()))?;
        match (month.parse(), day.parse()) {
            (Ok(month), Ok(day)) => Self::new(year, month, day),
            _ => None,
        }
        .ok_or_else(|| DateError::NoSuchDay(shown()))
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, from 1.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The day of the month, from 1.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// As on a screen: `05/02/2019`, `15/03/2019`.
    pub fn format_screen(self) -> String {
        format!("{:02}/{:02}/{:04}", self.day(), self.month(), self.year())
    }

    /// As on paper, where days under 10 and the months 1 and 2 alone are padded: `15/3/2019`,
    /// `05/02/2019`.
    pub fn format_paper(self) -> String {
        let month = self.month();
        let pad = if month < 3 { "0" } else { "" };
        format!("{:02}/{pad}{month}/{:04}", self.day(), self.year())
    }

    /// «thứ Hai» to «thứ Bảy», «Chủ nhật».
    pub fn weekday(self) -> &'static str {
        match self.0.weekday() {
            civil::Weekday::Monday => "thứ Hai",
            civil::Weekday::Tuesday => "thứ Ba",
            civil::Weekday::Wednesday => "thứ Tư",
            civil::Weekday::Thursday => "thứ Năm",
            civil::Weekday::Friday => "thứ Sáu",
            civil::Weekday::Saturday => "thứ Bảy",
            civil::Weekday::Sunday => "Chủ nhật",
        }
    }

    /// Saturday or Sunday.
    pub fn is_weekend(self) -> bool {
        matches!(
            self.0.weekday(),
            civil::Weekday::Saturday | civil::Weekday::Sunday
        )
    }

    /// Days from this day to `other`; negative where `other` is earlier.
    pub fn days_until(self, other: Self) -> i64 {
        self.0
            .until(other.0)
            .map_or(0, |span| i64::from(span.get_days()))
    }

    /// The day so many days later (or earlier), kept within the years 1 to 9999.
    pub fn plus_days(self, days: i64) -> Self {
        let since = Self(EPOCH).days_until(self);
        from_epoch_day(since.saturating_add(days))
    }
}

const EPOCH: civil::Date = civil::date(1970, 1, 1);

/// The first of January of year 1 and the last day of 9999, in days since 1970.
const FIRST_DAY: i64 = -719_162;
const LAST_DAY: i64 = 2_932_896;

fn from_epoch_day(day: i64) -> Date {
    Date(EPOCH.saturating_add(day.clamp(FIRST_DAY, LAST_DAY).days()))
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:04}-{:02}-{:02}",
            self.year(),
            self.month(),
            self.day()
        )
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let error = || DateError::NotIso(text.chars().take(40).collect());
        let bytes = text.as_bytes();
        let form = |(i, b): (usize, &u8)| {
            if i == 4 || i == 7 {
                *b == b'-'
            } else {
                b.is_ascii_digit()
            }
        };
        if bytes.len() != 10 || !bytes.iter().enumerate().all(form) {
            return Err(error());
        }
        match (text[..4].parse(), text[5..7].parse(), text[8..].parse()) {
            (Ok(year), Ok(month), Ok(day)) => Self::new(year, month, day),
            _ => None,
        }
        .ok_or_else(error)
    }
}

impl TryFrom<String> for Date {
    type Error = DateError;

    fn try_from(text: String) -> Result<Self, DateError> {
        text.parse()
    }
}

impl From<Date> for String {
    fn from(date: Date) -> String {
        date.to_string()
    }
}

/// A moment: seconds since 1970, UTC. Shown at Vietnam's time (UTC+7, no summer time); any
/// number can be shown, whoever wrote it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

const VIETNAM: i64 = 7 * 3600;
const DAY: i64 = 24 * 3600;

impl Timestamp {
    /// From seconds since 1970, UTC.
    pub fn from_seconds(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds since 1970, UTC.
    pub fn seconds(self) -> i64 {
        self.0
    }

    /// The day in Vietnam.
    pub fn date(self) -> Date {
        from_epoch_day(self.local().div_euclid(DAY))
    }

    /// The time of day in Vietnam: `14:32`.
    pub fn format_time(self) -> String {
        let second = self.local().rem_euclid(DAY);
        format!("{:02}:{:02}", second / 3600, second / 60 % 60)
    }

    /// Day and time in Vietnam: `11/09 14:05`.
    pub fn format_day_time(self) -> String {
        let date = self.date();
        format!(
            "{:02}/{:02} {}",
            date.day(),
            date.month(),
            self.format_time()
        )
    }

    fn local(self) -> i64 {
        self.0.saturating_add(VIETNAM)
    }
}

#[cfg(test)]
mod tests;
