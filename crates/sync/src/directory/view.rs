//! The view of the log: look-ups, now and as of any past moment.

use std::collections::{BTreeMap, BTreeSet};

use terms::{AgencyClass, AgencyId, DocId, EnrolmentId, PersonId, Role, Timestamp};

use super::{DirectoryError, DirectoryEvent, Right, SignedEntry, Subject};
use crate::{Cursor, PublicKey};

/// An agency as the directory knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agency {
    /// The full name.
    pub name: String,
    /// The short label.
    pub short: String,
    /// The class.
    pub class: AgencyClass,
}

/// A person as the directory knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name.
    pub name: String,
    /// Where they work.
    pub agency: AgencyId,
    /// What they may say.
    pub role: Role,
    /// «Phó Chủ tịch».
    pub position: String,
}

/// An enrolment as the directory knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// Who.
    pub person: PersonId,
    /// What the device is called.
    pub device: String,
    /// What its signatures are checked with.
    pub key: PublicKey,
    /// The entry that enrolled it.
    pub since: u64,
    /// Whether, when, by which entry and why it was revoked.
    pub revoked: Option<Revocation>,
}

/// When and why an enrolment was revoked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revocation {
    /// The entry.
    pub seq: u64,
    /// When.
    pub time: Timestamp,
    /// Why.
    pub why: String,
}

/// What the log says, entry by entry.
#[derive(Debug, Clone)]
pub struct Directory {
    relay: PublicKey,
    /// Where the log ended after each entry, and when the relay wrote it.
    entries: Vec<(Cursor, Timestamp)>,
    agencies: BTreeMap<AgencyId, Agency>,
    /// What was said of each person, with the entry that said it: roles change.
    people: BTreeMap<PersonId, Vec<(u64, Person)>>,
    enrolments: BTreeMap<EnrolmentId, Enrolment>,
    grants: BTreeMap<DocId, BTreeMap<(Subject, Right), Vec<Span>>>,
}

/// From which entry on, and before which one, a grant holds.
#[derive(Debug, Clone, Copy)]
struct Span {
    from: u64,
    until: u64,
}

impl Directory {
    /// An empty log of the relay with this key.
    pub fn new(relay: PublicKey) -> Self {
        Self {
            relay,
            entries: Vec::new(),
            agencies: BTreeMap::new(),
            people: BTreeMap::new(),
            enrolments: BTreeMap::new(),
            grants: BTreeMap::new(),
        }
    }

    /// The relay whose log this is.
    pub fn relay(&self) -> &PublicKey {
        &self.relay
    }

    /// Where the log ends.
    pub fn tail(&self) -> Cursor {
        self.entries
            .last()
            .map_or(Cursor::START, |(cursor, _)| *cursor)
    }

    /// Where the log ended after entry `seq`, if it has got that far.
    pub fn at(&self, seq: u64) -> Option<Cursor> {
        let index = usize::try_from(seq).ok()?.checked_sub(1);
        index.map_or(Some(Cursor::START), |index| {
            self.entries.get(index).map(|(cursor, _)| *cursor)
        })
    }

    /// The last entry that the relay had written by `time`.
    pub fn seq_at(&self, time: Timestamp) -> u64 {
        self.entries
            .iter()
            .rev()
            .find(|(_, t)| *t <= time)
            .map_or(0, |(cursor, _)| cursor.seq)
    }

    /// Adds the next entry after checking that it is the next and that the relay signed it. What
    /// this version has no word for is counted and otherwise passed over.
    pub fn apply(&mut self, entry: &SignedEntry) -> Result<(), DirectoryError> {
        let cursor = entry.check(self.tail(), &self.relay)?;
        let record = entry.record();
        // What has no word here was written no earlier than what stands before it.
        let last = self.entries.last().map(|(_, time)| *time);
        let time = record
            .as_ref()
            .map_or(last.unwrap_or_default(), |record| record.time);
        self.entries.push((cursor, time));
        if let Some(record) = record {
            self.note(cursor.seq, record.time, record.fact);
        }
        Ok(())
    }

    fn note(&mut self, seq: u64, time: Timestamp, fact: DirectoryEvent) {
        match fact {
            DirectoryEvent::AgencyAdded {
                id,
                name,
                short,
                class,
            } => {
                self.agencies.insert(id, Agency { name, short, class });
            }
            DirectoryEvent::PersonAdded {
                id,
                name,
                agency,
                role,
                position,
            } => {
                let person = Person {
                    name,
                    agency,
                    role,
                    position,
                };
                self.people.entry(id).or_default().push((seq, person));
            }
            DirectoryEvent::Enrolled {
                enrolment,
                person,
                device,
                key,
            } => {
                // The first entry stands: an id never gets another key.
                let new = Enrolment {
                    person,
                    device,
                    key,
                    since: seq,
                    revoked: None,
                };
                self.enrolments.entry(enrolment).or_insert(new);
            }
            DirectoryEvent::Revoked { enrolment, why } => {
                if let Some(known) = self.enrolments.get_mut(&enrolment) {
                    known.revoked.get_or_insert(Revocation { seq, time, why });
                }
            }
            DirectoryEvent::Granted {
                subject,
                doc,
                right,
            } => self.grant(seq, doc, (subject, right)),
            DirectoryEvent::Ungranted {
                subject,
                doc,
                right,
            } => self.ungrant(seq, &doc, &(subject, right)),
        }
    }

