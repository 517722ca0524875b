//! What views are made of: plain rows, each found again by its key.
//!
//! `programme` computes them, `desk` sends what changed of them, `src-ui` paints them.

use serde::{Deserialize, Serialize};

use crate::{
    AgencyClass, AgencyId, ChangeId, Date, Decimal, DocId, EnrolmentId, Goal, GroupId, Heads,
    ItemId, Kind, MilestoneId, OfficialStatus, Period, SectionId, TargetId, TaskId, Timestamp,
    Verdict, WorkStatus, edit::ValueMark,
};

/// Who said something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// The person on a device.
    pub enrolment: EnrolmentId,
    /// The person's name; empty while the directory does not know the enrolment.
    pub person: String,
    /// The short name of the person's agency.
    pub agency: String,
}

/// Where a change has got to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Saved {
    /// «Đã lưu trên máy»: on this disk.
    Device,
    /// «Đã lên tỉnh»: in the relay's log.
    Province,
    /// Refused by the relay and kept aside.
    Quarantined,
}

/// A value with who, when and how safe it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said<T> {
    /// The value; `None` where somebody cleared it.
    pub value: Option<T>,
    /// Who.
    pub by: Author,
    /// When, by the writer's clock.
    pub at: Timestamp,
    /// The change that says so.
    pub change: ChangeId,
    /// How far it has got.
    pub saved: Saved,
}

/// A single value that people may have set at once: none, one, or several that stand against
/// each other until a named person chooses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field<T> {
    /// Where it stands in its document: the key of its history.
    pub path: String,
    /// Each different value, the same order on every replica.
    pub values: Vec<Said<T>>,
}

impl<T> Field<T> {
    /// The value, where there is one and nobody contradicts it.
    pub fn agreed(&self) -> Option<&T> {
        match self.values.as_slice() {
            [said] => said.value.as_ref(),
            _ => None,
        }
    }

    /// Whether two values stand against each other.
    pub fn in_conflict(&self) -> bool {
        self.values.len() > 1
    }
}

/// A text that several people write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextField {
    /// Where it stands in its document: the key of its history.
    pub path: String,
    /// The text as merged.
    pub text: String,
    /// The last writes that know nothing of each other: none in an empty text, one in a text
    /// that somebody has read as it stands, several in a merged text to be read again.
    pub tips: Vec<Said<()>>,
}

impl TextField {
    /// Whether it must be read again («cần đọc lại»).
    pub fn merged(&self) -> bool {
        self.tips.len() > 1
    }
}

/// An agency as a row names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AgencyName {
    /// The id.
    pub id: AgencyId,
    /// «Sở Y tế», «Trần Đề»: unique.
    pub short: String,
}

/// A numbered group of the programme as it is named beside other things.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupName {
    /// The group.
    pub id: GroupId,
    /// Its number: «I».
    pub number: String,
    /// Its title.
    pub title: String,
}

/// Who answers for a task, as the text says or as was assigned since.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Responsible {
    /// Lead agencies that the text names.
    pub leads: Vec<AgencyName>,
    /// Groups that lead («các Sở, ngành», «cấp huyện») and how many they are.
    pub lead_groups: Vec<(String, usize)>,
    /// Assigned by Sở KH&ĐT («phân công»), with who and when.
    pub assigned: Option<Said<AgencyName>>,
    /// Assigned by several at once: none of them leads until somebody chooses. `None` is «as the
    /// text says».
    pub rivals: Vec<Said<AgencyName>>,
    /// Supporting agencies that the text names.
    pub supporting: Vec<AgencyName>,
    /// Groups that support.
    pub supporting_groups: Vec<(String, usize)>,
    /// «các đơn vị có liên quan»: not named by the text.
    pub supporting_unnamed: bool,
    /// Named since by the lead, with who named them.
    pub named: Vec<Said<AgencyName>>,
    /// Whether several leads answer together.
    pub joint: bool,
}

/// What an agency is to a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The one lead.
    Lead,
    /// One of several leads, or of a group that leads.
    JointLead,
    /// A supporter by name.
    Supporting,
    /// A supporter as member of a group.
    GroupSupporting,
}

/// Why a row of «Việc của tôi» is where it is, the most pressing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bucket {
    /// Two values wait for a choice, or a merged text to be read again.
    ToChoose,
    /// Led by this agency alone and not updated in the period.
    OnlyMine,
    /// A milestone is late, or due within 14 days.
    Milestone,
    /// Others wrote since this person last looked.
    ChangedByOthers,
    /// Not updated in the period.
    NotUpdated,
    /// Updated.
    Updated,
}

