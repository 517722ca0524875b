//! Decimals: exact, with the scale that was written. 94,83 keeps its two places; no float ever.

use std::{
    fmt::{self, Write as _},
    str::FromStr,
};

use rust_decimal::{Decimal as Raw, RoundingStrategy};
use serde::{Deserialize, Serialize};

mod typed;

use typed::all_digits;

/// The most digits a figure may have, before and after the comma together.
pub const MAX_DIGITS: usize = 20;

/// A figure as the document or a person wrote it.
///
/// In documents, files and columns it is a canonical string (`-1234.50`); on screens and papers
/// [`format_vi`](Self::format_vi) (`-1.234,50`). `2.50` equals `2.5`, each keeps its own look.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Decimal(Raw);

/// Why a string is no figure; it says how to write it instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecimalError {
    /// Nothing was typed.
    #[error("chưa có số; gõ số, ví dụ 1.234,5")]
    Empty,
    /// A character that no number has.
    #[error("«{text}» không phải số vì có «{bad}»; chỉ gõ số, không gõ đơn vị, ví dụ 1.234,5")]
    BadCharacter {
        /// What was typed.
        text: String,
        /// The first character that does not belong.
        bad: char,
    },
    /// A point where a decimal comma was meant: `3.00`.
    #[error("«{text}»: dấu chấm chỉ tách hàng nghìn; phần thập phân viết sau dấu phẩy: {hint}")]
    PointAsComma {
        /// What was typed.
        text: String,
        /// How to write it, if that was meant.
        hint: String,
    },
    /// Groups that are not of three digits each: `1.2.3`, `12 34`.
    #[error("«{text}»: mỗi nhóm hàng nghìn phải đủ ba chữ số, ví dụ 1.234 hoặc 1234")]
    Groups {
        /// What was typed.
        text: String,
    },
    /// The English way: `1,234,567.8`.
    #[error(
        "«{text}» viết theo lối tiếng Anh; dấu chấm tách hàng nghìn, dấu phẩy trước phần thập phân: {hint}"
    )]
    English {
        /// What was typed.
        text: String,
        /// How to write it, if that was meant.
        hint: String,
    },
    /// Several commas, in no order that anybody writes: `1,2,3`.
    #[error("«{text}»: chỉ có một dấu phẩy, đứng trước phần thập phân, ví dụ 1.234,5")]
    Commas {
        /// What was typed.
        text: String,
    },
    /// A negative figure as accountants write it: `(1.234)`.
    #[error("«{text}»: số âm viết với dấu trừ: {hint}")]
    Parentheses {
        /// What was typed.
        text: String,
        /// How to write it, if that was meant.
        hint: String,
    },
    /// A comma without digits on both sides.
    #[error("«{text}»: trước và sau dấu phẩy phải có chữ số, ví dụ 0,5")]
    Comma {
        /// What was typed.
        text: String,
    },
    /// More than [`MAX_DIGITS`].
    #[error("số dài quá {MAX_DIGITS} chữ số")]
    TooLong,
    /// Not the canonical form that documents and files hold.
    #[error("«{0}» không phải số ở dạng lưu (chữ số, dấu chấm trước phần thập phân, ví dụ 1234.5)")]
    NotCanonical(String),
}

impl Decimal {
    /// Nought.
    pub const ZERO: Self = Self(Raw::ZERO);

