//! How one moves in the table: as in a sheet.

/// The columns that can be walked, from left to right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// The target's name.
    Name,
    /// Cùng kỳ năm trước.
    SamePeriod,
    /// Thực hiện.
    Actual,
    /// Ước thực hiện.
    Estimate,
    /// Ghi chú.
    Note,
}

impl Column {
    /// From left to right.
    pub const ALL: [Self; 5] = [
        Self::Name,
        Self::SamePeriod,
        Self::Actual,
        Self::Estimate,
        Self::Note,
    ];

    /// As it stands in an element's id.
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::SamePeriod => "same-period",
            Self::Actual => "actual",
            Self::Estimate => "estimate",
            Self::Note => "note",
        }
    }

    fn beside(self, step: isize) -> Self {
        let at = Self::ALL
            .iter()
            .position(|column| *column == self)
            .unwrap_or(0);
        let to = at.saturating_add_signed(step).min(Self::ALL.len() - 1);
        Self::ALL[to]
    }
}

/// How the keys in a cell are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The cell is chosen: arrows move on, what is typed replaces what stood there.
    Select,
    /// F2 or a second click: arrows move the cursor inside.
    Edit,
}

/// A key with what was held down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Press<'a> {
    /// The key, as the web view names it.
    pub key: &'a str,
    /// Shift.
    pub shift: bool,
    /// Ctrl, or Command.
    pub ctrl: bool,
}

/// Where a key leads from row and column in a table of `rows` rows; `None` where the key is not
/// the table's. At the edge it leads to the same cell, so that nothing scrolls.
pub fn step(
    press: Press<'_>,
    mode: Mode,
    (row, column): (usize, Column),
    rows: usize,
) -> Option<(usize, Column)> {
    let last = rows.checked_sub(1)?;
    let down = |n: usize| row.saturating_add(n).min(last);
    match (press.key, press.ctrl) {
        ("Enter", false) if press.shift => return Some((row.saturating_sub(1), column)),
        ("Enter", false) => return Some((down(1), column)),
        _ if mode == Mode::Edit || press.shift => return None,
        _ => {}
    }
    Some(match (press.key, press.ctrl) {
        ("ArrowDown", false) => (down(1), column),
        ("ArrowUp", false) => (row.saturating_sub(1), column),
        ("ArrowLeft", false) => (row, column.beside(-1)),
        ("ArrowRight", false) => (row, column.beside(1)),
        ("PageDown", false) => (down(10), column),
        ("PageUp", false) => (row.saturating_sub(10), column),
        ("ArrowDown" | "End", true) => (last, column),
        ("ArrowUp" | "Home", true) => (0, column),
        ("Home" | "ArrowLeft", _) => (row, Column::Name),
        ("End" | "ArrowRight", _) => (row, Column::Note),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{
        Column::{Actual, Estimate, Name, Note, SamePeriod},
        *,
    };

    #[test]
    fn keys_move_as_in_a_sheet() {
        use Mode::{Edit, Select};
        let at = (2, Actual);
        // key, shift, ctrl, mode → where to, in a table of 5 rows
        let table = [
            ("ArrowDown", false, false, Select, Some((3, Actual))),
            ("ArrowUp", false, false, Select, Some((1, Actual))),
            ("ArrowLeft", false, false, Select, Some((2, SamePeriod))),
            ("ArrowRight", false, false, Select, Some((2, Estimate))),
            ("Enter", false, false, Select, Some((3, Actual))),
            ("Enter", true, false, Select, Some((1, Actual))),
            ("Enter", false, false, Edit, Some((3, Actual))),
            ("Home", false, false, Select, Some((2, Name))),
            ("End", false, false, Select, Some((2, Note))),
            ("Home", false, true, Select, Some((0, Actual))),
            ("End", false, true, Select, Some((4, Actual))),
            ("ArrowDown", false, true, Select, Some((4, Actual))),
            ("ArrowLeft", false, true, Select, Some((2, Name))),
            ("PageDown", false, false, Select, Some((4, Actual))),
            ("PageUp", false, false, Select, Some((0, Actual))),
            ("ArrowLeft", false, false, Edit, None),
            ("ArrowDown", false, false, Edit, None),
            ("ArrowRight", true, false, Select, None),
            ("Tab", false, false, Select, None),
            ("7", false, false, Select, None),
            ("v", false, true, Select, None),
            ("Enter", false, true, Select, None),
        ];
        for (key, shift, ctrl, mode, to) in table {
            let press = Press { key, shift, ctrl };
            assert_eq!(step(press, mode, at, 5), to, "{press:?} {mode:?}");
        }
    }

    #[test]
    fn nothing_leads_out_of_the_table() {
        let press = |key| Press {
            key,
            shift: false,
            ctrl: false,
        };
        for (key, at) in [
            ("ArrowUp", (0, Name)),
            ("ArrowLeft", (0, Name)),
            ("ArrowDown", (4, Note)),
            ("ArrowRight", (4, Note)),
            ("Enter", (4, Note)),
        ] {
            assert_eq!(step(press(key), Mode::Select, at, 5), Some(at), "{key}");
        }
        assert_eq!(step(press("Enter"), Mode::Select, (0, Name), 0), None);
    }
}
