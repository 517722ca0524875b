// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

use automerge::{Automerge, ObjType, ROOT, ReadDoc as _, transaction::Transactable as _};
use proptest::prelude::*;

use super::{Splice, splices};

/// A text as splices make it.
fn spliced(old: &str, splices: &[Splice<'_>]) -> String {
    let (mut made, mut read) = (String::new(), 0);
    for splice in splices {
        made += &old[read..splice.at];
        made += splice.text;
        read = splice.at + splice.removed;
    }
    made + &old[read..]
}

/// A text in automerge, brought from one to the other.
fn updated(old: &str, new: &str) -> String {
    let mut document = Automerge::new();
    let mut tx = document.transaction();
    let text = tx.put_object(ROOT, "text", ObjType::Text).unwrap();
    tx.splice_text(&text, 0, 0, old).unwrap();
    super::update(&mut tx, &text, new).unwrap();
    tx.commit();
    document.text(&text).unwrap()
}

/// Words, spaces, Khmer with marks that combine, emoji of several characters, marks alone, lines.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("Đã"),
        Just("gieo"),
        Just("ngập"),
        Just("mặn"),
        Just("5,25"),
        Just("1.234"),
        Just("ស្រូវ"),
        Just("ខ្មែរ"),
        Just("👩‍🌾"),
        Just("🇻🇳"),
        Just("\u{301}"),
        Just(" "),
        Just(", "),
        Just(". "),
        Just("\n"),
        Just("\r\n"),
        Just("ha"),
        Just("…"),
    ];
    prop::collection::vec(word, 0..40).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_text_reads_as_it_was_written(old in text(), new in text()) {
        prop_assert_eq!(spliced(&old, &splices(&old, &new)), new.clone());
        prop_assert_eq!(updated(&old, &new), new);
    }

    #[test]
    fn so_does_any_text(old in ".{0,60}", new in ".{0,60}") {
        prop_assert_eq!(updated(&old, &new), new);
    }
}

#[test]
fn words_are_replaced_whole_and_others_left() {
    let old = "Đã gieo 1.234 ha lúa; mặn đến sớm.";
    let new = "Đã gieo 1.334 ha lúa; mặn đến muộn.";
    let made = splices(old, new).into_iter();
    let made: Vec<_> = made
        .map(|splice| (&old[splice.at..splice.at + splice.removed], splice.text))
        .collect();
    assert_eq!(made, [("1.234", "1.334"), ("sớm", "muộn")]);
    assert!(splices(old, old).is_empty());
    // What is added takes nothing away.
    let longer = format!("{old} Đã gặt.");
    assert!(
        splices(old, &longer)
            .iter()
            .all(|splice| splice.removed == 0)
    );
    // A mark is never parted from its letter.
    let made = splices("ស្រូវ ខ្មែរ", "ស្រូវ ខ្មៅ");
    assert!(
        made.iter()
            .all(|splice| !splice.text.starts_with(['\u{17cc}', '\u{17c5}']))
    );
}

/// Other words throughout are one splice, not one for each space that both have.
#[test]
fn a_text_written_anew_is_replaced_at_once() {
    let words = |word: &str| vec![word; 4000].join(" ");
    let (old, new) = (words("ngập"), words("khô"));
    let made = splices(&old, &new);
    let whole = Splice {
        at: 0,
        removed: old.len(),
        text: &new,
    };
    assert_eq!(made, [whole]);
}

/// A correction in each of many sentences leaves all other words where they are.
#[test]
fn many_corrections_are_many_splices() {
    let text = |figure: usize| {
        let line = |n: usize| format!("Xã số {n} đạt {figure}{n} ha, còn lại chưa gieo. ");
        (0..1000).map(line).collect::<String>()
    };
    let made = splices(&text(4), &text(5)).len();
    assert_eq!(made, 1000);
}
