//! One edit, one change, against what was seen.
// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Replica, agency_doc, period, task, writer};
use programme::{EditError, Scalar};
use terms::{Edit, WorkStatus};

fn narrative(text: &str) -> Edit {
    Edit::SetNarrative {
        task: task(),
        period: period(),
        text: text.to_owned(),
    }
}

#[test]
fn an_edit_is_one_change_after_the_births_it_needs() {
    let mut replica = Replica::new(1);
    let made = replica.edit(&narrative("Đã gieo 5 ha."));
    assert_eq!(made.changes.len(), 2);
    assert!(made.changes[0].0.birth);
    assert_eq!(made.changes[1].0.author, Some(writer(1).author));
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
    let edit = Edit::SetItemRemoved {
        id: "kk-1".parse().unwrap(),
        removed: true,
    };
    let seen = replica.doc.heads();
    let error = replica
        .doc
        .edit(&writer(1), &seen, &edit, None, common::at(1));
    assert!(matches!(error, Err(EditError::NotThere(_))), "{error:?}");
}

#[test]
fn a_stale_figure_stands_against_the_newer_one() {
    let (mut a, mut b) = (Replica::new(1), Replica::new(2));
    let status = |status| Edit::SetStatus {
        task: task(),
        period: period(),
        status,
        done_on: None,
    };
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
