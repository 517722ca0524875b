//! Where in the text something stands.

use std::{fmt, str::FromStr};

/// A place in the programme's text, written as people write it: «II.3.đ, gạch 3».
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Clause {
    /// «mở đầu»: the title and the grounds.
    Preamble,
    /// «I»: Mục I of part one, the objective.
    Objective,
    /// «II»: the opening of Mục II of part one.
    Opening,
    /// «II.3»: the heading of a group.
    Group(u8),
    /// «II.3.đ, gạch 3»: a lettered section of Mục II, or a place in it.
    Section {
        /// The group's number.
        group: u8,
        /// The section's letter, in the Vietnamese order a b c d đ e g.
        letter: char,
        /// Where in the section.
        place: Place,
    },
    /// «Phần 2, khoản 1».
    PartTwo(u8),
    /// «Nơi nhận»: recipients and signature.
    Recipients,
}

/// A place in a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The section's own line.
    Own,
    /// «đoạn 1»: a paragraph, from 1.
    Paragraph(u8),
    /// «gạch 3»: a bullet, from 1.
    Bullet(u8),
    /// «gạch 3, cộng 2»: a sub-bullet, from 1, of a bullet.
    Sub(u8, u8),
}

/// A string that names no place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "«{0}» không phải điều khoản; viết như «II.3.đ, gạch 3», «II.2.a, gạch 2, cộng 1», «II.1.b, đoạn 1», «II.7.c» hoặc «Phần 2, khoản 1»"
)]
pub struct ClauseError(pub String);

/// The letters of sections, in their order: there is no f, j, w or z.
const LETTERS: &str = "abcdđeghiklmnopqrstuvxy";

impl Clause {
    /// The part of the text: 1 or 2; none for the preamble and the recipients.
    pub fn part(&self) -> Option<u8> {
        match self {
            Self::Preamble | Self::Recipients => None,
            Self::PartTwo(_) => Some(2),
            _ => Some(1),
        }
    }

    /// The section's group and letter, where it stands in a section.
    pub fn section(&self) -> Option<(u8, char)> {
        match self {
            Self::Section { group, letter, .. } => Some((*group, *letter)),
            _ => None,
        }
    }

    /// As papers cite it: «gạch đầu dòng thứ ba, điểm đ, khoản 3, Mục II, Phần thứ nhất».
    pub fn in_words(&self) -> String {
        match self {
            Self::Preamble => "phần mở đầu".to_owned(),
            Self::Objective => "Mục I, Phần thứ nhất".to_owned(),
            Self::Opening => "Mục II, Phần thứ nhất".to_owned(),
            Self::Group(n) => format!("khoản {n}, Mục II, Phần thứ nhất"),
            Self::Section {
                group,
                letter,
                place,
            } => {
                let section = format!("điểm {letter}, khoản {group}, Mục II, Phần thứ nhất");
                match place {
                    Place::Own => section,
                    Place::Paragraph(n) => format!("đoạn {}, {section}", ordinal(*n)),
                    Place::Bullet(n) => format!("gạch đầu dòng {}, {section}", ordinal(*n)),
                    Place::Sub(n, sub) => format!(
                        "dấu cộng {}, gạch đầu dòng {}, {section}",
                        ordinal(*sub),
                        ordinal(*n)
                    ),
                }
            }
            Self::PartTwo(n) => format!("khoản {n}, Phần thứ hai"),
            Self::Recipients => "phần nơi nhận".to_owned(),
        }
    }
}

fn ordinal(n: u8) -> String {
    let words = [
        "nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười",
    ];
    match words.get(usize::from(n).wrapping_sub(1)) {
        Some(word) => format!("thứ {word}"),
        None => format!("thứ {n}"),
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Preamble => f.write_str("mở đầu"),
            Self::Objective => f.write_str("I"),
            Self::Opening => f.write_str("II"),
            Self::Group(n) => write!(f, "II.{n}"),
            Self::Section {
                group,
                letter,
                place,
            } => {
                write!(f, "II.{group}.{letter}")?;
                match place {
                    Place::Own => Ok(()),
                    Place::Paragraph(n) => write!(f, ", đoạn {n}"),
                    Place::Bullet(n) => write!(f, ", gạch {n}"),
                    Place::Sub(n, sub) => write!(f, ", gạch {n}, cộng {sub}"),
                }
            }
            Self::PartTwo(n) => write!(f, "Phần 2, khoản {n}"),
            Self::Recipients => f.write_str("Nơi nhận"),
        }
    }
}

