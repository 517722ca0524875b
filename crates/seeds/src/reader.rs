//! Tables of a file, read field by field; every fault goes to one log and reading goes on.

use std::{cell::RefCell, collections::BTreeSet, ops::Range, str::FromStr};

use terms::text;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    Problem,
    log::{Log, Mark, Source},
};

/// A value with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct At<'a, T> {
    pub(crate) value: T,
    pub(crate) mark: Mark<'a>,
}

/// A table that remembers which of its fields were read.
pub(crate) struct Table<'a> {
    source: &'a Source,
    entries: &'a DeTable<'a>,
    span: Range<usize>,
    pub(crate) log: &'a Log<'a>,
    read: RefCell<BTreeSet<&'static str>>,
}

const TABLE: &str = "một mục: các trường đặt dưới dòng [tên mục]";
const LIST_OF_TABLES: &str = "danh sách mục, mỗi mục bắt đầu bằng dòng [[…]]";

/// What [`Table::parsed`] says when a string is none.
pub(crate) type Fault<E> = fn(E) -> Problem;

impl<'a> Table<'a> {
    /// The whole of a file.
    pub(crate) fn root(
        source: &'a Source,
        table: &'a Spanned<DeTable<'a>>,
        log: &'a Log<'a>,
    ) -> Self {
        Self::new(source, table.get_ref(), 0..0, log)
    }

    fn new(
        source: &'a Source,
        entries: &'a DeTable<'a>,
        span: Range<usize>,
        log: &'a Log<'a>,
    ) -> Self {
        Self {
            source,
            entries,
            span,
            log,
            read: RefCell::default(),
        }
    }