/// A row of «Việc của tôi».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkRow {
    /// The task.
    pub task: TaskId,
    /// «II.3.đ, gạch 3».
    pub clause: String,
    /// The title.
    pub title: String,
    /// What the agency is to it.
    pub part: Part,
    /// Why it is here.
    pub bucket: Bucket,
    /// The agency's own status in the period.
    pub status: Option<WorkStatus>,
    /// The agency's own percentage in the period.
    pub percent: Option<Decimal>,
    /// The official status today.
    pub official: OfficialStatus,
    /// The next day due: an open milestone's, or the task's.
    pub due: Date,
    /// The milestone that `due` is of, if one.
    pub milestone: Option<String>,
    /// Open obstacles of this agency.
    pub obstacles: usize,
    /// What others did since this person last looked, newest first, at most three.
    pub news: Vec<News>,
}

/// What somebody did, in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// The task it is about, if one.
    pub task: Option<TaskId>,
    /// The target it is about, if one.
    pub target: Option<TargetId>,
    /// Which field of it.
    pub what: FieldKind,
    /// The value before, as a person reads it.
    pub from: Option<String>,
    /// The value after, as a person reads it; of a text its first words.
    pub to: Option<String>,
    /// Who.
    pub by: Author,
    /// When.
    pub at: Timestamp,
    /// How far it has got.
    pub saved: Saved,
    /// The change.
    pub change: ChangeId,
    /// The title of the task or the name of the target.
    pub title: String,
}

/// Which kind of field, for the catalogue to name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// Tình trạng.
    Status,
    /// Ngày hoàn thành.
    DoneOn,
    /// Tiến độ (%).
    Percent,
    /// Kết quả.
    Narrative,
    /// Khó khăn, vướng mắc.
    Obstacle,
    /// Kiến nghị, đề xuất.
    Proposal,
    /// Ý kiến.
    Comment,
    /// Mốc.
    Milestone,
    /// Thực hiện.
    Actual,
    /// Ước thực hiện.
    Estimate,
    /// Cùng kỳ năm trước.
    SamePeriod,
    /// Dấu «không có số».
    ValueMark,
    /// Ghi chú.
    Note,
    /// Đơn vị chủ trì, phối hợp.
    Responsible,
    /// Anything that this version has no word for.
    Other,
}

/// A row of «Chương trình»: a group, a section or a task, in the document's order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[expect(
    clippy::large_enum_variant,
    reason = "most rows are tasks; a box for each would gain nothing"
)]
pub enum TreeRow {
    /// A numbered group.
    Group {
        /// The id.
        id: GroupId,
        /// «1».
        number: String,
        /// The title.
        title: String,
        /// Tasks below that pass the filter.
        tasks: usize,
    },
    /// A lettered section.
    Section {
        /// The id.
        id: SectionId,
        /// «1.a».
        number: String,
        /// The title.
        title: String,
        /// Tasks below that pass the filter.
        tasks: usize,
    },
    /// A task or a heading with tasks below.
    Task(TreeTask),
}

/// A task in the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreeTask {
    /// The task.
    pub task: TaskId,
    /// 0 right below its section, 1 below another task.
    pub depth: u8,
    /// «II.3.đ, gạch 3».
    pub clause: String,
    /// The title.
    pub title: String,
    /// A heading has a text and tasks below, but nobody reports on it.
    pub heading: bool,
    /// Who answers, in a line.
    pub responsible: Responsible,
    /// The official status today.
    pub official: OfficialStatus,
    /// The lead's percentage in the period.
    pub percent: Option<Decimal>,
    /// Due.
    pub due: Date,
    /// Leads that have written in the period, and leads in all.
    pub updated: (usize, usize),
    /// Open obstacles of all agencies.
    pub obstacles: usize,
    /// Whether values stand against each other.
    pub conflict: bool,
}

/// A row of «Nhiệm vụ».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum TaskRow {
    /// What the programme says.
    Head(Box<TaskHead>),
    /// What one agency says.
    Part(Box<PartRow>),
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
pub struct TaskHead {
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
pub struct PartRow {
    /// The agency.
    pub agency: AgencyName,
    /// What it is to the task.
    pub part: Part,
    /// Its document.
    pub doc: DocId,
    /// What this view has seen of it.
    pub heads: Heads,
    /// Whether the person at this window may write it.
    pub writable: bool,
    /// Status.
    pub status: Field<WorkStatus>,
    /// Day of completion.
    pub done_on: Field<Date>,
    /// Per cent.
    pub percent: Field<Decimal>,
    /// Narrative.
    pub narrative: TextField,
    /// The previous period's narrative, to compare.
    pub before: String,
}

/// A milestone under a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MilestoneRow {
    /// The milestone.
    pub id: MilestoneId,
    /// What is due; the first wording where several stand against each other.
    pub title: String,
    /// The last valid day; the earliest where several stand against each other.
    pub due: Date,
    /// The paper or decision that sets it.
    pub source: String,
    /// Everything that people say of the three above, and whether it is struck out.
    pub said: Box<MilestoneSaid>,
    /// Reached on.
    pub done_on: Field<Date>,
    /// The document it stands in.
    pub doc: DocId,
    /// What this view has seen of it.
    pub heads: Heads,
    /// Who set it; none where the programme itself does.
    pub by: Option<Author>,
    /// Whether the person at this window may write it.
    pub writable: bool,
    /// The task, for lists over all tasks.
    pub task: TaskId,
}

