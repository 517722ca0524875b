//! The state machine: who is at the other end, and what they say.

mod jobs;
mod presence_limiter;
mod streams;

use jobs::{Job, Jobs};
use presence_limiter::PresenceLimiter;
use streams::Streams;
use terms::{EnrolmentId, Timestamp};

use super::{Action, Context, Event};
use crate::{
    Keypair, Refusal, Ticket,
    frame::{self, Auth, ClientFrame, RelayFrame},
    handshake,
    refusal::MAX_SKEW,
};

/// One connection, seen from the relay.
#[derive(Debug)]
pub struct Session {
    relay: Keypair,
    state: SessionState,
    streams: Streams,
    jobs: Jobs,
    presence_limiter: PresenceLimiter,
}

#[derive(Debug)]
enum SessionState {
    Challenged {
        nonce: [u8; 32],
    },
    Open {
        enrolment: EnrolmentId,
        ticket: Ticket,
    },
    Closed,
}

impl Session {
    /// A connection was opened. `nonce` is fresh and random.
    pub fn open(relay: Keypair, nonce: [u8; 32], now: Timestamp) -> (Self, Vec<Action>) {
        let signature = handshake::sign_challenge(&relay, &nonce, now);
        let challenge = RelayFrame::Challenge {
            nonce,
            time: now,
            signature,
        };
        let session = Self {
            relay,
            state: SessionState::Challenged { nonce },
            streams: Streams::default(),
            jobs: Jobs::default(),
            presence_limiter: PresenceLimiter::default(),
        };
        (session, vec![Action::Send(frame::encode(&challenge))])
    }

    /// Who is connected, once that is proved.
    pub fn enrolment(&self) -> Option<&EnrolmentId> {
        match &self.state {
            SessionState::Open { enrolment, .. } => Some(enrolment),
            SessionState::Challenged { .. } | SessionState::Closed => None,
        }
    }

    /// What lets the connected replica's requests over HTTP in, as long as it is connected.
    pub fn ticket(&self) -> Option<Ticket> {
        match &self.state {
            SessionState::Open { ticket, .. } => Some(*ticket),
            SessionState::Challenged { .. } | SessionState::Closed => None,
        }
    }

    /// The longest frame that may come now. The shell lets its socket refuse longer ones.
    pub fn frame_limit(&self) -> usize {
        match self.state {
            SessionState::Open { .. } => frame::MAX_FRAME,
            SessionState::Challenged { .. } | SessionState::Closed => frame::MAX_FRAME_BEFORE_AUTH,
        }
    }

    /// Takes in what happened and says what to do, in order.
    pub fn handle(&mut self, event: Event, cx: Context<'_>) -> Vec<Action> {
        let mut out = Vec::new();
        if matches!(self.state, SessionState::Closed) {
            return out;
        }
        if matches!(event, Event::Closed) {
            self.leave(&mut out);
            self.state = SessionState::Closed;
            return out;
        }
        let refusal = self
            .is_still_welcome(cx)
            .and_then(|()| self.take(event, cx, &mut out));
        match refusal {
            Ok(()) => self.pump(cx, &mut out),
            Err(refusal) => self.refuse(refusal, &mut out),
        }
        out
    }

    /// A revoked enrolment is out at the next event, whatever it is.
    fn is_still_welcome(&self, cx: Context<'_>) -> Result<(), Refusal> {
        let revoked = self
            .enrolment()
            .and_then(|enrolment| cx.directory.revoked(enrolment));
        revoked.map_or(Ok(()), |revoked| {
            Err(Refusal::Revoked {
                why: revoked.why.clone(),
            })
        })
    }

    fn refuse(&mut self, refusal: Refusal, out: &mut Vec<Action>) {
        out.push(Action::Send(frame::encode(&RelayFrame::Refused(
            refusal.clone(),
        ))));
        self.leave(out);
        out.push(Action::Close(Some(refusal)));
        self.state = SessionState::Closed;
    }

    fn leave(&mut self, out: &mut Vec<Action>) {
        if let SessionState::Open { enrolment, .. } = &self.state {
            self.presence_limiter.leave(enrolment, out);
        }
    }

    fn pump(&mut self, cx: Context<'_>, out: &mut Vec<Action>) {
        if let SessionState::Open { enrolment, .. } = &self.state {
            self.jobs.pump(enrolment, out);
            self.streams.pump(cx, out);
        }
    }

