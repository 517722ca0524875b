//! One edit, one change, against what was seen.
// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Replica, agency_doc, local_actor, period, task};
use programme::{EditError, Scalar};
use proptest::prelude::*;
use terms::{
    Edit, Field, Record, Value, WorkStatus,
    text::{Limit, clean},
};

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

#[test]
fn an_edit_is_one_change_after_the_births_it_needs() {
    let mut replica = Replica::new(1);
    let made = replica.edit(&narrative("Đã gieo 5 ha."));
    assert_eq!(made.changes.len(), 2);
    assert!(made.changes[0].0.birth);
    assert_eq!(made.changes[1].0.author, Some(local_actor(1).author));
    assert_eq!(made.heads, replica.doc.heads());
    // The same again: nothing differs, nothing is written.
    assert!(replica.edit(&narrative("Đã gieo 5 ha.")).changes.is_empty());
    // Text is stored in NFC.
    assert!(
        replica
            .edit(&narrative(
                "Đã gieo 5 ha.".replace('ã', "a\u{303}").as_str()
            ))
            .changes
            .is_empty()
    );
}

#[test]
fn an_empty_field_cleared_needs_no_birth() {
    let mut replica = Replica::new(1);
    assert!(replica.edit(&narrative("")).changes.is_empty());
    assert_eq!(replica.doc.changes().len(), 1);
}

#[test]
fn what_is_not_there_is_not_edited() {
    let mut replica = Replica::new(1);
    let edit = Edit::set(
        Record::Item("kk-1".parse().unwrap()),
        Field::ItemRemoved,
        Some(Value::Flag(true)),
    );
    let seen = replica.doc.heads();
    let error = replica
        .doc
        .edit(&local_actor(1), &seen, &edit, None, common::at(1));
    assert!(matches!(error, Err(EditError::NotThere(_))), "{error:?}");
}

#[test]
fn a_stale_figure_stands_against_the_newer_one() {
    let (mut a, mut b) = (Replica::new(1), Replica::new(2));
    let status = |status| Edit::status(task(), period(), status, None);
    a.edit(&status(Some(WorkStatus::NotStarted)));
    let seen = a.doc.heads();
    b.take(&a);
    b.edit(&status(Some(WorkStatus::InProgress)));
    a.take(&b);
    // A types against what the field showed before B's edit arrived.
    a.edit_at(&seen, &status(None));
    let fact = a.fact("progress/nv-1/2019-q3/status");
    assert_eq!(fact.len(), 2, "{fact:?}");
    // The choice ends it.
    a.edit(&status(Some(WorkStatus::InProgress)));
    assert_eq!(
        a.values("progress/nv-1/2019-q3/status"),
        [Scalar::Text("in-progress".into())]
    );
    assert_eq!(agency_doc().to_string(), "agency/2019/huyen-tran-de");
}

/// What a person wrote, they have seen, even where the window still shows what stood before.
#[test]
fn whoever_types_on_before_the_answer_goes_on_from_the_own_words() {
    let (mut a, mut b) = (Replica::new(1), Replica::new(2));
    let shown = a.doc.heads();
    a.edit_at(&shown, &narrative("Đã gieo."));
    b.edit(&narrative("Thiếu vốn."));
    a.take(&b);
    // A sees all of it in another field and writes there; the narrative still shows nothing.
    a.edit(&percent("5"));
    a.edit_at(&shown, &narrative("Đã gieo. Đã gặt."));
    a.edit_at(&shown, &narrative("Đã gieo. Đã gặt. Đã bán."));
    let text = a.values("progress/nv-1/2019-q3/narrative");
    let text = text.first().and_then(Scalar::as_str).unwrap();
    for sentence in ["Đã gieo.", "Đã gặt.", "Đã bán.", "Thiếu vốn."] {
        assert_eq!(text.matches(sentence).count(), 1, "{sentence} in {text}");
    }
    // A figure typed twice stands once, beside the colleague's.
    let shown = a.doc.heads();
    b.take(&a);
    b.edit(&percent("70"));
    a.take(&b);
    a.edit(&narrative("Đã đọc hết."));
    a.edit_at(&shown, &percent("6"));
    a.edit_at(&shown, &percent("7"));
    let text = |figure: &str| Scalar::Text(figure.to_owned());
    assert_eq!(
        a.values("progress/nv-1/2019-q3/percent"),
        [text("70"), text("7")]
    );
}

