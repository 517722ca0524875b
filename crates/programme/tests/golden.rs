//! Root and birth changes are frozen for ever: these bytes never change.
//!
//! A new kind of birth gets a new file; `TIENDO_GOLDEN=write cargo test -p programme --test golden`
//! writes files that are not there yet, and never one that is.
// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

use data_encoding::HEXLOWER;
use programme::{Document, birth_cell, birth_root, birth_text, inspect};
use terms::DocId;

const ROOTS: [(&str, &str); 3] = [
    ("programme/2019", "root-programme-2019"),
    (
        "agency/2019/huyen-tran-de",
        "root-agency-2019-huyen-tran-de",
    ),
    (
        "review/2019/huyen-tran-de",
        "root-review-2019-huyen-tran-de",
    ),
];

const CELLS: [(&str, &str); 2] = [
    ("progress/nv-msre/2019-q3", "cell-progress-nv-msre-2019-q3"),
    ("values/ct-15dz/2019-year", "cell-values-ct-15dz-2019-year"),
];

const TEXTS: [(&str, &str); 1] = [(
    "progress/nv-msre/2019-q3/solution",
    "text-progress-nv-msre-2019-q3-solution",
)];

fn check(name: &str, bytes: &[u8]) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}.hex"));
    if std::env::var_os("TIENDO_GOLDEN").is_some() && !file.exists() {
        fs::write(&file, HEXLOWER.encode(bytes) + "\n").unwrap();
    }
    let golden = fs::read_to_string(&file).unwrap();
    assert_eq!(golden.trim(), HEXLOWER.encode(bytes), "{name} is frozen");
}

#[test]
fn roots_are_frozen() {
    for (doc, name) in ROOTS {
        check(name, &birth_root(&doc.parse().unwrap()));
    }
}

#[test]
fn cells_are_frozen() {
    let doc: DocId = ROOTS[1].0.parse().unwrap();
    for (path, name) in CELLS {
        check(name, &birth_cell(&doc, path).unwrap());
    }
}

#[test]
fn texts_are_frozen() {
    let doc: DocId = ROOTS[1].0.parse().unwrap();
    for (path, name) in TEXTS {
        check(name, &birth_text(&doc, path).unwrap());
    }
    // A text as old as its record has no birth of its own.
    assert!(birth_text(&doc, "progress/nv-msre/2019-q3/narrative").is_none());
    assert!(birth_text(&doc, "progress/nv-msre/2020-q3/solution").is_none());
}

#[test]
fn births_are_told_from_other_changes() {
    let doc: DocId = ROOTS[1].0.parse().unwrap();
    let cell = birth_cell(&doc, CELLS[0].0).unwrap();
    let header = inspect(&doc, &cell).unwrap();
    assert!(header.birth && header.author.is_none() && header.reason.is_none());
    assert_eq!(header.deps, Document::new(doc.clone()).heads().as_slice());
    // A birth belongs to one document: another one's is somebody without a name.
    let other: DocId = "agency/2019/huyen-ke-sach".parse().unwrap();
    assert!(inspect(&other, &cell).is_err());
    assert!(inspect(&other, &birth_root(&doc)).is_err());
}

#[test]
fn only_cells_are_born() {
    let agency: DocId = ROOTS[1].0.parse().unwrap();
    for path in [
        "",
        "progress",
        "progress/nv-msre",
        "progress/nv-msre/2020-q1",
        "progress/NV/2019-q1",
        "values/ct-15dz/2019-q5",
        "items/x/2019-q1",
        "progress/nv-msre/2019-q1/status",
    ] {
        assert!(birth_cell(&agency, path).is_none(), "{path}");
    }
    let programme: DocId = ROOTS[0].0.parse().unwrap();
    assert!(birth_cell(&programme, CELLS[0].0).is_none());
}
