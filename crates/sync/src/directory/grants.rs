//! The usual rights of a year as rows: the table in ARCHITECTURE.md, Who may do what.

use std::collections::{BTreeMap, BTreeSet};

use terms::{AgencyId, DocId, Role};

use super::{DirectoryEvent, Right, Subject};

/// The grants of a year's programme: to be appended to the log, one entry each.
///
/// `shared` says for each agency whose documents its people may read besides their own: the leads
/// and supporters of the tasks that they share.
pub fn standard_grants(
    year: u16,
    agencies: &[AgencyId],
    shared: &BTreeMap<AgencyId, BTreeSet<AgencyId>>,
) -> Vec<DirectoryEvent> {
    let mut facts = Vec::new();
    let mut grant = |subject, doc: &DocId, right| {
        facts.push(DirectoryEvent::Granted {
            subject,
            doc: doc.clone(),
            right,
        });
    };
    let programme = DocId::Programme(year);
    grant(Subject::Role(Role::Reviewer), &programme, Right::Write);
    grant(Subject::Role(Role::Leader), &programme, Right::Read);
    for agency in agencies {
        let own = DocId::Agency(year, agency.clone());
        let review = DocId::Review(year, agency.clone());
        for role in [Role::Officer, Role::Head] {
            let subject = || Subject::RoleIn(role, agency.clone());
            grant(subject(), &programme, Right::Read);
            grant(subject(), &own, Right::Write);
            grant(subject(), &review, Right::Read);
            for other in shared
                .get(agency)
                .into_iter()
                .flatten()
                .filter(|o| *o != agency)
            {
                grant(subject(), &DocId::Agency(year, other.clone()), Right::Read);
            }
        }
        grant(Subject::Role(Role::Reviewer), &own, Right::Write);
        grant(Subject::Role(Role::Reviewer), &review, Right::Write);
        grant(Subject::Role(Role::Leader), &own, Right::Read);
        grant(Subject::Role(Role::Leader), &review, Right::Write);
    }
    facts
}
