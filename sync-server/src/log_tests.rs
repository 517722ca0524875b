//! The log without its thread.

use sync::directory::{DirectoryEntry, DirectoryEvent};
use terms::{AgencyClass, Timestamp};

use super::*;

const NOW: Timestamp = Timestamp(1_568_170_800);

/// A log whose directory has so many entries.
fn log(folder: &std::path::Path, entries: u64) -> Log {
    let mut store = Store::open(&folder.join("relay.db"), || [7; 32]).unwrap();
    let key = Keypair::from_seed(&[7; 32]);
    let mut directory = Arc::new(Directory::new(key.public()));
    for number in 0..entries {
        let fact = agency(number);
        let written = store.write(|tx| enrol::append(fact, tx, &mut directory, &key, NOW));
        written.unwrap();
    }
    Log::new(store, key, directory, Arc::new(|| NOW))
}

fn agency(number: u64) -> DirectoryEvent {
    DirectoryEvent::AgencyAdded {
        id: format!("xa-{number}").parse().unwrap(),
        name: format!("Xã {number}"),
        short: format!("Xã {number}"),
        class: AgencyClass::CapHuyen,
    }
}

fn entries(log: &mut Log) -> Vec<SignedEntry> {
    log.store.read(|tx| tx.entries_after(0)).unwrap()
}

/// Carries out one request in a transaction of its own.
fn alone<T>(log: &mut Log, request: impl FnOnce(&mut Log) -> Result<T, StoreError>) -> T {
    database::begin(log).unwrap();
    let done = database::attempt(log, request).unwrap();
    database::commit(log).unwrap();
    done
}

#[test]
fn entries_given_back_are_compared_without_reading_the_directory() {
    let folder = tempfile::tempdir().unwrap();
    let mut log = log(folder.path(), 3);
    let known = entries(&mut log);
    let record = DirectoryEntry {
        time: NOW,
        fact: agency(9),
    };
    let next = SignedEntry::sign(&record, log.directory.tail(), &log.key);
    let other = SignedEntry::sign(&record, log.directory.at(1).unwrap(), &log.key);
    // Whoever read them now would find none.
    log.store
        .connection()
        .execute_batch("DELETE FROM directory")
        .unwrap();
    let mut give = |entries: &[SignedEntry]| alone(&mut log, |log| log.append_directory(entries));
    assert!(give(&known));
    assert!(give(&known[1..2]));
    assert!(!give(&[other]), "another entry under a known number");
    let mut forged = known[1].clone();
    forged.signature = known[2].signature;
    assert!(!give(&[forged]), "a signature of another entry");
    assert!(give(&[known[2].clone(), next.clone()]));
    assert_eq!(log.directory.tail().seq, 4);
    assert_eq!(entries(&mut log), [next]);
}

#[test]
fn a_request_that_fails_leaves_the_directory_of_those_before_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut log = log(folder.path(), 1);
    let tail = log.directory.tail();
    let next = |at, number| {
        let record = DirectoryEntry {
            time: NOW,
            fact: agency(number),
        };
        SignedEntry::sign(&record, at, &Keypair::from_seed(&[7; 32]))
    };
    let second = next(tail, 2);
    let third = next(second.check(tail, log.directory.relay()).unwrap(), 3);
    log.store
        .connection()
        .execute_batch(
            "CREATE TRIGGER odd BEFORE INSERT ON directory WHEN NEW.seq = 3
             BEGIN SELECT RAISE(ABORT, 'odd'); END",
        )
        .unwrap();
    database::begin(&mut log).unwrap();
    let give = |log: &mut Log, entry: &SignedEntry| {
        database::attempt(log, |log| log.append_directory(std::slice::from_ref(entry)))
    };
    assert!(give(&mut log, &second).unwrap());
    let failed = give(&mut log, &third).unwrap_err();
    let said = database::causes(&failed).to_string();
    assert!(said.contains("odd"), "the cause is lost: {said}");
    let committed = database::commit(&mut log).unwrap();
    assert_eq!(committed.directory.tail().seq, 2);
    assert_eq!(entries(&mut log).len(), 2);
}
