//! Whatever arrives, nothing panics, nothing hangs, and the document stays readable.
// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use automerge::{
    ActorId, Author, Automerge, ObjId, ObjType, ROOT, ReadDoc as _, ScalarValue,
    transaction::{CommitOptions, Transactable as _},
};
use common::{
    Replica, agency_doc, local_actor,
    office::{Gathered, all_views, programme_doc, small_programme, small_world},
    period, task,
};
use programme::{ApplyError, Document, InspectError, birth_cell, birth_root, inspect};
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};
use terms::{ChangeId, DocId, Edit, Field, MAX_CHANGE, Record};

fn narrative(text: &str) -> Edit {
    Edit::text(
        Record::Progress(task(), period()),
        Field::Narrative,
        text.to_owned(),
    )
}

/// A document with a few edits, and the bytes of its last change.
fn written() -> (Document, Vec<u8>) {
    let mut replica = Replica::new(1);
    replica.edit(&narrative("Đã gieo 5 ha."));
    let made = replica.edit(&narrative("Đã gieo 5 ha. Thiếu vốn."));
    (replica.doc, made.changes.last().unwrap().1.clone())
}

/// Makes the checksum right again, so that what lies behind it is reached.
fn with_checksum(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.len() > 8 {
        let hash = Sha256::digest(&bytes[8..]);
        bytes[4..8].copy_from_slice(&hash[..4]);
    }
    bytes
}

#[test]
fn what_is_no_change_is_refused() {
    let doc = agency_doc();
    let (_, change) = written();
    let cut = |n: usize| change[..n].to_vec();
    let trailing = [&change[..], &[0]].concat();
    let mut checksum = change.clone();
    checksum[4] ^= 1;
    for bytes in [
        Vec::new(),
        cut(3),
        cut(9),
        cut(change.len() - 1),
        trailing,
        checksum,
    ] {
        assert_eq!(inspect(&doc, &bytes), Err(InspectError::Malformed));
    }
    let large = vec![0; MAX_CHANGE + 1];
    assert_eq!(
        inspect(&doc, &large),
        Err(InspectError::TooLarge(large.len()))
    );
    let save = Document::new(doc.clone()).save();
    assert_eq!(inspect(&doc, &save), Err(InspectError::Malformed));
}

#[test]
fn a_compressed_change_is_refused() {
    let (mut doc, _) = written();
    let seen = doc.heads();
    let long = narrative(&"Đã gieo 5 ha. ".repeat(100));
    let made = doc
        .edit(&local_actor(1), &seen, &long, None, common::at(9))
        .unwrap();
    let mut change = automerge::Change::from_bytes(made.changes[0].1.clone()).unwrap();
    let compressed = change.bytes().into_owned();
    assert_eq!(
        inspect(&agency_doc(), &compressed),
        Err(InspectError::Compressed)
    );
}

/// A change by somebody who uses automerge as they like.
fn foreign(
    doc: &Document,
    actor: &[u8],
    author: Option<&str>,
    edit: impl FnOnce(&mut Automerge),
) -> Vec<u8> {
    let mut automerge = Automerge::load(&doc.save()).unwrap();
    automerge.set_author(author.map(|a| Author::from(a.as_bytes().to_vec())));
    automerge.set_actor(ActorId::from(actor));
    edit(&mut automerge);
    automerge
        .get_last_local_change()
        .unwrap()
        .raw_bytes()
        .to_vec()
}

fn put(key: &'static str, value: &'static str) -> impl FnOnce(&mut Automerge) {
    move |automerge| {
        let mut tx = automerge.transaction();
        tx.put(ROOT, key, value).unwrap();
        tx.commit();
    }
}

#[test]
fn a_writer_must_say_who_they_are() {
    let (doc, _) = written();
    let id = agency_doc();
    let anonymous = foreign(&doc, &[7; 16], None, put("schema", "2"));
    assert_eq!(inspect(&id, &anonymous), Err(InspectError::Author));
    let strange = foreign(&doc, &[7; 16], Some("Ông Ba"), put("schema", "2"));
    assert_eq!(inspect(&id, &strange), Err(InspectError::Author));
    let short = foreign(&doc, &[7; 8], Some("may-7"), put("schema", "2"));
    assert_eq!(inspect(&id, &short), Err(InspectError::Actor));
    assert!(
        inspect(
            &id,
            &foreign(&doc, &[7; 16], Some("may-7"), put("schema", "2"))
        )
        .is_ok()
    );
}

#[test]
fn a_forged_birth_is_refused() {
    let id = agency_doc();
    let cell =
        automerge::Change::from_bytes(birth_cell(&id, "progress/nv-1/2019-q3").unwrap()).unwrap();
    let doc = Document::new(id.clone());
    let forged = foreign(&doc, cell.actor_id().to_bytes(), None, |automerge| {
        let mut tx = automerge.transaction();
        tx.put(ROOT, "schema", "2").unwrap();
        tx.commit_with(CommitOptions::default().with_message("progress/nv-1/2019-q3"));
    });
    assert_eq!(inspect(&id, &forged), Err(InspectError::ForgedBirth));
    // Going on from a birth, as its actor.
    let (mut doc, _) = written();
    let second = foreign(&doc, cell.actor_id().to_bytes(), None, put("schema", "2"));
    assert_eq!(doc.apply(&second), Err(ApplyError::ForgedBirth));
}