    fn take(
        &mut self,
        event: Event,
        cx: Context<'_>,
        out: &mut Vec<Action>,
    ) -> Result<(), Refusal> {
        match event {
            Event::Frame(bytes) => self.frame(&bytes, cx, out)?,
            Event::Appended { doc, outcomes } => {
                self.jobs.done();
                self.streams.appended(&doc, outcomes, out);
            }
            Event::Missing { doc, ids } => {
                self.jobs.done();
                send(&RelayFrame::Wanted { doc, ids }, out);
            }
            Event::DirectoryAppended(fits) => {
                self.jobs.done();
                self.streams.directory_given(fits, out);
            }
            Event::Page(page) => self.streams.page(&page, out),
            Event::DirectoryPage(entries) => self.streams.directory_page(entries, out),
            Event::Published { doc, entries } => self.streams.published(&doc, &entries, cx, out),
            Event::DirectoryChanged => {
                if let SessionState::Open { enrolment, .. } = &self.state {
                    self.streams.rights_changed(enrolment, cx);
                }
            }
            Event::Presence {
                enrolment,
                presence,
            } => {
                if self.streams.has_room() && self.streams.shows(presence.as_ref()) {
                    send(
                        &RelayFrame::Presence {
                            enrolment,
                            presence,
                        },
                        out,
                    );
                }
            }
            Event::Failed => return Err(Refusal::Trouble),
            Event::Stopping => return Err(Refusal::Stopping),
            Event::Closed => {}
        }
        Ok(())
    }

    fn frame(
        &mut self,
        bytes: &[u8],
        cx: Context<'_>,
        out: &mut Vec<Action>,
    ) -> Result<(), Refusal> {
        let frame = frame::decode::<ClientFrame>(bytes, self.frame_limit())
            .map_err(|error| Refusal::BadFrame(error.to_string()))?;
        match (&self.state, frame) {
            (SessionState::Challenged { nonce }, ClientFrame::Auth(auth)) => {
                let nonce = *nonce;
                self.authenticate(&nonce, auth, cx, out)
            }
            (SessionState::Challenged { .. }, _) => Err(Refusal::NotAuthenticated),
            (SessionState::Open { enrolment, .. }, frame) => {
                let enrolment = enrolment.clone();
                self.open_frame(&enrolment, frame, bytes.len(), cx, out)
            }
            (SessionState::Closed, _) => Ok(()),
        }
    }

    fn authenticate(
        &mut self,
        challenge: &[u8; 32],
        auth: Auth,
        cx: Context<'_>,
        out: &mut Vec<Action>,
    ) -> Result<(), Refusal> {
        let known = cx
            .directory
            .enrolment(&auth.enrolment)
            .ok_or(Refusal::UnknownEnrolment)?;
        let transcript = handshake::Transcript {
            challenge,
            relay: &self.relay.public(),
            enrolment: &auth.enrolment,
            nonce: &auth.nonce,
            time: auth.time,
        };
        if !transcript.is_of(&known.key, &auth.signature) {
            return Err(Refusal::BadSignature);
        }
        // Told only to whoever has proved to be the one revoked.
        if let Some(revoked) = &known.revoked {
            return Err(Refusal::Revoked {
                why: revoked.why.clone(),
            });
        }
        if auth.time.0.abs_diff(cx.now.0) > MAX_SKEW.unsigned_abs() {
            return Err(Refusal::ClockSkew {
                device: auth.time,
                relay: cx.now,
            });
        }
        let signature = transcript.sign_welcome(&self.relay);
        send(&RelayFrame::Welcome { signature }, out);
        self.state = SessionState::Open {
            ticket: Ticket::of(&signature),
            enrolment: auth.enrolment,
        };
        Ok(())
    }

    fn open_frame(
        &mut self,
        enrolment: &EnrolmentId,
        frame: ClientFrame,
        len: usize,
        cx: Context<'_>,
        out: &mut Vec<Action>,
    ) -> Result<(), Refusal> {
        match frame {
            ClientFrame::Auth(_) => Err(Refusal::BadFrame("xác thực hai lần".to_owned())),
            ClientFrame::FollowDirectory { from } => {
                self.streams.follow_directory(from, cx, out);
                Ok(())
            }
            ClientFrame::Follow { docs } => self.streams.follow(enrolment, docs, cx),
            ClientFrame::Credit { bytes } => {
                self.streams.add_credit(bytes);
                Ok(())
            }
            ClientFrame::GiveDirectory { entries } => {
                self.jobs.add(Job::AppendDirectory(entries), len)
            }
            ClientFrame::Push { doc, changes } => self.jobs.add(Job::Append(doc, changes), len),
            ClientFrame::Offer { doc, ids } => self.jobs.add(Job::FindMissing(doc, ids), len),
            ClientFrame::Presence(presence) => {
                if self.streams.shows(presence.as_ref()) {
                    self.presence_limiter
                        .moved(enrolment, presence, cx.now, out);
                }
                Ok(())
            }
        }
    }
}

fn send(frame: &RelayFrame, out: &mut Vec<Action>) -> usize {
    let bytes = frame::encode(frame);
    let len = bytes.len();
    out.push(Action::Send(bytes));
    len
}
