//! What is in the program that officials install.

use std::{collections::BTreeSet, process::Command};

#[test]
fn the_program_carries_no_relay_no_programme_and_no_demonstration() {
    let packages = built_in();
    assert!(packages.contains("desk"), "not what is built: {packages:?}");
    for other in ["sync-server", "seeds", "tiendo", "tiendo-demo"] {
        assert!(!packages.contains(other), "{other} is built in");
    }
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
