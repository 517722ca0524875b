//! What may enter a document's log, and what the refusal says.

use super::{Admission, Checked, Request, admit};
use crate::{
    Inspect, Keypair, SignedChange,
    directory::{DirectoryEvent, Right, Subject},
    relay::Outcome,
    testing::{Fake, FakeChange, MemoryLog},
};
use terms::{ChangeId, DocId, EnrolmentId, MAX_CHANGE, PersonId, Role, Timestamp};

const NOW: Timestamp = Timestamp(1_568_160_000);

fn doc() -> DocId {
    "agency/2019/a".parse().unwrap()
}

fn id<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

fn key(of: &str) -> Keypair {
    Keypair::from_seed(&[of.as_bytes()[0]; 32])
}

fn record(log: &mut MemoryLog, time: i64, fact: DirectoryEvent) {
    log.record(fact, Timestamp(NOW.0 + time), &key("relay"));
}

/// «w» may write the document, «v» too, «r» may read it, «n» nothing.
fn log() -> MemoryLog {
    let mut log = MemoryLog::new(key("relay").public());
    for (name, right) in [
        ("w", Some(Right::Write)),
        ("v", Some(Right::Write)),
        ("r", Some(Right::Read)),
        ("n", None),
    ] {
        let (person, agency): (PersonId, _) = (id(name), id("a"));
        let (device, role) = (String::new(), Role::Officer);
        let (of, position) = (person.clone(), String::new());
        let added = DirectoryEvent::PersonAdded {
            id: of,
            name: device.clone(),
            agency,
            role,
            position,
        };
        record(&mut log, -100, added);
        let (enrolment, of, key) = (id(name), person.clone(), key(name).public());
        record(
            &mut log,
            -100,
            DirectoryEvent::Enrolled {
                enrolment,
                person: of,
                device,
                key,
            },
        );
        if let Some(right) = right {
            let (subject, doc) = (Subject::Person(person), doc());
            record(
                &mut log,
                -100,
                DirectoryEvent::Granted {
                    subject,
                    doc,
                    right,
                },
            );
        }
    }
    log
}

fn change(author: &str) -> FakeChange {
    let mut actor = [author.as_bytes()[0]; 16];
    actor[15] = 0;
    let (author, text) = (Some(id(author)), String::new());
    FakeChange {
        actor,
        seq: 1,
        deps: Vec::new(),
        author,
        time: NOW,
        text,
    }
}

fn hash(bytes: &[u8]) -> ChangeId {
    Fake.inspect(&doc(), bytes).unwrap().id
}

fn signed(change: &FakeChange, by: &str) -> SignedChange {
    let bytes = change.bytes();
    let of = hash(&bytes);
    SignedChange::sign(bytes, &doc(), &of, id(by), &key(by))
}

fn push(log: &mut MemoryLog, change: SignedChange, by: &str) -> String {
    let before = log.entries(&doc()).len();
    let (mut outcomes, _) = log.append(&doc(), vec![change], &id::<EnrolmentId>(by), NOW);
    let stored = log.entries(&doc()).len() - before;
    match outcomes.remove(0) {
        Outcome::Stored(..) => {
            assert_eq!(stored, 1);
            "stored".to_owned()
        }
        outcome => {
            assert_eq!(stored, 0, "{outcome:?} was stored");
            match outcome {
                Outcome::Rejected(_, rejection) => {
                    assert!(
                        rejection.to_string().contains("; "),
                        "{rejection} says no way on"
                    );
                    format!("{rejection:?}")
                }
                _ => "known".to_owned(),
            }
        }
    }
}

#[test]
#[allow(clippy::too_many_lines, reason = "a table")]
fn a_first_change_is_judged_by_who_wrote_it_and_who_brings_it() {
    let own = |who| signed(&change(who), who);
    let birth = || FakeChange::birth(&doc()).bytes();
    let table: [(&str, SignedChange, &str, &str); 17] = [
        ("one's own", own("w"), "w", "stored"),
        ("another's, forwarded", own("w"), "r", "stored"),
        (
            "another's, by one who may not even read",
            own("w"),
            "n",
            "NotGranted",
        ),
        ("a reader's own", own("r"), "r", "NotGranted"),
        ("a reader's own, forwarded", own("r"), "w", "NotGranted"),
        ("a stranger's own", own("n"), "n", "NotGranted"),
        ("an unknown author's", own("x"), "w", "BadSignature"),
        (
            "signed by another than it names",
            signed(&change("w"), "v"),
            "v",
            "AuthorMismatch",
        ),
        (
            "naming nobody",
            signed(
                &FakeChange {
                    author: None,
                    ..change("w")
                },
                "w",
            ),
            "w",
            "AuthorMismatch",
        ),
        (
            "unsigned",
            SignedChange {
                signature: None,
                ..own("w")
            },
            "w",
            "BadSignature",
        ),
        (
            "with another's signature",
            SignedChange {
                author: Some(id("v")),
                ..own("w")
            },
            "v",
            "AuthorMismatch",
        ),
        (
            "without author",
            SignedChange::birth(change("w").bytes()),
            "w",
            "AuthorMismatch",
        ),
        ("a birth", SignedChange::birth(birth()), "r", "stored"),
        (
            "a signed birth",
            signed(&FakeChange::birth(&doc()), "w"),
            "w",
            "AuthorMismatch",
        ),
        (
            "not a change",
            SignedChange {
                bytes: vec![1, 2, 3],
                ..own("w")
            },
            "w",
            "Malformed",
        ),
        (
            "of half a megabyte",
            signed(
                &FakeChange {
                    text: "x".repeat(MAX_CHANGE),
                    ..change("w")
                },
                "w",
            ),
            "w",
            "TooLarge",
        ),
        (
            "of next year",
            signed(
                &FakeChange {
                    time: Timestamp(NOW.0 + 365 * 86_400),
                    ..change("w")
                },
                "w",
            ),
            "w",
            "ClockSkew",
        ),
    ];
    for (name, change, by, expected) in table {
        let got = push(&mut log(), change, by);
        assert!(got.starts_with(expected), "{name}: {got}, not {expected}");
    }
}

