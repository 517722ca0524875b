//! What a programme's text says, as plain data.

use terms::{
    AgencyId, CitationId, Date, TaskId,
    programme::{self, Citation, Group, Recipient, Section, Signing},
};

use crate::{Agency, AgencyGroup, Clause, PeriodRow, Sourced, Target, Task};

/// A programme of one province and year, checked: every id that is pointed to exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    /// The year.
    pub year: u16,
    /// Its name in full.
    pub name: String,
    /// Its name in a header.
    pub short_name: String,
    /// The province.
    pub province: String,
    /// The last day of the programme: tasks without a milestone are due then.
    pub ends: Date,
    /// Who signs.
    pub signing: Signing,
    /// Mục I: the objective.
    pub objective: Words,
    /// The opening of Mục II, by which an agency may be assigned by function.
    pub opening: Words,
    /// The grounds, in the text's order.
    pub grounds: Vec<Ground>,
    /// The recipients, in the text's order.
    pub recipients: Vec<Recipient>,
    /// Agencies: named by the text, or members of a group that it names.
    pub agencies: Vec<Agency>,
    /// «các Sở, ngành» and «cấp huyện».
    pub agency_groups: Vec<AgencyGroup>,
    /// The numbered groups, in the text's order.
    pub groups: Vec<Group>,
    /// The lettered sections, in the text's order.
    pub sections: Vec<Section>,
    /// The tasks, in the text's order.
    pub tasks: Vec<Task>,
    /// The numeric targets, each once.
    pub targets: Vec<Target>,
    /// The documents cited.
    pub citations: Vec<Citation>,
    /// The four quarters and the year.
    pub periods: Vec<PeriodRow>,
    /// The decree by which figures close.
    pub closing_source: String,
    /// What happens to a deadline at a weekend.
    pub weekend_rule: String,
    /// Part two: who does what, and reports what to whom.
    pub duties: Vec<Duty>,
    /// What the scan said and what was read.
    pub readings: Vec<Reading>,
    /// Figures of the text that are no targets.
    pub not_targets: Vec<Figure>,
}

impl Programme {
    /// What goes into the programme's document. What only explains the source (how the scan was
    /// read, which figures are no targets, in which words the text says something) stays here.
    pub fn content(self) -> programme::Programme {
        let assigned_tasks = self.tasks.iter().filter_map(|task| {
            let assigned = task.source.assigned.as_ref()?;
            Some((task.id.clone(), assigned.agency.clone()))
        });
        let assigned_targets = self.targets.iter().filter_map(|target| {
            let assigned = target.source.assigned.as_ref()?;
            Some((target.id.clone(), assigned.agency.clone()))
        });
        let milestones = self.tasks.iter().flat_map(|task| &task.source.milestones);
        programme::Programme {
            assigned_tasks: assigned_tasks.collect(),
            assigned_targets: assigned_targets.collect(),
            milestones: milestones.cloned().collect(),
            name: self.name,
            short_name: self.short_name,
            province: self.province,
            ends: self.ends,
            signing: self.signing,
            recipients: self.recipients,
            agencies: things(self.agencies),
            agency_groups: things(self.agency_groups),
            groups: self.groups,
            sections: self.sections,
            tasks: things(self.tasks),
            targets: things(self.targets),
            citations: self.citations,
            periods: things(self.periods),
        }
    }
}

fn things<T, S>(sourced: Vec<Sourced<T, S>>) -> Vec<T> {
    sourced.into_iter().map(|sourced| sourced.thing).collect()
}

/// A part of the text that is neither a task nor a target, in our own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Where it stands.
    pub clause: Clause,
    /// What it says.
    pub text: String,
}

/// A ground of the programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ground {
    /// A document.
    Citation(CitationId),
    /// Something without a number.
    Text(String),
}

/// A duty of part two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// The id.
    pub id: TaskId,
    /// Where it stands.
    pub clause: Clause,
    /// Our short title.
    pub title: String,
    /// Agencies that do it.
    pub leads: Vec<AgencyId>,
    /// Groups that do it.
    pub lead_groups: Vec<String>,
    /// Groups that support.
    pub supporting_groups: Vec<String>,
    /// Whom it goes up to.
    pub to: Option<String>,
    /// The agency that it goes up to, where it is one of ours.
    pub to_agency: Option<AgencyId>,
    /// «hàng quý và năm», «khi phát sinh».
    pub frequency: Option<String>,
    /// The text's words for when.
    pub deadline: Option<String>,
}

/// What the scan said, and what was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// As scanned.
    pub said: String,
    /// As read.
    pub read: String,
    /// Where.
    pub clause: Clause,
    /// Left as scanned, to be compared with the paper.
    pub doubt: bool,
    /// Why.
    pub note: Option<String>,
}

/// A figure of the text that is no target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The few words that hold it.
    pub text: String,
    /// Where; a place as often as the words stand there.
    pub clauses: Vec<Clause>,
    /// Why it is no target.
    pub why: String,
}
