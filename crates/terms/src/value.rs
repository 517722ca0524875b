//! What can stand in a field: as it is stored, as a person types it, as a person reads it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    AgencyId, Date, Decimal, DecimalError, Period, TaskId, WorkStatus,
    date::DateError,
    rows::ItemKind,
    text::{Limit, TextError},
};

/// What the values of a field are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueType {
    /// How far a task is.
    Status,
    /// A day.
    Day,
    /// A percentage from 0 to 100.
    Percent,
    /// A figure of a target.
    Figure,
    /// Why a figure is empty.
    Mark,
    /// An agency.
    Agency,
    /// Yes or no.
    Flag,
    /// Struck out, or put back.
    Struck,
    /// Words, no longer than this.
    Text(Limit),
    /// What an item is.
    ItemKind,
    /// A task.
    Task,
    /// A period.
    Period,
}

/// A value of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "kebab-case")]
pub enum Value {
    /// How far a task is.
    Status(WorkStatus),
    /// A day.
    Day(Date),
    /// A figure or a percentage.
    Figure(Decimal),
    /// Why a figure is empty.
    Mark(ValueMark),
    /// An agency.
    Agency(AgencyId),
    /// Yes or no.
    Flag(bool),
    /// Words. Of a merged text: the whole new text.
    Text(String),
    /// What an item is.
    ItemKind(ItemKind),
    /// A task.
    Task(TaskId),
    /// A period.
    Period(Period),
}

/// Why a figure is empty: never the same as nought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValueMark {
    /// «-»: did not occur.
    NotOccurred,
    /// «…»: not collected.
    NotCollected,
    /// «chưa có số liệu trong kỳ (số năm)»: known only at the year's end.
    YearlyOnly,
}

impl ValueMark {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::NotOccurred, Self::NotCollected, Self::YearlyOnly];

    /// As it stands in documents.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotOccurred => "not-occurred",
            Self::NotCollected => "not-collected",
            Self::YearlyOnly => "yearly-only",
        }
    }

    /// The reverse of [`code`](Self::code); a word of a newer version is none.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.code() == code)
    }

    /// As a person reads it in place of a figure.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotOccurred => "-",
            Self::NotCollected => "…",
            Self::YearlyOnly => "chưa có số liệu trong kỳ (số năm)",
        }
    }
}

/// Why what was typed is no value of a field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TypedError {
    /// No day.
    #[error(transparent)]
    Day(#[from] DateError),
    /// No figure.
    #[error(transparent)]
    Figure(#[from] DecimalError),
    /// Too long, or not to be stored.
    #[error(transparent)]
    Text(#[from] TextError),
    /// A percentage below 0 or above 100.
    #[error("{} % không hợp lệ; tỷ lệ phải từ 0 đến 100", .0.format_vi())]
    Percent(Decimal),
    /// None of the words that can stand there.
    #[error("«{0}» không có trong danh sách; chọn lại trong danh sách")]
    Code(String),
}

impl ValueType {
    /// Whether its values are words that people write.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Text(_))
    }

    /// Whether its values are compared as numbers: 2,5 and 2,50 are one.
    pub fn is_number(self) -> bool {
        matches!(self, Self::Percent | Self::Figure)
    }

    /// Reads a value as documents and lists of choices have it; none of a newer version's.
    pub fn read(self, code: &str) -> Option<Value> {
        Some(match self {
            Self::Status => Value::Status(WorkStatus::from_code(code)?),
            Self::Day => Value::Day(code.parse().ok()?),
            Self::Percent | Self::Figure => Value::Figure(code.parse().ok()?),
            Self::Mark => Value::Mark(ValueMark::from_code(code)?),
            Self::Agency => Value::Agency(code.parse().ok()?),
            Self::Flag | Self::Struck => Value::Flag(code.parse().ok()?),
            Self::Text(_) => Value::Text(code.to_owned()),
            Self::ItemKind => Value::ItemKind(ItemKind::from_code(code)?),
            Self::Task => Value::Task(code.parse().ok()?),
            Self::Period => Value::Period(code.parse().ok()?),
        })
    }

    /// Reads what a person typed or chose; nothing typed is none.
    pub fn parse(self, typed: &str) -> Result<Option<Value>, TypedError> {
        if let Self::Text(_) = self {
            return Ok(Some(Value::Text(typed.to_owned())));
        }
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(None);
        }
        Ok(Some(match self {
            Self::Day => Value::Day(Date::parse_vi(typed)?),
            Self::Figure => Value::Figure(Decimal::parse_vi(typed)?),
            Self::Percent => Value::Figure(parse_percent(typed)?),
            Self::Status
            | Self::Mark
            | Self::Agency
            | Self::Flag
            | Self::Struck
            | Self::ItemKind
            | Self::Task
            | Self::Period
            | Self::Text(_) => self
                .read(typed)
                .ok_or_else(|| TypedError::Code(typed.to_owned()))?,
        }))
    }

    /// Whether a value is of this type.
    pub fn takes(self, value: &Value) -> bool {
        match value {
            Value::Status(_) => self == Self::Status,
            Value::Day(_) => self == Self::Day,
            Value::Figure(_) => self.is_number(),
            Value::Mark(_) => self == Self::Mark,
            Value::Agency(_) => self == Self::Agency,
            Value::Flag(_) => matches!(self, Self::Flag | Self::Struck),
            Value::Text(_) => self.is_text(),
            Value::ItemKind(_) => self == Self::ItemKind,
            Value::Task(_) => self == Self::Task,
            Value::Period(_) => self == Self::Period,
        }
    }

    /// A value as a person reads it. An agency is named by `agency`.
    pub fn words(self, value: &Value, agency: impl Fn(&AgencyId) -> String) -> String {
        match value {
            Value::Status(status) => status.words().to_owned(),
            Value::Day(day) => day.format_screen(),
            Value::Figure(figure) if self == Self::Percent => format!("{} %", figure.format_vi()),
            Value::Figure(figure) => figure.format_vi(),
            Value::Mark(mark) => mark.words().to_owned(),
            Value::Agency(id) => agency(id),
            Value::Flag(yes) if self == Self::Struck => struck_words(*yes).to_owned(),
            Value::Flag(yes) => if *yes { "có" } else { "không" }.to_owned(),
            Value::Text(_) | Value::ItemKind(_) | Value::Task(_) | Value::Period(_) => {
                value.to_string()
            }
        }
    }
}

