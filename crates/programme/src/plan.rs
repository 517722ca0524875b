//! The programme in typed form, as its document says it.

mod read;

use std::collections::BTreeMap;

use terms::{
    AgencyId, CitationId, Date, Period, TargetId, TaskId,
    programme::{Agency, AgencyGroup, Citation, Group, Section, Target, Task},
    rows::AgencyName,
};

/// The programme, as far as its document can be read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Plan {
    pub(crate) ends: Option<Date>,
    pub(crate) groups: Vec<Group>,
    pub(crate) sections: Vec<Section>,
    pub(crate) tasks: BTreeMap<TaskId, Task>,
    pub(crate) targets: BTreeMap<TargetId, Target>,
    pub(crate) agencies: BTreeMap<AgencyId, Agency>,
    pub(crate) agency_groups: BTreeMap<String, AgencyGroup>,
    pub(crate) citations: BTreeMap<CitationId, Citation>,
    /// Each period that has a deadline, with the last valid day for its report.
    pub(crate) deadlines: BTreeMap<Period, Date>,
    /// Tasks, targets and agencies in the document's order.
    pub(crate) task_order: Vec<TaskId>,
    pub(crate) target_order: Vec<TargetId>,
    pub(crate) agency_order: Vec<AgencyId>,
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
    pub(crate) fn other_conditions(&self, id: &TargetId) -> Vec<(&TargetId, &Target)> {
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
