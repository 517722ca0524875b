//! Everything a person can change, one edit a change (design §5).

use serde::{Deserialize, Serialize};

use crate::{
    AgencyId, Date, Decimal, DocId, Heads, ItemId, MilestoneId, Period, TargetId, TaskId,
    WorkStatus,
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

/// One change of one thing. `None` clears: a marker is written, nothing is deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Edit {
    /// How far the agency's part of a task is; `done_on` goes with [`WorkStatus::Done`].
    SetStatus {
        /// The task.
        task: TaskId,
        /// The period reported on.
        period: Period,
        /// The status.
        status: Option<WorkStatus>,
        /// The day of completion.
        done_on: Option<Date>,
    },
    /// A percentage from 0 to 100, where it makes sense.
    SetPercent {
        /// The task.
        task: TaskId,
        /// The period reported on.
        period: Period,
        /// Per cent.
        percent: Option<Decimal>,
    },
    /// The narrative: the whole new text; what differs from the text seen is what is written.
    SetNarrative {
        /// The task.
        task: TaskId,
        /// The period reported on.
        period: Period,
        /// The text as it now stands in the field.
        text: String,
    },
    /// «Đã đọc lại»: a narrative that two people wrote at once reads well as merged.
    ConfirmNarrative {
        /// The task.
        task: TaskId,
        /// The period reported on.
        period: Period,
    },
    /// A new obstacle.
    AddObstacle {
        /// A fresh id.
        id: ItemId,
        /// The task it stands in the way of.
        task: TaskId,
        /// The period it is first reported in.
        period: Period,
        /// What it is.
        text: String,
        /// Who is asked to act.
        waits_for: Option<AgencyId>,
    },
    /// Another wording of an obstacle.
    SetObstacleText {
        /// The obstacle.
        id: ItemId,
        /// The text as it now stands in the field.
        text: String,
    },
    /// «Đã đọc lại»: the text of an item reads well as merged.
    ConfirmItemText {
        /// The item.
        id: ItemId,
    },
    /// Another agency is asked to act on an obstacle.
    SetObstacleWaitsFor {
        /// The obstacle.
        id: ItemId,
        /// Who is asked to act.
        waits_for: Option<AgencyId>,
    },
    /// An obstacle is out of the way since a day, or (with `None`) not after all.
    SetObstacleResolved {
        /// The obstacle.
        id: ItemId,
        /// Since when.
        resolved_on: Option<Date>,
    },
    /// A proposal (kiến nghị, đề xuất) that goes up with the report.
    AddProposal {
        /// A fresh id.
        id: ItemId,
        /// The task it is about, if one.
        task: Option<TaskId>,
        /// The period it goes up in.
        period: Period,
        /// What is proposed.
        text: String,
    },
    /// A remark to whoever reads the document.
    AddComment {
        /// A fresh id.
        id: ItemId,
        /// The task it is about.
        task: TaskId,
        /// The remark.
        text: String,
    },
    /// Strikes out an obstacle, a proposal or a comment; it stays in history.
    SetItemRemoved {
        /// The item.
        id: ItemId,
        /// Struck out, or put back.
        removed: bool,
    },
    /// A milestone under a task, with its source.
    AddMilestone {
        /// A fresh id.
        id: MilestoneId,
        /// The task.
        task: TaskId,
        /// What is due.
        title: String,
        /// The last valid day.
        due: Date,
        /// The paper or decision that sets it.
        source: String,
    },
    /// Another wording of what is due.
    SetMilestoneTitle {
        /// The milestone.
        id: MilestoneId,
        /// What is due.
        title: String,
    },
    /// Another last valid day of a milestone.
    SetMilestoneDue {
        /// The milestone.
        id: MilestoneId,
        /// The last valid day.
        due: Date,
    },
    /// Another paper or decision behind a milestone.
    SetMilestoneSource {
        /// The milestone.
        id: MilestoneId,
        /// The paper or decision that sets it.
        source: String,
    },
    /// Strikes out a milestone; it stays in history.
    SetMilestoneRemoved {
        /// The milestone.
        id: MilestoneId,
        /// Struck out, or put back.
        removed: bool,
    },
    /// A milestone was reached on a day, or (with `None`) not after all.
    SetMilestoneDone {
        /// The milestone.
        id: MilestoneId,
        /// The day.
        done_on: Option<Date>,
    },
    /// A figure of a target.
    SetValue {
        /// The target.
        target: TargetId,
        /// The period.
        period: Period,
        /// Which figure.
        field: ValueField,
        /// The figure.
        value: Option<Decimal>,
    },
    /// Why there is no figure.
    SetValueMark {
        /// The target.
        target: TargetId,
        /// The period.
        period: Period,
        /// The mark.
        mark: Option<ValueMark>,
    },
    /// The note beside a target's figures.
    SetValueNote {
        /// The target.
        target: TargetId,
        /// The period.
        period: Period,
        /// The text as it now stands in the field.
        text: String,
    },
    /// «Đã đọc lại»: the note beside a target's figures reads well as merged.
    ConfirmValueNote {
        /// The target.
        target: TargetId,
        /// The period.
        period: Period,
    },
    /// The lead names a supporter that the text leaves unnamed.
    NameSupporter {
        /// The task.
        task: TaskId,
        /// The agency named.
        agency: AgencyId,
        /// Named, or taken back.
        named: bool,
    },
    /// Sở KH&ĐT assigns a task that the text leaves joint or unnamed («phân công»).
    AssignLead {
        /// The task.
        task: TaskId,
        /// The agency, or none again.
        agency: Option<AgencyId>,
    },
    /// Sở KH&ĐT assigns a target whose agency the text does not name.
    AssignTarget {
        /// The target.
        target: TargetId,
        /// The agency, or none again.
        agency: Option<AgencyId>,
    },
}

/// The figures that a target has in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValueField {
    /// Thực hiện, to the closing date.
    Actual,
    /// Ước thực hiện, for the whole period.
    Estimate,
    /// Thực hiện cùng kỳ năm trước; of the year's period, last year's level.
    SamePeriod,
}

/// Why a figure is empty: never the same as nought (office.md).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValueMark {
    /// «-»: did not occur.
    NotOccurred,
    /// «…»: not collected.
    NotCollected,
    /// «chưa có số liệu trong kỳ (số năm)»: known only at the year's end.
    YearlyOnly,
}
