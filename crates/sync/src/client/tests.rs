//! The replica's end of a connection: whom it believes, and what it says when it does not.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Cursor, Inspect, Keypair, Refusal, SignedChange,
    client::{Action, Client, Event, Problem, Setup, Status},
    directory::{Directory, DirectoryEntry, DirectoryEvent, Right, SignedEntry, Subject},
    frame::{self, ClientFrame, Entry, MAX_FRAME, RelayFrame},
    relay::{self, Context, Session},
    testing::{Fake, FakeChange, MemoryLog},
};
use terms::{ChangeId, DocId, EnrolmentId, PersonId, Role, Timestamp};

const NOW: Timestamp = Timestamp(1_568_160_000);

fn key(seed: u8) -> Keypair {
    Keypair::from_seed(&[seed; 32])
}

fn doc() -> DocId {
    "agency/2019/a".parse().unwrap()
}

fn log() -> MemoryLog {
    let mut log = MemoryLog::new(key(1).public());
    let person: PersonId = "p".parse().unwrap();
    let (id, agency, role) = (person.clone(), "a".parse().unwrap(), Role::Officer);
    let (enrolment, subject) = ("e".parse().unwrap(), Subject::Person(person.clone()));
    for fact in [
        DirectoryEvent::PersonAdded {
            id,
            name: String::new(),
            agency,
            role,
            position: String::new(),
        },
        DirectoryEvent::Enrolled {
            enrolment,
            person,
            device: String::new(),
            key: key(2).public(),
        },
        DirectoryEvent::Granted {
            subject,
            doc: doc(),
            right: Right::Write,
        },
    ] {
        log.record(fact, NOW, &key(1));
    }
    log
}

fn client(relay: &Keypair, pending: Vec<(DocId, terms::ChangeHeader)>) -> Client {
    let mut directory = Directory::new(relay.public());
    log()
        .read_directory(0, 99)
        .iter()
        .for_each(|entry| _ = directory.apply(entry));
    Client::new(Setup {
        enrolment: "e".parse().unwrap(),
        key: key(2),
        relay: relay.public(),
        app: String::new(),
        directory,
        cursors: BTreeMap::new(),
        pending,
        quarantined: BTreeSet::new(),
    })
}

fn change(seq: u64, deps: Vec<ChangeId>) -> (ChangeId, SignedChange) {
    let author: EnrolmentId = "e".parse().unwrap();
    let named = (seq == 1).then(|| author.clone());
    let text = String::new();
    let bytes = FakeChange {
        actor: [4; 16],
        seq,
        deps,
        author: named,
        time: NOW,
        text,
    }
    .bytes();
    let id = Fake.inspect(&doc(), &bytes).unwrap().id;
    (id, SignedChange::sign(bytes, &doc(), &id, author, &key(2)))
}

fn chain() -> Vec<(ChangeId, SignedChange)> {
    let mut all: Vec<(ChangeId, SignedChange)> = Vec::new();
    for seq in 1..=3 {
        let deps = all.last().map(|(id, _)| *id).into_iter().collect();
        all.push(change(seq, deps));
    }
    all
}

fn headers() -> Vec<(DocId, terms::ChangeHeader)> {
    let header = |(_, change): (_, SignedChange)| Fake.inspect(&doc(), &change.bytes).unwrap();
    chain()
        .into_iter()
        .map(|change| (doc(), header(change)))
        .collect()
}

fn feed(client: &mut Client, frame: &RelayFrame) -> Vec<Action> {
    client.handle(Event::Frame(frame::encode(frame)), NOW, &Fake)
}

/// A client that a real session has let in.
fn live(pending: Vec<(DocId, terms::ChangeHeader)>) -> (Client, Vec<Action>) {
    let mut client = client(&key(1), pending);
    let actions = connect(&mut client);
    (client, actions)
}

