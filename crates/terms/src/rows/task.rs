//! «Nhiệm vụ».

use serde::{Deserialize, Serialize};

use crate::{
    Date, Decimal, DocId, Field, Heads, OfficialStatus, TargetId, TaskId, Verdict, WorkStatus,
    rows::{AgencyName, ItemRow, MilestoneRow, Register, Responsible, TaskRole, TextField},
};

/// A row of «Nhiệm vụ».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum TaskRow {
    /// What the programme says.
    Details(Box<TaskDetails>),
    /// What one agency says.
    Progress(Box<ProgressRow>),
    /// A milestone.
    Milestone(MilestoneRow),
    /// An obstacle, a proposal or a comment.
    Item(ItemRow),
    /// A target that the clause states.
    Target {
        /// The target.
        target: TargetId,
        /// Its name.
        name: String,
        /// «trên 2 triệu tấn».
        goal: String,
        /// Judged in the period.
        verdict: Verdict,
    },
}

/// What the programme says of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskDetails {
    /// The task.
    pub task: TaskId,
    /// «gạch đầu dòng thứ ba, điểm đ, khoản 3, Mục II, Phần thứ nhất».
    pub clause: String,
    /// The title.
    pub title: String,
    /// A heading has no progress of its own.
    pub heading: bool,
    /// What a heading says of its own; empty of a task.
    pub text: String,
    /// The text's words for who leads, where it says more than names.
    pub lead_text: String,
    /// Military and police work may be secret: said before anybody writes.
    pub may_be_secret: bool,
    /// Who answers.
    pub responsible: Responsible,
    /// The members of its groups, by the groups' names: frozen with the programme.
    pub members: Vec<(String, Vec<AgencyName>)>,
    /// The official status today.
    pub official: OfficialStatus,
    /// Due.
    pub due: Date,
    /// Where `due` comes from: the programme's end, unless a paper says otherwise.
    pub due_source: String,
    /// Documents that the clause cites, written out.
    pub citations: Vec<String>,
    /// The programme's document, to assign in.
    pub doc: DocId,
    /// What this view has seen of it.
    pub heads: Heads,
}

/// What one agency says of a task in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgressRow {
    /// The agency.
    pub agency: AgencyName,
    /// What it is to the task.
    pub part: TaskRole,
    /// Its document.
    pub doc: DocId,
    /// What this view has seen of it.
    pub heads: Heads,
    /// Whether the person at this window may write it.
    pub writable: bool,
    /// Status.
    pub status: Register<WorkStatus>,
    /// Day of completion.
    pub done_on: Register<Date>,
    /// Per cent.
    pub percent: Register<Decimal>,
    /// Other single lines, in the order in which they are declared.
    pub lines: Vec<PartLine>,
    /// Texts that several people write, in the order in which they are declared.
    pub texts: Vec<PartText>,
}

/// A single line that an agency writes of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartLine {
    /// Which field.
    pub field: Field,
    /// What stands in it.
    pub value: Register<String>,
}

/// A text that an agency writes of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartText {
    /// Which field.
    pub field: Field,
    /// What stands in it.
    pub text: TextField,
    /// The previous period's text, to compare.
    pub before: String,
}

impl ProgressRow {
    /// One of its texts.
    pub fn text(&self, field: Field) -> Option<&PartText> {
        self.texts.iter().find(|text| text.field == field)
    }

    /// One of its lines.
    pub fn line(&self, field: Field) -> Option<&PartLine> {
        self.lines.iter().find(|line| line.field == field)
    }

    /// Its narrative, empty while nobody wrote one.
    pub fn narrative(&self) -> &str {
        self.text(Field::Narrative)
            .map_or("", |narrative| &narrative.text.text)
    }

    /// Whether the agency has written nothing of the task in the period.
    pub fn is_silent(&self) -> bool {
        self.status.values.is_empty()
            && self.done_on.values.is_empty()
            && self.percent.values.is_empty()
            && self.lines.iter().all(|line| line.value.values.is_empty())
            && self.texts.iter().all(|text| text.text.tips.is_empty())
    }

    /// Whether values of a field stand against each other.
    pub fn in_conflict(&self) -> bool {
        self.status.in_conflict()
            || self.done_on.in_conflict()
            || self.percent.in_conflict()
            || self.lines.iter().any(|line| line.value.in_conflict())
    }

    /// Whether a text is to be read again.
    pub fn merged(&self) -> bool {
        self.texts.iter().any(|text| text.text.merged())
    }
}
