//! Everything a person can change, one edit a change.

use serde::{Deserialize, Serialize};

use crate::{
    AgencyId, Date, DocId, Field, Heads, ItemId, MilestoneId, Period, Record, TaskId, Value,
    WorkStatus, rows::ItemKind,
};

/// An edit as a window, a script or a test asks for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditRequest {
    /// The document to write.
    pub doc: DocId,
    /// What the field showed when the person began: the edit is made against it.
    pub seen: Heads,
    /// Made once for each edit by whoever asks, so that a request sent twice is done once.
    pub number: u64,
    /// Why, where somebody writes in another agency's document.
    pub reason: Option<String>,
    /// What to change.
    pub edit: Edit,
}

/// One change of one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Edit {
    /// Sets fields of a record that is there, or that everybody knows by its ids.
    Set {
        /// The record.
        record: Record,
        /// Its fields.
        values: Values,
    },
    /// Adds a record under a fresh id.
    Add {
        /// The record.
        record: Record,
        /// Its fields.
        values: Values,
    },
    /// «Đã đọc lại»: a text that two people wrote at once reads well as merged.
    Confirm {
        /// The record.
        record: Record,
        /// The text.
        field: Field,
    },
}

/// Fields and what is written in them. `None` clears: a marker is written, nothing is deleted. Of a
/// merged text the value is the whole new text, and what differs from the text seen is written.
pub type Values = Vec<(Field, Option<Value>)>;

impl Edit {
    /// Sets one field.
    pub fn set(record: Record, field: Field, value: Option<Value>) -> Self {
        let values = vec![(field, value)];
        Self::Set { record, values }
    }

    /// Sets a text.
    pub fn text(record: Record, field: Field, text: impl Into<String>) -> Self {
        Self::set(record, field, Some(Value::Text(text.into())))
    }

    /// Sets how far a task is; the day of completion goes with [`WorkStatus::Done`].
    pub fn status(
        task: TaskId,
        period: Period,
        status: Option<WorkStatus>,
        done_on: Option<Date>,
    ) -> Self {
        let values = vec![
            (Field::Status, status.map(Value::Status)),
            (Field::DoneOn, done_on.map(Value::Day)),
        ];
        let record = Record::Progress(task, period);
        Self::Set { record, values }
    }

    /// Adds an obstacle.
    pub fn obstacle(
        id: ItemId,
        task: TaskId,
        period: Period,
        text: impl Into<String>,
        waits_for: Option<AgencyId>,
    ) -> Self {
        let mut edit = Self::item(ItemKind::Obstacle, id, Some(task), text);
        edit.and(Field::ItemPeriod, Some(Value::Period(period)));
        edit.and(Field::WaitsFor, waits_for.map(Value::Agency));
        edit
    }

    /// Adds a proposal (kiến nghị, đề xuất) that goes up with the report.
    pub fn proposal(
        id: ItemId,
        task: Option<TaskId>,
        period: Period,
        text: impl Into<String>,
    ) -> Self {
        let mut edit = Self::item(ItemKind::Proposal, id, task, text);
        edit.and(Field::ItemPeriod, Some(Value::Period(period)));
        edit
    }

    /// Adds a remark to whoever reads the document.
    pub fn comment(id: ItemId, task: TaskId, text: impl Into<String>) -> Self {
        Self::item(ItemKind::Comment, id, Some(task), text)
    }

    fn item(kind: ItemKind, id: ItemId, task: Option<TaskId>, text: impl Into<String>) -> Self {
        Self::Add {
            record: Record::Item(id),
            values: vec![
                (Field::ItemKind, Some(Value::ItemKind(kind))),
                (Field::ItemText, Some(Value::Text(text.into()))),
                (Field::ItemTask, task.map(Value::Task)),
            ],
        }
    }

    /// Adds a milestone under a task, with its source.
    pub fn milestone(
        id: MilestoneId,
        task: TaskId,
        title: impl Into<String>,
        due: Date,
        source: impl Into<String>,
    ) -> Self {
        Self::Add {
            record: Record::Milestone(id),
            values: vec![
                (Field::MilestoneTask, Some(Value::Task(task))),
                (Field::MilestoneTitle, Some(Value::Text(title.into()))),
                (Field::MilestoneDue, Some(Value::Day(due))),
                (Field::MilestoneSource, Some(Value::Text(source.into()))),
            ],
        }
    }

    /// Names a supporter, or takes the name back.
    pub fn supporter(task: TaskId, agency: AgencyId, named: bool) -> Self {
        let record = Record::Supporter(task, agency);
        Self::set(record, Field::Supporter, Some(Value::Flag(named)))
    }

    /// Strikes out an item or a milestone, or puts it back; it stays in history.
    pub fn strike(record: Record, struck: bool) -> Option<Self> {
        let field = record.removed_field()?;
        Some(Self::set(record, field, Some(Value::Flag(struck))))
    }

    /// The record that it writes.
    pub fn record(&self) -> &Record {
        match self {
            Self::Set { record, .. } | Self::Add { record, .. } | Self::Confirm { record, .. } => {
                record
            }
        }
    }

    /// The fields that it writes; none where it only confirms.
    pub fn values(&self) -> &[(Field, Option<Value>)] {
        match self {
            Self::Set { values, .. } | Self::Add { values, .. } => values,
            Self::Confirm { .. } => &[],
        }
    }

    /// What it writes in a field: nothing there, cleared, or a value.
    pub fn value(&self, field: Field) -> Option<Option<&Value>> {
        let mut values = self.values().iter();
        let found = values.find(|(written, _)| *written == field);
        found.map(|(_, value)| value.as_ref())
    }

    fn and(&mut self, field: Field, value: Option<Value>) {
        match self {
            Self::Set { values, .. } | Self::Add { values, .. } => values.push((field, value)),
            Self::Confirm { .. } => {}
        }
    }
}
