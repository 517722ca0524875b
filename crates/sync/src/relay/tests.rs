//! The relay's end of a connection: who is let in, who is turned away with what words, and how a
//! slow follower is treated.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    Cursor, Inspect, Keypair, Presence, Refusal, SignedChange,
    client::{self, Client, Setup},
    directory::{Directory, DirectoryEvent, Right, Subject},
    frame::{self, ClientFrame, Entry, MAX_FRAME, RelayFrame, WINDOW},
    relay::{Action, Context, Event, Session},
    testing::{Fake, FakeChange, MemoryLog},
};
use terms::{DocId, Role, Timestamp};

const NOW: Timestamp = Timestamp(1_568_160_000);
const YEAR: i64 = 365 * 24 * 3600;

type Frame<'a> = &'a dyn Fn(&[u8]) -> Vec<u8>;

fn relay_key() -> Keypair {
    Keypair::from_seed(&[1; 32])
}

fn key() -> Keypair {
    Keypair::from_seed(&[2; 32])
}

fn doc() -> DocId {
    "agency/2019/a".parse().unwrap()
}

/// A log that knows one enrolment, «e», who may write one document.
fn log() -> MemoryLog {
    let mut log = MemoryLog::new(relay_key().public());
    let (id, agency): (terms::PersonId, terms::AgencyId) =
        ("p".parse().unwrap(), "a".parse().unwrap());
    let person = id.clone();
    let (name, position, role) = (String::new(), String::new(), Role::Officer);
    let (enrolment, device) = ("e".parse().unwrap(), String::new());
    let subject = Subject::Person(person.clone());
    for fact in [
        DirectoryEvent::PersonAdded {
            id,
            name,
            agency,
            role,
            position,
        },
        DirectoryEvent::Enrolled {
            enrolment,
            person,
            device,
            key: key().public(),
        },
        DirectoryEvent::Granted {
            subject,
            doc: doc(),
            right: Right::Write,
        },
    ] {
        log.record(fact, NOW, &relay_key());
    }
    log
}

fn setup(enrolment: &str, key: Keypair) -> Setup {
    Setup {
        enrolment: enrolment.parse().unwrap(),
        key,
        relay: relay_key().public(),
        app: "test".to_owned(),
        directory: Directory::new(relay_key().public()),
        cursors: BTreeMap::new(),
        pending: Vec::new(),
        quarantined: std::collections::BTreeSet::new(),
    }
}

/// What a client answers to a challenge.
fn auth(challenge: &[u8], setup: Setup, now: Timestamp) -> Vec<u8> {
    let mut client = Client::new(setup);
    client.handle(client::Event::Opened { nonce: [5; 32] }, now, &Fake);
    let actions = client.handle(client::Event::Frame(challenge.to_vec()), now, &Fake);
    actions
        .into_iter()
        .find_map(|action| match action {
            client::Action::Send(bytes) => Some(bytes),
            _ => None,
        })
        .unwrap()
}

/// A session with its log: reads and writes are answered at once.
struct Relay {
    log: MemoryLog,
    session: Session,
    sent: Vec<RelayFrame>,
    bytes: usize,
    closed: Option<Refusal>,
}

impl Relay {
    fn open(log: MemoryLog) -> (Self, Vec<u8>) {
        let (session, mut actions) = Session::open(relay_key(), [9; 32], NOW);
        let Some(Action::Send(challenge)) = actions.pop() else {
            panic!("no challenge")
        };
        (
            Self {
                log,
                session,
                sent: Vec::new(),
                bytes: 0,
                closed: None,
            },
            challenge,
        )
    }

    fn authenticated() -> Self {
        let (mut relay, challenge) = Self::open(log());
        relay.frame(auth(&challenge, setup("e", key()), NOW));
        assert!(relay.session.enrolment().is_some());
        relay
    }

    fn following() -> Self {
        let mut relay = Self::authenticated();
        relay.say(&ClientFrame::Follow {
            docs: vec![(doc(), Cursor::START)],
        });
        relay.say(&ClientFrame::FollowDirectory {
            from: Cursor::START,
        });
        relay
    }

    fn say(&mut self, frame: &ClientFrame) {
        self.frame(frame::encode(frame));
    }

