//! One connection: proving both sides to each other, and what is under way on it.

use std::collections::BTreeSet;

use terms::{DocId, EnrolmentId, Timestamp};

use super::{Problem, Setup};
use crate::{
    Signature, Ticket,
    frame::{Auth, ClientFrame, RelayFrame, WINDOW},
    handshake::{self, Transcript},
};

/// How far a connection has got.
#[derive(Debug)]
pub(super) enum ConnectionState {
    /// There is none.
    Closed,
    /// The relay has to prove itself.
    Opened { nonce: [u8; 32] },
    /// The relay has to welcome.
    Authenticating {
        nonce: [u8; 32],
        challenge: [u8; 32],
        time: Timestamp,
    },
    /// Both sides are who they say.
    Open(Open),
}

/// What is under way on an open connection.
#[derive(Debug)]
pub(super) struct Open {
    /// What lets requests over HTTP in.
    pub(super) ticket: Ticket,
    /// Documents of which nothing is here, being begun.
    pub(super) beginning: BTreeSet<DocId>,
    /// Documents followed.
    pub(super) followed: BTreeSet<DocId>,
    /// `Follow` frames sent.
    pub(super) follows: u32,
    /// Whether everything there was has come.
    pub(super) up_to_date: bool,
    /// Bytes stored and not yet given back as credit.
    owed: u32,
}

impl Open {
    fn new(ticket: Ticket) -> Self {
        Self {
            ticket,
            beginning: BTreeSet::new(),
            followed: BTreeSet::new(),
            follows: 0,
            up_to_date: false,
            owed: 0,
        }
    }

    /// So many bytes of streams have been dealt with. Credit goes back in quarters of the window.
    pub(super) fn return_credit(&mut self, bytes: usize) -> Option<ClientFrame> {
        self.owed = self
            .owed
            .saturating_add(u32::try_from(bytes).unwrap_or(u32::MAX));
        (self.owed >= WINDOW / 4).then(|| ClientFrame::Credit {
            bytes: std::mem::take(&mut self.owed),
        })
    }
}

impl ConnectionState {
    /// Answers the relay's challenge, if it comes from the relay of the code.
    pub(super) fn challenged(
        &mut self,
        me: &Setup,
        challenge: [u8; 32],
        at: Timestamp,
        signature: &Signature,
        now: Timestamp,
    ) -> Result<ClientFrame, Problem> {
        let Self::Opened { nonce } = *self else {
            return Err(Problem::OutOfOrder("thử thách hai lần"));
        };
        if !handshake::is_challenge_of(&me.relay, &challenge, at, signature) {
            return Err(Problem::WrongRelay);
        }
        let signature = transcript(me, &challenge, &nonce, now).sign(&me.key);
        *self = Self::Authenticating {
            nonce,
            challenge,
            time: now,
        };
        let (enrolment, app): (EnrolmentId, String) = (me.enrolment.clone(), me.app.clone());
        Ok(ClientFrame::Auth(Auth {
            enrolment,
            nonce,
            time: now,
            app,
            signature,
        }))
    }

    /// The relay says welcome: it must have seen this very proof.
    pub(super) fn welcomed(&mut self, me: &Setup, signature: &Signature) -> Result<(), Problem> {
        let Self::Authenticating {
            nonce,
            challenge,
            time,
        } = self
        else {
            return Err(Problem::OutOfOrder("chào trước khi xác thực"));
        };
        if !transcript(me, challenge, nonce, *time).is_welcomed(signature) {
            return Err(Problem::WrongRelay);
        }
        *self = Self::Open(Open::new(Ticket::of(signature)));
        Ok(())
    }

    /// Whether a frame of this kind may come now.
    pub(super) fn expects(&self, frame: &RelayFrame) -> bool {
        match frame {
            RelayFrame::Refused(_) => true,
            RelayFrame::Challenge { .. } => matches!(self, Self::Opened { .. }),
            RelayFrame::Welcome { .. } => matches!(self, Self::Authenticating { .. }),
            _ => matches!(self, Self::Open(_)),
        }
    }
}

fn transcript<'a>(
    me: &'a Setup,
    challenge: &'a [u8; 32],
    nonce: &'a [u8; 32],
    time: Timestamp,
) -> Transcript<'a> {
    Transcript {
        challenge,
        relay: &me.relay,
        enrolment: &me.enrolment,
        nonce,
        time,
    }
}
