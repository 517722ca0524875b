//! A year's programme: what a source is read into, what is imported as its document, and what the
//! document is read back into.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    AgencyClass, AgencyId, CitationId, Date, Goal, GroupId, Kind, MilestoneId, Period, SectionId,
    TargetId, TaskId,
};

/// A year's programme, each list in the text's order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Programme {
    /// Its name in full.
    pub name: String,
    /// Its name in a header.
    pub short_name: String,
    /// The province.
    pub province: String,
    /// The last day: tasks without a milestone are due then.
    pub ends: Date,
    /// Who signs.
    pub signing: Signing,
    /// The recipients.
    pub recipients: Vec<Recipient>,
    /// The agencies.
    pub agencies: Vec<Agency>,
    /// Named groups of agencies, with members frozen here.
    pub agency_groups: Vec<AgencyGroup>,
    /// The numbered groups.
    pub groups: Vec<Group>,
    /// The lettered sections.
    pub sections: Vec<Section>,
    /// The tasks, and the headings above them.
    pub tasks: Vec<Task>,
    /// The targets.
    pub targets: Vec<Target>,
    /// Dates under tasks.
    pub milestones: Vec<Milestone>,
    /// Leads assigned since the text was signed.
    pub assigned_tasks: BTreeMap<TaskId, AgencyId>,
    /// Owners assigned since the text was signed.
    pub assigned_targets: BTreeMap<TargetId, AgencyId>,
    /// The documents cited.
    pub citations: Vec<Citation>,
    /// The periods.
    pub periods: Vec<PeriodDays>,
}

/// Who signs the programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signing {
    /// «UBND tỉnh Sóc Trăng».
    pub authority: String,
    /// «TM. ỦY BAN NHÂN DÂN».
    pub form: String,
    /// «CHỦ TỊCH».
    pub position: String,
    /// The name under the signature.
    pub name: String,
}

/// A line of «Nơi nhận».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// As written.
    pub text: String,
    /// The class of agency that it means, if one.
    pub class: Option<AgencyClass>,
    /// «Lưu: …».
    pub archive: bool,
}

/// An agency as it is called in the year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agency {
    /// The id.
    pub id: AgencyId,
    /// «UBND huyện Trần Đề».
    pub name: String,
    /// «Huyện Trần Đề»: unique.
    pub short: String,
    /// Its class.
    pub class: AgencyClass,
}

/// A named group of agencies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyGroup {
    /// The id: `cap-huyen`.
    pub id: String,
    /// «cấp huyện».
    pub name: String,
    /// The members.
    pub members: Vec<AgencyId>,
}

/// A numbered group of tasks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The id.
    pub id: GroupId,
    /// «1».
    pub number: String,
    /// The title.
    pub title: String,
}

/// A lettered section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The id.
    pub id: SectionId,
    /// The group.
    pub group: GroupId,
    /// «đ».
    pub letter: String,
    /// The title.
    pub title: String,
}

/// A task, or a heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// The id.
    pub id: TaskId,
    /// The section; a document may miss it, a source has it.
    pub section: Option<SectionId>,
    /// «II.3.đ, gạch 3».
    pub clause: String,
    /// «gạch đầu dòng thứ ba, điểm đ, khoản 3, Mục II, Phần thứ nhất».
    pub clause_in_words: String,
    /// The heading it stands under, if one.
    pub parent: Option<TaskId>,
    /// The title.
    pub title: String,
    /// What a heading says; nobody reports on it, tasks stand below it. None of a task.
    pub heading: Option<String>,
    /// Leads that the text names, in its order.
    pub leads: Vec<AgencyId>,
    /// Groups that lead.
    pub lead_groups: Vec<String>,
    /// Whether several leads answer together.
    pub joint: bool,
    /// The text's words for who leads, where they say more than the names, or name nobody.
    pub lead_text: Option<String>,
    /// Supporting agencies that the text names, in its order.
    pub supporting: Vec<AgencyId>,
    /// Groups that support.
    pub supporting_groups: Vec<String>,
    /// «các đơn vị có liên quan».
    pub supporting_unnamed: bool,
    /// Documents cited.
    pub citations: Vec<CitationId>,
    /// Military and police work: a warning at entry.
    pub may_be_secret: bool,
}

/// A date under a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// The id.
    pub id: MilestoneId,
    /// The task.
    pub task: TaskId,
    /// What is due.
    pub title: String,
    /// The last valid day.
    pub due: Date,
    /// The paper or decision that sets it.
    pub source: String,
}

/// A target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The id.
    pub id: TargetId,
    /// The name.
    pub name: String,
    /// The unit.
    pub unit: String,
    /// The goal.
    pub goal: Goal,
    /// The text's word for its strictness: «đạt» and «tối thiểu» are one goal in two words.
    pub direction: String,
    /// How its figures behave.
    pub kind: Kind,
    /// The agency that the text makes answer for it.
    pub owner: Option<AgencyId>,
    /// Agencies that the text makes contribute.
    pub contributors: Vec<AgencyId>,
    /// The whole that it is a part of.
    pub part_of: Option<TargetId>,
    /// The other condition of the same sentence.
    pub together_with: Option<TargetId>,
    /// What a share is a share of.
    pub denominator: Option<String>,
    /// The tasks whose clauses state it.
    pub stated: Vec<TaskId>,
}

/// A document cited: what the text lacks stays empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// The id.
    pub id: CitationId,
    /// «Nghị quyết».
    pub kind: String,
    /// «19/NQ-HĐND».
    pub number: Option<String>,
    /// Its date.
    pub date: Option<Date>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// What it is about.
    pub title: Option<String>,
}

/// A period and its days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodDays {
    /// Which.
    pub period: Period,
    /// «quý II năm 2019».
    pub name: String,
    /// «6 tháng đầu năm 2019».
    pub paper_name: String,
    /// The first day whose figures count.
    pub from: Date,
    /// The last day whose figures count.
    pub to: Date,
    /// The last valid day for the report.
    pub deadline: Date,
}

impl Target {
    /// A share of something is from 0 to 100: the programme says of what. A rate of growth is none.
    pub fn is_share(&self) -> bool {
        self.in_per_cent() && self.denominator.is_some()
    }

    /// A rate of growth or a balance can be below nought; a quantity can't.
    pub fn may_be_negative(&self) -> bool {
        self.in_per_cent() || self.unit.trim().is_empty()
    }

    /// Whether its figures are per cent.
    pub fn in_per_cent(&self) -> bool {
        self.unit.trim().starts_with('%')
    }
}