fn struck_words(struck: bool) -> &'static str {
    if struck { "gạch bỏ" } else { "lấy lại" }
}

fn parse_percent(typed: &str) -> Result<Decimal, TypedError> {
    let percent = Decimal::parse_vi(typed.trim_end_matches('%').trim_end())?;
    if percent.is_negative() || percent > Decimal::from(100) {
        return Err(TypedError::Percent(percent));
    }
    Ok(percent)
}

/// As it stands in documents.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => f.write_str(status.code()),
            Self::Day(day) => day.fmt(f),
            Self::Figure(figure) => figure.fmt(f),
            Self::Mark(mark) => f.write_str(mark.code()),
            Self::Agency(id) => id.fmt(f),
            Self::Flag(yes) => yes.fmt(f),
            Self::Text(text) => f.write_str(text),
            Self::ItemKind(kind) => f.write_str(kind.code()),
            Self::Task(id) => id.fmt(f),
            Self::Period(period) => period.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_read_back_from_documents() {
        let table = [
            (ValueType::Status, "in-progress"),
            (ValueType::Day, "2019-09-05"),
            (ValueType::Percent, "62.5"),
            (ValueType::Figure, "-1234.50"),
            (ValueType::Mark, "yearly-only"),
            (ValueType::Agency, "so-y-te"),
            (ValueType::Flag, "true"),
            (ValueType::Struck, "false"),
            (ValueType::Text(Limit::LINE), " Vốn đầu tư công "),
            (ValueType::ItemKind, "obstacle"),
            (ValueType::Task, "nv-1"),
            (ValueType::Period, "2019-q3"),
        ];
        for (kind, code) in table {
            let value = kind.read(code).unwrap();
            assert!(kind.takes(&value), "{code}");
            assert_eq!(value.to_string(), code);
        }
        assert_eq!(ValueType::Status.read("paused"), None);
    }

    #[test]
    fn what_is_typed_is_a_value_nothing_or_refused_with_a_reason() {
        let typed = |kind: ValueType, text: &str| {
            let value = kind.parse(text).map_err(|error| error.to_string())?;
            Ok::<_, String>(value.map(|value| value.to_string()))
        };
        let is = |text: &str| Ok(Some(text.to_owned()));
        assert_eq!(typed(ValueType::Percent, " 60 % "), is("60"));
        assert_eq!(typed(ValueType::Percent, "60,5"), is("60.5"));
        assert_eq!(typed(ValueType::Percent, "  "), Ok(None));
        for bad in ["140", "-1", "60.5", "12a", "%x"] {
            assert!(typed(ValueType::Percent, bad).is_err(), "{bad}");
        }
        assert_eq!(typed(ValueType::Day, "5/9/2019"), is("2019-09-05"));
        assert!(typed(ValueType::Day, "31/02/2019").is_err());
        assert_eq!(typed(ValueType::Figure, "1.234,5"), is("1234.5"));
        assert_eq!(typed(ValueType::Text(Limit::LINE), " x "), is(" x "));
        assert!(typed(ValueType::Status, "paused").is_err());
    }
}
