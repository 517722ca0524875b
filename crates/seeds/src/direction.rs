//! The text's words for a target's direction and strictness.

use std::str::FromStr;

/// The text's words for a target's direction and strictness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// «trên»: excludes the value.
    Above,
    /// «đạt», «là», or the bare figure to be completed: includes the value.
    Reach,
    /// «đạt và vượt»: more is «vượt».
    ReachAndExceed,
    /// «tối thiểu»: includes the value.
    AtLeast,
    /// «dưới»: excludes the value.
    Below,
    /// «khoảng»: no verdict.
    About,
    /// «từ … đến …».
    Range,
    /// «giảm còn»: a level.
    ReduceTo,
    /// «giảm …»: a fall in percentage points.
    ReduceBy,
}

/// A word that is no direction.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("hướng «{0}» không có; ghi một trong: {all}", all = Direction::ALL_WORDS)]
pub struct UnknownDirection(pub String);

impl Direction {
    const ALL: [Self; 9] = [
        Self::Above,
        Self::Reach,
        Self::ReachAndExceed,
        Self::AtLeast,
        Self::Below,
        Self::About,
        Self::Range,
        Self::ReduceTo,
        Self::ReduceBy,
    ];

    /// Every word, as messages list them.
    pub const ALL_WORDS: &str =
        "trên | đạt | đạt và vượt | tối thiểu | dưới | khoảng | từ - đến | giảm còn | giảm";

    /// The word, as the files write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Above => "trên",
            Self::Reach => "đạt",
            Self::ReachAndExceed => "đạt và vượt",
            Self::AtLeast => "tối thiểu",
            Self::Below => "dưới",
            Self::About => "khoảng",
            Self::Range => "từ - đến",
            Self::ReduceTo => "giảm còn",
            Self::ReduceBy => "giảm",
        }
    }

    /// Whether it goes with two figures, `low` and `high`.
    pub fn has_two_figures(self) -> bool {
        matches!(self, Self::Range | Self::ReduceBy)
    }
}

impl FromStr for Direction {
    type Err = UnknownDirection;

    fn from_str(text: &str) -> Result<Self, UnknownDirection> {
        let error = || UnknownDirection(text.chars().take(40).collect());
        Self::ALL
            .into_iter()
            .find(|d| d.word() == text)
            .ok_or_else(error)
    }
}
