//! How many rows a change's columns stand for, counted without unfolding them.
//!
//! Automerge writes columns as runs: a hundred bytes can stand for 2⁶⁰ operations, and reading
//! them one by one would never end. So they are counted first. The form is that of a change chunk
//! in automerge's storage format; anything that does not read as one counts as too many.

/// The most rows that any column of a change may stand for. A narrative of 64 KB, wholly struck
/// out and typed anew, has half as many.
const MAX_ROWS: u64 = 1 << 18;

/// Whether every column of a change stands for a number of rows that can be read.
pub(crate) fn readable(bytes: &[u8]) -> bool {
    columns(&mut Cursor(bytes)).is_some()
}

fn columns(chunk: &mut Cursor<'_>) -> Option<()> {
    // Magic, checksum, type; the length of what follows; then the header of the change.
    chunk.take(9)?;
    chunk.unsigned()?;
    let deps = chunk.unsigned()?;
    chunk.take(deps.checked_mul(32)?)?;
    chunk.prefixed()?;
    chunk.unsigned()?;
    chunk.unsigned()?;
    chunk.signed()?;
    chunk.prefixed()?;
    for _ in 0..chunk.unsigned()? {
        chunk.prefixed()?;
    }
    let mut widths = Vec::new();
    for _ in 0..chunk.unsigned()? {
        widths.push((chunk.unsigned()?, chunk.unsigned()?));
    }
    for (kind, width) in widths {
        let column = Cursor(chunk.take(width)?);
        let rows = match kind & 7 {
            4 => booleans(column)?,
            // Raw bytes, as long as they are.
            7 => 0,
            kind => runs(column, kind)?,
        };
        (rows <= MAX_ROWS).then_some(())?;
    }
    Some(())
}

/// A count, then a value that stands so often; or a negative count, then so many values; or
/// nought, then a count of rows without a value.
fn runs(mut column: Cursor<'_>, kind: u64) -> Option<u64> {
    let mut rows: u64 = 0;
    while !column.0.is_empty() {
        let (count, values) = match column.signed()? {
            0 => (column.unsigned()?, 0),
            run @ 1.. => (run.unsigned_abs(), 1),
            literal => (literal.unsigned_abs(), literal.unsigned_abs()),
        };
        rows = rows.checked_add(count).filter(|rows| *rows <= MAX_ROWS)?;
        for _ in 0..values {
            let members = column.value(kind)?;
            // A value of a group is itself a number of rows, in the columns that it groups.
            let times = if values == 1 { count } else { 1 };
            rows = rows.checked_add(members.checked_mul(times)?)?;
        }
    }
    Some(rows)
}

fn booleans(mut column: Cursor<'_>) -> Option<u64> {
    let mut rows: u64 = 0;
    while !column.0.is_empty() {
        rows = rows.checked_add(column.unsigned()?)?;
    }
    Some(rows)
}

struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn take(&mut self, count: u64) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(usize::try_from(count).ok()?)?;
        self.0 = rest;
        Some(taken)
    }

    fn prefixed(&mut self) -> Option<&'a [u8]> {
        let count = self.unsigned()?;
        self.take(count)
    }

    /// Skips a value of a column; of a group, says how many members it has.
    fn value(&mut self, kind: u64) -> Option<u64> {
        match kind {
            0 => self.unsigned(),
            3 => self.signed().map(|_| 0),
            5 => self.prefixed().map(|_| 0),
            _ => self.unsigned().map(|_| 0),
        }
    }

    /// LEB128, without a sign.
    fn unsigned(&mut self) -> Option<u64> {
        let mut value: u64 = 0;
        for shift in (0..64).step_by(7) {
            let byte = *self.take(1)?.first()?;
            value |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    /// LEB128, with a sign.
    fn signed(&mut self) -> Option<i64> {
        let mut value: i64 = 0;
        for shift in (0..64).step_by(7) {
            let byte = *self.take(1)?.first()?;
            value |= i64::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                let spare = 64_u32.saturating_sub(shift + 7);
                return Some((value << spare) >> spare);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    /// A chunk with one column and an empty header.
    fn chunk(kind: u8, column: &[u8]) -> Vec<u8> {
        let head = [&[0; 10][..], &[0], &[0], &[1, 1], &[0], &[0], &[0]].concat();
        [
            &head,
            &[1, kind, u8::try_from(column.len()).unwrap()][..],
            column,
        ]
        .concat()
    }

    #[test]
    fn runs_are_counted_not_unfolded() {
        for (kind, column, readable) in [
            // Three times five; two literals; seven without a value.
            (2, &[3, 5][..], true),
            (2, &[0x7e, 5, 6], true),
            (2, &[0, 7], true),
            (3, &[3, 0x7f], true),
            (5, &[2, 2, b'a', b'b'], true),
            (4, &[1, 2, 3], true),
            // 2⁴¹ times the same.
            (2, &[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1, 5], false),
            (4, &[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1], false),
            (2, &[0, 0x80, 0x80, 0x80, 0x80, 0x80, 1], false),
            // One group of 2³⁵ members.
            (0, &[1, 0x80, 0x80, 0x80, 0x80, 0x80, 1], false),
            // Cut.
            (2, &[3], false),
            (5, &[2, 9, b'a'], false),
        ] {
            assert_eq!(
                super::readable(&chunk(kind, column)),
                readable,
                "{kind} {column:?}"
            );
        }
        assert!(!super::readable(&[]));
    }
}
