//! What a spreadsheet puts into the clipboard.

/// Rows of cells: cells apart by tabs, rows by line ends. A cell that holds a tab, a line end or
/// a quotation mark stands in quotation marks.
pub fn cells(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut letters = text.chars().filter(|c| *c != '\r').peekable();
    while let Some(letter) = letters.next() {
        let cell = rows.last_mut().and_then(|row| row.last_mut());
        let fresh = cell.as_ref().is_some_and(|cell| cell.is_empty());
        match letter {
            '"' if quoted && letters.next_if_eq(&'"').is_some() => push(&mut rows, '"'),
            '"' if quoted => quoted = false,
            '"' if fresh => quoted = true,
            '\t' if !quoted => {
                if let Some(row) = rows.last_mut() {
                    row.push(String::new());
                }
            }
            '\n' if !quoted => rows.push(vec![String::new()]),
            letter => push(&mut rows, letter),
        }
    }
    // A spreadsheet ends its last row too.
    if rows.len() > 1 && rows.last().is_some_and(|row| *row == [String::new()]) {
        rows.pop();
    }
    rows.iter_mut()
        .flatten()
        .for_each(|cell| *cell = cell.trim().to_owned());
    rows
}

/// Whether it is more than what one cell takes.
pub fn is_block(text: &str) -> bool {
    text.trim_end_matches(['\r', '\n'])
        .contains(['\n', '\t', '\r'])
}

fn push(rows: &mut [Vec<String>], letter: char) {
    if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
        cell.push(letter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_of_a_sheet_is_read_line_by_line() {
        let table: &[(&str, &[&[&str]])] = &[
            ("1.234,5\r\n2.000\r\n", &[&["1.234,5"], &["2.000"]]),
            ("1\n\n3", &[&["1"], &[""], &["3"]]),
            ("1\t2\n3\t4\n", &[&["1", "2"], &["3", "4"]]),
            (" 7 \n", &[&["7"]]),
            ("\"hai\ndòng\"\t5\n", &[&["hai\ndòng", "5"]]),
            ("\"nói \"\"có\"\"\"\n", &[&["nói \"có\""]]),
            ("5\"\n", &[&["5\""]]),
            ("", &[&[""]]),
        ];
        for (text, expected) in table {
            assert_eq!(cells(text), *expected, "{text:?}");
        }
    }

    #[test]
    fn one_figure_is_typed_not_spread() {
        for (text, block) in [
            ("7", false),
            ("7\r\n", false),
            ("7\n8", true),
            ("7\t8", true),
        ] {
            assert_eq!(is_block(text), block, "{text:?}");
        }
    }
}