/// After a restore the same enrolment writes under other bytes: what it wrote before and does not
/// see now is as good as anybody else's.
#[test]
fn the_same_name_on_another_disk_overwrites_nothing_unseen() {
    let (mut old, mut restored) = (Replica::new(1), Replica::new(2));
    restored.local_actor.author = old.local_actor.author.clone();
    old.edit(&percent("5"));
    let shown = restored.doc.heads();
    restored.take(&old);
    restored.edit(&narrative("Xong."));
    restored.edit_at(&shown, &percent("6"));
    assert_eq!(restored.fact("progress/nv-1/2019-q3/percent").len(), 2);
}

/// 2,5 and 2,50 are one figure, typed twice.
#[test]
fn equal_figures_are_no_conflict() {
    for (mine, theirs, stand) in [("2.5", "2.50", 1), ("2.5", "2.5", 1), ("2.5", "2.05", 2)] {
        let (mut a, mut b) = (Replica::new(1), Replica::new(2));
        a.edit(&percent(mine));
        b.edit(&percent(theirs));
        a.take(&b);
        b.take(&a);
        let fact = a.fact("progress/nv-1/2019-q3/percent");
        assert_eq!(fact.len(), stand, "{mine} {theirs}");
        assert_eq!(fact, b.fact("progress/nv-1/2019-q3/percent"));
    }
}

#[test]
fn a_contested_strike_can_be_chosen_either_way() {
    let id = || "kk-1".parse().unwrap();
    let strike = |removed| {
        Edit::set(
            Record::Item(id()),
            Field::ItemRemoved,
            Some(Value::Flag(removed)),
        )
    };
    for chosen in [true, false] {
        let (mut a, mut b) = (Replica::new(1), Replica::new(2));
        a.edit(&Edit::obstacle(
            id(),
            task(),
            period(),
            "Thiếu vốn".to_owned(),
            None,
        ));
        b.take(&a);
        a.edit(&strike(true));
        b.edit(&Edit::text(
            Record::Item(id()),
            Field::ItemText,
            "Thiếu vốn và giống".to_owned(),
        ));
        a.take(&b);
        assert_eq!(a.fact("items/kk-1/removed").len(), 2);
        a.edit(&strike(chosen));
        assert_eq!(a.values("items/kk-1/removed"), [Scalar::Bool(chosen)]);
        b.take(&a);
        assert_eq!(b.values("items/kk-1/removed"), [Scalar::Bool(chosen)]);
    }
}

type Make<'a> = &'a dyn Fn(&str) -> Edit;

