//! The relay's directory, and what no document takes.

use std::path::Path;

use sync::{
    Keypair,
    directory::{DirectoryEntry, DirectoryEvent, Right, SignedEntry, Subject},
};
use terms::DocId;

use super::*;
use crate::{Clock as _, testing};

/// The entries of the relay's directory, and one more that opens a year to everybody at the agency.
fn with_year(year: u16) -> Vec<SignedEntry> {
    let mut entries = testing::directory();
    let relay = testing::relay();
    let mut directory = Directory::new(relay.public());
    for entry in &entries {
        directory.apply(entry).unwrap();
    }
    let fact = DirectoryEvent::Granted {
        subject: Subject::Agency(id("huyen-tran-de")),
        doc: DocId::Agency(year, id("huyen-tran-de")),
        right: Right::Write,
    };
    let time = FixedClock.now();
    entries.push(SignedEntry::sign(
        &DirectoryEntry { time, fact },
        directory.tail(),
        &relay,
    ));
    entries
}

#[test]
fn another_directory_is_taken_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let mut an = engine(folder.path(), "td-an");
    let before = an.directory.tail();
    let entries = with_year(2020);
    // One of them is of another relay.
    let mut forged = entries.clone();
    let stranger = Keypair::from_seed(&[9; 32]);
    let record = forged[3].record().unwrap();
    forged[3] = SignedEntry::sign(&record, before, &stranger);
    assert!(attempt(&mut an, |e| e.replace_directory(&forged)).is_err());
    assert_eq!(an.directory.tail(), before);
    attempt(&mut an, |e| e.edit(&narrative(Heads::default(), 1, "Một."))).unwrap();
    let ((), batch) = attempt(&mut an, |e| e.replace_directory(&entries)).unwrap();
    assert_eq!(batch.year, Some(2020));
    assert_eq!(
        storage::directory::entries(&an.db, 0).unwrap(),
        entries,
        "in place of the old one"
    );
}

#[test]
fn a_year_whose_storing_failed_opens_the_next_time() {
    let folder = tempfile::tempdir().unwrap();
    let mut an = engine(folder.path(), "td-an");
    let entries = with_year(2020);
    // The work fails after it.
    let failed = attempt(&mut an, |e| {
        e.store_directory(&entries)?;
        Err::<(), _>(StoreError::Closed)
    });
    assert!(failed.is_err());
    // The transaction is ended by the system.
    an.begin().unwrap();
    an.attempt(|e| e.store_directory(&entries)).unwrap();
    an.db.execute_batch("ROLLBACK").unwrap();
    assert!(an.commit().is_err());
    let ((), batch) = attempt(&mut an, |e| e.store_directory(&entries)).unwrap();
    assert_eq!(batch.year, Some(2020));
}

#[test]
fn what_no_document_takes_is_tried_once_and_again_when_there_is_room() {
    let in_memory = |image: Option<&[u8]>| {
        let db = crate::storage::memory::open(image).unwrap();
        let unlocked = unlocked(Path::new(""), "td-an");
        let means = (
            Arc::new(FixedClock) as Arc<dyn Clock>,
            Box::new(crate::SystemRandom) as _,
        );
        crate::opening::over(db, &unlocked, means, None).unwrap().0
    };
    let mut an = in_memory(None);
    let (one, _) = attempt(&mut an, |e| e.edit(&narrative(Heads::default(), 1, "Một."))).unwrap();
    let first = pending(&an);
    // The same disk on another machine: another change under the same number.
    let image = crate::storage::memory::image(&mut an.db).unwrap();
    let mut copy = in_memory(Some(&image));
    let here = narrative(one.heads.clone(), 2, "Một. Ở đây.");
    attempt(&mut an, |e| e.edit(&here)).unwrap();
    attempt(&mut copy, |e| {
        e.edit(&narrative(one.heads, 3, "Một. Ở kia."))
    })
    .unwrap();
    let other = pending(&copy).pop().unwrap();
    let waits = |e: &Engine| {
        let waits = "SELECT waits FROM change WHERE hash = ?1";
        let hash = other.0.id.0;
        e.db.query_row(waits, [hash], |row| row.get::<_, i64>(0))
            .unwrap()
    };
    receive(&mut an, &[arrived(&other)]);
    assert_eq!(waits(&an), 2);
    assert_eq!(changes::waiting(&an.db, &doc()).unwrap(), []);
    // The relay refuses ours: there is room for the other.
    let ours = pending(&an).pop().unwrap().0.id;
    let bad = [(ours, Rejection::DuplicateSeq)];
    attempt(&mut an, |e| e.quarantine(&doc(), &bad)).unwrap();
    assert_eq!((waits(&an), first.len()), (0, 3));
    assert_projected(&mut an);
}
