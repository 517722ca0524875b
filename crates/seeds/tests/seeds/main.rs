//! The 2019 programme against its source, and what the reader says of bad files.

#![allow(
    clippy::unwrap_used,
    reason = "tests; the lint knows only functions marked so"
)]

mod against_source;
mod coverage;
mod data;
mod fingerprint;
mod leads;
mod recognise;
mod schema;
mod source;
mod targets;

use std::{collections::BTreeMap, fs, path::PathBuf};

use seeds::Programme;

/// The workspace's root.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The real programme's folder.
fn folder() -> PathBuf {
    root().join("seeds/soc-trang-2019")
}

/// The real programme's files.
fn files() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        files.insert(name, fs::read_to_string(&path).unwrap());
    }
    files
}

/// The real programme.
fn programme() -> Programme {
    seeds::load(&folder()).unwrap_or_else(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        panic!("{}", lines.join("\n"))
    })
}