    /// Where the table begins.
    pub(crate) fn mark(&self) -> Mark<'a> {
        self.source.mark(self.span.start)
    }

    /// A fault of the table as a whole.
    pub(crate) fn fault(&self, problem: Problem) {
        self.log.fault(self.mark(), problem);
    }

    /// Whether the field is there, whatever it holds.
    pub(crate) fn has(&self, field: &'static str) -> bool {
        self.entries.contains_key(field)
    }

    /// A fault unless the field is there, whatever it holds.
    pub(crate) fn missing_field(&self, field: &'static str) {
        if !self.has(field) {
            self.fault(Problem::MissingField(field));
        }
    }

    /// A fault unless the list is there and holds something.
    pub(crate) fn not_empty<T>(&self, field: &'static str, list: &[T]) {
        self.missing_field(field);
        if let (true, Some(at)) = (list.is_empty(), self.value(field)) {
            self.log.fault(at.mark, Problem::Empty(field));
        }
    }

    /// A fault unless the field is there; what was found stays what it is.
    pub(crate) fn missing<T>(&self, field: &'static str, found: Option<T>) -> Option<T> {
        if found.is_none() {
            self.missing_field(field);
        }
        found
    }

    fn value(&self, field: &'static str) -> Option<At<'a, &'a DeValue<'a>>> {
        self.read.borrow_mut().insert(field);
        let value = self.entries.get(field)?;
        Some(At {
            value: value.get_ref(),
            mark: self.source.mark(value.span().start),
        })
    }

    fn wrong(&self, mark: Mark<'a>, field: &'static str, want: &'static str) {
        self.log.fault(mark, Problem::WrongType { field, want });
    }

    fn string(&self, field: &'static str, at: &At<'a, &'a DeValue<'a>>) -> Option<At<'a, String>> {
        let Some(raw) = at.value.as_str() else {
            self.wrong(at.mark, field, "chuỗi trong ngoặc kép, ví dụ \"2.950\"");
            return None;
        };
        if raw.trim().is_empty() {
            self.log.fault(at.mark, Problem::Empty(field));
            return None;
        }
        match text::clean(raw, limit(field)) {
            Ok(value) => Some(At {
                value,
                mark: at.mark,
            }),
            Err(error) => {
                self.log.fault(at.mark, Problem::Text(field, error));
                None
            }
        }
    }

    /// A string that may be missing.
    pub(crate) fn text_at(&self, field: &'static str) -> Option<At<'a, String>> {
        self.string(field, &self.value(field)?)
    }

    /// A string that may be missing.
    pub(crate) fn text(&self, field: &'static str) -> Option<String> {
        self.text_at(field).map(|at| at.value)
    }

    /// A string that must be there.
    pub(crate) fn need(&self, field: &'static str) -> Option<String> {
        self.missing(field, self.text(field))
    }

    /// A string of a type that may be missing.
    pub(crate) fn parsed<T: FromStr>(
        &self,
        field: &'static str,
        fault: Fault<T::Err>,
    ) -> Option<At<'a, T>> {
        let at = self.text_at(field)?;
        match at.value.parse() {
            Ok(value) => Some(At {
                value,
                mark: at.mark,
            }),
            Err(error) => {
                self.log.fault(at.mark, fault(error));
                None
            }
        }
    }

    /// A string of a type that must be there.
    pub(crate) fn need_parsed<T: FromStr>(
        &self,
        field: &'static str,
        fault: Fault<T::Err>,
    ) -> Option<At<'a, T>> {
        self.missing(field, self.parsed(field, fault))
    }

    /// A list of strings; empty where it is missing.
    pub(crate) fn list(&self, field: &'static str) -> Vec<At<'a, String>> {
        let Some(at) = self.value(field) else {
            return Vec::new();
        };
        let Some(items) = at.value.as_array() else {
            self.wrong(
                at.mark,
                field,
                "danh sách trong ngoặc vuông, ví dụ [\"so-y-te\"]",
            );
            return Vec::new();
        };
        let mut out: Vec<At<'a, String>> = Vec::new();
        for item in items {
            let at = At {
                value: item.get_ref(),
                mark: self.source.mark(item.span().start),
            };
            out.extend(self.string(field, &at));
        }
        out
    }

    /// Yes or no; no where it is missing.
    pub(crate) fn flag(&self, field: &'static str) -> bool {
        let Some(at) = self.value(field) else {
            return false;
        };
        at.value.as_bool().unwrap_or_else(|| {
            self.wrong(at.mark, field, "true hoặc false");
            false
        })
    }

    /// A whole number that must be there.
    pub(crate) fn number<T: FromStr>(&self, field: &'static str) -> Option<At<'a, T>> {
        let at = self.missing(field, self.value(field))?;
        let number = at.value.as_integer().and_then(|n| n.as_str().parse().ok());
        if number.is_none() {
            self.wrong(at.mark, field, "số nguyên không có ngoặc kép, ví dụ 2019");
        }
        number.map(|value| At {
            value,
            mark: at.mark,
        })
    }

    /// A table that may be missing.
    pub(crate) fn table(&self, field: &'static str) -> Option<Table<'a>> {
        let at = self.value(field)?;
        let span = self.entries.get(field)?.span();
        let Some(entries) = at.value.as_table() else {
            self.wrong(at.mark, field, TABLE);
            return None;
        };
        Some(Table::new(self.source, entries, span, self.log))
    }

    /// A table that must be there.
    pub(crate) fn need_table(&self, field: &'static str) -> Option<Table<'a>> {
        let table = self.table(field);
        if !self.has(field) {
            self.fault(Problem::MissingTable(field));
        }
        table
    }

    /// Tables under `[[field]]`, or in a list; none where it is missing.
    pub(crate) fn tables(&self, field: &'static str) -> Vec<Table<'a>> {
        let Some(at) = self.value(field) else {
            return Vec::new();
        };
        let Some(items) = at.value.as_array() else {
            self.wrong(at.mark, field, LIST_OF_TABLES);
            return Vec::new();
        };
        let mut out = Vec::new();
        for item in items {
            let mark = self.source.mark(item.span().start);
            if let Some(entries) = item.get_ref().as_table() {
                out.push(Table::new(self.source, entries, item.span(), self.log));
            } else {
                self.wrong(mark, field, LIST_OF_TABLES);
            }
        }
        out
    }
}

/// Explanations may be long and have lines; everything else is one line of a list or a paper.
fn limit(field: &str) -> text::Limit {
    match field {
        "text" | "note" | "why" => text::Limit::NOTE,
        _ => text::Limit::LINE,
    }
}

/// A table that is done with complains of every field that nobody read.
impl Drop for Table<'_> {
    fn drop(&mut self) {
        let read = self.read.borrow();
        for key in self.entries.keys() {
            let name: &str = key.get_ref();
            if !read.contains(name) {
                let mark = self.source.mark(key.span().start);
                self.log.fault(mark, Problem::UnknownField(name.to_owned()));
            }
        }
    }
}

/// Every table of a list that could be read.
pub(crate) fn each<'a, T>(
    root: &Table<'a>,
    field: &'static str,
    mut one: impl FnMut(&Table<'a>) -> Option<T>,
) -> Vec<T> {
    root.tables(field).iter().filter_map(&mut one).collect()
}
