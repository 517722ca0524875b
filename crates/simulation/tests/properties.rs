//! Real replicas and a real relay under every fault that the network knows: what the protocol
//! promises holds, no text that somebody typed is lost, and people can go on.

use proptest::prelude::*;
use replica::{Refused, stepped::Held};
use simulation::{Faults, Network, document};
use sync::{
    admit::Rejection,
    client::Status,
    frame::{MAX_FRAME, WINDOW},
};

/// Goes through a schedule, checking on the way, lets everything come to rest, and has everybody
/// write once more.
fn run(seed: u64, steps: usize, faults: Faults) -> Result<Network, String> {
    let mut network = Network::new(seed, 3);
    for step in 0..steps {
        network.step(&faults);
        if step % 50 == 0 {
            network.check()?;
        }
    }
    network.settle()?;
    network.check_settled()?;
    network.check_going_on()?;
    Ok(network)
}

fn holds(seed: u64, steps: usize, faults: Faults) -> Result<(), TestCaseError> {
    let run = run(seed, steps, faults);
    run.map(drop)
        .map_err(|why| TestCaseError::fail(format!("seed {seed}: {why}")))
}

const CUTS: Faults = Faults {
    cut: 5,
    replica_crash: 2,
    relay_crash: 1,
    ..Faults::NONE
};

/// Rights come and go while people write a lot: a refusal meets what was written meanwhile.
const RIGHTS: Faults = Faults {
    rights: 15,
    edit: 40,
    ..CUTS
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn cut_and_crashed_connections_lose_nothing(seed: u64) {
        holds(seed, 120, CUTS)?;
    }

    #[test]
    fn rights_that_change_meanwhile_let_nothing_in_and_lose_nothing(seed: u64) {
        holds(seed, 80, RIGHTS)?;
    }

    #[test]
    fn a_relay_restored_from_a_backup_is_filled_again(seed: u64) {
        holds(seed, 120, Faults { restore: 5, ..CUTS })?;
    }

    #[test]
    fn another_directory_after_a_restore_is_taken_whole_and_lets_people_go_on(seed: u64) {
        let forks = Faults { restore: 10, rights: 10, forks: true, edit: 30, ..CUTS };
        holds(seed, 80, forks)?;
    }

    #[test]
    fn frames_lost_doubled_and_overtaken_do_no_harm(seed: u64) {
        holds(seed, 120, Faults { mangle: 10, ..CUTS })?;
    }

    #[test]
    fn a_disk_put_back_or_copied_to_a_second_machine_loses_nothing_of_others(seed: u64) {
        holds(seed, 120, Faults { disks: 7, ..CUTS })?;
    }

    #[test]
    fn all_of_it_at_once(seed: u64) {
        holds(seed, 150, Faults { restore: 3, rights: 3, mangle: 5, disks: 4, ..CUTS })?;
    }
}

// Every letter is an operation of automerge: these take longest.
proptest! {
    #![proptest_config(ProptestConfig::with_cases(2))]

    #[test]
    fn large_changes_keep_within_the_window(seed: u64) {
        holds(seed, 40, Faults { large: true, edit: 10, ..CUTS })?;
    }
}

/// A person commits the next change while the refusal of the one before is on its way.
#[test]
fn a_schedule_that_once_left_a_document_that_does_not_load() {
    run(8_214_209_051_159_296_383, 80, RIGHTS).unwrap();
}

/// A change builds on two that went aside, of which only one comes back: it goes on to be aside.
#[test]
fn a_schedule_in_which_one_of_two_refused_changes_comes_back() {
    run(14_950_212_824_728_779_077, 80, RIGHTS).unwrap();
}

fn held(network: &Network, replica: usize) -> Vec<Held> {
    network
        .replica(replica)
        .changes()
        .expect("a database in memory")
}

fn refused(network: &Network, replica: usize) -> Vec<Refused> {
    network
        .replica(replica)
        .refused()
        .expect("a database in memory")
}

#[test]
fn without_faults_everything_is_acknowledged_and_nothing_refused() {
    let mut network = Network::new(1, 3);
    for round in 0..10 {
        for replica in 0..3 {
            network.write_large(replica, &document(replica), 1);
        }
        network.write_large(3, &document(round % 3), 1);
    }
    network.settle().unwrap();
    network.check_settled().unwrap();
    for replica in 0..network.replicas() {
        assert_eq!(network.status(replica), &Status::Live);
        assert!(held(&network, replica).iter().all(|held| !held.is_pending));
        assert!(refused(&network, replica).is_empty());
    }
    // 40 edits with the birth of a cell for each, and of each of three documents.
    let lengths = (0..3).map(|of| network.length(&document(of)));
    assert_eq!(lengths.sum::<u64>(), 83);
}

#[test]
fn two_machines_with_one_disk_both_keep_what_was_written_on_them() {
    let mut network = Network::new(3, 1);
    network.write_large(0, &document(0), 1);
    network.settle().unwrap();
    let second = network.clone_replica(0);
    for replica in [0, second] {
        network.write_large(replica, &document(0), 1);
    }
    network.settle().unwrap();
    network.check_settled().unwrap();
    // One of the two was first; the other's has the same actor and number, and is kept aside.
    let aside = |replica| {
        let refused = refused(&network, replica).into_iter();
        let same = refused.filter(|refused| refused.rejection == Rejection::DuplicateSeq);
        same.count()
    };
    assert_eq!(aside(0) + aside(second), 1);
    // From then on the two are two actors.
    for replica in [0, second] {
        network.write_large(replica, &document(0), 1);
    }
    network.settle().unwrap();
    network.check_settled().unwrap();
    // The document's birth, five cells, one edit before the copy, one of the pair, and both of the
    // second round.
    assert_eq!(network.length(&document(0)), 10);
}

#[test]
fn a_stream_of_more_than_a_window_comes_through_in_one_connection() {
    let mut network = Network::new(2, 1);
    for _ in 0..27 {
        network.write_large(0, &document(0), 40_000);
    }
    network.settle().unwrap();
    let window = usize::try_from(WINDOW).unwrap();
    assert!(network.most_in_flight() <= window + 2 * MAX_FRAME);
    for replica in 0..network.replicas() {
        let held = held(&network, replica).into_iter();
        assert_eq!(held.filter(|held| !held.is_pending).count(), 55);
    }
    assert_eq!(network.length(&document(0)), 55);
}
