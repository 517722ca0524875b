//! Restored and cloned disks.

use std::{fs, path::Path};

use terms::Heads;

use super::*;
use crate::testing::{doc, engine, narrative};

/// Writes something and says with which actor.
fn write(folder: &Path, number: u64) -> actors::Prefix {
    let mut engine = engine(folder, "td-an");
    engine.begin().unwrap();
    engine
        .attempt(|e| e.edit(&narrative(Heads::default(), number, "chữ")))
        .unwrap();
    engine.commit().unwrap();
    actors::prefix(&engine.db, &doc()).unwrap().unwrap()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

#[test]
fn actors_stay_while_the_disk_does() {
    let folder = tempfile::tempdir().unwrap();
    let first = write(folder.path(), 1);
    assert_eq!(write(folder.path(), 2), first);
}

#[test]
fn a_restored_database_gets_new_actors_once() {
    let folder = tempfile::tempdir().unwrap();
    let first = write(folder.path(), 1);
    let file = folder.path().join("td-an/replica.sqlite");
    let backup = fs::read(&file).unwrap();
    assert_eq!(write(folder.path(), 2), first);
    fs::write(&file, backup).unwrap();
    let second = write(folder.path(), 3);
    assert_ne!(second, first);
    assert_eq!(write(folder.path(), 4), second);
}

#[cfg(unix)]
#[test]
fn a_cloned_folder_gets_new_actors_and_the_original_keeps_its_own() {
    let (folder, clone) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let first = write(folder.path(), 1);
    copy(&folder.path().join("td-an"), &clone.path().join("td-an"));
    let cloned = write(clone.path(), 2);
    assert_ne!(cloned, first);
    assert_eq!(write(clone.path(), 3), cloned);
    assert_eq!(write(folder.path(), 2), first);
}

#[test]
fn a_count_that_cannot_be_read_counts_as_restored() {
    let folder = tempfile::tempdir().unwrap();
    let first = write(folder.path(), 1);
    fs::write(folder.path().join("td-an/counter"), "??").unwrap();
    assert_ne!(write(folder.path(), 2), first);
}

#[test]
fn a_folder_in_use_is_not_opened_twice() {
    let folder = tempfile::tempdir().unwrap();
    let _open = engine(folder.path(), "td-an");
    let path = folder.path().join("td-an/counter");
    assert!(matches!(Disk::lock(&path), Err(OpenError::InUse { .. })));
}