    fn frame(&mut self, bytes: Vec<u8>) {
        self.event(Event::Frame(bytes));
    }

    fn event(&mut self, event: Event) {
        let directory = self.log.directory().clone();
        let actions = self.session.handle(
            event,
            Context {
                directory: &directory,
                now: NOW,
            },
        );
        for action in actions {
            match action {
                Action::Send(bytes) => {
                    self.bytes += bytes.len();
                    self.sent.push(frame::decode(&bytes, MAX_FRAME).unwrap());
                }
                Action::Close(refusal) => self.closed = refusal,
                Action::Read { doc, from, limit } => {
                    let page = self.log.read(&doc, from, limit);
                    self.event(Event::Page(page));
                }
                Action::ReadDirectory { from, limit } => {
                    let entries = self.log.read_directory(from, limit);
                    self.event(Event::DirectoryPage(entries));
                }
                Action::Append {
                    doc,
                    changes,
                    pusher,
                } => {
                    let (outcomes, entries) = self.log.append(&doc, changes, &pusher, NOW);
                    self.event(Event::Appended {
                        doc: doc.clone(),
                        outcomes,
                    });
                    self.event(Event::Published { doc, entries });
                }
                Action::FindMissing { doc, ids } => {
                    let ids = self.log.missing(&doc, ids);
                    self.event(Event::Missing { doc, ids });
                }
                Action::AppendDirectory(entries) => {
                    let fits = self.log.give_directory(entries);
                    self.event(Event::DirectoryAppended(fits));
                }
                Action::Presence { .. } => {}
            }
        }
    }

    /// Numbers and entries streamed so far, which must be without a gap.
    fn streamed(&self) -> Vec<&Entry> {
        let mut all = Vec::new();
        for frame in &self.sent {
            if let RelayFrame::Changes {
                first_seq, entries, ..
            } = frame
            {
                assert_eq!(*first_seq, all.len() as u64 + 1, "a gap");
                all.extend(entries);
            }
        }
        all
    }
}

fn change(seq: u64, text: &str, deps: Vec<terms::ChangeId>) -> (SignedChange, terms::ChangeId) {
    let author: terms::EnrolmentId = "e".parse().unwrap();
    let named = (seq == 1).then(|| author.clone());
    let change = FakeChange {
        actor: [4; 16],
        seq,
        deps,
        author: named,
        time: NOW,
        text: text.to_owned(),
    };
    let bytes = change.bytes();
    let id = Fake.inspect(&doc(), &bytes).unwrap().id;
    (SignedChange::sign(bytes, &doc(), &id, author, &key()), id)
}

fn changes(count: u64, len: usize) -> Vec<SignedChange> {
    let mut last = Vec::new();
    let mut all = Vec::new();
    for seq in 1..=count {
        let (change, id) = change(seq, &"x".repeat(len), last);
        all.push(change);
        last = vec![id];
    }
    all
}

