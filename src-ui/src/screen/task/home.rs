//! Where somebody writes what is new about a task.

use terms::{
    AgencyId, DocId, FieldPath, Heads, Period,
    rows::{TaskRole, TaskRow},
};

use crate::rows::Key;

/// The document of the person's own agency, as far as it takes part and the person may write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// The document.
    pub doc: DocId,
    /// What the view has seen of it.
    pub heads: Heads,
    /// The period that its rows are of.
    pub period: Option<Period>,
    /// Whether the agency leads, alone or with others.
    pub leads: bool,
}

impl Home {
    /// None where the agency has no part, or the person may not write.
    pub fn of(rows: &[(Key, TaskRow)], own: Option<&AgencyId>) -> Option<Self> {
        rows.iter().find_map(|(_, row)| match row {
            TaskRow::Progress(part) if Some(&part.agency.id) == own && part.writable => {
                Some(Self {
                    doc: part.doc.clone(),
                    heads: part.heads.clone(),
                    period: FieldPath::parse(&part.status.path).and_then(|at| at.record.period()),
                    leads: matches!(part.part, TaskRole::Lead | TaskRole::JointLead),
                })
            }
            _ => None,
        })
    }
}

/// Where somebody sets milestones of a task: the lead in its own document, Sở KH&ĐT in the
/// programme.
pub fn milestones_in(
    rows: &[(Key, TaskRow)],
    home: Option<Home>,
    reviewer: bool,
) -> Option<(DocId, Heads)> {
    let programme = rows.iter().find_map(|(_, row)| match row {
        TaskRow::Details(details) => Some((details.doc.clone(), details.heads.clone())),
        _ => None,
    });
    match home.filter(|home| home.leads) {
        Some(home) => Some((home.doc, home.heads)),
        None => programme.filter(|_| reviewer),
    }
}

#[cfg(test)]
mod tests {
    use terms::{
        Date, OfficialStatus,
        rows::{Responsible, TaskDetails},
    };

    use super::*;

    #[test]
    fn the_lead_sets_milestones_in_its_document_and_so_khdt_in_the_programme() {
        let programme: DocId = "programme/2019".parse().unwrap();
        let details = TaskRow::Details(Box::new(TaskDetails {
            task: "nv-1".parse().unwrap(),
            clause: String::new(),
            title: String::new(),
            heading: false,
            text: String::new(),
            lead_text: String::new(),
            may_be_secret: false,
            responsible: Responsible::default(),
            members: Vec::new(),
            official: OfficialStatus::OpenInTime,
            due: Date::new(2019, 12, 31).unwrap(),
            due_source: String::new(),
            citations: Vec::new(),
            doc: programme.clone(),
            heads: Heads::default(),
        }));
        let rows = [(Key::from("head"), details)];
        let own: DocId = "agency/2019/a".parse().unwrap();
        let home = |leads| Home {
            doc: own.clone(),
            heads: Heads::default(),
            period: None,
            leads,
        };
        let table = [
            (Some(home(true)), false, Some(&own)),
            (Some(home(true)), true, Some(&own)),
            (Some(home(false)), false, None),
            (Some(home(false)), true, Some(&programme)),
            (None, true, Some(&programme)),
            (None, false, None),
        ];
        for (home, reviewer, place) in table {
            let told = milestones_in(&rows, home.clone(), reviewer).map(|(doc, _)| doc);
            assert_eq!(told.as_ref(), place, "{home:?} {reviewer}");
        }
    }
}
