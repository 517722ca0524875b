//! What the files say of a thing of the programme beyond the thing itself: where it stands in the
//! text and in which words.

use std::ops::{Deref, DerefMut};

use terms::{
    AgencyId, Date, TaskId,
    programme::{self, Milestone, PeriodDays},
};

use crate::{Clause, Direction};

/// A thing of the programme with what only its source says. It reads like the thing itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced<T, S> {
    /// The thing.
    pub thing: T,
    /// What only the source says.
    pub source: S,
}

impl<T, S> Deref for Sourced<T, S> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.thing
    }
}

impl<T, S> DerefMut for Sourced<T, S> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.thing
    }
}

/// An agency.
pub type Agency = Sourced<programme::Agency, AgencySource>;

/// A named group of agencies; its source is a note, if one.
pub type AgencyGroup = Sourced<programme::AgencyGroup, Option<String>>;

/// A task, or a heading with tasks below it.
pub type Task = Sourced<programme::Task, TaskSource>;

/// A numeric target.
pub type Target = Sourced<programme::Target, TargetSource>;

/// A reporting period and its deadline.
pub type PeriodRow = Sourced<PeriodDays, PeriodSource>;

/// How the text names an agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgencySource {
    /// Whether the text names it.
    pub named: bool,
    /// The text's own words for it.
    pub as_written: Vec<String>,
    /// What else should be known.
    pub note: Option<String>,
}

/// Where a task stands, and what was added to it since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskSource {
    /// The clause it comes from.
    pub clause: Clause,
    /// Dates under the task.
    pub milestones: Vec<Milestone>,
    /// The agency that somebody assigned, which the text does not name.
    pub assigned: Option<Assigned>,
}

/// How the text states a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetSource {
    /// The text's word for direction and strictness.
    pub direction: Direction,
    /// The agency that somebody assigned, which the text does not name.
    pub assigned: Option<Assigned>,
    /// Every clause that states it.
    pub stated: Vec<Statement>,
}

/// How the text sets a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodSource {
    /// The text's words for the deadline.
    pub wording: String,
    /// Where it stands.
    pub clause: Clause,
    /// What else should be known.
    pub note: Option<String>,
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

/// A clause that states a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The task of the clause.
    pub task: TaskId,
    /// The few words of the text that hold the figure.
    pub wording: String,
}
