//! Records: the maps that fields stand in, and the paths of both in a document.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    AgencyId, Edit, Field, ItemId, MilestoneId, Period, TargetId, TaskId, Value,
    field::{Merge, TextBirth},
};

/// A map of fields in a document, found by the ids of what it is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "record", content = "of", rename_all = "kebab-case")]
pub enum Record {
    /// The progress of a task in a period.
    Progress(TaskId, Period),
    /// The figures of a target in a period.
    Values(TargetId, Period),
    /// An obstacle, a proposal or a comment.
    Item(ItemId),
    /// A milestone.
    Milestone(MilestoneId),
    /// A supporter of a task that the lead named.
    Supporter(TaskId, AgencyId),
    /// The lead of a task that Sở KH&ĐT assigned.
    Lead(TaskId),
    /// The owner of a target that Sở KH&ĐT assigned.
    Owner(TargetId),
}

/// Which kind of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// Progress of a task in a period.
    Progress,
    /// Figures of a target in a period.
    Values,
    /// An obstacle, a proposal or a comment.
    Item,
    /// A milestone.
    Milestone,
    /// A supporter named.
    Supporter,
    /// A lead assigned.
    Lead,
    /// An owner assigned.
    Owner,
}

impl RecordKind {
    /// Whether the record's map is created by a birth change: several people write it first.
    pub fn is_born(self) -> bool {
        match self {
            Self::Progress | Self::Values => true,
            Self::Item | Self::Milestone | Self::Supporter | Self::Lead | Self::Owner => false,
        }
    }

    /// Whether the record is added under a fresh id by one person. Whoever writes in such a record
    /// looks at the whole of it: that it was struck out, and that it was corrected, made unseen,
    /// stand against each other.
    pub fn is_added(self) -> bool {
        match self {
            Self::Item | Self::Milestone => true,
            Self::Progress | Self::Values | Self::Supporter | Self::Lead | Self::Owner => false,
        }
    }
}

impl Record {
    /// Which kind it is.
    pub fn kind(&self) -> RecordKind {
        match self {
            Self::Progress(..) => RecordKind::Progress,
            Self::Values(..) => RecordKind::Values,
            Self::Item(_) => RecordKind::Item,
            Self::Milestone(_) => RecordKind::Milestone,
            Self::Supporter(..) => RecordKind::Supporter,
            Self::Lead(_) => RecordKind::Lead,
            Self::Owner(_) => RecordKind::Owner,
        }
    }

    /// The path of a field of it.
    pub fn path(&self, field: Field) -> String {
        self.at(field.key())
    }

    /// The path that says which changes a merged text was read at; none of other fields.
    pub fn read_path(&self, field: Field) -> Option<String> {
        match field.declaration().merge {
            Merge::Register => None,
            Merge::Text { read, .. } => Some(self.at(read)),
        }
    }

    fn at(&self, key: &str) -> String {
        match key {
            "" => self.to_string(),
            key => format!("{self}/{key}"),
        }
    }

    /// The task that it is about, as far as its own ids say. The task of an item or a milestone is
    /// a field of it.
    pub fn task(&self) -> Option<&TaskId> {
        match self {
            Self::Progress(task, _) | Self::Supporter(task, _) | Self::Lead(task) => Some(task),
            Self::Values(..) | Self::Item(_) | Self::Milestone(_) | Self::Owner(_) => None,
        }
    }

    /// The field that says which task it is about, of a record whose ids do not say it.
    pub fn task_field(&self) -> Option<Field> {
        match self {
            Self::Item(_) => Some(Field::ItemTask),
            Self::Milestone(_) => Some(Field::MilestoneTask),
            Self::Progress(..)
            | Self::Values(..)
            | Self::Supporter(..)
            | Self::Lead(_)
            | Self::Owner(_) => None,
        }
    }

    /// The target that it is about.
    pub fn target(&self) -> Option<&TargetId> {
        match self {
            Self::Values(target, _) | Self::Owner(target) => Some(target),
            Self::Progress(..)
            | Self::Item(_)
            | Self::Milestone(_)
            | Self::Supporter(..)
            | Self::Lead(_) => None,
        }
    }

    /// The period that it is of.
    pub fn period(&self) -> Option<Period> {
        match self {
            Self::Progress(_, period) | Self::Values(_, period) => Some(*period),
            Self::Item(_)
            | Self::Milestone(_)
            | Self::Supporter(..)
            | Self::Lead(_)
            | Self::Owner(_) => None,
        }
    }

    /// The field that says whether it is struck out, of a record that can be.
    pub fn removed_field(&self) -> Option<Field> {
        match self {
            Self::Item(_) => Some(Field::ItemRemoved),
            Self::Milestone(_) => Some(Field::MilestoneRemoved),
            Self::Progress(..)
            | Self::Values(..)
            | Self::Supporter(..)
            | Self::Lead(_)
            | Self::Owner(_) => None,
        }
    }