#[test]
fn a_number_given_twice_and_a_missing_change_are_told() {
    let (doc, _) = written();
    let mut twice = doc.clone();
    let seen = doc.heads();
    let mut ours = doc.clone();
    ours.edit(
        &local_actor(1),
        &seen,
        &narrative("một"),
        None,
        common::at(5),
    )
    .unwrap();
    let theirs = twice
        .edit(
            &local_actor(1),
            &seen,
            &narrative("hai"),
            None,
            common::at(5),
        )
        .unwrap();
    assert_eq!(
        ours.apply(&theirs.changes[0].1),
        Err(ApplyError::DuplicateSeq)
    );
    let mut empty = Document::new(agency_doc());
    let error = empty.apply(&theirs.changes[0].1).unwrap_err();
    assert!(matches!(&error, ApplyError::MissingDeps(deps) if deps.len() == 1) && error.retry());
    // Both are as they were.
    assert_eq!(empty.facts(), Document::new(agency_doc()).facts());
    assert_eq!(ours.changes().len(), doc.changes().len() + 1);
}

#[test]
fn applying_again_does_nothing() {
    let (mut doc, change) = written();
    let before = (doc.facts(), doc.history(), doc.heads());
    let applied = doc.apply(&change).unwrap();
    assert!(applied.steps.is_empty() && applied.facts.is_empty());
    assert_eq!((doc.facts(), doc.history(), doc.heads()), before);
}

/// A change may be written down in more than one way. Automerge takes each in, but saves it in its
/// own way, and then misses the one it had.
#[test]
fn a_change_in_another_hand_is_refused() {
    let (mut doc, _) = written();
    let mut bytes = doc.changes()[2].1.clone();
    // Another actor's, so that it is not known already; and a column of letters said otherwise.
    bytes[45] = 2;
    bytes[106] = 14;
    let bytes = with_checksum(bytes);
    assert!(inspect(&agency_doc(), &bytes).is_ok());
    let before = doc.heads();
    assert_eq!(doc.apply(&bytes), Err(ApplyError::Malformed));
    assert_eq!(doc.heads(), before);
}

/// What a newer version writes stays, and is left alone by whoever does not know it.
#[test]
fn what_a_newer_version_says_is_not_damaged() {
    let (mut doc, _) = written();
    let newer = foreign(&doc, &[7; 16], Some("may-7"), |automerge| {
        let objects = objects(automerge);
        let mut tx = automerge.transaction();
        let cell = |(id, kind): &&(ObjId, ObjType)| {
            *kind == ObjType::Map && tx.get(id, "narrative").unwrap().is_some()
        };
        let (cell, _) = objects.iter().find(cell).unwrap().clone();
        tx.put(&cell, "colour", "xanh").unwrap();
        tx.put(&cell, "status", "paused").unwrap();
        tx.put_object(ROOT, "photographs", ObjType::Map).unwrap();
        tx.put(ROOT, "schema", "2").unwrap();
        tx.commit();
    });
    doc.apply(&newer).unwrap();
    let seen = doc.heads();
    doc.edit(
        &local_actor(1),
        &seen,
        &narrative("Xong."),
        None,
        common::at(9),
    )
    .unwrap();
    let says = |path: &str, value: &str| {
        let fact = doc
            .facts()
            .into_iter()
            .find(|fact| fact.path == path)
            .unwrap();
        assert_eq!(fact.values[0].value.as_str(), Some(value), "{path}");
    };
    says("schema", "2");
    says("progress/nv-1/2019-q3/colour", "xanh");
    says("progress/nv-1/2019-q3/status", "paused");
    says("progress/nv-1/2019-q3/narrative", "Xong.");
    let mut model = small_world();
    model.set_facts(doc.id(), doc.heads(), doc.facts());
    all_views(&model, &doc.history());
}

/// An operation by a stranger: on which map or text, under which key, what.
#[derive(Debug, Clone)]
struct Odd {
    object: prop::sample::Index,
    key: &'static str,
    what: u8,
}

const KEYS: [&str; 14] = [
    "status",
    "percent",
    "narrative",
    "actual",
    "kind",
    "task",
    "removed",
    "text",
    "progress",
    "items",
    "",
    "nv-1/2019-q3",
    "a/b",
    "read",
];

fn odd() -> impl Strategy<Value = Odd> {
    let key = prop::sample::select(KEYS.to_vec());
    (any::<prop::sample::Index>(), key, any::<u8>()).prop_map(|(object, key, what)| Odd {
        object,
        key,
        what,
    })
}