    /// As it is written for people: `-1.234,50`.
    pub fn format_vi(&self) -> String {
        let canonical = self.to_string();
        let (sign, body) = match canonical.strip_prefix('-') {
            Some(body) => ("-", body),
            None => ("", canonical.as_str()),
        };
        let (whole, places) = body.split_once('.').unwrap_or((body, ""));
        let mut out = String::with_capacity(canonical.len() + whole.len() / 3);
        out.push_str(sign);
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                out.push('.');
            }
            out.push(digit);
        }
        if !places.is_empty() {
            out.push(',');
            out.push_str(places);
        }
        out
    }

    /// Whether this and `other` are within `factor` times of each other, whatever their signs;
    /// nought is near nothing.
    pub fn within_times(self, other: Self, factor: u32) -> bool {
        let (a, b) = (self.0.abs(), other.0.abs());
        let reaches = |small: Raw, large: Raw| {
            let most = small.checked_mul(Raw::from(factor));
            most.is_none_or(|most| most >= large)
        };
        !a.is_zero() && !b.is_zero() && reaches(a, b) && reaches(b, a)
    }

    /// Digits after the comma.
    pub fn scale(&self) -> u32 {
        self.0.scale()
    }

    /// Whether it is nought.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Whether it is less than nought.
    pub fn is_negative(&self) -> bool {
        self.0.is_sign_negative() && !self.0.is_zero()
    }

    /// The sum; `None` beyond [`MAX_DIGITS`].
    pub fn checked_add(self, other: Self) -> Option<Self> {
        bounded(self.0.checked_add(other.0)?)
    }

    /// The difference; `None` beyond [`MAX_DIGITS`].
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        bounded(self.0.checked_sub(other.0)?)
    }

    /// How many per cent of `whole` this is, rounded half away from nought to `places`;
    /// `None` of nought or beyond [`MAX_DIGITS`].
    pub fn percent_of(self, whole: Self, places: u32) -> Option<Self> {
        let ratio = self.0.checked_mul(Raw::ONE_HUNDRED)?.checked_div(whole.0)?;
        let mut rounded = half_away(ratio, places);
        rounded.rescale(places);
        bounded(rounded)
    }

    /// Rounded half away from nought to `places`; fewer places stay as they are.
    pub fn round(self, places: u32) -> Self {
        Self(positive_zero(half_away(self.0, places)))
    }
}

fn half_away(raw: Raw, places: u32) -> Raw {
    raw.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

fn build(negative: bool, whole: &str, places: &str) -> Result<Decimal, DecimalError> {
    let mut text = String::with_capacity(whole.len() + places.len() + 2);
    if negative {
        text.push('-');
    }
    text.push_str(whole);
    if !places.is_empty() {
        text.push('.');
        text.push_str(places);
    }
    let raw = Raw::from_str_exact(&text).map_err(|_| DecimalError::TooLong)?;
    bounded(raw).ok_or(DecimalError::TooLong)
}

fn positive_zero(raw: Raw) -> Raw {
    if raw.is_zero() { raw.abs() } else { raw }
}

fn bounded(raw: Raw) -> Option<Decimal> {
    let mut digits = 0;
    let mut mantissa = raw.mantissa().unsigned_abs();
    while mantissa > 0 {
        mantissa /= 10;
        digits += 1;
    }
    let written = digits.max(raw.scale() as usize + 1);
    (written <= MAX_DIGITS).then(|| Decimal(positive_zero(raw)))
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        write!(text, "{}", self.0)?;
        f.write_str(&text)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The canonical form only: `1234.50`, `-0.5`; no sign of plus, no group, no leading nought.
impl FromStr for Decimal {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let error = || DecimalError::NotCanonical(text.chars().take(40).collect());
        if text.len() > MAX_DIGITS + 2 {
            return Err(DecimalError::TooLong);
        }
        let body = text.strip_prefix('-').unwrap_or(text);
        let (whole, places) = match body.split_once('.') {
            Some((whole, places)) if all_digits(places) => (whole, places),
            Some(_) => return Err(error()),
            None => (body, ""),
        };
        if !all_digits(whole) || (whole.len() > 1 && whole.starts_with('0')) {
            return Err(error());
        }
        let value = build(text.len() != body.len(), whole, places)?;
        // «-0» is nobody's canonical form.
        if value.is_zero() && text.starts_with('-') {
            Err(error())
        } else {
            Ok(value)
        }
    }
}

impl TryFrom<String> for Decimal {
    type Error = DecimalError;

    fn try_from(text: String) -> Result<Self, DecimalError> {
        text.parse()
    }
}

impl From<Decimal> for String {
    fn from(value: Decimal) -> String {
        value.to_string()
    }
}

impl From<i32> for Decimal {
    fn from(value: i32) -> Self {
        Self(value.into())
    }
}

#[cfg(test)]
mod tests;
