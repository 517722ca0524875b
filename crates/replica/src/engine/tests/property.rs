//! The projection against a fresh read, whatever people do and in whatever order it comes.

use proptest::prelude::*;
use sync::{admit::Rejection, client::StreamEntry};
use terms::{Edit, Field, Record, Value};

use super::{arrived, assert_projected, attempt, pending, receive};
use crate::{
    engine::Engine,
    storage::{changes, projection},
    testing::{doc, engine, id, request},
};

/// What somebody does.
#[derive(Debug, Clone)]
enum Step {
    /// One of the three writes: which field, which words, and whether they saw all there is.
    Write(usize, usize, usize, bool),
    /// One gets what another has, in a shuffled order.
    Pass(usize, usize, u64),
    /// One closes and opens again.
    Reopen(usize),
    /// The relay refuses the last pending change of one, and what builds on it.
    Refuse(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => (0..3_usize, 0..4_usize, 0..5_usize, any::<bool>())
            .prop_map(|(who, field, words, all)| Step::Write(who, field, words, all)),
        4 => (0..3_usize, 0..3_usize, any::<u64>()).prop_map(|(a, b, s)| Step::Pass(a, b, s)),
        1 => (0..3_usize).prop_map(Step::Reopen),
        1 => (0..3_usize).prop_map(Step::Refuse),
    ];
    proptest::collection::vec(step, 1..14)
}

const NAMES: [&str; 3] = ["td-an", "td-binh", "td-khoa"];

const WORDS: [&str; 5] = ["Đường 934", "Hoà Đông", "Cầu và đường", "", "Xong."];

fn edit(field: usize, words: usize, number: u64) -> Edit {
    let text = WORDS[words].to_owned();
    let (task, period) = (id("nv-1"), id("2019-q3"));
    match field {
        0 => Edit::text(Record::Progress(task, period), Field::Narrative, text),
        1 => Edit::set(
            Record::Progress(task, period),
            Field::Percent,
            Some(Value::Figure(words.to_string().parse().unwrap())),
        ),
        2 => Edit::comment(id(&format!("c-{number}")), task, format!("{text}.")),
        _ => Edit::text(Record::Values(id("ct-1"), period), Field::Note, text),
    }
}

fn shuffled<T>(mut items: Vec<T>, seed: u64) -> Vec<T> {
    let mut state = seed | 1;
    for at in (1..items.len()).rev() {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        items.swap(at, usize::try_from(state >> 33).unwrap() % (at + 1));
    }
    items
}

fn refuse_last(engine: &mut Engine) {
    let sent = pending(engine);
    let Some((last, _)) = sent.iter().rev().find(|(header, _)| !header.birth) else {
        return;
    };
    let refused = [(last.id, Rejection::BadSignature)];
    attempt(engine, |e| e.quarantine(&doc(), &refused)).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn the_projection_is_a_fresh_read(steps in steps()) {
        let folder = tempfile::tempdir().unwrap();
        let mut people: Vec<Option<Engine>> =
            NAMES.iter().map(|name| Some(engine(folder.path(), name))).collect();
        // Refused changes must not have reached anybody: refusing is tried on who never passed on.
        let mut told = [false; 3];
        for (number, step) in (1_u64..).zip(steps) {
            match step {
                Step::Write(who, field, words, all) => {
                    let one = people[who].as_mut().unwrap();
                    let heads = projection::heads(&one.db).unwrap().remove(&doc());
                    let seen = heads.filter(|_| all).unwrap_or_default();
                    let mut ask = request(seen, number, edit(field, words, number));
                    ask.reason = Some("Bổ sung".to_owned());
                    attempt(one, |e| e.edit(&ask)).unwrap();
                    assert_projected(one);
                }
                Step::Pass(from, to, seed) if from != to => {
                    told[from] = true;
                    let has = people[from].as_ref().unwrap();
                    let all = changes::standing(&has.db, &doc()).unwrap().into_iter().map(|change| {
                        (programme::inspect(&doc(), &change.bytes).unwrap(), change)
                    });
                    let entries: Vec<StreamEntry> = all.map(|one| arrived(&one)).collect();
                    let one = people[to].as_mut().unwrap();
                    receive(one, &shuffled(entries, seed));
                    assert_projected(one);
                }
                Step::Reopen(who) => {
                    people[who] = None;
                    let mut one = engine(folder.path(), NAMES[who]);
                    assert_projected(&mut one);
                    people[who] = Some(one);
                }
                Step::Refuse(who) if !told[who] => refuse_last(people[who].as_mut().unwrap()),
                Step::Pass(..) | Step::Refuse(_) => {}
            }
        }
        for one in people.iter_mut().flatten() {
            assert_projected(one);
        }
    }
}
