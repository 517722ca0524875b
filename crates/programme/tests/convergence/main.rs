//! Any interleaving of edits by any number of people ends the same everywhere, and nothing that
//! anybody typed disappears.
//!
//! The model knows nothing of automerge: it keeps what each person saw when they typed, and from
//! that alone says what must stand, in the document, on the screens and in the history.
// Helpers of tests are tests.
#![allow(clippy::unwrap_used, unreachable_pub)]

#[path = "../common/mod.rs"]
mod common;

mod model;
mod same;
mod stands;
mod typed;

use model::{Office, Step};
use proptest::prelude::*;
use typed::Area;

/// A few people at a few fields, so that they often meet.
fn steps() -> impl Strategy<Value = (usize, Vec<Step>)> {
    // An item has the most that can stand against each other.
    let areas = [&Area::ALL[..], &[Area::Item; 2]].concat();
    let areas = prop::sample::subsequence(areas, 2..=3);
    (2..=4_usize, areas).prop_flat_map(|(people, areas)| {
        let who = 0..people;
        let area = prop::sample::select(areas);
        let write = (
            who.clone(),
            area.clone(),
            any::<u8>(),
            prop::bool::weighted(0.8),
        );
        let step = prop_oneof![
            3 => (who.clone(), area).prop_map(|(who, area)| Step::Look { who, area }),
            3 => (who.clone(), who).prop_map(|(who, from)| Step::Pull { who, from }),
            6 => write.prop_map(|(who, area, way, answered)| Step::Write { who, area, way, answered }),
        ];
        (Just(people), prop::collection::vec(step, 1..50))
    })
}

fn run((people, steps): &(usize, Vec<Step>)) -> Office {
    let mut office = Office::new(*people);
    for step in steps {
        office.run(step);
    }
    office
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..Default::default() })]

    #[test]
    fn nothing_typed_disappears(steps in steps()) {
        let mut office = run(&steps);
        office.settle();
        for person in &office.people {
            stands::everything(&office, person);
        }
    }

    #[test]
    fn everybody_ends_with_the_same(steps in steps()) {
        let mut office = run(&steps);
        office.people.iter().for_each(same::as_a_fresh_read);
        office.settle();
        let first = &office.people[0];
        let views = same::looked_at(first);
        for person in &office.people {
            same::as_a_fresh_read(person);
            same::as_another(person, first);
            prop_assert!(same::looked_at(person) == views, "the views differ");
        }
    }
}
