//! What is chosen from: periods and agencies.

use terms::{
    AgencyId, Date, Period, TargetId, TaskId,
    programme::Group,
    rows::{AgencyName, GroupName},
    text::sort_key,
};

use crate::ReadModel;

/// Each period with its deadline, the last day on which a report is in time.
pub fn periods(model: &ReadModel) -> Vec<(Period, Date)> {
    let deadlines = model.plan().deadlines.iter();
    deadlines.map(|(period, day)| (*period, *day)).collect()
}

/// The numbered groups, in the document's order.
pub fn groups(model: &ReadModel) -> Vec<GroupName> {
    let name = |group: &Group| GroupName {
        id: group.id.clone(),
        number: group.number.clone(),
        title: group.title.clone(),
    };
    model.plan().groups.iter().map(name).collect()
}

/// All agencies, in the Vietnamese order of their short names.
pub fn agencies(model: &ReadModel) -> Vec<AgencyName> {
    let plan = model.plan();
    let mut names: Vec<AgencyName> = plan
        .agencies
        .keys()
        .map(|id| plan.agency_name(id))
        .collect();
    names.sort_by_cached_key(|name| (sort_key(&name.short), name.id.clone()));
    names
}

/// An agency's full name; its id while the programme does not know it.
pub fn agency_name(model: &ReadModel, agency: &AgencyId) -> String {
    let known = model.plan().agencies.get(agency);
    known.map_or_else(|| agency.to_string(), |known| known.name.clone())
}

/// An agency as rows name it.
pub fn agency(model: &ReadModel, agency: &AgencyId) -> AgencyName {
    model.plan().agency_name(agency)
}

/// A task's clause and title, where the programme has it.
pub fn task_name(model: &ReadModel, task: &TaskId) -> Option<(String, String)> {
    model
        .plan()
        .tasks
        .get(task)
        .map(|task| (task.clause.clone(), task.title.clone()))
}

/// A target's name, where the programme has it.
pub fn target_name(model: &ReadModel, target: &TargetId) -> Option<String> {
    model
        .plan()
        .targets
        .get(target)
        .map(|target| target.name.clone())
}
