//! Rights as rows.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use sync::directory::{DirectoryEvent, Right, SignedEntry, Subject, standard_grants};
use terms::{AgencyId, DocId};

use crate::store::{ReadTransaction, StoreError};

/// For each agency, whose documents its people may read besides their own.
pub type Shared = BTreeMap<AgencyId, BTreeSet<AgencyId>>;

/// A right that stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct GrantRow {
    /// On which document.
    pub doc: DocId,
    /// To whom.
    pub subject: Subject,
    /// Which right.
    pub right: Right,
}

impl GrantRow {
    pub(super) fn granted(self) -> DirectoryEvent {
        DirectoryEvent::Granted {
            subject: self.subject,
            doc: self.doc,
            right: self.right,
        }
    }

    pub(super) fn ungranted(self) -> DirectoryEvent {
        DirectoryEvent::Ungranted {
            subject: self.subject,
            doc: self.doc,
            right: self.right,
        }
    }
}

/// The rights that stand after all entries so far.
pub(super) fn standing(tx: &ReadTransaction<'_>) -> Result<BTreeSet<GrantRow>, StoreError> {
    let mut standing = BTreeSet::new();
    for record in tx.entries_after(0)?.iter().filter_map(SignedEntry::record) {
        match record.fact {
            DirectoryEvent::Granted {
                subject,
                doc,
                right,
            } => {
                standing.insert(GrantRow {
                    doc,
                    subject,
                    right,
                });
            }
            DirectoryEvent::Ungranted {
                subject,
                doc,
                right,
            } => {
                standing.remove(&GrantRow {
                    doc,
                    subject,
                    right,
                });
            }
            _ => {}
        }
    }
    Ok(standing)
}

/// The usual rights of a year that do not stand yet.
pub(super) fn of_year(
    year: u16,
    agencies: &[AgencyId],
    shared: &Shared,
    standing: &BTreeSet<GrantRow>,
) -> Vec<DirectoryEvent> {
    let stands = |fact: &DirectoryEvent| match fact.clone() {
        DirectoryEvent::Granted {
            subject,
            doc,
            right,
        } => standing.contains(&GrantRow {
            doc,
            subject,
            right,
        }),
        _ => false,
    };
    standard_grants(year, agencies, shared)
        .into_iter()
        .filter(|fact| !stands(fact))
        .collect()
}
