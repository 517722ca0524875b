//! What the tests of the screens share.

use terms::{
    ChangeId, SaveState, Timestamp,
    rows::{Author, Said},
};

/// A value that somebody wrote on this device.
pub(crate) fn said<T>(value: Option<T>, who: &str) -> Said<T> {
    Said {
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
