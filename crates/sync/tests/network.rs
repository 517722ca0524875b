//! Replicas and a relay under every fault that the network knows: what design §6 promises holds.

use proptest::prelude::*;
use sync::{
    admit::Rejection,
    client::Status,
    network::{Faults, Network, RowState, document},
};

/// Goes through a schedule, checking at every step, and lets everything come to rest.
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn cut_and_crashed_connections_lose_nothing(seed: u64) {
        holds(seed, 400, CUTS)?;
    }

    #[test]
    fn rights_that_change_meanwhile_let_nothing_in_and_lose_nothing(seed: u64) {
        holds(seed, 400, Faults { rights: 3, ..CUTS })?;
    }

    #[test]
    fn a_relay_restored_from_a_backup_is_filled_again(seed: u64) {
        holds(seed, 400, Faults { restore: 3, ..CUTS })?;
    }

    #[test]
    fn frames_lost_doubled_and_overtaken_do_no_harm(seed: u64) {
        holds(seed, 400, Faults { mangle: 10, ..CUTS })?;
    }

    #[test]
    fn a_disk_put_back_or_copied_to_a_second_machine_loses_nothing_of_others(seed: u64) {
        holds(seed, 400, Faults { disks: 5, ..CUTS })?;
    }

    #[test]
    fn all_of_it_at_once(seed: u64) {
        holds(seed, 500, Faults { restore: 2, rights: 2, mangle: 5, disks: 3, ..CUTS })?;
    }

    #[test]
    fn large_changes_keep_within_the_window(seed: u64) {
        holds(seed, 150, Faults { large: true, edit: 30, ..CUTS })?;
    }
}

#[test]
fn without_faults_everything_is_acknowledged_and_nothing_refused() {
    let mut network = Network::new(1, 3);
    for round in 0..20 {
        for replica in 0..3 {
            network.edit(replica, &document(replica), &format!("{round}"));
        }
        network.edit(3, &document(round % 3), "xem lại");
    }
    network.settle().unwrap();
    network.check_settled().unwrap();
    for replica in 0..network.replicas() {
        assert_eq!(network.status(replica), &Status::Live);
        let mut rows = network.disk(replica).rows();
        assert!(rows.all(|(_, row)| matches!(row.state, RowState::Acknowledged(_))));
    }
    // 80 edits and a birth for each of three documents.
    assert_eq!(
        (0..3)
            .map(|of| network.log().entries(&document(of)).len())
            .sum::<usize>(),
        83
    );
}

#[test]
fn two_machines_with_one_disk_both_keep_what_was_written_on_them() {
    let mut network = Network::new(3, 1);
    network.edit(0, &document(0), "trước khi chép đĩa");
    network.settle().unwrap();
    let second = network.clone_replica(0);
    for replica in [0, second] {
        network.edit(replica, &document(0), &format!("trên máy {replica}"));
    }
    network.settle().unwrap();
    network.check_settled().unwrap();
    // One of the two was first; the other's has the same actor and number, and is kept aside.
    let refused = |replica| {
        let states = network.disk(replica).rows().map(|(_, row)| &row.state);
        let aside =
            states.filter(|state| **state == RowState::Quarantined(Rejection::DuplicateSeq));
        aside.count()
    };
    assert_eq!(refused(0) + refused(second), 1);
    // From then on the two are two actors.
    for replica in [0, second] {
        network.edit(
            replica,
            &document(0),
            &format!("lần nữa trên máy {replica}"),
        );
    }
    network.settle().unwrap();
    network.check_settled().unwrap();
    // A birth, one edit before the copy, one of the pair, and both of the second round.
    assert_eq!(network.log().entries(&document(0)).len(), 5);
}

#[test]
fn a_stream_of_several_windows_comes_through_in_one_connection() {
    let mut network = Network::new(2, 1);
    for _ in 0..150 {
        network.edit(0, &document(0), &"x".repeat(20_000));
    }
    network.settle().unwrap();
    network.check_settled().unwrap();
    assert_eq!(network.log().entries(&document(0)).len(), 151);
}
