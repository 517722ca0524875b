//! The programme in typed form, as its document says it.

mod read;

use std::collections::BTreeMap;

use terms::{
    AgencyClass, AgencyId, CitationId, Date, Goal, GroupId, Kind, Period, SectionId, TargetId,
    TaskId, rows::AgencyName,
};

/// The programme.
#[derive(Debug, Clone, Default)]
pub(crate) struct Plan {
    pub(crate) ends: Option<Date>,
    pub(crate) groups: Vec<GroupPlan>,
    pub(crate) sections: Vec<SectionPlan>,
    pub(crate) tasks: BTreeMap<TaskId, TaskPlan>,
    pub(crate) targets: BTreeMap<TargetId, TargetPlan>,
    pub(crate) agencies: BTreeMap<AgencyId, AgencyPlan>,
    pub(crate) agency_groups: BTreeMap<String, AgencyGroupPlan>,
    pub(crate) citations: BTreeMap<CitationId, CitationPlan>,
    pub(crate) periods: Vec<PeriodPlan>,
    /// Tasks and targets in the document's order.
    pub(crate) task_order: Vec<TaskId>,
    pub(crate) target_order: Vec<TargetId>,
}

#[derive(Debug, Clone)]
pub(crate) struct GroupPlan {
    pub(crate) id: GroupId,
    pub(crate) number: String,
    pub(crate) title: String,
    order: u32,
}

#[derive(Debug, Clone)]
pub(crate) struct SectionPlan {
    pub(crate) id: SectionId,
    pub(crate) group: GroupId,
    pub(crate) letter: String,
    pub(crate) title: String,
    order: u32,
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "each says something of its own about a clause; together they are no state machine"
)]
#[derive(Debug, Clone)]
pub(crate) struct TaskPlan {
    pub(crate) section: Option<SectionId>,
    pub(crate) clause: String,
    pub(crate) clause_in_words: String,
    pub(crate) parent: Option<TaskId>,
    pub(crate) title: String,
    pub(crate) heading: bool,
    pub(crate) text: String,
    pub(crate) leads: Vec<AgencyId>,
    pub(crate) lead_groups: Vec<String>,
    pub(crate) joint: bool,
    pub(crate) lead_text: String,
    pub(crate) supporting: Vec<AgencyId>,
    pub(crate) supporting_groups: Vec<String>,
    pub(crate) supporting_unnamed: bool,
    pub(crate) citations: Vec<CitationId>,
    pub(crate) may_be_secret: bool,
    order: u32,
}

#[derive(Debug, Clone)]
pub(crate) struct TargetPlan {
    pub(crate) name: String,
    pub(crate) unit: String,
    pub(crate) goal: Goal,
    pub(crate) direction: String,
    pub(crate) kind: Kind,
    pub(crate) owner: Option<AgencyId>,
    pub(crate) contributors: Vec<AgencyId>,
    pub(crate) part_of: Option<TargetId>,
    pub(crate) together_with: Option<TargetId>,
    pub(crate) denominator: Option<String>,
    pub(crate) stated: Vec<TaskId>,
    order: u32,
}

#[derive(Debug, Clone)]
pub(crate) struct AgencyPlan {
    pub(crate) name: String,
    pub(crate) short: String,
    pub(crate) class: AgencyClass,
    pub(crate) order: u32,
}

#[derive(Debug, Clone)]
pub(crate) struct AgencyGroupPlan {
    pub(crate) name: String,
    pub(crate) members: Vec<AgencyId>,
}

#[derive(Debug, Clone)]
pub(crate) struct CitationPlan {
    pub(crate) kind: String,
    pub(crate) number: Option<String>,
    pub(crate) date: Option<Date>,
    pub(crate) issuer: Option<String>,
    pub(crate) title: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct PeriodPlan {
    pub(crate) period: Period,
    pub(crate) deadline: Date,
}

impl TargetPlan {
    /// A share of something is from 0 to 100: the programme says of what. A rate of growth is none.
    pub(crate) fn is_share(&self) -> bool {
        self.in_per_cent() && self.denominator.is_some()
    }

    /// A rate of growth or a balance can be below nought; a quantity can't.
    pub(crate) fn may_be_negative(&self) -> bool {
        self.in_per_cent() || self.unit.trim().is_empty()
    }

    /// Whether its figures are per cent.
    pub(crate) fn in_per_cent(&self) -> bool {
        self.unit.trim().starts_with('%')
    }
}

impl Plan {
    /// An agency as a row names it; by its id while the programme does not know it.
    pub(crate) fn agency_name(&self, id: &AgencyId) -> AgencyName {
        let short = match self.agencies.get(id) {
            Some(agency) => agency.short.clone(),
            None => id.to_string(),
        };
        AgencyName {
            id: id.clone(),
            short,
        }
    }

    /// The other conditions of the sentence that states a target: all of them must hold.
    pub(crate) fn other_conditions(&self, id: &TargetId) -> Vec<(&TargetId, &TargetPlan)> {
        let with = |id: &TargetId| self.targets.get(id).and_then(|t| t.together_with.clone());
        let first = with(id).unwrap_or_else(|| id.clone());
        let of_it = |other: &&TargetId| **other == first || with(other).as_ref() == Some(&first);
        let order = self.target_order.iter().filter(|other| *other != id);
        order
            .filter(of_it)
            .filter_map(|other| Some((other, self.targets.get(other)?)))
            .collect()
    }

    /// The members of a named group.
    pub(crate) fn members(&self, group: &str) -> &[AgencyId] {
        self.agency_groups
            .get(group)
            .map_or(&[], |g| g.members.as_slice())
    }
}
