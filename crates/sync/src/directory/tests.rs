//! The log and its view.

use std::collections::{BTreeMap, BTreeSet};

use terms::{AgencyId, DocId, EnrolmentId, Role, Timestamp};

use super::*;
use crate::{Cursor, Keypair};

fn relay() -> Keypair {
    Keypair::from_seed(&[1; 32])
}

fn add(directory: &mut Directory, time: i64, fact: DirectoryEvent) -> SignedEntry {
    let record = DirectoryEntry {
        time: Timestamp(time),
        fact,
    };
    let entry = SignedEntry::sign(&record, directory.tail(), &relay());
    directory.apply(&entry).unwrap();
    entry
}

fn person(id: &str, agency: &str, role: Role) -> DirectoryEvent {
    let (id, agency) = (id.parse().unwrap(), agency.parse().unwrap());
    DirectoryEvent::PersonAdded {
        id,
        name: "A".to_owned(),
        agency,
        role,
        position: String::new(),
    }
}

fn enrolled(enrolment: &str, person: &str) -> DirectoryEvent {
    let (enrolment, person) = (enrolment.parse().unwrap(), person.parse().unwrap());
    let key = Keypair::from_seed(&[2; 32]).public();
    DirectoryEvent::Enrolled {
        enrolment,
        person,
        device: "máy".to_owned(),
        key,
    }
}

/// The usual grants for agencies «a» and «b», where «b» may read «a».
fn usual() -> Directory {
    let mut directory = Directory::new(relay().public());
    let [a, b]: [AgencyId; 2] = ["a", "b"].map(|id| id.parse().unwrap());
    let shared = BTreeMap::from([(b.clone(), BTreeSet::from([a.clone()]))]);
    for fact in standard_grants(2019, &[a, b], &shared) {
        add(&mut directory, 0, fact);
    }
    for (index, role) in [
        Role::Officer,
        Role::Head,
        Role::Reviewer,
        Role::Leader,
        Role::Administrator,
    ]
    .into_iter()
    .enumerate()
    {
        add(&mut directory, 0, person(&format!("p{index}"), "b", role));
        add(
            &mut directory,
            0,
            enrolled(&format!("e{index}"), &format!("p{index}")),
        );
    }
    directory
}

#[test]
fn the_usual_grants_are_the_table_of_the_design() {
    let directory = usual();
    // Own document, the shared one, own review, the other's review, programme.
    let docs = [
        "agency/2019/b",
        "agency/2019/a",
        "review/2019/b",
        "review/2019/a",
        "programme/2019",
    ];
    let table = [
        ("officer", "wrr-r"),
        ("head", "wrr-r"),
        ("reviewer", "wwwww"),
        ("leader", "rrwwr"),
        ("administrator", "-----"),
    ];
    for (index, (role, rights)) in table.into_iter().enumerate() {
        let enrolment: EnrolmentId = format!("e{index}").parse().unwrap();
        let may = |doc: &str| {
            let doc: DocId = doc.parse().unwrap();
            match (
                directory.may(&enrolment, &doc, Right::Write),
                directory.may(&enrolment, &doc, Right::Read),
            ) {
                (true, _) => 'w',
                (false, true) => 'r',
                (false, false) => '-',
            }
        };
        assert_eq!(docs.map(may).iter().collect::<String>(), rights, "{role}");
    }
}

#[test]
fn rights_are_known_as_of_any_past_entry() {
    let mut directory = usual();
    let (enrolment, doc): (EnrolmentId, DocId) =
        ("e0".parse().unwrap(), "agency/2019/b".parse().unwrap());
    let may = |directory: &Directory, seq| directory.may_as_of(&enrolment, &doc, Right::Write, seq);
    let granted = directory.tail().seq;
    let subject = || Subject::RoleIn(Role::Officer, "b".parse().unwrap());
    let (of, right) = (|| doc.clone(), Right::Write);
    add(
        &mut directory,
        10,
        DirectoryEvent::Ungranted {
            subject: subject(),
            doc: of(),
            right,
        },
    );
    add(
        &mut directory,
        20,
        DirectoryEvent::Granted {
            subject: subject(),
            doc: of(),
            right,
        },
    );
    add(&mut directory, 30, person("p0", "a", Role::Officer));
    add(&mut directory, 40, person("p0", "b", Role::Officer));
    let why = "mất máy".to_owned();
    add(
        &mut directory,
        50,
        DirectoryEvent::Revoked {
            enrolment: enrolment.clone(),
            why,
        },
    );
    let past: Vec<bool> = (granted..=granted + 5)
        .map(|seq| may(&directory, seq))
        .collect();
    assert_eq!(past, [true, false, true, false, true, false]);
    assert!(!may(&directory, 0));
    assert_eq!(directory.seq_at(Timestamp(25)), granted + 2);
    assert!(
        directory.key(&enrolment).is_some(),
        "old signatures can be checked for ever"
    );
    assert!(directory.readable(&enrolment).is_empty());
}

