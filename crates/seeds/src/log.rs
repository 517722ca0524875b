//! Positions in files, and one log for every fault and every id.

use std::{cell::RefCell, collections::BTreeMap, fmt};

use terms::text::nfc;

use crate::{Problem, SeedError};

/// A file's name and its text in NFC.
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) text: String,
    line_starts: Vec<usize>,
}

/// A position in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark<'a> {
    pub(crate) file: &'a str,
    line: usize,
    column: usize,
}

impl fmt::Display for Mark<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, dòng {}", self.file, self.line)
    }
}

impl Source {
    pub(crate) fn new(name: String, text: &str) -> Self {
        let text = nfc(text);
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let line_starts = std::iter::once(0).chain(breaks).collect();
        Self {
            name,
            text,
            line_starts,
        }
    }

    /// The position of a byte.
    pub(crate) fn mark(&self, at: usize) -> Mark<'_> {
        let line = self
            .line_starts
            .partition_point(|start| *start <= at)
            .max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0);
        let column = self.text.get(start..at).map_or(0, |s| s.chars().count()) + 1;
        Mark {
            file: &self.name,
            line,
            column,
        }
    }
}

/// What an id names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named {
    Agency,
    AgencyGroup,
    Group,
    Section,
    Task,
    Target,
    Citation,
    Milestone,
}

impl Named {
    /// What every id of its kind begins with; agencies have slugs.
    pub(crate) fn prefix(self) -> &'static str {
        match self {
            Self::Agency | Self::AgencyGroup => "",
            Self::Group => "n-",
            Self::Section => "m-",
            Self::Task => "nv-",
            Self::Target => "ct-",
            Self::Citation => "vb-",
            Self::Milestone => "moc-",
        }
    }

    fn word_and_file(self) -> (&'static str, &'static str) {
        match self {
            Self::Agency => ("đơn vị", "agencies.toml"),
            Self::AgencyGroup => ("nhóm đơn vị", "agencies.toml"),
            Self::Group => ("nhóm", "tasks-N.toml"),
            Self::Section => ("mục", "tệp nhiệm vụ này"),
            Self::Task => ("nhiệm vụ", "tasks-N.toml"),
            Self::Target => ("chỉ tiêu", "targets.toml"),
            Self::Citation => ("văn bản", "citations.toml"),
            Self::Milestone => ("mốc", "tasks-N.toml"),
        }
    }
}

/// Every fault, every id declared, every id pointed to.
#[derive(Default)]
pub(crate) struct Log<'a> {
    faults: RefCell<Vec<(Mark<'a>, Problem)>>,
    declared: RefCell<BTreeMap<String, (Named, Mark<'a>)>>,
    pointed: RefCell<Vec<(Named, String, Mark<'a>)>>,
}

impl<'a> Log<'a> {
    pub(crate) fn fault(&self, mark: Mark<'a>, problem: Problem) {
        self.faults.borrow_mut().push((mark, problem));
    }

    pub(crate) fn declare(&self, named: Named, id: &str, mark: Mark<'a>) {
        let mut declared = self.declared.borrow_mut();
        if let Some((_, first)) = declared.get(id) {
            let problem = Problem::DuplicateId {
                id: id.to_owned(),
                first: first.to_string(),
            };
            self.fault(mark, problem);
        } else {
            declared.insert(id.to_owned(), (named, mark));
        }
    }

    /// Something points to an id.
    pub(crate) fn point(&self, named: Named, id: String, mark: Mark<'a>) {
        self.pointed.borrow_mut().push((named, id, mark));
    }

    /// Where an id was declared, to say what is wrong with what it names.
    pub(crate) fn declared_at(&self, id: &str) -> Option<Mark<'a>> {
        self.declared.borrow().get(id).map(|(_, mark)| *mark)
    }

    /// Whether anything points to an id.
    pub(crate) fn is_pointed_to(&self, id: &str) -> bool {
        self.pointed
            .borrow()
            .iter()
            .any(|(_, other, _)| other == id)
    }

    /// Every fault, with ids that point nowhere, in the files' order.
    pub(crate) fn finish(&self) -> Vec<SeedError> {
        let declared = self.declared.borrow();
        let mut faults = self.faults.take();
        for (named, id, mark) in self.pointed.take() {
            if declared.get(&id).is_none_or(|(other, _)| *other != named) {
                let (what, file) = named.word_and_file();
                faults.push((mark, Problem::Unknown { what, id, file }));
            }
        }
        faults.sort_by_key(|(mark, _)| (mark.file, mark.line, mark.column));
        faults
            .into_iter()
            .map(|(Mark { file, line, column }, problem)| SeedError {
                file: file.to_owned(),
                line,
                column,
                problem,
            })
            .collect()
    }
}