/// What a client does once a real session has let it in.
fn connect(client: &mut Client) -> Vec<Action> {
    let (mut session, to_client) = Session::open(key(1), [9; 32], NOW);
    client.handle(Event::Opened { nonce: [8; 32] }, NOW, &Fake);
    let [relay::Action::Send(challenge)] = &to_client[..] else {
        panic!("no challenge")
    };
    let answer = client.handle(Event::Frame(challenge.clone()), NOW, &Fake);
    let auth = sent(&answer).pop().unwrap();
    let (log, auth) = (log(), frame::encode(&auth));
    let cx = Context {
        directory: log.directory(),
        now: NOW,
    };
    let welcome = session.handle(relay::Event::Frame(auth), cx);
    let [relay::Action::Send(welcome)] = &welcome[..] else {
        panic!("no welcome")
    };
    client.handle(Event::Frame(welcome.clone()), NOW, &Fake)
}

fn sent(actions: &[Action]) -> Vec<ClientFrame> {
    let frame = |action: &Action| match action {
        Action::Send(bytes) => Some(frame::decode(bytes, MAX_FRAME).unwrap()),
        _ => None,
    };
    actions.iter().filter_map(frame).collect()
}

#[test]
fn a_relay_with_another_key_learns_nothing() {
    let mut client = client(&key(7), Vec::new());
    let (_, challenge) = Session::open(key(1), [9; 32], NOW);
    client.handle(Event::Opened { nonce: [8; 32] }, NOW, &Fake);
    let [relay::Action::Send(challenge)] = &challenge[..] else {
        panic!("no challenge")
    };
    let actions = client.handle(Event::Frame(challenge.clone()), NOW, &Fake);
    assert!(sent(&actions).is_empty());
    assert_eq!(actions.last(), Some(&Action::Close(Problem::WrongRelay)));
    assert_eq!(client.status(), &Status::Refused(Problem::WrongRelay));
    // It stays said while the connection closes.
    client.handle(Event::Closed, NOW, &Fake);
    assert_eq!(client.status(), &Status::Refused(Problem::WrongRelay));
}

#[test]
fn something_else_than_a_relay_is_told_by_its_first_words() {
    for bytes in [
        b"HTTP/1.1 400 Bad Request".to_vec(),
        b"{\"type\":\"hello\"}".to_vec(),
        vec![],
    ] {
        let mut client = client(&key(1), Vec::new());
        client.handle(Event::Opened { nonce: [8; 32] }, NOW, &Fake);
        let actions = client.handle(Event::Frame(bytes), NOW, &Fake);
        assert!(matches!(
            actions.last(),
            Some(Action::Close(Problem::NotARelay(_)))
        ));
    }
}

#[test]
fn a_welcome_played_again_is_not_believed() {
    let mut client = client(&key(1), Vec::new());
    let (mut session, challenge) = Session::open(key(1), [9; 32], NOW);
    let [relay::Action::Send(challenge)] = &challenge[..] else {
        panic!("no challenge")
    };
    let log = log();
    let cx = Context {
        directory: log.directory(),
        now: NOW,
    };
    client.handle(Event::Opened { nonce: [8; 32] }, NOW, &Fake);
    let auth = sent(&client.handle(Event::Frame(challenge.clone()), NOW, &Fake))
        .pop()
        .unwrap();
    let welcome = session.handle(relay::Event::Frame(frame::encode(&auth)), cx);
    let [relay::Action::Send(overheard)] = &welcome[..] else {
        panic!("no welcome")
    };
    // Another connection, to somebody who plays both frames again.
    client.handle(Event::Opened { nonce: [7; 32] }, NOW, &Fake);
    client.handle(Event::Frame(challenge.clone()), NOW, &Fake);
    let actions = client.handle(Event::Frame(overheard.clone()), NOW, &Fake);
    assert_eq!(actions.last(), Some(&Action::Close(Problem::WrongRelay)));
}