#[test]
fn before_authentication_a_connection_can_do_nothing_else() {
    let good = |challenge: &[u8]| auth(challenge, setup("e", key()), NOW);
    let push = ClientFrame::Push {
        doc: doc(),
        changes: changes(1, 1),
    };
    let table: [(&str, Frame<'_>, &str); 11] = [
        ("a push", &|_| frame::encode(&push), "chỉ nhận xác thực"),
        (
            "credit",
            &|_| frame::encode(&ClientFrame::Credit { bytes: 1 }),
            "chỉ nhận xác thực",
        ),
        ("nothing", &|_| Vec::new(), "cắt cụt"),
        ("a cut frame", &|c| good(c)[..40].to_vec(), "cắt cụt"),
        (
            "too long",
            &|c| [good(c), vec![0; 4096]].concat(),
            "quá giới hạn 4096",
        ),
        (
            "trailing bytes",
            &|c| [good(c), vec![0]].concat(),
            "thừa 1 byte",
        ),
        ("an unknown kind", &|_| vec![frame::VERSION, 99], "loại 99"),
        (
            "another protocol",
            &|_| b"GET / HTTP/1.1\r\n".to_vec(),
            "phiên bản giao thức 71",
        ),
        (
            "a stranger",
            &|c| auth(c, setup("x", key()), NOW),
            "không biết thiết bị này",
        ),
        (
            "another key",
            &|c| auth(c, setup("e", relay_key()), NOW),
            "không đúng khóa đã đăng ký",
        ),
        (
            "a clock wrong by a year",
            &|c| auth(c, setup("e", key()), Timestamp(NOW.0 - YEAR)),
            "lệch quá một ngày",
        ),
    ];
    for (name, frame, words) in table {
        let (mut relay, challenge) = Relay::open(log());
        relay.frame(frame(&challenge));
        let refusal = relay
            .closed
            .clone()
            .unwrap_or_else(|| panic!("{name} was let in"));
        assert!(refusal.to_string().contains(words), "{name}: {refusal}");
        assert_eq!(relay.sent, [RelayFrame::Refused(refusal)], "{name}");
        assert!(relay.log.entries(&doc()).is_empty(), "{name} was stored");
        // And nothing comes after the end.
        relay.say(&push);
        assert_eq!(relay.sent.len(), 1, "{name}");
    }
}

#[test]
fn a_skewed_clock_is_told_both_times() {
    let refusal = Refusal::ClockSkew {
        device: Timestamp(NOW.0 - YEAR),
        relay: NOW,
    };
    let words = refusal.to_string();
    assert!(
        words.contains("11/09/2018") && words.contains("11/09/2019"),
        "{words}"
    );
}

#[test]
fn an_overheard_authentication_opens_nothing_again() {
    let (mut relay, challenge) = Relay::open(log());
    let overheard = auth(&challenge, setup("e", key()), NOW);
    relay.frame(overheard.clone());
    assert!(relay.closed.is_none());
    let (session, _) = Session::open(relay_key(), [8; 32], NOW);
    relay.session = session;
    relay.frame(overheard);
    assert_eq!(relay.closed, Some(Refusal::BadSignature));
}

#[test]
fn a_revoked_enrolment_is_out_at_once_and_stays_out() {
    let mut relay = Relay::following();
    let (enrolment, why) = ("e".parse().unwrap(), "mất máy".to_owned());
    relay.log.record(
        DirectoryEvent::Revoked { enrolment, why },
        NOW,
        &relay_key(),
    );
    relay.event(Event::DirectoryChanged);
    assert_eq!(
        relay.closed,
        Some(Refusal::Revoked {
            why: "mất máy".to_owned()
        })
    );
    let (mut again, challenge) = Relay::open(relay.log);
    again.frame(auth(&challenge, setup("e", key()), NOW));
    assert!(matches!(again.closed, Some(Refusal::Revoked { .. })));
}

#[test]
fn the_stream_acknowledges_and_a_second_push_is_known() {
    let mut relay = Relay::following();
    let push = ClientFrame::Push {
        doc: doc(),
        changes: changes(3, 1),
    };
    relay.say(&push);
    let streamed = relay.streamed();
    assert_eq!(streamed.len(), 3);
    assert!(
        streamed
            .iter()
            .all(|entry| matches!(entry, Entry::Yours(_)))
    );
    relay.say(&push);
    let Some(RelayFrame::Known { changes, .. }) = relay.sent.last() else {
        panic!("no answer")
    };
    assert_eq!(
        changes.iter().map(|(seq, _)| *seq).collect::<Vec<_>>(),
        [1, 2, 3]
    );
    assert_eq!(relay.log.entries(&doc()).len(), 3);
}

#[test]
fn a_follower_of_another_stream_is_told_and_reads_anew() {
    let mut relay = Relay::following();
    relay.say(&ClientFrame::Push {
        doc: doc(),
        changes: changes(2, 1),
    });
    let lost = Cursor {
        seq: 5,
        ..Cursor::START
    };
    relay.say(&ClientFrame::Follow {
        docs: vec![(doc(), lost)],
    });
    assert!(matches!(relay.sent.last(), Some(RelayFrame::Diverged { tail, .. }) if tail.seq == 2));
    let ids = [changes(2, 1), vec![change(3, "mất", Vec::new()).0]].concat();
    let ids: Vec<_> = ids
        .iter()
        .map(|c| Fake.inspect(&doc(), &c.bytes).unwrap().id)
        .collect();
    relay.say(&ClientFrame::Offer {
        doc: doc(),
        ids: ids.clone(),
    });
    let wanted = RelayFrame::Wanted {
        doc: doc(),
        ids: vec![ids[2]],
    };
    assert_eq!(relay.sent.last(), Some(&wanted));
}

#[test]
fn whoever_gives_a_part_of_the_directory_back_hears_what_others_gave() {
    let (mut relay, mut whole) = (Relay::authenticated(), log());
    let tail = whole.directory().tail().seq;
    for enrolment in ["x", "y"] {
        let (enrolment, why) = (enrolment.parse().unwrap(), String::new());
        whole.record(
            DirectoryEvent::Revoked { enrolment, why },
            NOW,
            &relay_key(),
        );
    }
    let lost = whole.read_directory(tail, 2);
    let from = whole.directory().at(tail + 1).unwrap();
    relay.say(&ClientFrame::FollowDirectory { from });
    assert!(relay.sent.contains(&RelayFrame::DirectoryBehind { tail }));
    // Somebody who has more was faster.
    assert!(relay.log.give_directory(lost.clone()));
    let entries = vec![lost[0].clone()];
    relay.say(&ClientFrame::GiveDirectory { entries });
    let sent = relay.sent.iter().flat_map(|frame| match frame {
        RelayFrame::Directory { entries } => entries.as_slice(),
        _ => &[],
    });
    assert!(sent.into_iter().any(|entry| *entry == lost[1]));
}

#[test]
fn a_follower_who_takes_nothing_in_costs_no_more_than_its_window() {
    let mut relay = Relay::following();
    let all = changes(200, 20_000);
    for part in all.chunks(10) {
        let (_, entries) = relay
            .log
            .append(&doc(), part.to_vec(), &"e".parse().unwrap(), NOW);
        relay.event(Event::Published {
            doc: doc(),
            entries: Arc::clone(&entries),
        });
    }
    let window = WINDOW as usize;
    assert!(
        relay.bytes > window / 2 && relay.bytes < window + 300_000,
        "{}",
        relay.bytes
    );
    let before = relay.streamed().len();
    assert!(before < 200);
    // Room again: it goes on from where it was, from the log.
    for _ in 0..20 {
        relay.say(&ClientFrame::Credit { bytes: WINDOW / 4 });
    }
    assert_eq!(relay.streamed().len(), 200);
}

#[test]
fn what_is_published_beyond_a_gap_is_read_in_order() {
    let mut relay = Relay::following();
    for (index, part) in changes(20, 1).chunks(10).enumerate() {
        let (_, entries) = relay
            .log
            .append(&doc(), part.to_vec(), &"e".parse().unwrap(), NOW);
        if index == 1 {
            relay.event(Event::Published {
                doc: doc(),
                entries,
            });
        }
    }
    assert_eq!(relay.streamed().len(), 20);
}

#[test]
fn more_than_there_is_room_for_is_refused() {
    let mut relay = Relay::authenticated();
    relay.say(&ClientFrame::Push {
        doc: doc(),
        changes: changes(257, 1),
    });
    assert_eq!(relay.closed, Some(Refusal::TooMuch));
    assert!(relay.log.entries(&doc()).is_empty());
    let mut relay = Relay::authenticated();
    relay.frame(vec![frame::VERSION; MAX_FRAME + 1]);
    assert!(matches!(relay.closed, Some(Refusal::BadFrame(_))));
}

#[test]
fn presence_is_told_only_of_documents_that_are_followed() {
    let mut relay = Relay::following();
    let before = relay.sent.len();
    let at = |doc: &str| {
        Some(Presence {
            doc: doc.parse().unwrap(),
            path: "name".to_owned(),
            typing: true,
        })
    };
    let enrolment = || "x".parse().unwrap();
    let there = at("agency/2019/b");
    relay.event(Event::Presence {
        enrolment: enrolment(),
        presence: there,
    });
    assert_eq!(relay.sent.len(), before);
    relay.event(Event::Presence {
        enrolment: enrolment(),
        presence: at("agency/2019/a"),
    });
    assert_eq!(relay.sent.len(), before + 1);
}