fn objects(automerge: &Automerge) -> Vec<(ObjId, ObjType)> {
    let mut found = vec![(ROOT, ObjType::Map)];
    let mut next = 0;
    while next < found.len() {
        let (object, kind) = found[next].clone();
        next += 1;
        if kind == ObjType::Map {
            for key in automerge.keys(&object) {
                for (value, id) in automerge.get_all(&object, key.as_str()).unwrap() {
                    if let automerge::Value::Object(kind) = value {
                        found.push((id, kind));
                    }
                }
            }
        }
    }
    found
}

fn strange(automerge: &mut Automerge, odds: &[Odd]) {
    for Odd { object, key, what } in odds {
        let objects = objects(automerge);
        let (object, kind) = object.get(&objects).clone();
        let mut tx = automerge.transaction();
        let key = *key;
        let done = match (kind, what % 12) {
            (ObjType::Text, 0..8) => tx.splice_text(&object, 0, 0, "x\u{301}\0"),
            (ObjType::Text, _) => tx.splice_text(&object, 0, 1, ""),
            (ObjType::List, _) => tx.insert(&object, 0, "x"),
            (_, 0) => tx.put(&object, key, ScalarValue::counter(3)),
            (_, 1) => tx.put(&object, key, -5_i64),
            (_, 2) => tx.put(&object, key, f64::NAN),
            (_, 3) => tx.put(&object, key, vec![0_u8, 255]),
            (_, 4) => tx.put(&object, key, true),
            (_, 5) => tx.put(&object, key, "obstacle"),
            (_, 6) => tx.put_object(&object, key, ObjType::Map).map(|_| ()),
            (_, 7) => tx.put_object(&object, key, ObjType::Text).map(|_| ()),
            (_, 8) => tx.put_object(&object, key, ObjType::List).map(|_| ()),
            (_, 9) => tx.put(&object, key, "9".repeat(60)),
            (_, 10) => tx.put(&object, key, "nv-1"),
            _ => tx.delete(&object, key),
        };
        // What automerge itself refuses is no change.
        let _ = done;
        tx.commit_with(CommitOptions::default().with_time(i64::MAX));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_bytes_are_taken_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut doc = Document::new(agency_doc());
        let _ = inspect(&agency_doc(), &bytes);
        let _ = doc.apply(&bytes);
        let _ = Document::open(agency_doc(), &bytes);
    }

    #[test]
    fn a_saved_document_with_wrong_bytes_is_opened_as_it_was_or_refused(
        place: prop::sample::Index,
        byte: u8,
        fit in any::<bool>(),
    ) {
        let (doc, _) = written();
        let mut saved = doc.save();
        let place = place.index(saved.len());
        saved[place] = byte;
        let saved = if fit { with_checksum(saved) } else { saved };
        let ids = |doc: &Document| -> Vec<ChangeId> {
            doc.changes().iter().map(|(header, _)| header.id).collect()
        };
        if let Ok(opened) = Document::open(agency_doc(), &saved) {
            prop_assert_eq!(ids(&opened), ids(&doc));
        }
    }

    #[test]
    fn a_change_with_wrong_bytes_behind_a_right_checksum_is_taken_or_refused(
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        which in 0..3,
    ) {
        let (mut doc, last) = written();
        let mut bytes = match which {
            0 => last,
            1 => birth_root(&agency_doc()),
            _ => doc.changes()[2].1.clone(),
        };
        for (place, byte) in flips {
            let place = 9 + place.index(bytes.len() - 9);
            bytes[place] = byte;
        }
        let bytes = with_checksum(bytes);
        let _ = inspect(&agency_doc(), &bytes);
        if doc.apply(&bytes).is_ok() {
            let mut model = small_world();
            model.set_facts(&agency_doc(), doc.heads(), doc.facts());
            all_views(&model, &doc.history());
            prop_assert!(Automerge::load(&doc.save()).is_ok());
        }
    }

    #[test]
    fn any_tree_is_shown_as_far_as_it_is_understood(
        odds in prop::collection::vec(odd(), 1..12),
        in_programme in any::<bool>(),
    ) {
        let mut doc = if in_programme { small_programme() } else { written().0 };
        let id: DocId = if in_programme { programme_doc() } else { agency_doc() };
        let mut gathered = Gathered::default();
        for fact in doc.facts() {
            gathered.facts.insert(fact.path.clone(), fact);
        }
        gathered.history = doc.history();
        let mut automerge = Automerge::load(&doc.save()).unwrap();
        automerge.set_author(Some(Author::from(b"may-7".to_vec())));
        automerge.set_actor(ActorId::from(&[7_u8; 16][..]));
        let before = automerge.get_heads();
        strange(&mut automerge, &odds);
        for change in automerge.get_changes(&before) {
            gathered.take(&doc.apply(change.raw_bytes()).unwrap());
        }
        prop_assert_eq!(gathered.facts(), doc.facts());
        prop_assert_eq!(gathered.history, doc.history());
        let mut model = small_world();
        model.set_facts(&id, doc.heads(), doc.facts());
        all_views(&model, &doc.history());
    }
}
