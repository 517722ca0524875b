//! Where this connection's person is: passed on while it lasts, and not more often than anybody
//! could read.

use terms::{EnrolmentId, Timestamp};

use crate::{Presence, relay::Action};

/// How many times in one second a person's place is passed on.
const MAX_PER_SECOND: u32 = 8;

/// Where the person is, as the others were told.
#[derive(Debug, Default)]
pub(super) struct PresenceLimiter {
    told: Option<Presence>,
    second: Timestamp,
    times: u32,
}

impl PresenceLimiter {
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
        // Leaving is always told, or the person would stay where they were last seen.
        let in_time = presence.is_none() || self.times <= MAX_PER_SECOND;
        if fits && in_time && self.told != presence {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_places_are_told_in_a_second_and_leaving_always() {
        let (mut presence_limiter, enrolment) = (PresenceLimiter::default(), "e".parse().unwrap());
        let doc: terms::DocId = "programme/2019".parse().unwrap();
        let place = |path: u32| Presence {
            doc: doc.clone(),
            path: path.to_string(),
            typing: false,
        };
        let mut told = Vec::new();
        for path in 0..20 {
            presence_limiter.moved(&enrolment, Some(place(path)), Timestamp(0), &mut told);
        }
        assert_eq!(told.len(), MAX_PER_SECOND as usize);
        presence_limiter.moved(&enrolment, None, Timestamp(0), &mut told);
        let left = |action: &Action| matches!(action, Action::Presence { presence: None, .. });
        assert!(told.last().is_some_and(left));
        // The next second begins anew; what is said twice is told once, what is too long never.
        told.clear();
        let long = Presence {
            path: "x".repeat(200),
            ..place(0)
        };
        for presence in [place(1), place(1), long] {
            presence_limiter.moved(&enrolment, Some(presence), Timestamp(1), &mut told);
        }
        assert_eq!(told.len(), 1);
        presence_limiter.leave(&enrolment, &mut told);
        assert!(told.last().is_some_and(left));
    }
}