impl FromStr for Clause {
    type Err = ClauseError;

    fn from_str(text: &str) -> Result<Self, ClauseError> {
        let parts: Vec<&str> = text.split(", ").collect();
        let clause = match parts.as_slice() {
            ["mở đầu"] => Some(Self::Preamble),
            ["I"] => Some(Self::Objective),
            ["II"] => Some(Self::Opening),
            ["Nơi nhận"] => Some(Self::Recipients),
            ["Phần 2", n] => count(n, "khoản ").map(Self::PartTwo),
            [head, rest @ ..] => in_group(head, rest),
            [] => None,
        };
        clause.ok_or_else(|| ClauseError(text.chars().take(80).collect()))
    }
}

fn in_group(head: &str, rest: &[&str]) -> Option<Clause> {
    let (group, letter) = match head.strip_prefix("II.")?.split_once('.') {
        Some((group, letter)) => (group, Some(letter)),
        None => (head.strip_prefix("II.")?, None),
    };
    let group = count(group, "")?;
    let Some(letter) = letter else {
        return rest.is_empty().then_some(Clause::Group(group));
    };
    let mut chars = letter.chars();
    let letter = chars
        .next()
        .filter(|c| LETTERS.contains(*c) && chars.next().is_none())?;
    let place = match rest {
        [] => Place::Own,
        [one] => match (count(one, "đoạn "), count(one, "gạch ")) {
            (Some(n), _) => Place::Paragraph(n),
            (_, n) => Place::Bullet(n?),
        },
        [bullet, sub] => Place::Sub(count(bullet, "gạch ")?, count(sub, "cộng ")?),
        _ => return None,
    };
    Some(Clause::Section {
        group,
        letter,
        place,
    })
}

/// A number from 1 to 99, without a nought before it.
fn count(text: &str, word: &str) -> Option<u8> {
    let digits = text.strip_prefix(word)?;
    let plain = !digits.starts_with(['0', '+']) && digits.len() <= 2;
    plain.then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_read_back_and_are_said_in_words() {
        for (short, words) in [
            ("mở đầu", "phần mở đầu"),
            ("I", "Mục I, Phần thứ nhất"),
            ("II", "Mục II, Phần thứ nhất"),
            ("II.2", "khoản 2, Mục II, Phần thứ nhất"),
            ("II.4.b", "điểm b, khoản 4, Mục II, Phần thứ nhất"),
            (
                "II.1.b, đoạn 1",
                "đoạn thứ nhất, điểm b, khoản 1, Mục II, Phần thứ nhất",
            ),
            (
                "II.3.đ, gạch 3",
                "gạch đầu dòng thứ ba, điểm đ, khoản 3, Mục II, Phần thứ nhất",
            ),
            (
                "II.2.a, gạch 3, cộng 4",
                "dấu cộng thứ tư, gạch đầu dòng thứ ba, điểm a, khoản 2, Mục II, Phần thứ nhất",
            ),
            ("Phần 2, khoản 3", "khoản 3, Phần thứ hai"),
            ("Nơi nhận", "phần nơi nhận"),
        ] {
            let clause: Clause = short.parse().unwrap();
            assert_eq!(
                (clause.to_string().as_str(), clause.in_words().as_str()),
                (short, words)
            );
        }
    }

    #[test]
    fn other_strings_name_no_place() {
        for text in [
            "",
            "III",
            "II.",
            "II.0",
            "II.3.f",
            "II.3.dd",
            "II.3.đ,gạch 3",
            "II.3.đ, gạch",
            "II.3.đ, gạch 03",
            "II.3.đ, gạch 3, cộng",
            "II.3.đ, đoạn 1, cộng 1",
            "II.3, gạch 1",
            "II.3.đ, gạch 3, cộng 1, cộng 2",
            "Phần 2",
            "Phần 3, khoản 1",
            "II.3.đ, gạch +3",
            "II.3.đ, gạch 100",
        ] {
            assert!(text.parse::<Clause>().is_err(), "{text}");
        }
    }
}
