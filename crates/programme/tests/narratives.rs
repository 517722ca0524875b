//! Long texts: rewritten in a moment, and what others write among the untouched words stays.
// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Replica, period, task};
use programme::{EditOutcome, Scalar};
use terms::{Edit, Field, Record, Value};

fn narrative(text: &str) -> Edit {
    Edit::text(
        Record::Progress(task(), period()),
        Field::Narrative,
        text.to_owned(),
    )
}

fn percent(figure: &str) -> Edit {
    Edit::set(
        Record::Progress(task(), period()),
        Field::Percent,
        Some(Value::Figure(figure.parse().unwrap())),
    )
}

fn text(replica: &Replica) -> String {
    let values = replica.values("progress/nv-1/2019-q3/narrative");
    let text = values.first().and_then(Scalar::as_str);
    text.unwrap_or_default().to_owned()
}

/// How many operations the edit itself is, without births.
fn operations(made: &EditOutcome) -> usize {
    let (_, bytes) = made.changes.last().unwrap();
    automerge::Change::try_from(bytes.as_slice()).unwrap().len()
}

fn words(word: &str, count: usize) -> String {
    let words = (0..count).map(|number| format!("{word}{} ", number % 97));
    words.collect::<String>().trim_end().to_owned()
}

/// Whether it builds on all that is here or on less: every letter goes once and comes once. At one
/// pass over the text for each letter, this test would run for minutes.
#[test]
fn a_long_text_is_written_anew_letter_by_letter_once() {
    for count in [400, 1600] {
        let (old, new) = (words("ngập", count), words("khô", count));
        let mut here = Replica::new(1);
        here.edit(&narrative(&old));
        let seen = here.doc.heads();
        let mut other = Replica::new(2);
        other.take(&here);
        other.edit(&percent("5"));
        let mut behind = here.clone();
        behind.take(&other);
        for made in [
            here.edit(&narrative(&new)),
            behind.edit_at(&seen, &narrative(&new)),
        ] {
            let letters = old.chars().count() + new.chars().count();
            assert_eq!(operations(&made), letters);
        }
        assert_eq!(text(&here), new);
        assert_eq!(text(&behind), new);
        here.take(&behind);
        behind.take(&here);
        assert_eq!(here.doc.facts(), behind.doc.facts());
    }
}

/// Two people correct different words of the same long text; neither has seen the other's.
#[test]
fn corrections_of_different_words_stand_side_by_side() {
    let line = |number: usize| format!("Xã số {number} đạt {number}5 ha, còn lại chưa gieo. ");
    let old: String = (0..60).map(line).collect();
    let old = old.trim_end();
    let mut mine = Replica::new(1);
    mine.edit(&narrative(old));
    let (seen, mut theirs) = (mine.doc.heads(), Replica::new(2));
    theirs.take(&mine);
    let both = [
        ("đạt 115 ha", "đạt 117,25 ha"),
        ("đạt 585 ha", "đạt 600 ha"),
    ];
    let middle = ("Xã số 30 đạt 305 ha", "Xã số 30, 31 đạt 305 ha");
    let correct = |text: &str, (from, to): (&str, &str)| text.replace(from, to);
    theirs.edit(&narrative(&correct(old, middle)));
    mine.take(&theirs);
    let corrected = correct(&correct(old, both[0]), both[1]);
    let made = mine.edit_at(&seen, &narrative(&corrected));
    assert!(operations(&made) < 20, "{}", operations(&made));
    assert_eq!(text(&mine), correct(&corrected, middle));
    theirs.take(&mine);
    assert_eq!(text(&theirs), text(&mine));
}

/// A figure is one word: what two people make of it at once is never mixed into a third.
#[test]
fn two_corrections_of_one_figure_are_both_seen() {
    let mut mine = Replica::new(1);
    mine.edit(&narrative("đạt 1.234 tấn"));
    let (seen, mut theirs) = (mine.doc.heads(), Replica::new(2));
    theirs.take(&mine);
    theirs.edit(&narrative("đạt 1.934 tấn"));
    mine.take(&theirs);
    mine.edit_at(&seen, &narrative("đạt 1.264 tấn"));
    let merged = text(&mine);
    assert!(
        merged.contains("1.934") && merged.contains("1.264"),
        "{merged}"
    );
}
