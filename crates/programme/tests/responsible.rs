//! Who answers: what the text says, who was assigned, whom the lead named.
// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeMap;

use common::{
    local_actor,
    office::{content, model, programme, today, viewer},
    period,
    say::{agency, id, say, status, target},
};
use programme::{Document, ReadModel, views};
use terms::{
    DocId, Edit, Field, Record, TaskId, Value, WorkStatus,
    rows::{AgencyName, Authored, Responsible, TaskRole, TaskRow},
};

#[test]
fn whoever_is_assigned_leads_alone() {
    let mut doc = programme(&content());
    let mut model = model(&content());
    let assign = Edit::set(
        Record::Lead(id("nv-3")),
        Field::Lead,
        Some(Value::Agency(id("huyen-ke-sach"))),
    );
    say(&mut model, &mut doc, &assign);
    let parts = |who: &str| {
        let rows = views::my_work(&model, &viewer(who), period(), today(), &BTreeMap::new());
        rows.into_iter()
            .find(|(key, _)| key == "nv-3")
            .map(|(_, row)| row.part)
    };
    assert_eq!(parts("huyen-ke-sach"), Some(TaskRole::Lead));
    assert_eq!(parts("huyen-tran-de"), Some(TaskRole::GroupSupporting));
    assert_eq!(parts("so-y-te"), None);
}

fn responsible(model: &ReadModel, task: &str) -> Responsible {
    let task: TaskId = id(task);
    let rows = views::task(model, &viewer("so-khdt"), &task, period(), today());
    let head = rows.into_iter().find_map(|(_, row)| match row {
        TaskRow::Details(head) => Some(head.responsible),
        _ => None,
    });
    head.unwrap()
}

fn ids(said: &[Authored<AgencyName>]) -> Vec<Option<String>> {
    let mut ids: Vec<_> = said
        .iter()
        .map(|s| s.value.as_ref().map(|name| name.id.to_string()))
        .collect();
    ids.sort();
    ids
}

/// Two reviewers assign at once: both stand, with who and when, and neither leads until one of
/// them chooses.
#[test]
fn two_assigned_at_once_both_stand_until_somebody_chooses() {
    let lead = |agency: Option<&str>| {
        Edit::set(
            Record::Lead(id("nv-3")),
            Field::Lead,
            agency.map(id).map(Value::Agency),
        )
    };
    let owner = |agency: Option<&str>| {
        Edit::set(
            Record::Owner(id("ct-2")),
            Field::Owner,
            agency.map(id).map(Value::Agency),
        )
    };
    let some = |agency: &str| Some(agency.to_owned());
    for make in [&lead as &dyn Fn(Option<&str>) -> Edit, &owner] {
        let (mut model, mut doc) = (model(&content()), programme(&content()));
        let mut other: Document = doc.clone();
        let seen = other.heads();
        let theirs = make(Some("huyen-ke-sach"));
        let made = other
            .edit(&local_actor(2), &seen, &theirs, None, common::at(2))
            .unwrap();
        say(&mut model, &mut doc, &make(Some("so-y-te")));
        for (_, bytes) in &made.changes {
            doc.apply(bytes).unwrap();
        }
        model.set_facts(doc.id(), doc.heads(), doc.facts());
        let shown = |model: &ReadModel| {
            let (who, row) = (responsible(model, "nv-3"), target(model, "2019-q3", "ct-2"));
            let assigned = who.assigned.or(row.assigned);
            let assigned = assigned
                .and_then(|said| said.value)
                .map(|name| name.id.to_string());
            (assigned, ids(&[who.rivals, row.rivals].concat()))
        };
        let both = vec![some("huyen-ke-sach"), some("so-y-te")];
        assert_eq!(shown(&model), (None, both));
        let (row, who) = (
            target(&model, "2019-q3", "ct-2"),
            responsible(&model, "nv-3"),
        );
        let authors = row
            .rivals
            .iter()
            .chain(&who.rivals)
            .map(|said| said.by.enrolment.clone());
        assert!(authors.eq([local_actor(1).author, local_actor(2).author]));
        // Whoever chooses does so at what the row has seen.
        let chosen = make(Some("so-y-te"));
        doc.edit(
            &local_actor(3),
            &row.programme,
            &chosen,
            None,
            common::at(3),
        )
        .unwrap();
        model.set_facts(doc.id(), doc.heads(), doc.facts());
        assert_eq!(shown(&model), (some("so-y-te"), Vec::new()));
    }
}

/// «Các đơn vị có liên quan»: the lead names them, nobody else does.
#[test]
fn only_a_lead_names_supporters() {
    let mut model = model(&content());
    let name = |agency: &str, named| Edit::supporter(id("nv-1"), id(agency), named);
    let (mut lead, mut supporter) = (agency("huyen-tran-de"), agency("so-y-te"));
    say(&mut model, &mut supporter, &name("huyen-ke-sach", true));
    assert!(responsible(&model, "nv-1").named.is_empty());
    say(&mut model, &mut lead, &name("so-khdt", true));
    assert_eq!(
        ids(&responsible(&model, "nv-1").named),
        [Some("so-khdt".to_owned())]
    );
    let part = |who: &str| {
        let rows = views::my_work(&model, &viewer(who), period(), today(), &BTreeMap::new());
        rows.into_iter()
            .find(|(key, _)| key == "nv-1")
            .map(|(_, row)| row.part)
    };
    assert_eq!(part("so-khdt"), Some(TaskRole::Supporting));
    say(&mut model, &mut lead, &name("so-khdt", false));
    assert!(responsible(&model, "nv-1").named.is_empty());
}

#[test]
fn of_a_group_one_sees_who_wrote_and_for_whom_one_may_write() {
    let mut model = model(&content());
    let parts = |model: &ReadModel, also: Option<&str>| -> Vec<String> {
        let mut viewer = viewer("so-khdt");
        viewer
            .writable
            .extend(also.map(|name| DocId::Agency(2019, id(name))));
        let rows = views::task(model, &viewer, &id("nv-3"), period(), today());
        rows.into_iter()
            .filter_map(|(key, _)| key.strip_prefix("part/").map(str::to_owned))
            .collect()
    };
    assert!(parts(&model, None).is_empty());
    assert_eq!(parts(&model, Some("huyen-ke-sach")), ["huyen-ke-sach"]);
    let edit = status("nv-3", "2019-q3", WorkStatus::InProgress, None);
    say(&mut model, &mut agency("huyen-tran-de"), &edit);
    assert_eq!(parts(&model, None), ["huyen-tran-de"]);
    // The phrase opens: who they are stands in the head.
    let rows = views::task(&model, &viewer("so-khdt"), &id("nv-3"), period(), today());
    let members = rows.into_iter().find_map(|(_, row)| match row {
        TaskRow::Details(head) => Some(head.members),
        _ => None,
    });
    let members = members.unwrap();
    let names: Vec<&str> = members[0].1.iter().map(|name| name.id.as_str()).collect();
    assert_eq!(names, ["huyen-tran-de", "huyen-ke-sach"]);
}