/// What of a milestone can be corrected, with everything that stands there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MilestoneSaid {
    /// What is due.
    pub title: Field<String>,
    /// The last valid day.
    pub due: Field<Date>,
    /// The paper or decision that sets it.
    pub source: Field<String>,
    /// Struck out. Where one struck it out and another corrected it, both stand here.
    pub removed: Field<bool>,
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// Khó khăn, vướng mắc.
    Obstacle,
    /// Kiến nghị, đề xuất.
    Proposal,
    /// Ý kiến.
    Comment,
}

/// An obstacle, a proposal or a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemRow {
    /// The item.
    pub id: ItemId,
    /// What it is.
    pub item: ItemKind,
    /// The task it is about, if one.
    pub task: Option<TaskId>,
    /// The agency whose document it stands in.
    pub agency: AgencyName,
    /// The text.
    pub text: TextField,
    /// Who is asked to act on an obstacle.
    pub waits_for: Field<AgencyName>,
    /// Since when an obstacle is out of the way.
    pub resolved_on: Field<Date>,
    /// Struck out. Where one struck it out and another edited it, both stand here.
    pub removed: Field<bool>,
    /// Who added it, and when.
    pub added: Option<(Author, Timestamp)>,
    /// The document it stands in.
    pub doc: DocId,
    /// What this view has seen of it.
    pub heads: Heads,
    /// Whether the person at this window may write it.
    pub writable: bool,
}

/// A row of «Chỉ tiêu».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetRow {
    /// The target.
    pub target: TargetId,
    /// «1», or «1.1» for a part («trong đó»).
    pub number: String,
    /// 1 for a part of the row above.
    pub indent: u8,
    /// The name.
    pub name: String,
    /// The unit.
    pub unit: String,
    /// The goal.
    pub goal: Goal,
    /// The goal in words: «trên 2», «7,3 – 7,5».
    pub goal_text: String,
    /// How its figures behave.
    pub kind: Kind,
    /// The agency that owns it, if one.
    pub owner: Option<AgencyName>,
    /// Whether the owner was assigned rather than named by the text, with who and when.
    pub assigned: Option<Said<AgencyName>>,
    /// Assigned by several at once: none of them owns it until somebody chooses.
    pub rivals: Vec<Said<AgencyName>>,
    /// What this view has seen of the programme's document, to assign in.
    pub programme: Heads,
    /// Clauses that state it: the task and «II.1.a, gạch 1».
    pub clauses: Vec<(TaskId, String)>,
    /// The owner's figures, or of the agency at this window where nobody owns the target.
    pub cells: Option<ValueCells>,
    /// What other agencies say beside it, never summed unless the programme declares it.
    pub contributions: Vec<Contribution>,
    /// Of a flow: the actual figures of the year's quarters up to this one.
    pub cumulative: Option<Decimal>,
    /// Per cent of the goal, where that makes sense.
    pub of_goal: Option<Decimal>,
    /// Index against the same period last year, where that makes sense.
    pub of_same_period: Option<Decimal>,
    /// The verdict on the estimate, or on the actual figure where there is no estimate; where the
    /// sentence has other conditions, on all of them.
    pub verdict: Verdict,
    /// The other conditions of the same sentence.
    pub conditions: Vec<Condition>,
    /// Through the year, for the chart: period, actual, estimate.
    pub series: Vec<(Period, Option<Decimal>, Option<Decimal>)>,
}

/// Another condition of the sentence that states a target: both must hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// The target that it is a row of its own as.
    pub target: TargetId,
    /// Its name.
    pub name: String,
    /// Its goal in words, with the unit.
    pub goal: String,
    /// The verdict on it alone.
    pub verdict: Verdict,
}

/// The figures of one target by one agency in one period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueCells {
    /// The document they stand in.
    pub doc: DocId,
    /// What this view has seen of it.
    pub heads: Heads,
    /// Whether the person at this window may write them.
    pub writable: bool,
    /// Thực hiện.
    pub actual: Field<Decimal>,
    /// Ước thực hiện.
    pub estimate: Field<Decimal>,
    /// Cùng kỳ năm trước.
    pub same_period: Field<Decimal>,
    /// Why there is no figure.
    pub mark: Field<ValueMark>,
    /// Ghi chú.
    pub note: TextField,
}

