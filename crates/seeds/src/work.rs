//! Groups, sections, tasks and targets.

use std::str::FromStr;

use terms::{
    AgencyId, CitationId, Date, Goal, GroupId, Kind, MilestoneId, SectionId, TargetId, TaskId,
};

use crate::Clause;

/// A numbered group of tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The id.
    pub id: GroupId,
    /// Its number in the text.
    pub number: u8,
    /// Our short title.
    pub title: String,
}

/// A lettered section of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The id.
    pub id: SectionId,
    /// The group.
    pub group: GroupId,
    /// Its letter in the text.
    pub letter: char,
    /// Our short title.
    pub title: String,
}

/// A task, or a heading with tasks below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// The id.
    pub id: TaskId,
    /// The section.
    pub section: SectionId,
    /// The clause it comes from.
    pub clause: Clause,
    /// The heading it stands under, if one.
    pub parent: Option<TaskId>,
    /// Our short title.
    pub title: String,
    /// What a heading says, in our own words; nobody reports on it, tasks stand below it.
    /// `None` for a task.
    pub heading: Option<String>,
    /// Leads that the text names; empty where it names none.
    pub leads: Vec<AgencyId>,
    /// Groups that lead, by the id of an [`AgencyGroup`](crate::AgencyGroup).
    pub lead_groups: Vec<String>,
    /// Whether several answer together.
    pub joint: bool,
    /// The text's own words for who leads, where they say more than the names.
    pub lead_text: Option<String>,
    /// Supporting agencies that the text names.
    pub supporting: Vec<AgencyId>,
    /// Groups that support, by the id of an [`AgencyGroup`](crate::AgencyGroup).
    pub supporting_groups: Vec<String>,
    /// «các đơn vị có liên quan»: never expanded.
    pub supporting_unnamed: bool,
    /// Documents cited.
    pub citations: Vec<CitationId>,
    /// Dates under the task.
    pub milestones: Vec<Milestone>,
    /// The agency that somebody assigned, which the text does not name.
    pub assigned: Option<Assigned>,
    /// Military and police work: a warning at entry.
    pub may_be_secret: bool,
}

/// A date under a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// The id.
    pub id: MilestoneId,
    /// What is due.
    pub title: String,
    /// The last valid day.
    pub due: Date,
    /// The paper or decision that sets it.
    pub source: String,
}

/// «phân công»: who was assigned, by whom, when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assigned {
    /// The agency.
    pub agency: AgencyId,
    /// Who assigned it.
    pub by: String,
    /// When.
    pub on: Date,
}

/// A numeric target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The id.
    pub id: TargetId,
    /// Our short name.
    pub name: String,
    /// The unit, as the text has it.
    pub unit: String,
    /// The text's word for direction and strictness.
    pub direction: Direction,
    /// The goal.
    pub goal: Goal,
    /// How its figures behave over the year.
    pub kind: Kind,
    /// The agency that the text makes answer for it, if one.
    pub owner: Option<AgencyId>,
    /// The agency that somebody assigned, which the text does not name.
    pub assigned: Option<Assigned>,
    /// Agencies that the text makes contribute to it.
    pub contributors: Vec<AgencyId>,
    /// The whole that it is a part of («trong đó»); never added to it.
    pub part_of: Option<TargetId>,
    /// The other condition of the same sentence: both must hold.
    pub together_with: Option<TargetId>,
    /// What a share is a share of, where the text says it.
    pub denominator: Option<String>,
    /// Every clause that states it.
    pub stated: Vec<Statement>,
}

/// A clause that states a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The task of the clause.
    pub task: TaskId,
    /// The few words of the text that hold the figure.
    pub wording: String,
}

/// The text's words for a target's direction and strictness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// «trên»: excludes the value.
    Above,
    /// «đạt», «là», or the bare figure to be completed: includes the value.
    Reach,
    /// «đạt và vượt»: more is «vượt».
    ReachAndExceed,
    /// «tối thiểu»: includes the value.
    AtLeast,
    /// «dưới»: excludes the value.
    Below,
    /// «khoảng»: no verdict.
    About,
    /// «từ … đến …».
    Range,
    /// «giảm còn»: a level.
    ReduceTo,
    /// «giảm …»: a fall in percentage points.
    ReduceBy,
}

/// A word that is no direction.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("hướng «{0}» không có; ghi một trong: {all}", all = Direction::ALL_WORDS)]
pub struct UnknownDirection(pub String);

impl Direction {
    const ALL: [Self; 9] = [
        Self::Above,
        Self::Reach,
        Self::ReachAndExceed,
        Self::AtLeast,
        Self::Below,
        Self::About,
        Self::Range,
        Self::ReduceTo,
        Self::ReduceBy,
    ];

    /// Every word, as messages list them.
    pub const ALL_WORDS: &str =
        "trên | đạt | đạt và vượt | tối thiểu | dưới | khoảng | từ - đến | giảm còn | giảm";

    /// The word, as the files write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Above => "trên",
            Self::Reach => "đạt",
            Self::ReachAndExceed => "đạt và vượt",
            Self::AtLeast => "tối thiểu",
            Self::Below => "dưới",
            Self::About => "khoảng",
            Self::Range => "từ - đến",
            Self::ReduceTo => "giảm còn",
            Self::ReduceBy => "giảm",
        }
    }

    /// Whether it goes with two figures, `low` and `high`.
    pub fn has_two_figures(self) -> bool {
        matches!(self, Self::Range | Self::ReduceBy)
    }
}

impl FromStr for Direction {
    type Err = UnknownDirection;

    fn from_str(text: &str) -> Result<Self, UnknownDirection> {
        let error = || UnknownDirection(text.chars().take(40).collect());
        Self::ALL
            .into_iter()
            .find(|d| d.word() == text)
            .ok_or_else(error)
    }
}
