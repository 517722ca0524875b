//! Who answers for a task: what the text says, and what was assigned or named since.

use std::collections::BTreeSet;

use terms::{
    AgencyId, DocId, Record, TaskId,
    programme::Task,
    rows::{AgencyName, Authored as Value, Responsible, TaskRole},
};

use crate::{ReadModel, field_values};

/// The agencies that have a part in a task, each once, the leads first.
pub(super) struct TaskRoles {
    pub(super) list: Vec<(AgencyId, TaskRole)>,
    /// Whether groups lead: then whoever wrote stands for them.
    pub(super) group_led: bool,
}

impl TaskRoles {
    /// The parts in a task.
    ///
    /// An agency assigned to lead leads alone: the others that the text has leading go on as
    /// supporters, by name or as members of their group.
    pub(super) fn of(model: &ReadModel, id: &TaskId, task: &Task) -> Self {
        let plan = model.plan();
        let members = |groups: &[String]| -> Vec<AgencyId> {
            groups
                .iter()
                .flat_map(|group| plan.members(group))
                .cloned()
                .collect()
        };
        let assigned = assigned(model, &Record::Lead(id.clone()).to_string())
            .and_then(|authored| authored.value);
        let alone = !task.joint && task.leads.len() == 1 && task.lead_groups.is_empty();
        let (by_text, by_group) = match (&assigned, alone) {
            (Some(_), _) => (TaskRole::Supporting, TaskRole::GroupSupporting),
            (None, true) => (TaskRole::Lead, TaskRole::JointLead),
            (None, false) => (TaskRole::JointLead, TaskRole::JointLead),
        };
        let mut roles = Self {
            list: Vec::new(),
            group_led: false,
        };
        roles.add(assigned.iter().map(|name| name.id.clone()), TaskRole::Lead);
        roles.add(task.leads.iter().cloned(), by_text);
        roles.add(members(&task.lead_groups), by_group);
        roles.add(task.supporting.iter().cloned(), TaskRole::Supporting);
        roles.add(
            named(model, id, task).into_iter().map(|n| n.0),
            TaskRole::Supporting,
        );
        roles.add(members(&task.supporting_groups), TaskRole::GroupSupporting);
        roles.list.sort_by_key(|(_, part)| *part);
        roles.group_led = assigned.is_none() && !task.lead_groups.is_empty();
        roles
    }

    fn add(&mut self, agencies: impl IntoIterator<Item = AgencyId>, part: TaskRole) {
        for agency in agencies {
            if self.list.iter().all(|(known, _)| *known != agency) {
                self.list.push((agency, part));
            }
        }
    }

    pub(super) fn part_of(&self, agency: &AgencyId) -> Option<TaskRole> {
        self.list
            .iter()
            .find(|(known, _)| known == agency)
            .map(|(_, part)| *part)
    }

    pub(super) fn leads(&self) -> impl Iterator<Item = &AgencyId> {
        self.list
            .iter()
            .filter(|(_, part)| matches!(part, TaskRole::Lead | TaskRole::JointLead))
            .map(|(agency, _)| agency)
    }
}

/// Who answers, in words for a row.
pub(super) fn responsible(model: &ReadModel, id: &TaskId, task: &Task) -> Responsible {
    let plan = model.plan();
    let names = |ids: &[AgencyId]| ids.iter().map(|id| plan.agency_name(id)).collect();
    let groups = |ids: &[String]| -> Vec<(String, usize)> {
        let known = ids.iter().filter_map(|id| plan.agency_groups.get(id));
        known
            .map(|group| (group.name.clone(), group.members.len()))
            .collect()
    };
    Responsible {
        leads: names(&task.leads),
        lead_groups: groups(&task.lead_groups),
        assigned: assigned(model, &Record::Lead(id.clone()).to_string()),
        rivals: rivals(model, &Record::Lead(id.clone()).to_string()),
        supporting: names(&task.supporting),
        supporting_groups: groups(&task.supporting_groups),
        supporting_unnamed: task.supporting_unnamed,
        named: named(model, id, task)
            .into_iter()
            .map(|(_, authored)| authored)
            .collect(),
        joint: task.joint || task.leads.len() + task.lead_groups.len() > 1,
    }
}

/// The agency assigned at a path of the programme, if one is and nobody contradicts it.
pub(super) fn assigned(model: &ReadModel, path: &str) -> Option<Value<AgencyName>> {
    match assignments(model, path).as_slice() {
        [authored] if authored.value.is_some() => Some(authored.clone()),
        _ => None,
    }
}

/// The agencies assigned at once, where several stand against each other.
pub(super) fn rivals(model: &ReadModel, path: &str) -> Vec<Value<AgencyName>> {
    let authored = assignments(model, path);
    if authored.len() > 1 {
        authored
    } else {
        Vec::new()
    }
}

fn assignments(model: &ReadModel, path: &str) -> Vec<Value<AgencyName>> {
    let programme = model.doc(&DocId::Programme(model.year()));
    field_values::field(model, programme, path.to_owned(), field_values::agency).values
}

/// The supporters named since by a lead, each once.
fn named(model: &ReadModel, id: &TaskId, task: &Task) -> Vec<(AgencyId, Value<AgencyName>)> {
    let plan = model.plan();
    let groups = task
        .lead_groups
        .iter()
        .flat_map(|group| plan.members(group));
    let assigned =
        assigned(model, &Record::Lead(id.clone()).to_string()).and_then(|authored| authored.value);
    let assigned = assigned.map(|name| name.id);
    let leads: BTreeSet<&AgencyId> = task.leads.iter().chain(groups).chain(&assigned).collect();
    let mut named: Vec<(AgencyId, Value<AgencyName>)> = Vec::new();
    for lead in leads {
        let doc = DocId::Agency(model.year(), lead.clone());
        let Some(document) = model.doc(&doc) else {
            continue;
        };
        for (agency, _) in document.below(&format!("named/{id}")) {
            let Ok(agency) = agency.parse::<AgencyId>() else {
                continue;
            };
            let flag = field_values::flag(
                model,
                Some(document),
                Record::Supporter(id.clone(), agency.clone()).to_string(),
            );
            // Named by one and taken back by another at once: it stays until somebody chooses.
            let yes = flag
                .values
                .into_iter()
                .find(|value| value.value == Some(true));
            if let Some(yes) = yes
                && named.iter().all(|(known, _)| *known != agency)
            {
                let name = plan.agency_name(&agency);
                named.push((
                    agency,
                    Value {
                        value: Some(name),
                        ..with_name(yes)
                    },
                ));
            }
        }
    }
    named
}

/// Who said yes, and when, with the name still to be put in.
fn with_name(yes: Value<bool>) -> Value<AgencyName> {
    let Value {
        by,
        at,
        change,
        saved,
        ..
    } = yes;
    Value {
        value: None,
        by,
        at,
        change,
        saved,
    }
}
