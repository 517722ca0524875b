//! What officials install: what is in it, and what it is called.
// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

use std::{collections::BTreeSet, process::Command};

use serde_json::Value;

#[test]
fn the_program_carries_no_relay_no_programme_and_no_demonstration() {
    let packages = built_in();
    assert!(packages.contains("desk"), "not what is built: {packages:?}");
    for other in ["sync-server", "seeds", "tiendo", "tiendo-demo"] {
        assert!(!packages.contains(other), "{other} is built in");
    }
}

#[test]
fn the_package_has_a_name_that_dpkg_and_rpm_take_and_the_window_the_one_that_people_read() {
    let config: Value = serde_json::from_str(include_str!("../tauri.conf.json")).unwrap();
    let name = config["productName"].as_str().unwrap();
    let plain = |letter: u8| letter.is_ascii_lowercase() || letter == b'-';
    assert!(name.bytes().all(plain), "«{name}» is no package's name");
    assert_eq!(tiendo_app::TITLE, "Tiến Độ");
}

/// The names of all packages that are built into the program.
fn built_in() -> BTreeSet<String> {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--locked", "--edges", "normal"])
        .args(["--prefix", "none", "--package", env!("CARGO_PKG_NAME")])
        .output()
        .unwrap();
    let refused = String::from_utf8_lossy(&tree.stderr);
    assert!(tree.status.success(), "{refused}");
    let packages = String::from_utf8(tree.stdout).unwrap();
    let name = |package: &str| package.split_whitespace().next().map(str::to_owned);
    packages.lines().filter_map(name).collect()
}
