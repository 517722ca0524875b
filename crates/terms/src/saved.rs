//! How safe what a person wrote is, from the key pressed to the province.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::{Timestamp, rows::Authored};

/// Where something that a person wrote has got to: the one type for it, from the row in `SQLite`
/// to the word on the screen. The variants stand in the order of safety, the least safe first.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SaveState {
    /// «Gõ dở»: typed and kept on this device, not an edit yet.
    Draft,
    /// «Bị từ chối»: the relay does not take it; it is kept aside on this device.
    Refused {
        /// Why: what happened and what to do next.
        reason: String,
    },
    /// «Đã lưu trên máy»: an edit on this disk, of which the relay has said nothing.
    Device,
    /// «Đã lên tỉnh»: the relay said that it is in its log.
    Province {
        /// Its number in the log of its document. None where it came in a snapshot: the relay has
        /// signed for all that the snapshot holds, without the number of each.
        seq: Option<u64>,
    },
}

impl SaveState {
    /// The safer, the greater. The relay's numbers say nothing about safety.
    fn safety(&self) -> u8 {
        match self {
            Self::Draft => 0,
            Self::Refused { .. } => 1,
            Self::Device => 2,
            Self::Province { .. } => 3,
        }
    }

    /// Whether the relay refused it.
    pub fn is_refused(&self) -> bool {
        matches!(self, Self::Refused { .. })
    }
}

/// What is said of the safety of a field: the least safe of its current values, whoever wrote
/// them, and when that was; of several alike the last.
pub fn least_safe<T>(values: &[Authored<T>]) -> Option<(SaveState, Timestamp)> {
    let least = values
        .iter()
        .min_by_key(|said| (said.saved.safety(), Reverse((said.at, said.change))))?;
    Some((least.saved.clone(), least.at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ChangeId, rows::Author};

    fn said(saved: SaveState, at: i64) -> Authored<()> {
        Authored {
            value: Some(()),
            by: Author {
                enrolment: "td-an".parse().unwrap(),
                person: String::new(),
                agency: String::new(),
            },
            at: Timestamp(at),
            change: ChangeId([0; 32]),
            saved,
        }
    }

    #[test]
    fn a_field_is_as_safe_as_its_least_safe_value() {
        let refused = || SaveState::Refused {
            reason: String::new(),
        };
        let province = |seq| SaveState::Province { seq };
        let table = [
            (vec![], None),
            // A colleague's later value at the province hides nothing of one's own.
            (
                vec![(SaveState::Device, 1), (province(Some(7)), 9)],
                Some((SaveState::Device, 1)),
            ),
            (
                vec![(SaveState::Device, 1), (refused(), 2), (province(None), 3)],
                Some((refused(), 2)),
            ),
            (
                vec![(SaveState::Draft, 5), (refused(), 2)],
                Some((SaveState::Draft, 5)),
            ),
            // Of several alike the last was written last, whatever their numbers.
            (
                vec![
                    (province(Some(3)), 8),
                    (province(None), 9),
                    (province(Some(1)), 4),
                ],
                Some((province(None), 9)),
            ),
        ];
        for (values, least) in table {
            let values: Vec<_> = values.into_iter().map(|(s, at)| said(s, at)).collect();
            let least = least.map(|(state, at)| (state, Timestamp(at)));
            assert_eq!(least_safe(&values), least);
        }
    }
}
