//! Where this connection's person is: passed on while it lasts, and not more often than anybody
//! could read.

use terms::{EnrolmentId, Timestamp};

use crate::{Presence, relay::Action};

/// How many times in one second a person's place is passed on.
const MAX_PER_SECOND: u32 = 8;

/// Where the person is, as the others were told.
#[derive(Debug, Default)]
pub(super) struct Nearby {
    told: Option<Presence>,
    second: Timestamp,
    times: u32,
}

impl Nearby {
    /// The person went elsewhere.
    pub(super) fn moved(
        &mut self,
        enrolment: &EnrolmentId,
        presence: Option<Presence>,
        now: Timestamp,
        out: &mut Vec<Action>,
    ) {
        if self.second != now {
            (self.second, self.times) = (now, 0);
        }
        self.times += 1;
        let fits = presence.as_ref().is_none_or(Presence::fits);
        if fits && self.times <= MAX_PER_SECOND && self.told != presence {
            self.told.clone_from(&presence);
            out.push(Action::Presence {
                enrolment: enrolment.clone(),
                presence,
            });
        }
    }

    /// The connection ends.
    pub(super) fn leave(&mut self, enrolment: &EnrolmentId, out: &mut Vec<Action>) {
        if self.told.take().is_some() {
            out.push(Action::Presence {
                enrolment: enrolment.clone(),
                presence: None,
            });
        }
    }
}
