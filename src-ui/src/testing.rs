//! What the tests of the screens share.

use terms::{
    ChangeId, SaveState, Timestamp,
    rows::{Author, Authored},
};

/// A value that somebody wrote on this device.
pub(crate) fn authored<T>(value: Option<T>, who: &str) -> Authored<T> {
    Authored {
        value,
        by: Author {
            enrolment: who.parse().unwrap(),
            person: who.to_uppercase(),
            agency: "Trần Đề".into(),
        },
        at: Timestamp(0),
        change: ChangeId([0; 32]),
        saved: SaveState::Device,
    }
}