/// What an agency that does not own a target says of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contribution {
    /// The agency.
    pub agency: AgencyName,
    /// Its figures.
    pub cells: ValueCells,
}

/// Counts by the official four-way status; they sum to the total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StatusCounts {
    /// Hoàn thành đúng hạn.
    pub done_on_time: usize,
    /// Hoàn thành quá hạn.
    pub done_late: usize,
    /// Chưa hoàn thành, trong hạn.
    pub open_in_time: usize,
    /// Chưa hoàn thành, quá hạn.
    pub open_late: usize,
}

impl StatusCounts {
    /// Counts one task.
    pub fn add(&mut self, status: OfficialStatus) {
        match status {
            OfficialStatus::DoneOnTime => self.done_on_time += 1,
            OfficialStatus::DoneLate => self.done_late += 1,
            OfficialStatus::OpenInTime => self.open_in_time += 1,
            OfficialStatus::OpenLate => self.open_late += 1,
        }
    }

    /// All of them.
    pub fn total(&self) -> usize {
        self.done_on_time + self.done_late + self.open_in_time + self.open_late
    }

    /// Per cent of late tasks among those done or due: what is not yet due is left out (office.md).
    /// None where nothing is done or due.
    pub fn late_rate(&self) -> Option<Decimal> {
        let whole = |n: usize| i32::try_from(n).ok().map(Decimal::from);
        let late = whole(self.done_late + self.open_late)?;
        late.percent_of(whole(self.total() - self.open_in_time)?, 1)
    }
}

/// A row of «Tổng quan».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum OverviewRow {
    /// The whole programme.
    Totals {
        /// By official status.
        counts: StatusCounts,
        /// Tasks on which every lead (or, of a group, anybody) has written in the period, and all.
        updated: (usize, usize),
        /// Targets by verdict: met or exceeded, not met, without a figure or verdict.
        targets: (usize, usize, usize),
        /// Open obstacles.
        obstacles: usize,
        /// Milestones late.
        milestones_late: usize,
        /// Values that stand against each other.
        conflicts: usize,
    },
    /// One group.
    Group {
        /// The id.
        id: GroupId,
        /// «1».
        number: String,
        /// The title.
        title: String,
        /// By official status.
        counts: StatusCounts,
        /// Tasks updated in the period, and all.
        updated: (usize, usize),
        /// Open obstacles.
        obstacles: usize,
    },
    /// One agency.
    Agency {
        /// The agency.
        agency: AgencyName,
        /// Its class.
        class: AgencyClass,
        /// Tasks it leads alone or jointly by name, by official status.
        counts: StatusCounts,
        /// Tasks that it leads, alone, jointly or in a group, or supports by name: those of which
        /// it has written in the period, and all such.
        updated: (usize, usize),
        /// When it last wrote.
        last: Option<Timestamp>,
        /// Its open obstacles.
        obstacles: usize,
        /// Obstacles of others that wait for it.
        waited_for: usize,
    },
    /// An obstacle that waits.
    Obstacle {
        /// The obstacle.
        item: Box<ItemRow>,
        /// The title of its task.
        title: String,
    },
    /// A milestone late or near.
    Milestone {
        /// The milestone.
        row: MilestoneRow,
        /// Late, or near.
        late: bool,
    },
    /// A target that will not be met as things stand.
    TargetAtRisk {
        /// The target.
        target: TargetId,
        /// Its name.
        name: String,
        /// The goal in words.
        goal: String,
        /// The figure judged, as a person reads it.
        figure: String,
        /// Who owns it.
        owner: Option<AgencyName>,
    },
    /// Something that just changed.
    News(News),
}

/// One step in the history of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryRow {
    /// Where the field stands.
    pub path: String,
    /// Which kind of field.
    pub what: FieldKind,
    /// What stood there for the writer: several where they chose between values.
    pub from: Vec<String>,
    /// What was written; `None` where it was cleared.
    pub to: Option<String>,
    /// Why, where the writer said so.
    pub reason: Option<String>,
    /// Who.
    pub by: Author,
    /// When, by the writer's clock.
    pub at: Timestamp,
    /// The change.
    pub change: ChangeId,
    /// How far it has got.
    pub saved: Saved,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_late_rate_leaves_out_what_is_not_due() {
        for ([done_on_time, done_late, open_in_time, open_late], rate) in [
            ([0, 0, 0, 0], None),
            ([0, 0, 50, 0], None),
            ([3, 0, 50, 0], Some("0.0")),
            ([1, 1, 50, 1], Some("66.7")),
            ([0, 0, 50, 2], Some("100.0")),
        ] {
            let counts = StatusCounts {
                done_on_time,
                done_late,
                open_in_time,
                open_late,
            };
            let is = counts.late_rate().map(|rate| rate.to_string());
            assert_eq!(is.as_deref(), rate, "{counts:?}");
        }
    }
}