    fn grant(&mut self, seq: u64, doc: DocId, row: (Subject, Right)) {
        let spans = self.grants.entry(doc).or_default().entry(row).or_default();
        if spans.last().is_none_or(|span| span.until < u64::MAX) {
            spans.push(Span {
                from: seq,
                until: u64::MAX,
            });
        }
    }

    fn ungrant(&mut self, seq: u64, doc: &DocId, row: &(Subject, Right)) {
        let spans = self.grants.get_mut(doc).and_then(|rows| rows.get_mut(row));
        if let Some(span) = spans.and_then(|spans| spans.last_mut()) {
            span.until = span.until.min(seq);
        }
    }

    /// All agencies.
    pub fn agencies(&self) -> impl Iterator<Item = (&AgencyId, &Agency)> {
        self.agencies.iter()
    }

    /// An agency.
    pub fn agency(&self, id: &AgencyId) -> Option<&Agency> {
        self.agencies.get(id)
    }

    /// All people, as they are now.
    pub fn people(&self) -> impl Iterator<Item = (&PersonId, &Person)> {
        self.people
            .iter()
            .filter_map(|(id, said)| said.last().map(|(_, person)| (id, person)))
    }

    /// A person, as they are now.
    pub fn person(&self, id: &PersonId) -> Option<&Person> {
        self.person_as_of(id, u64::MAX)
    }

    fn person_as_of(&self, id: &PersonId, seq: u64) -> Option<&Person> {
        let said = self.people.get(id)?;
        said.iter()
            .rev()
            .find(|(since, _)| *since <= seq)
            .map(|(_, person)| person)
    }

    /// All enrolments, the revoked ones too.
    pub fn enrolments(&self) -> impl Iterator<Item = (&EnrolmentId, &Enrolment)> {
        self.enrolments.iter()
    }

    /// An enrolment, revoked or not.
    pub fn enrolment(&self, id: &EnrolmentId) -> Option<&Enrolment> {
        self.enrolments.get(id)
    }

    /// Who an enrolment is: the person's id, and the person with agency and role as of now.
    pub fn author(&self, enrolment: &EnrolmentId) -> Option<(&PersonId, &Person)> {
        let id = &self.enrolments.get(enrolment)?.person;
        self.person(id).map(|person| (id, person))
    }

    /// The key of an enrolment, revoked or not: old signatures stay true.
    pub fn key(&self, enrolment: &EnrolmentId) -> Option<&PublicKey> {
        self.enrolments.get(enrolment).map(|e| &e.key)
    }

    /// Whether, when and why an enrolment was revoked.
    pub fn revoked(&self, enrolment: &EnrolmentId) -> Option<&Revocation> {
        self.enrolments.get(enrolment)?.revoked.as_ref()
    }

    /// Whether an enrolment may do this now.
    pub fn may(&self, enrolment: &EnrolmentId, doc: &DocId, right: Right) -> bool {
        self.may_as_of(enrolment, doc, right, self.tail().seq)
    }

    /// Whether an enrolment might do this when the log ended with entry `seq`.
    pub fn may_as_of(&self, enrolment: &EnrolmentId, doc: &DocId, right: Right, seq: u64) -> bool {
        let subjects = self.subjects_as_of(enrolment, seq);
        self.grants.get(doc).is_some_and(|grants| {
            [Right::Read, Right::Write]
                .into_iter()
                .filter(|given| *given >= right)
                .any(|given| {
                    subjects.iter().any(|subject| {
                        let spans = grants.get(&(subject.clone(), given));
                        spans
                            .into_iter()
                            .flatten()
                            .any(|span| span.from <= seq && seq < span.until)
                    })
                })
        })
    }

    /// The documents that an enrolment may read now.
    pub fn readable(&self, enrolment: &EnrolmentId) -> BTreeSet<DocId> {
        let docs = self.grants.keys();
        docs.filter(|doc| self.may(enrolment, doc, Right::Read))
            .cloned()
            .collect()
    }

    /// Everything that an enrolment was then, in the words of grants; nothing if it was not
    /// enrolled yet or revoked already.
    fn subjects_as_of(&self, enrolment: &EnrolmentId, seq: u64) -> Vec<Subject> {
        let known = self.enrolments.get(enrolment).filter(|e| {
            e.since <= seq && e.revoked.as_ref().is_none_or(|revoked| seq < revoked.seq)
        });
        let Some(enrolled) = known else {
            return Vec::new();
        };
        let Some(person) = self.person_as_of(&enrolled.person, seq) else {
            return Vec::new();
        };
        vec![
            Subject::Person(enrolled.person.clone()),
            Subject::Agency(person.agency.clone()),
            Subject::Role(person.role),
            Subject::RoleIn(person.role, person.agency.clone()),
        ]
    }
}
