//! Restored and cloned disks.

use std::{fs, path::Path};

use terms::Heads;

use super::*;
use crate::{
    engine::Engine,
    testing::{doc, engine, narrative},
};

/// Writes something and says with which actor.
fn write(folder: &Path, number: u64) -> actors::Prefix {
    let mut engine = engine(folder, "td-an");
    engine.begin().unwrap();
    engine
        .attempt(|e| {
            e.edit(&narrative(
                Heads::default(),
                number,
                &format!("chữ {number}"),
            ))
        })
        .unwrap();
    engine.commit().unwrap();
    actors::prefix(&engine.db, &doc()).unwrap().unwrap()
}

fn work(engine: &mut Engine, work: impl FnOnce(&mut Engine) -> Result<(), StoreError>) {
    engine.begin().unwrap();
    engine.attempt(work).unwrap();
    engine.commit().unwrap();
}

fn pending_of(engine: &Engine) -> Vec<(terms::ChangeHeader, sync::SignedChange)> {
    let all = storage::changes::pending_after(&engine.db, 0).unwrap();
    all.into_iter()
        .map(|p| {
            (
                programme::inspect(&p.doc, &p.change.bytes).unwrap(),
                p.change,
            )
        })
        .collect()
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
fn a_disk_put_back_whole_is_noticed_by_what_the_relay_has() {
    let folder = tempfile::tempdir().unwrap();
    let first = write(folder.path(), 1);
    let place = folder.path().join("td-an");
    let files = ["replica.sqlite", "counter"].map(|name| place.join(name));
    let backup = files.clone().map(|file| fs::read(file).unwrap());
    assert_eq!(write(folder.path(), 2), first);
    let lost = pending_of(&engine(folder.path(), "td-an")).pop().unwrap();
    for (file, bytes) in files.iter().zip(&backup) {
        fs::write(file, bytes).unwrap();
    }
    // Nothing on this disk tells it from what it was: the number of what was lost is given again.
    assert_eq!(write(folder.path(), 3), first);
    let mut an = engine(folder.path(), "td-an");
    let again = pending_of(&an).pop().unwrap();
    assert_eq!((again.0.actor, again.0.seq), (lost.0.actor, lost.0.seq));
    let arrived = sync::client::StreamEntry {
        id: lost.0.id,
        change: Some((lost.1.clone(), lost.0.clone())),
    };
    work(&mut an, |e| {
        e.receive(&doc(), 1, &[arrived], sync::Cursor::START)
    });
    assert_ne!(actors::prefix(&an.db, &doc()).unwrap(), Some(first));
    let refused = [(again.0.id, sync::admit::Rejection::DuplicateSeq)];
    work(&mut an, |e| e.quarantine(&doc(), &refused).map(drop));
    // What had been lost stands again, and what was written meanwhile is kept aside.
    let standing = storage::changes::standing(&an.db, &doc()).unwrap();
    assert!(standing.contains(&lost.1) && !standing.contains(&again.1));
    let kept = storage::quarantine::all(&an.db).unwrap();
    assert_eq!(kept[0].steps[0].to.as_str(), Some("chữ 3"));
    let facts = storage::projection::read(&an.db, &doc()).unwrap();
    assert_eq!(facts, crate::engine::load(&an.db, &doc()).unwrap().facts());
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