#[test]
fn a_refusal_is_passed_on_and_says_whether_to_try_again() {
    let table = [
        (Refusal::Stopping, true),
        (Refusal::Trouble, true),
        (Refusal::TooMuch, true),
        (Refusal::UnknownEnrolment, false),
        (
            Refusal::Revoked {
                why: "mất máy".to_owned(),
            },
            false,
        ),
        (
            Refusal::ClockSkew {
                device: NOW,
                relay: NOW,
            },
            false,
        ),
    ];
    for (refusal, retry) in table {
        let (mut client, _) = live(Vec::new());
        let actions = feed(&mut client, &RelayFrame::Refused(refusal.clone()));
        let problem = Problem::Refused(refusal);
        assert_eq!(problem.retry(), retry, "{problem}");
        let status = if retry {
            Status::Offline
        } else {
            Status::Refused(problem.clone())
        };
        assert_eq!(client.status(), &status);
        assert_eq!(actions.last(), Some(&Action::Close(problem)));
    }
}

#[test]
fn a_change_or_an_entry_that_proves_nothing_is_not_stored() {
    let (_, good) = change(1, Vec::new());
    let frame = |change| RelayFrame::Changes {
        doc: doc(),
        first_seq: 1,
        entries: vec![Entry::Theirs(change)],
    };
    let forged = SignedChange {
        signature: None,
        ..good.clone()
    };
    let stranger = SignedChange {
        author: Some("x".parse().unwrap()),
        ..good.clone()
    };
    let nobody = SignedChange::birth(good.bytes.clone());
    let garbage = SignedChange {
        bytes: vec![1],
        ..good.clone()
    };
    for change in [forged, stranger, nobody, garbage] {
        let (mut client, _) = live(Vec::new());
        let actions = feed(&mut client, &frame(change));
        assert!(matches!(
            &actions[..],
            [.., Action::Close(Problem::BadChange { .. })]
        ));
        assert!(
            !actions
                .iter()
                .any(|action| matches!(action, Action::Store { .. }))
        );
    }
    let (mut client, _) = live(Vec::new());
    assert!(matches!(
        &feed(&mut client, &frame(good))[0],
        Action::Store { .. }
    ));

    let (enrolment, why) = ("e".parse().unwrap(), String::new());
    let record = DirectoryEntry {
        time: NOW,
        fact: DirectoryEvent::Revoked { enrolment, why },
    };
    let entry = SignedEntry::sign(&record, log().directory().tail(), &key(3));
    let actions = feed(
        &mut client,
        &RelayFrame::Directory {
            entries: vec![entry],
        },
    );
    assert!(matches!(
        &actions[..],
        [.., Action::Close(Problem::Directory(_))]
    ));
}

#[test]
fn a_refused_change_takes_with_it_what_builds_on_it() {
    let (mut client, actions) = live(headers());
    let ids: Vec<ChangeId> = chain().iter().map(|(id, _)| *id).collect();
    assert!(actions.contains(&Action::Fetch {
        doc: doc(),
        ids: ids.clone()
    }));
    let pushed = client.handle(
        Event::Fetched {
            doc: doc(),
            changes: chain(),
        },
        NOW,
        &Fake,
    );
    assert!(
        matches!(&sent(&pushed)[..], [ClientFrame::Push { changes, .. }] if changes.len() == 3)
    );
    let rejection = crate::admit::Rejection::NotGranted(doc());
    let rejected = |change| RelayFrame::Rejected {
        doc: doc(),
        change,
        rejection: rejection.clone(),
    };
    let actions = feed(&mut client, &rejected(ids[1]));
    let [Action::Quarantine { changes, .. }] = &actions[..] else {
        panic!("{actions:?}")
    };
    assert_eq!(
        changes.iter().map(|(id, _)| *id).collect::<Vec<_>>(),
        ids[1..]
    );
    // The relay's answer for the last one changes nothing any more.
    assert_eq!(feed(&mut client, &rejected(ids[2])), []);
    // Nor may anything new build on it.
    let (id, change) = change(4, vec![ids[2]]);
    let header = Fake.inspect(&doc(), &change.bytes).unwrap();
    let actions = client.handle(
        Event::Committed {
            doc: doc(),
            header,
            change,
        },
        NOW,
        &Fake,
    );
    let [Action::Quarantine { changes, .. }] = &actions[..] else {
        panic!("{actions:?}")
    };
    assert_eq!(changes[0].0, id);
}

