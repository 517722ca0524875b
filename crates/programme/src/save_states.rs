//! How far each change has got, as the replica's database says.

use std::{
    collections::{BTreeMap, HashMap},
    num::NonZeroU64,
};

use terms::{ChangeId, SaveState};

/// How far each change has got. What is kept is what was *said*: that the relay has a change, or
/// that it refuses it. A change of which nothing was said is on this device.
///
/// Some forty bytes a change; a year of a whole province has some 37 000.
#[derive(Debug, Clone, Default)]
pub struct SaveStates {
    at_province: HashMap<ChangeId, Option<NonZeroU64>>,
    refused: BTreeMap<ChangeId, String>,
}

impl SaveStates {
    /// The relay has a change in its log, under this number if it is known.
    pub fn set_at_province(&mut self, change: ChangeId, seq: Option<u64>) {
        // The relay counts from 1.
        let seq = seq.and_then(NonZeroU64::new);
        self.at_province.insert(change, seq);
    }

    /// The relay has not, or no more, said that it has a change.
    pub fn set_on_device(&mut self, change: &ChangeId) {
        self.at_province.remove(change);
    }

    /// All changes that the relay refuses, each with why.
    pub fn set_refused(&mut self, refused: BTreeMap<ChangeId, String>) {
        self.refused = refused;
    }

    /// How far a change has got.
    pub fn of(&self, change: &ChangeId) -> SaveState {
        match (self.refused.get(change), self.at_province.get(change)) {
            (Some(reason), _) => SaveState::Refused {
                reason: reason.clone(),
            },
            (None, Some(seq)) => SaveState::Province {
                seq: seq.map(NonZeroU64::get),
            },
            (None, None) => SaveState::Device,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_at_the_province_before_the_relay_has_said_so() {
        let mut states = SaveStates::default();
        let change = ChangeId([1; 32]);
        assert_eq!(states.of(&change), SaveState::Device);
        states.set_at_province(change, Some(7));
        assert_eq!(states.of(&change), SaveState::Province { seq: Some(7) });
        states.set_on_device(&change);
        assert_eq!(states.of(&change), SaveState::Device);
        let reason = "sai quyền".to_owned();
        states.set_refused(BTreeMap::from([(change, reason.clone())]));
        assert_eq!(states.of(&change), SaveState::Refused { reason });
    }
}