#[test]
fn a_change_must_follow_what_is_stored() {
    let mut log = log();
    let first = change("w");
    let first_id = hash(&first.bytes());
    assert_eq!(push(&mut log, signed(&first, "w"), "w"), "stored");
    let next = |seq| FakeChange {
        seq,
        author: None,
        deps: vec![first_id],
        ..first.clone()
    };
    let lacking = FakeChange {
        deps: vec![first_id, ChangeId([9; 32])],
        ..next(2)
    };
    let taken = FakeChange {
        actor: first.actor,
        deps: vec![first_id],
        ..change("v")
    };
    let mut other_lane = taken.clone();
    other_lane.actor[15] = 3;
    let other = FakeChange {
        text: "khác".to_owned(),
        ..first.clone()
    };
    let table = [
        ("the same again", signed(&first, "w"), "w", "known"),
        (
            "another with its number",
            signed(&other, "w"),
            "w",
            "DuplicateSeq",
        ),
        ("with a gap", signed(&next(3), "w"), "w", "DuplicateSeq"),
        (
            "on something unknown",
            signed(&lacking, "w"),
            "w",
            "MissingDeps",
        ),
        (
            "with another's actor",
            signed(&taken, "v"),
            "v",
            "ActorTaken",
        ),
        (
            "on another lane of another's actor",
            signed(&other_lane, "v"),
            "v",
            "ActorTaken",
        ),
        ("the next", signed(&next(2), "w"), "w", "stored"),
    ];
    for (name, change, by, expected) in table {
        let got = push(&mut log, change, by);
        assert!(got.starts_with(expected), "{name}: {got}, not {expected}");
    }
}

#[test]
fn a_revoked_author_brings_nothing_and_others_bring_what_was_written_before() {
    let mut log = log();
    record(
        &mut log,
        0,
        DirectoryEvent::Revoked {
            enrolment: id("w"),
            why: String::new(),
        },
    );
    let at = |time| {
        signed(
            &FakeChange {
                time: Timestamp(NOW.0 + time),
                ..change("w")
            },
            "w",
        )
    };
    assert_eq!(push(&mut log, at(-50), "w"), "Revoked");
    assert!(push(&mut log, at(1), "v").starts_with("NotGranted"));
    assert!(
        push(&mut log, at(-200), "v").starts_with("NotGranted"),
        "before it was enrolled"
    );
    assert_eq!(push(&mut log, at(-50), "v"), "stored");
}

#[test]
fn what_was_found_of_a_signature_counts_for_the_key_it_was_found_with() {
    let mut log = log();
    let mut other = MemoryLog::new(key("relay").public());
    // Another directory, in which «w» has the key of «v».
    let (enrolment, person) = (id("w"), id("w"));
    let enrolled = DirectoryEvent::Enrolled {
        enrolment,
        person,
        device: String::new(),
        key: key("v").public(),
    };
    record(&mut other, -100, enrolled);
    let bytes = change("w").bytes();
    let (genuine, header) = (
        signed(&change("w"), "w"),
        Fake.inspect(&doc(), &bytes).unwrap(),
    );
    let forged = SignedChange {
        signature: signed(&change("w"), "v").signature,
        ..genuine.clone()
    };
    let [here, there] = [log.directory().clone(), other.directory().clone()];
    for (change, directory, admitted) in [
        (&genuine, &here, true),
        (&genuine, &there, true),
        (&forged, &here, false),
        (&forged, &there, false),
    ] {
        let request = Request {
            doc: &doc(),
            change,
            header: &header,
            pusher: &id("w"),
            now: NOW,
            checked: Checked::of(&doc(), change, &header.id, directory),
        };
        let Ok(verdict) = admit(&request, &here, &log);
        assert_eq!(verdict == Admission::Admit, admitted);
    }
    assert_eq!(push(&mut log, genuine, "w"), "stored");
}