#[test]
fn what_the_relay_cannot_read_is_named_by_its_digest() {
    let (mut client, _) = live(headers());
    client.handle(
        Event::Fetched {
            doc: doc(),
            changes: chain(),
        },
        NOW,
        &Fake,
    );
    let (change, rejection) = (
        chain()[0].1.digest(),
        crate::admit::Rejection::Malformed("?".into()),
    );
    let actions = feed(
        &mut client,
        &RelayFrame::Rejected {
            doc: doc(),
            change,
            rejection,
        },
    );
    assert!(matches!(&actions[..], [Action::Quarantine { changes, .. }] if changes.len() == 3));
}

#[test]
fn an_answer_ahead_of_the_stream_acknowledges_nothing_yet() {
    let (mut client, _) = live(headers());
    client.handle(
        Event::Fetched {
            doc: doc(),
            changes: chain(),
        },
        NOW,
        &Fake,
    );
    let known = |(index, (id, _)): (usize, &(ChangeId, SignedChange))| (index as u64 + 1, *id);
    let changes: Vec<_> = chain().iter().enumerate().map(known).collect();
    let frame = RelayFrame::Known {
        doc: doc(),
        changes: changes.clone(),
    };
    assert_eq!(feed(&mut client, &frame), []);
    let entries = chain()
        .into_iter()
        .map(|(_, change)| Entry::Theirs(change))
        .collect();
    let stream = RelayFrame::Changes {
        doc: doc(),
        first_seq: 1,
        entries,
    };
    let actions = feed(&mut client, &stream);
    let Action::Store { cursor, .. } = actions[0] else {
        panic!("{actions:?}")
    };
    let end = changes
        .iter()
        .fold(Cursor::START, |cursor, (_, id)| cursor.then(id));
    assert_eq!(cursor, end);
    // Stored before the connection broke: nothing is sent again.
    client.handle(Event::Stored { doc: doc(), cursor }, NOW, &Fake);
    assert_eq!(feed(&mut client, &frame), []);
}

#[test]
fn what_came_and_is_not_stored_yet_is_followed_on_from_on_the_next_connection() {
    let (mut client, _) = live(Vec::new());
    let (id, change) = change(1, Vec::new());
    let frame = RelayFrame::Changes {
        doc: doc(),
        first_seq: 1,
        entries: vec![Entry::Theirs(change)],
    };
    feed(&mut client, &frame);
    client.handle(Event::Closed, NOW, &Fake);
    // From before it, a relay that was restored meanwhile and lost it would not be noticed.
    let docs = vec![(doc(), Cursor::START.then(&id))];
    let follow = ClientFrame::Follow { docs };
    assert!(sent(&connect(&mut client)).contains(&follow));
}

#[test]
fn a_stream_found_to_be_another_is_so_on_every_connection_until_it_is_read_again() {
    let (mut client, _) = live(Vec::new());
    let (_, change) = change(1, Vec::new());
    let changes = |entry| RelayFrame::Changes {
        doc: doc(),
        first_seq: 1,
        entries: vec![entry],
    };
    feed(&mut client, &changes(Entry::Theirs(change.clone())));
    let diverged = RelayFrame::Diverged {
        doc: doc(),
        tail: Cursor::START,
    };
    let actions = feed(&mut client, &diverged);
    let Some(Action::Store {
        entries, cursor, ..
    }) = actions.first()
    else {
        panic!("{actions:?}")
    };
    assert!(entries.is_empty() && cursor.seq == 1);
    // Cut before the relay is filled again; others may fill it so that it looks the same.
    client.handle(Event::Closed, NOW, &Fake);
    let docs = vec![(doc(), *cursor)];
    assert!(sent(&connect(&mut client)).contains(&ClientFrame::Follow { docs }));
    let known = Cursor::START.then(&Fake.inspect(&doc(), &change.bytes).unwrap().id);
    assert_ne!(*cursor, known);
}

