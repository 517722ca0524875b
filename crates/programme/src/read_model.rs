//! The read model: what all documents say, for views to be computed from.

use std::collections::{BTreeMap, BTreeSet};

use terms::{
    AgencyId, ChangeId, DocId, EnrolmentId, Heads, Role, SaveState, Timestamp, rows::Author,
};

use crate::{Fact, SaveStates, Stamp, path, plan::Plan};

/// What all documents of a year say, who the people are, and how far each change has got.
#[derive(Debug, Clone)]
pub struct ReadModel {
    year: u16,
    docs: BTreeMap<DocId, DocumentFacts>,
    plan: Plan,
    people: BTreeMap<EnrolmentId, Person>,
    states: SaveStates,
}

/// What one document says.
#[derive(Debug, Clone, Default)]
pub(crate) struct DocumentFacts {
    pub(crate) heads: Heads,
    pub(crate) facts: BTreeMap<String, Vec<Stamp>>,
    /// The paths at which values stand against each other.
    pub(crate) conflicts: BTreeSet<String>,
    /// When each person last wrote of what stands.
    pub(crate) last_by: BTreeMap<EnrolmentId, Timestamp>,
}

/// Who looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// The person on a device.
    pub enrolment: EnrolmentId,
    /// The person's agency.
    pub agency: AgencyId,
    /// What the person may say.
    pub role: Role,
    /// The documents that the person may write.
    pub writable: BTreeSet<DocId>,
}

/// Somebody who writes, as the directory knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// As rows name them.
    pub author: Author,
    /// Their agency.
    pub agency: Option<AgencyId>,
}

impl ReadModel {
    /// A read model that knows nothing yet of a year.
    pub fn new(year: u16) -> Self {
        Self {
            year,
            docs: BTreeMap::new(),
            plan: Plan::default(),
            people: BTreeMap::new(),
            states: SaveStates::default(),
        }
    }

    /// The programme's year.
    pub fn year(&self) -> u16 {
        self.year
    }

    /// Takes in what now stands at some paths of a document, and the heads with it. A path with
    /// no value stands no more.
    pub fn set_facts(&mut self, doc: &DocId, heads: Heads, facts: impl IntoIterator<Item = Fact>) {
        let document = self.docs.entry(doc.clone()).or_default();
        document.heads = heads;
        facts.into_iter().for_each(|fact| document.set(fact));
        document.see_who_wrote();
        if *doc == DocId::Programme(self.year) {
            self.plan = Plan::read(&document.facts);
        }
    }

    /// Forgets a document, before it is read afresh.
    pub fn forget(&mut self, doc: &DocId) {
        self.docs.remove(doc);
        if *doc == DocId::Programme(self.year) {
            self.plan = Plan::default();
        }
    }

    /// Who the people are, from the directory.
    pub fn set_people(&mut self, people: BTreeMap<EnrolmentId, Person>) {
        self.people = people;
    }

    /// How far each change has got.
    pub fn states(&self) -> &SaveStates {
        &self.states
    }

    /// The same, to be brought up to date.
    pub fn states_mut(&mut self) -> &mut SaveStates {
        &mut self.states
    }

    /// What has been taken in of a document.
    pub fn heads(&self, doc: &DocId) -> Heads {
        self.docs
            .get(doc)
            .map(|document| document.heads.clone())
            .unwrap_or_default()
    }

    pub(crate) fn plan(&self) -> &Plan {
        &self.plan
    }

    pub(crate) fn docs(&self) -> impl Iterator<Item = (&DocId, &DocumentFacts)> {
        self.docs.iter()
    }

    pub(crate) fn doc(&self, doc: &DocId) -> Option<&DocumentFacts> {
        self.docs.get(doc)
    }

    /// Who wrote, as far as the directory knows; an enrolment it does not know has no name yet.
    pub(crate) fn author(&self, enrolment: Option<&EnrolmentId>) -> Author {
        // Only births have no author, and they say nothing that anybody is shown as saying.
        let nobody = || {
            "khong-ro"
                .parse()
                .expect("a literal of letters and a hyphen is an id")
        };
        let enrolment = enrolment.cloned().unwrap_or_else(nobody);
        let unnamed = |enrolment| Author {
            enrolment,
            person: String::new(),
            agency: String::new(),
        };
        match self.people.get(&enrolment) {
            Some(person) => person.author.clone(),
            None => unnamed(enrolment),
        }
    }

    /// The agency of who wrote, as far as the directory knows. The directory and the programme may
    /// call one agency by two names, as after a new name: only the id tells that it is the same.
    pub(crate) fn agency_of(&self, enrolment: &EnrolmentId) -> Option<&AgencyId> {
        self.people.get(enrolment)?.agency.as_ref()
    }

    pub(crate) fn saved(&self, change: &ChangeId) -> SaveState {
        self.states.of(change)
    }
}

impl DocumentFacts {
    fn set(&mut self, fact: Fact) {
        // That two people confirmed a text, each other's reading unseen, is no conflict.
        if fact.values.len() > 1 && path::confirmed(&fact.path).is_none() {
            self.conflicts.insert(fact.path.clone());
        } else {
            self.conflicts.remove(&fact.path);
        }
        if fact.values.is_empty() {
            self.facts.remove(&fact.path);
        } else {
            self.facts.insert(fact.path, fact.values);
        }
    }

    /// From what stands alone, so that it is the same in whatever order it came.
    fn see_who_wrote(&mut self) {
        self.last_by.clear();
        for stamp in self.facts.values().flatten() {
            let Some(author) = &stamp.author else {
                continue;
            };
            match self.last_by.get_mut(author) {
                Some(last) => *last = stamp.time.max(*last),
                None => {
                    self.last_by.insert(author.clone(), stamp.time);
                }
            }
        }
    }

    /// What stands at a path.
    pub(crate) fn at(&self, path: &str) -> &[Stamp] {
        self.facts.get(path).map_or(&[], Vec::as_slice)
    }

    /// The facts below a path.
    pub(crate) fn below<'a>(
        &'a self,
        path: &str,
    ) -> impl Iterator<Item = (&'a str, &'a [Stamp])> + use<'a> {
        let from = format!("{path}/");
        let start = from.len();
        self.facts
            .range(from.clone()..)
            .take_while(move |(at, _)| at.starts_with(&from))
            .map(move |(at, stamps)| (&at[start..], stamps.as_slice()))
    }
}
