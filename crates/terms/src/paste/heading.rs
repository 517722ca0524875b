//! A heading above a block, and what it says its columns hold.

use super::{Column, is_value};
use crate::{Field, text::fold};

/// How far down a heading may stand: under a title and a line for the unit.
const DEEPEST: usize = 4;

/// A heading that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heading {
    /// How many rows there are to its end.
    pub(super) rows: usize,
    /// The column of names.
    pub(super) name: Option<usize>,
    /// The column of numbers.
    pub(super) number: Option<usize>,
    /// Which columns hold what.
    pub(super) values: Vec<(usize, Column)>,
}

/// What a column of a sheet may be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Called {
    Name,
    Number,
    Value(Column),
    /// The plan, the unit, what is computed: nothing that is written here.
    Other,
}

/// The heading of a block, if its first rows hold one.
pub(super) fn find(rows: &[Vec<String>]) -> Option<Heading> {
    let at = rows.iter().take(DEEPEST).position(|row| is_heading(row))?;
    let called: Vec<(usize, Called)> = rows[at]
        .iter()
        .enumerate()
        .filter_map(|(i, cell)| Some((i, called(cell)?)))
        .collect();
    let first = |wanted: Called| called.iter().find(|(_, is)| *is == wanted).map(|(i, _)| *i);
    let mut values: Vec<(usize, Column)> = Vec::new();
    for (i, is) in &called {
        if let Called::Value(column) = is
            && !values.iter().any(|(_, other)| other == column)
        {
            values.push((*i, *column));
        }
    }
    Some(Heading {
        rows: at + 1,
        name: first(Called::Name),
        number: first(Called::Number),
        values,
    })
}

/// A row without any figure of which two cells are called as columns are, or the only one is.
fn is_heading(row: &[String]) -> bool {
    let filled = row.iter().filter(|cell| !cell.is_empty());
    let known = filled.clone().filter(|cell| called(cell).is_some()).count();
    let words = filled.clone().all(|cell| !is_value(cell));
    words && (known > 1 || known == 1 && filled.count() == 1)
}

fn called(cell: &str) -> Option<Called> {
    let words = fold(cell);
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let has = |part: &str| words.contains(part);
    Some(match words.as_str() {
        "tt" | "stt" | "so tt" => Called::Number,
        "chi tieu" | "ten chi tieu" | "noi dung" | "cac chi tieu" => Called::Name,
        _ if has("so sanh") || has("so voi") || has("luy ke") || has("%") => Called::Other,
        _ if has("ke hoach") || has("muc tieu") || has("don vi") || words == "dvt" => Called::Other,
        _ if has("cung ky") => Called::Value(Column::Figure(Field::SamePeriod)),
        _ if has("uoc") && (has("thuc hien") || words.starts_with("uoc")) => {
            Called::Value(Column::Figure(Field::Estimate))
        }
        _ if has("thuc hien") => Called::Value(Column::Figure(Field::Actual)),
        _ if has("ghi chu") => Called::Value(Column::Note),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_what_offices_call_them() {
        use Field::{Actual, Estimate, SamePeriod};
        let figure = |field| Some(Called::Value(Column::Figure(field)));
        for (words, is) in [
            ("TT", Some(Called::Number)),
            ("Chỉ tiêu", Some(Called::Name)),
            ("Đơn vị tính", Some(Called::Other)),
            ("Kế hoạch năm 2019", Some(Called::Other)),
            ("Thực hiện cùng kỳ năm trước", figure(SamePeriod)),
            ("Thực hiện\n9 tháng", figure(Actual)),
            ("Ước thực hiện quý III", figure(Estimate)),
            ("Ước 9 tháng", figure(Estimate)),
            ("So sánh (%) với cùng kỳ", Some(Called::Other)),
            ("Lũy kế thực hiện", Some(Called::Other)),
            ("Ghi chú", Some(Called::Value(Column::Note))),
            ("Sản lượng lúa", None),
            ("5", None),
        ] {
            assert_eq!(called(words), is, "{words}");
        }
    }
}
