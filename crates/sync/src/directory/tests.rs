//! The log and its view.

use std::collections::{BTreeMap, BTreeSet};

use terms::{AgencyClass, AgencyId, DocId, EnrolmentId, Role, Timestamp};

use super::*;
use crate::{Cursor, Keypair};

fn relay() -> Keypair {
    Keypair::from_seed(&[1; 32])
}

fn add(directory: &mut Directory, time: i64, fact: Fact) -> SignedEntry {
    let record = Record {
        time: Timestamp(time),
        fact,
    };
    let entry = SignedEntry::sign(&record, directory.head(), &relay());
    directory.apply(&entry).unwrap();
    entry
}

fn person(id: &str, agency: &str, role: Role) -> Fact {
    let (id, agency) = (id.parse().unwrap(), agency.parse().unwrap());
    Fact::PersonAdded {
        id,
        name: "A".to_owned(),
        agency,
        role,
        position: String::new(),
    }
}

fn enrolled(enrolment: &str, person: &str) -> Fact {
    let (enrolment, person) = (enrolment.parse().unwrap(), person.parse().unwrap());
    let key = Keypair::from_seed(&[2; 32]).public();
    Fact::Enrolled {
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
    let granted = directory.head().seq;
    let subject = || Subject::RoleIn(Role::Officer, "b".parse().unwrap());
    let (of, right) = (|| doc.clone(), Right::Write);
    add(
        &mut directory,
        10,
        Fact::Ungranted {
            subject: subject(),
            doc: of(),
            right,
        },
    );
    add(
        &mut directory,
        20,
        Fact::Granted {
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
        Fact::Revoked {
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
        assert_eq!(empty.head(), Cursor::START);
    }
    assert!(Directory::new(relay().public()).apply(&first).is_ok());
}

#[test]
fn what_a_newer_relay_says_is_passed_over_and_an_id_keeps_its_key() {
    let mut directory = usual();
    let enrolment: EnrolmentId = "e0".parse().unwrap();
    let key = *directory.key(&enrolment).unwrap();
    let taken = Fact::Enrolled {
        enrolment: enrolment.clone(),
        person: "p2".parse().unwrap(),
        device: String::new(),
        key: relay().public(),
    };
    add(&mut directory, 1, taken);
    assert_eq!(directory.key(&enrolment), Some(&key));
    let json = r#"{"time":1,"fact":"merged","into":"a"}"#.to_owned();
    let entry = SignedEntry::sign_json(json, directory.head(), &relay());
    assert_eq!(entry.record(), None);
    assert_eq!(directory.apply(&entry), Ok(()));
    assert_eq!(directory.head().seq, entry.seq);
}

#[test]
fn records_are_written_for_ever_in_these_words() {
    let (id, name) = ("a".parse().unwrap(), "UBND huyện".to_owned());
    let (short, class) = ("Huyện".to_owned(), AgencyClass::CapHuyen);
    let agency = Fact::AgencyAdded {
        id,
        name,
        short,
        class,
    };
    let subject = Subject::RoleIn(Role::Officer, "a".parse().unwrap());
    let grant = Fact::Granted {
        subject,
        doc: "agency/2019/a".parse().unwrap(),
        right: Right::Write,
    };
    let golden = [
        (
            agency,
            r#"{"time":7,"fact":"agency-added","id":"a","name":"UBND huyện","short":"Huyện","class":"cap-huyen"}"#,
        ),
        (
            grant,
            r#"{"time":7,"fact":"granted","subject":{"role-in":["officer","a"]},"doc":"agency/2019/a","right":"write"}"#,
        ),
    ];
    for (fact, json) in golden {
        let record = Record {
            time: Timestamp(7),
            fact,
        };
        assert_eq!(serde_json::to_string(&record).unwrap(), json);
        assert_eq!(serde_json::from_str::<Record>(json).unwrap(), record);
    }
}