/// Any text that two people wrote at once is to be read again; written as it stands, it is read.
#[test]
fn a_merged_text_is_marked_until_somebody_reads_it() {
    let note = |text: &str| {
        Edit::text(
            Record::Values("ct-1".parse().unwrap(), period()),
            Field::Note,
            text.to_owned(),
        )
    };
    let obstacle = |text: &str| {
        Edit::text(
            Record::Item("kk-1".parse().unwrap()),
            Field::ItemText,
            text.to_owned(),
        )
    };
    let texts: [(&str, Make<'_>); 3] = [
        ("progress/nv-1/2019-q3/narrative", &narrative),
        ("values/ct-1/2019-q3/note", &note),
        ("items/kk-1/text", &obstacle),
    ];
    for (path, make) in texts {
        let (mut a, mut b) = (Replica::new(1), Replica::new(2));
        a.edit(&Edit::obstacle(
            "kk-1".parse().unwrap(),
            task(),
            period(),
            "Vốn".to_owned(),
            None,
        ));
        a.edit(&make("Vốn"));
        b.take(&a);
        let stale = a.doc.heads();
        a.edit(&make("Vốn chậm"));
        b.edit(&make("Thiếu Vốn"));
        a.take(&b);
        assert_eq!(a.fact(path).len(), 2, "{path}");
        // Who did not see the merge has not read it.
        a.edit_at(&stale, &make("Vốn"));
        assert_eq!(a.fact(path).len(), 2, "{path}");
        let merged = a.values(path)[0].as_str().unwrap().to_owned();
        a.edit(&make(&merged));
        let read = a.fact(path);
        assert_eq!(read.len(), 1, "{path}");
        assert_eq!(read[0].value, Scalar::Merged(merged), "{path}");
        assert_eq!(read[0].author, Some(local_actor(1).author), "{path}");
        b.take(&a);
        assert_eq!(b.fact(path), read);
    }
}

/// Whoever chooses between two values says the one that stays, whichever automerge favours.
#[test]
fn a_choice_is_said_by_whoever_chose() {
    let path = "progress/nv-1/2019-q3/percent";
    for chosen in ["5", "70"] {
        let (mut a, mut b, mut c) = (Replica::new(1), Replica::new(2), Replica::new(3));
        a.edit(&percent("5"));
        b.edit(&percent("70"));
        c.take(&a);
        c.take(&b);
        let made = c.edit(&percent(chosen));
        let choice = made.changes.last().unwrap().0.id;
        let stands = c.fact(path);
        assert_eq!(stands.len(), 1);
        assert_eq!(stands[0].value, Scalar::Text(chosen.to_owned()));
        assert_eq!(stands[0].author, Some(local_actor(3).author));
        let history = c.doc.history();
        let step = history.iter().find(|step| step.change == choice).unwrap();
        assert_eq!(step.to, Scalar::Text(chosen.to_owned()));
        assert_eq!(step.from.len(), 2);
        // Somebody who did not see the choice and sets another value contradicts it.
        a.take(&b);
        a.edit(&percent("8"));
        c.take(&a);
        assert_eq!(c.fact(path).len(), 2, "{chosen}");
    }
}

/// Whoever writes in an item has looked at all of it: a strike that the screen did not show is
/// not seen by having been here when they wrote elsewhere.
#[test]
fn a_strike_that_was_not_shown_does_not_hide_another_wording() {
    let id = || "kk-1".parse().unwrap();
    let words = |text: &str| Edit::text(Record::Item(id()), Field::ItemText, text.to_owned());
    let (mut a, mut b) = (Replica::new(1), Replica::new(2));
    a.edit(&Edit::obstacle(
        id(),
        task(),
        period(),
        "Thiếu vốn".to_owned(),
        None,
    ));
    let shown = a.doc.heads();
    b.take(&a);
    b.edit(&Edit::set(
        Record::Item(id()),
        Field::ItemRemoved,
        Some(Value::Flag(true)),
    ));
    a.take(&b);
    a.edit(&percent("5"));
    a.edit_at(&shown, &words("Thiếu vốn và giống"));
    let (struck, alive) = (Scalar::Bool(true), Scalar::Bool(false));
    let values = a.values("items/kk-1/removed");
    assert!(
        values.contains(&struck) && values.contains(&alive),
        "{values:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() })]

    /// Whatever may be stored reads back as it was typed, in NFC, also when it is written over.
    #[test]
    fn texts_read_back(texts in prop::collection::vec("[aế\u{302}\u{301}\u{fffc}\u{1f468}\u{200d}\u{1f33e}\n ]{0,12}|\\PC{0,12}", 1..4)) {
        let mut replica = Replica::new(1);
        for text in texts {
            let Ok(kept) = clean(&text, Limit::NARRATIVE) else {
                continue;
            };
            replica.edit(&narrative(&text));
            let values = replica.values("progress/nv-1/2019-q3/narrative");
            let stands = values.first().and_then(Scalar::as_str).unwrap_or_default();
            prop_assert_eq!(stands, kept);
        }
    }
}
