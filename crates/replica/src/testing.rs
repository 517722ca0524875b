//! A small office for tests: a relay's directory, and people with keys and folders.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use sync::{
    Cursor, Keypair,
    directory::{DirectoryEntry, DirectoryEvent, SignedEntry, standard_grants},
};
use terms::{
    AgencyClass, DocId, Edit, EditRequest, Field, Heads, Role, TaskId, Timestamp, WorkStatus,
};

use crate::{Clock, Enrolment, Unlocked, engine::Engine, opening};

/// A clock that stands.
pub(crate) struct FixedClock;

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        // 11/09/2019 12:00 in Vietnam.
        Timestamp(1_568_178_000)
    }
}

/// The people: enrolment, name, agency, role.
const PEOPLE: [(&str, &str, &str, Role); 3] = [
    ("td-an", "Nguyễn Văn An", "huyen-tran-de", Role::Officer),
    ("td-binh", "Trần Thị Bình", "huyen-tran-de", Role::Head),
    ("td-khoa", "Lê Anh Khoa", "so-ke-hoach", Role::Reviewer),
];

/// The document that all three may write.
pub(crate) fn doc() -> DocId {
    DocId::Agency(2019, id("huyen-tran-de"))
}

/// Any id.
pub(crate) fn id<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().unwrap()
}

/// The key of one of the people's enrolment.
pub(crate) fn key_of(enrolment: &str) -> Keypair {
    Keypair::from_seed(&key(enrolment))
}

fn key(of: &str) -> [u8; 32] {
    let mut seed = [1; 32];
    seed[..of.len()].copy_from_slice(of.as_bytes());
    seed
}

/// The relay that signed the directory.
pub(crate) fn relay() -> Keypair {
    Keypair::from_seed(&key("relay"))
}

/// The directory: agencies, people, enrolments and the usual grants of 2019.
pub(crate) fn directory() -> Vec<SignedEntry> {
    let agencies = ["huyen-tran-de", "so-ke-hoach"];
    let mut facts: Vec<DirectoryEvent> = agencies
        .iter()
        .map(|agency| DirectoryEvent::AgencyAdded {
            id: id(agency),
            name: (*agency).to_owned(),
            short: (*agency).to_owned(),
            class: AgencyClass::CapHuyen,
        })
        .collect();
    for (enrolment, name, agency, role) in PEOPLE {
        let person: terms::PersonId = id(&enrolment[3..]);
        let (name, position) = (name.to_owned(), String::new());
        facts.push(DirectoryEvent::PersonAdded {
            id: person.clone(),
            name,
            agency: id(agency),
            role,
            position,
        });
        let (device, key) = ("máy".to_owned(), key_of(enrolment).public());
        facts.push(DirectoryEvent::Enrolled {
            enrolment: id(enrolment),
            person,
            device,
            key,
        });
    }
    facts.extend(standard_grants(2019, &agencies.map(id), &BTreeMap::new()));
    let (relay, mut tail) = (relay(), Cursor::START);
    let sign = |fact| {
        let entry = SignedEntry::sign(
            &DirectoryEntry {
                time: FixedClock.now(),
                fact,
            },
            tail,
            &relay,
        );
        tail = entry.check(tail, &relay.public()).unwrap();
        entry
    };
    facts.into_iter().map(sign).collect()
}

/// One of the people, with the directory.
pub(crate) fn unlocked(folder: &Path, enrolment: &str) -> Unlocked {
    let found = PEOPLE.iter().find(|(one, ..)| *one == enrolment).unwrap();
    let who = Enrolment {
        enrolment: id(enrolment),
        person: id(&enrolment[3..]),
        name: found.1.to_owned(),
        agency: id(found.2),
        agency_name: found.2.to_owned(),
        role: found.3,
        relay_url: "http://127.0.0.1:9".to_owned(),
        relay_key: relay().public(),
    };
    Unlocked::new(folder, who, &key(enrolment)).with_directory(directory())
}

/// The writer's state of one of the people, without its thread.
pub(crate) fn engine(folder: &Path, enrolment: &str) -> Engine {
    let unlocked = unlocked(folder, enrolment);
    let file = unlocked.folder.join("replica.sqlite");
    let engine = opening::open(&file, &unlocked, Arc::new(FixedClock))
        .unwrap()
        .0;
    // No power is cut in these tests; those with a crash open a whole replica.
    engine.db.pragma_update(None, "synchronous", "OFF").unwrap();
    engine
}

/// A request to write a narrative, made against what is there.
pub(crate) fn narrative(seen: Heads, number: u64, text: &str) -> EditRequest {
    let (task, period) = (id("nv-1"), id("2019-q3"));
    request(
        seen,
        number,
        Edit::text(
            terms::Record::Progress(task, period),
            Field::Narrative,
            text.to_owned(),
        ),
    )
}

/// A request to set a status.
pub(crate) fn status(seen: Heads, number: u64, task: &TaskId, status: WorkStatus) -> EditRequest {
    let (task, period) = (task.clone(), id("2019-q3"));
    let done_on = (status == WorkStatus::Done).then(|| FixedClock.now().date());
    request(
        seen,
        number,
        Edit::status(task, period, Some(status), done_on),
    )
}

/// A request in the document that all may write.
pub(crate) fn request(seen: Heads, number: u64, edit: Edit) -> EditRequest {
    EditRequest {
        doc: doc(),
        seen,
        number,
        reason: None,
        edit,
    }
}