#[test]
fn only_the_next_entry_signed_by_the_relay_is_taken() {
    let mut directory = Directory::new(relay().public());
    let first = add(&mut directory, 0, person("p", "a", Role::Officer));
    let second = add(&mut directory, 0, enrolled("e", "p"));
    let record = first.record().unwrap();
    let forged = SignedEntry::sign(&record, Cursor::START, &Keypair::from_seed(&[9; 32]));
    let altered = SignedEntry {
        json: first.json.replace("officer", "reviewer"),
        ..first.clone()
    };
    let moved = SignedEntry {
        seq: 1,
        ..second.clone()
    };
    let gap = DirectoryError::Gap { after: 0, seq: 2 };
    let bad = DirectoryError::BadSignature { seq: 1 };
    for (entry, error) in [
        (second, gap),
        (forged, bad.clone()),
        (altered, bad.clone()),
        (moved, bad),
    ] {
        let mut empty = Directory::new(relay().public());
        assert_eq!(empty.apply(&entry), Err(error));
        assert_eq!(empty.tail(), Cursor::START);
    }
    assert!(Directory::new(relay().public()).apply(&first).is_ok());
}

#[test]
fn what_a_newer_relay_says_is_passed_over_and_an_id_keeps_its_key() {
    let mut directory = usual();
    let enrolment: EnrolmentId = "e0".parse().unwrap();
    let key = *directory.key(&enrolment).unwrap();
    let taken = DirectoryEvent::Enrolled {
        enrolment: enrolment.clone(),
        person: "p2".parse().unwrap(),
        device: String::new(),
        key: relay().public(),
    };
    add(&mut directory, 1, taken);
    assert_eq!(directory.key(&enrolment), Some(&key));
    let json = r#"{"time":1,"fact":"merged","into":"a"}"#.to_owned();
    let entry = SignedEntry::sign_json(json, directory.tail(), &relay());
    assert_eq!(entry.record(), None);
    assert_eq!(directory.apply(&entry), Ok(()));
    assert_eq!(directory.tail().seq, entry.seq);
    // It takes nobody's rights back in time.
    assert_eq!(directory.seq_at(Timestamp(0)), entry.seq - 2);
}

#[test]
fn records_are_written_for_ever_in_these_words() {
    let golden = [
        r#"{"time":7,"fact":"agency-added","id":"a","name":"UBND huyện","short":"Huyện","class":"cap-huyen"}"#,
        r#"{"time":7,"fact":"person-added","id":"p","name":"Lê An","agency":"a","role":"head","position":"Chủ tịch"}"#,
        r#"{"time":7,"fact":"enrolled","enrolment":"e","person":"p","device":"máy","key":"8139770ea87d175f56a35466c34c7ecccb8d8a91b4ee37a25df60f5b8fc9b394"}"#,
        r#"{"time":7,"fact":"revoked","enrolment":"e","why":"mất máy"}"#,
        r#"{"time":7,"fact":"granted","subject":{"role-in":["officer","a"]},"doc":"agency/2019/a","right":"write"}"#,
        r#"{"time":7,"fact":"granted","subject":{"role":"leader"},"doc":"review/2019/a","right":"read"}"#,
        r#"{"time":7,"fact":"granted","subject":{"person":"p"},"doc":"programme/2019","right":"write"}"#,
        r#"{"time":7,"fact":"ungranted","subject":{"agency":"a"},"doc":"programme/2019","right":"read"}"#,
    ];
    for json in golden {
        let record: DirectoryEntry = serde_json::from_str(json).unwrap();
        assert_eq!(record.time, Timestamp(7));
        assert_eq!(serde_json::to_string(&record).unwrap(), json);
    }
}

#[test]
fn entries_are_chained_and_signed_for_ever_in_this_way() {
    let entry = |json: &str, tail| SignedEntry::sign_json(json.to_owned(), tail, &relay());
    let first = entry("{}", Cursor::START);
    let tail = first.check(Cursor::START, &relay().public()).unwrap();
    let second = entry("{}", tail);
    // The second one's signature is over the first as well.
    let begins = |entry: &SignedEntry| entry.signature.to_string()[..32].to_owned();
    assert_eq!(begins(&first), "a40d3148b8b0ec5e6000b691afeebb86");
    assert_eq!(begins(&second), "b8a52e276a77664325b46eb2a9e11746");
}
