//! What is chosen from: periods and agencies.

use terms::{
    AgencyId, Date, Period, TargetId, TaskId,
    programme::Group,
    rows::{AgencyName, GroupName},
    text::sort_key,
};

use crate::World;

/// Each period with its deadline, the last day on which a report is in time.
pub fn periods(world: &World) -> Vec<(Period, Date)> {
    let deadlines = world.plan().deadlines.iter();
    deadlines.map(|(period, day)| (*period, *day)).collect()
}

/// The numbered groups, in the document's order.
pub fn groups(world: &World) -> Vec<GroupName> {
    let name = |group: &Group| GroupName {
        id: group.id.clone(),
        number: group.number.clone(),
        title: group.title.clone(),
    };
    world.plan().groups.iter().map(name).collect()
}

/// All agencies, in the Vietnamese order of their short names.
pub fn agencies(world: &World) -> Vec<AgencyName> {
    let plan = world.plan();
    let mut names: Vec<AgencyName> = plan
        .agencies
        .keys()
        .map(|id| plan.agency_name(id))
        .collect();
    names.sort_by_cached_key(|name| (sort_key(&name.short), name.id.clone()));
    names
}

/// An agency's full name; its id while the programme does not know it.
pub fn agency_name(world: &World, agency: &AgencyId) -> String {
    let known = world.plan().agencies.get(agency);
    known.map_or_else(|| agency.to_string(), |known| known.name.clone())
}

/// An agency as rows name it.
pub fn agency(world: &World, agency: &AgencyId) -> AgencyName {
    world.plan().agency_name(agency)
}

/// A task's clause and title, where the programme has it.
pub fn task_name(world: &World, task: &TaskId) -> Option<(String, String)> {
    world
        .plan()
        .tasks
        .get(task)
        .map(|task| (task.clause.clone(), task.title.clone()))
}

/// A target's name, where the programme has it.
pub fn target_name(world: &World, target: &TargetId) -> Option<String> {
    world
        .plan()
        .targets
        .get(target)
        .map(|target| target.name.clone())
}