#[test]
fn a_document_begun_with_a_snapshot_is_followed_from_there_and_only_then_up_to_date() {
    let (mut client, actions) = live(Vec::new());
    assert!(actions.contains(&Action::Begin { docs: vec![doc()] }));
    let follows = |actions: &[Action]| {
        sent(actions).into_iter().find_map(|frame| match frame {
            ClientFrame::Follow { docs } => Some(docs),
            _ => None,
        })
    };
    assert_eq!(follows(&actions), None);
    // The relay has sent all that it was asked for so far: nothing.
    feed(&mut client, &RelayFrame::UpToDate { follows: 0 });
    assert_eq!(client.status(), &Status::CatchingUp);
    // What was written here meanwhile is in the snapshot: the relay had been told.
    let [(first, change), _, _] = &chain()[..] else {
        panic!()
    };
    let (doc, cursor) = (doc(), Cursor::START.then(first));
    let header = Fake.inspect(&doc, &change.bytes).unwrap();
    let committed = Event::Committed {
        doc: doc.clone(),
        header,
        change: change.clone(),
    };
    client.handle(committed, NOW, &Fake);
    let begun = Event::Begun {
        doc: doc.clone(),
        cursor,
        ids: vec![*first],
    };
    let actions = client.handle(begun, NOW, &Fake);
    assert_eq!(follows(&actions), Some(vec![(doc.clone(), cursor)]));
    feed(&mut client, &RelayFrame::UpToDate { follows: 1 });
    assert_eq!(client.status(), &Status::Live);
    // Known on the next connection too, and nothing is sent twice.
    client.handle(Event::Closed, NOW, &Fake);
    let actions = connect(&mut client);
    assert_eq!(follows(&actions), Some(vec![(doc, cursor)]));
    assert!(!actions.iter().any(|a| matches!(a, Action::Fetch { .. })));
}

/// The part of a connection in which the relay's directory turns out to be another one.
fn renewing(client: &mut Client, entries: &[SignedEntry]) -> Vec<Action> {
    let mut actions = feed(client, &RelayFrame::DirectoryDiverged);
    let entries = entries.to_vec();
    actions.extend(feed(client, &RelayFrame::Directory { entries }));
    actions
}

#[test]
fn another_directory_takes_the_place_of_the_old_one_when_all_of_it_has_come() {
    let (mut client, _) = live(Vec::new());
    let (old, entries) = (client.directory().tail(), log().read_directory(0, 99));
    let touches_the_disk = |actions: &[Action]| {
        let touches = |action: &Action| {
            matches!(
                action,
                Action::ReplaceDirectory(_) | Action::StoreDirectory(_)
            )
        };
        actions.iter().any(touches)
    };
    // The line breaks when a part is here: the disk keeps what it has, and so does whoever asks.
    assert!(!touches_the_disk(&renewing(&mut client, &entries[..1])));
    client.handle(Event::Closed, NOW, &Fake);
    assert_eq!(client.directory().tail(), old);
    // All of it comes over the next connection, and takes its place in one step.
    connect(&mut client);
    assert!(!touches_the_disk(&renewing(&mut client, &entries[..1])));
    let rest = RelayFrame::Directory {
        entries: entries[1..].to_vec(),
    };
    assert!(!touches_the_disk(&feed(&mut client, &rest)));
    let actions = feed(&mut client, &RelayFrame::UpToDate { follows: 0 });
    assert!(actions.contains(&Action::ReplaceDirectory(entries)));
}

#[test]
fn what_went_aside_on_the_disk_is_sent_no_more() {
    let (mut client, _) = live(headers());
    let aside = Event::Quarantined {
        doc: doc(),
        changes: headers()[1..].iter().map(|(_, header)| header.id).collect(),
    };
    client.handle(aside, NOW, &Fake);
    let fetched = Event::Fetched {
        doc: doc(),
        changes: chain(),
    };
    let actions = client.handle(fetched, NOW, &Fake);
    let [ClientFrame::Push { changes, .. }] = &sent(&actions)[..] else {
        panic!("{actions:?}")
    };
    assert_eq!(changes[..], [chain()[0].1.clone()]);
}
