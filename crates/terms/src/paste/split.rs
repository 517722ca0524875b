//! The text of the clipboard as rows and cells.

/// Rows of cells: cells apart by tabs, rows by line ends, whichever of the three the program
/// writes. A cell that holds a tab, a line end or a quotation mark may stand in quotation marks.
pub fn split(text: &str) -> Vec<Vec<String>> {
    // Where other line ends are, a carriage return alone is a stray one in a cell: a space, lest
    // the figures before and after it become one.
    let alone = if text.contains('\n') { " " } else { "\n" };
    let text = text.replace("\r\n", "\n").replace('\r', alone);
    let mut rows = vec![vec![]];
    let mut rest = text.as_str();
    loop {
        let (cell, after) = quoted(rest).unwrap_or_else(|| plain(rest));
        if let Some(row) = rows.last_mut() {
            row.push(cell.trim().to_owned());
        }
        let mut after = after.chars();
        match after.next() {
            Some('\n') => rows.push(vec![]),
            Some(_) => {}
            None => break,
        }
        rest = after.as_str();
        // A spreadsheet ends its last row too.
        if rest.is_empty() && rows.last().is_some_and(Vec::is_empty) {
            rows.pop();
            break;
        }
    }
    rows
}

/// Whether it is more than what one cell takes.
pub fn is_block(text: &str) -> bool {
    text.trim_end_matches(['\r', '\n'])
        .contains(['\n', '\t', '\r'])
}

/// A cell as it stands, and what follows.
fn plain(text: &str) -> (String, &str) {
    let end = text.find(['\t', '\n']).unwrap_or(text.len());
    (text[..end].to_owned(), &text[end..])
}

/// A cell in quotation marks, and what follows. One that does not close right before a tab or a
/// line end is no quotation: its mark belongs to the words.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('"')?;
    let mut cell = String::new();
    loop {
        let (words, after) = rest.split_once('"')?;
        cell.push_str(words);
        match after.chars().next() {
            Some('"') => cell.push('"'),
            None | Some('\t' | '\n') => return Some((cell, after)),
            Some(_) => return None,
        }
        rest = &after[1..];
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn rows_and_cells_of_a_sheet() {
        let table: &[(&str, &[&[&str]])] = &[
            ("1.234,5\r\n2.000\r\n", &[&["1.234,5"], &["2.000"]]),
            ("1\r2\r3", &[&["1"], &["2"], &["3"]]),
            ("1\r2\r3\r", &[&["1"], &["2"], &["3"]]),
            ("12\r3\n4", &[&["12 3"], &["4"]]),
            ("1\n\n3", &[&["1"], &[""], &["3"]]),
            ("1\n\n", &[&["1"], &[""]]),
            ("1\t2\n3\t4\n", &[&["1", "2"], &["3", "4"]]),
            ("1\t\n\t4\n", &[&["1", ""], &["", "4"]]),
            (" 7 \n", &[&["7"]]),
            ("", &[&[""]]),
            ("\t", &[&["", ""]]),
            // Quotation marks as spreadsheets write them.
            ("\"hai\ndòng\"\t5\n", &[&["hai\ndòng", "5"]]),
            ("\"hai\r\ndòng\"\t5\r\n", &[&["hai\ndòng", "5"]]),
            ("\"nói \"\"có\"\"\"\n", &[&["nói \"có\""]]),
            ("\"\"\t5", &[&["", "5"]]),
            // And as words have them.
            ("5\"\n", &[&["5\""]]),
            (
                "\"5 không 3 sạch\" đạt 90\t5",
                &[&["\"5 không 3 sạch\" đạt 90", "5"]],
            ),
            ("\"lẻ\t5\n6\t7", &[&["\"lẻ", "5"], &["6", "7"]]),
            ("\"lẻ\t5\n\"đủ\"\t7", &[&["\"lẻ", "5"], &["đủ", "7"]]),
            ("\"", &[&["\""]]),
        ];
        for (text, expected) in table {
            assert_eq!(split(text), *expected, "{text:?}");
        }
    }

    #[test]
    fn one_figure_is_typed_not_spread() {
        for (text, block) in [
            ("7", false),
            ("7\r\n", false),
            ("7\n8", true),
            ("7\t8", true),
            ("7\r8", true),
        ] {
            assert_eq!(is_block(text), block, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn no_letter_is_lost_or_joined(text in "[a1\"\t\n\r ]{0,24}") {
            let rows = split(&text);
            let kept: usize = rows.iter().flatten().flat_map(|cell| cell.chars()).filter(|c| "a1".contains(*c)).count();
            prop_assert_eq!(kept, text.chars().filter(|c| "a1".contains(*c)).count());
            prop_assert!(rows.iter().flatten().all(|cell| !cell.contains('\r')));
        }

        #[test]
        fn what_a_sheet_wrote_is_read_back(rows in proptest::collection::vec(proptest::collection::vec("[a1\"\t\n,.]{0,6}", 1..4), 1..4)) {
            let quote = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
            let line = |row: &Vec<String>| row.iter().map(quote).collect::<Vec<_>>().join("\t");
            let text = rows.iter().map(line).map(|line| line + "\r\n").collect::<String>();
            let trimmed = |row: &Vec<String>| row.iter().map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
            prop_assert_eq!(split(&text), rows.iter().map(trimmed).collect::<Vec<_>>());
        }
    }
}