    /// The paths of the birth changes that must be there before a field is written, each after
    /// those it builds on.
    pub fn births(&self, field: Field) -> Vec<String> {
        if !self.kind().is_born() {
            return Vec::new();
        }
        match field.declaration().merge {
            Merge::Text {
                birth: TextBirth::Own,
                ..
            } => vec![self.to_string(), self.path(field)],
            Merge::Text {
                birth: TextBirth::Record | TextBirth::Added,
                ..
            }
            | Merge::Register => vec![self.to_string()],
        }
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Progress(task, period) => write!(f, "progress/{task}/{period}"),
            Self::Values(target, period) => write!(f, "values/{target}/{period}"),
            Self::Item(id) => write!(f, "items/{id}"),
            Self::Milestone(id) => write!(f, "milestones/{id}"),
            Self::Supporter(task, agency) => write!(f, "named/{task}/{agency}"),
            Self::Lead(task) => write!(f, "assigned/tasks/{task}"),
            Self::Owner(target) => write!(f, "assigned/targets/{target}"),
        }
    }
}

/// A path of a document, understood: a field of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldPath {
    /// The record.
    pub record: Record,
    /// The field.
    pub field: Field,
    /// Whether the path is not the field's own, but that of «đã đọc lại» beside it.
    pub read: bool,
}

impl FieldPath {
    /// Reads a path; none of a path that this version has no field for.
    pub fn parse(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.split('/').collect();
        let (record, key) = match parts.as_slice() {
            ["progress", task, period, key] => (
                Record::Progress(task.parse().ok()?, period.parse().ok()?),
                *key,
            ),
            ["values", target, period, key] => (
                Record::Values(target.parse().ok()?, period.parse().ok()?),
                *key,
            ),
            ["items", id, key] => (Record::Item(id.parse().ok()?), *key),
            ["milestones", id, key] => (Record::Milestone(id.parse().ok()?), *key),
            ["named", task, agency] => (
                Record::Supporter(task.parse().ok()?, agency.parse().ok()?),
                "",
            ),
            ["assigned", "tasks", task] => (Record::Lead(task.parse().ok()?), ""),
            ["assigned", "targets", target] => (Record::Owner(target.parse().ok()?), ""),
            _ => return None,
        };
        Field::of(record.kind()).find_map(|field| {
            let read = match field.declaration().merge {
                Merge::Text { read, .. } => read == key,
                Merge::Register => false,
            };
            (read || field.key() == key).then(|| Self {
                record: record.clone(),
                field,
                read,
            })
        })
    }
}

impl FieldPath {
    /// Sets the field.
    pub fn set(self, value: Option<Value>) -> Edit {
        Edit::set(self.record, self.field, value)
    }

    /// Says that the text reads well as merged.
    pub fn confirm(self) -> Edit {
        let Self { record, field, .. } = self;
        Edit::Confirm { record, field }
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let read = self.read.then(|| self.record.read_path(self.field));
        let path = read.flatten();
        f.write_str(&path.unwrap_or_else(|| self.record.path(self.field)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_of_each() -> Vec<Record> {
        let task = || "nv-1".parse::<TaskId>().unwrap();
        let target = || "ct-1".parse::<TargetId>().unwrap();
        let period = "2019-q3".parse().unwrap();
        vec![
            Record::Progress(task(), period),
            Record::Values(target(), period),
            Record::Item("vm-1".parse().unwrap()),
            Record::Milestone("m-1".parse().unwrap()),
            Record::Supporter(task(), "so-y-te".parse().unwrap()),
            Record::Lead(task()),
            Record::Owner(target()),
        ]
    }

    #[test]
    fn every_path_reads_back() {
        let mut seen = 0;
        for record in one_of_each() {
            for field in Field::of(record.kind()) {
                let path = record.path(field);
                let read = FieldPath::parse(&path).unwrap();
                assert_eq!(
                    (&read.record, read.field, read.read),
                    (&record, field, false)
                );
                assert_eq!(read.to_string(), path);
                if let Some(path) = record.read_path(field) {
                    let read = FieldPath::parse(&path).unwrap();
                    assert_eq!((read.field, read.read), (field, true));
                    assert_eq!(read.to_string(), path);
                }
                seen += 1;
            }
        }
        assert_eq!(seen, Field::ALL.len(), "a kind of record is missing here");
    }

    #[test]
    fn other_paths_are_no_fields() {
        for path in [
            "",
            "progress/nv-1/2019-q3",
            "progress/nv-1/2019-q3/other",
            "progress/nv-1/2019-q9/status",
            "items/vm-1/text/x",
            "tasks/nv-1/title",
        ] {
            assert_eq!(FieldPath::parse(path), None, "{path}");
        }
    }
}
