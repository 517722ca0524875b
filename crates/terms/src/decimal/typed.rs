//! What people type and paste.

use super::{Decimal, DecimalError, MAX_DIGITS, build};
use crate::text::is_invisible;

impl Decimal {
    /// Reads what a person typed or pasted: `1.234,56`, `1234,5`, `2 000 000`, `-3,5`.
    ///
    /// A point or a space only separates thousands, so `2.950` is 2950 and `3.00` is refused.
    pub fn parse_vi(input: &str) -> Result<Self, DecimalError> {
        let text = input.trim_matches(is_around);
        if text.is_empty() {
            return Err(DecimalError::Empty);
        }
        let shown: String = text.chars().take(40).collect();
        if let Some(hint) = accountants_negative(text) {
            return Err(DecimalError::Parentheses { text: shown, hint });
        }
        let (negative, body) = sign(text);
        if let Some(bad) = body.chars().find(|&c| !is_figure(c)) {
            return Err(DecimalError::BadCharacter { text: shown, bad });
        }
        if body.chars().filter(char::is_ascii_digit).count() > MAX_DIGITS {
            return Err(DecimalError::TooLong);
        }
        if body.matches(',').count() > 1 || comes_before(body, ',', '.') {
            return Err(match Self::parse_en(text) {
                Some(english) => DecimalError::English {
                    text: shown,
                    hint: english.format_vi(),
                },
                None => DecimalError::Commas { text: shown },
            });
        }
        let (whole, places) = match body.split_once(',') {
            Some((whole, places)) => (whole, Some(places)),
            None => (body, None),
        };
        if whole.is_empty() || places.is_some_and(|p| !all_digits(p)) {
            return Err(DecimalError::Comma { text: shown });
        }
        let whole = ungroup(whole, places.is_none(), &shown)?;
        build(negative, &whole, places.unwrap_or(""))
    }

    /// What the text says if it is written the English way: `1,234.56`, `1234.5`.
    pub fn parse_en(input: &str) -> Option<Self> {
        let (negative, body) = sign(input.trim_matches(is_around));
        if !body.chars().all(is_figure) {
            return None;
        }
        let (whole, places) = match body.split_once('.') {
            Some((whole, places)) if all_digits(places) => (whole, places),
            Some(_) => return None,
            None => (body, ""),
        };
        if whole.is_empty() {
            return None;
        }
        let whole = ungroup(whole, false, "").ok()?;
        build(negative, &whole, places).ok()
    }
}

/// What a spreadsheet or a page leaves around a figure without showing it.
fn is_around(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// How to write what accountants write as `(1.234)`.
fn accountants_negative(text: &str) -> Option<String> {
    let inside = text.strip_prefix('(')?.strip_suffix(')')?;
    let value = Decimal::parse_vi(inside).ok()?;
    (!value.is_negative()).then(|| format!("-{}", value.format_vi()))
}

/// Whether it is negative, and the rest. An en dash is what word processors make of a minus.
fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix(['-', '\u{2212}', '\u{2013}']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text),
    }
}

fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || c == ',' || c == '.' || is_space(c)
}

/// The spaces that people and spreadsheets put between thousands.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

fn comes_before(text: &str, first: char, second: char) -> bool {
    matches!((text.find(first), text.rfind(second)), (Some(a), Some(b)) if a < b)
}

pub(super) fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Takes the thousands' marks out. `alone` says that no decimal comma follows.
fn ungroup(whole: &str, alone: bool, shown: &str) -> Result<String, DecimalError> {
    let Some(mark) = whole.chars().find(|c| !c.is_ascii_digit()) else {
        return Ok(whole.to_owned());
    };
    let parts: Vec<&str> = whole.split(mark).collect();
    let (Some((first, rest)), text) = (parts.split_first(), shown.to_owned()) else {
        return Err(DecimalError::Groups {
            text: shown.to_owned(),
        });
    };
    let grouped = all_digits(first)
        && first.len() <= 3
        && !first.starts_with('0')
        && rest.iter().all(|part| part.len() == 3 && all_digits(part));
    if grouped {
        return Ok(parts.concat());
    }
    let minus = if sign(shown).0 { "-" } else { "" };
    if alone && mark == '.' && parts.len() == 2 && parts.iter().all(|part| all_digits(part)) {
        return Err(DecimalError::PointAsComma {
            text,
            hint: format!("{minus}{}", whole.replace('.', ",")),
        });
    }
    Err(DecimalError::Groups { text })
}
