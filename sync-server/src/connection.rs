//! One replica's connection: a socket, and a [`Session`] that decides everything.

pub(crate) mod actions;
mod idle;
mod outgoing;

use std::{sync::Arc, time::Duration};

use axum::{
    body::Bytes,
    extract::ws::{Message, WebSocket},
};
use futures_util::{StreamExt, stream::SplitStream};
use sync::{
    Refusal,
    relay::{Context, Event, Session},
};
use tokio::time::timeout;
use tracing::{debug, field::display, info};

use self::{
    idle::{IdleAction, IdleTimer},
    outgoing::Outgoing,
};
use crate::{hub::Registration, listener::Caller, relay::Relay};

/// How long the last frames may take to reach the peer.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(1);

/// Serves one connection until it ends. The caller is let in as soon as they have proved who they
/// are.
pub(crate) async fn serve(socket: WebSocket, relay: Arc<Relay>, nonce: [u8; 32], caller: Caller) {
    let (sink, stream) = socket.split();
    let (session, challenge) = Session::open(relay.key.clone(), nonce, (relay.clock)());
    let mut connection = Connection {
        registration: relay.hub.join(),
        idle_timer: IdleTimer::new(relay.silence),
        relay,
        session,
        stream,
        out: Outgoing::new(sink),
        unauthenticated: Some(caller),
        state: Phase::Open,
    };
    debug!(connection = connection.registration.number(), "opened");
    connection.perform(challenge).await;
    connection.run().await;
    connection.close().await;
}

struct Connection {
    relay: Arc<Relay>,
    registration: Registration,
    session: Session,
    stream: SplitStream<WebSocket>,
    out: Outgoing,
    idle_timer: IdleTimer,
    /// The caller, until they have authenticated.
    unauthenticated: Option<Caller>,
    state: Phase,
}

enum Phase {
    Open,
    /// The session wants no more; why, if the relay closes.
    Ended(Option<Refusal>),
}

impl Connection {
    async fn run(&mut self) {
        while let Phase::Open = self.state {
            if let Some(event) = self.next().await {
                self.handle(event).await;
            }
        }
    }

    async fn handle(&mut self, event: Event) {
        let gone = matches!(event, Event::Closed);
        let directory = self.relay.hub.directory();
        let cx = Context {
            directory: &directory,
            now: (self.relay.clock)(),
        };
        let actions = self.session.handle(event, cx);
        self.let_in();
        self.perform(actions).await;
        if gone {
            self.state = Phase::Ended(None);
        }
    }

    /// Whoever has just authenticated is no longer limited here and may ask over HTTP. This comes
    /// before the welcome is sent, because they may ask at once.
    fn let_in(&mut self) {
        if let Some(enrolment) = self.session.enrolment().cloned()
            && let Some(ticket) = self.session.ticket()
            && let Some(caller) = self.unauthenticated.take()
        {
            let connection = self.registration.number();
            info!(connection, from = %caller.addr, %enrolment, "authenticated");
            self.registration.take_ticket(ticket, enrolment);
            caller.let_in();
        }
    }

    /// What happens next; nothing where it does not concern the session.
    async fn next(&mut self) -> Option<Event> {
        let event_queue = Arc::clone(self.registration.event_queue());
        let (room, idle) = (self.out.has_room(), self.out.is_idle());
        // Without `biased`: many publications must not keep the peer's frames waiting.
        tokio::select! {
            event = event_queue.next(room) => Some(event),
            sent = self.out.step(), if !idle => sent.is_err().then_some(Event::Closed),
            message = self.stream.next(), if room => {
                self.idle_timer.heard();
                match message {
                    Some(Ok(Message::Binary(bytes))) => Some(Event::Frame(bytes.into())),
                    // No frame of any kind; the session will say so.
                    Some(Ok(Message::Text(text))) => Some(Event::Frame(text.as_bytes().to_vec())),
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => None,
                    Some(Ok(Message::Close(_)) | Err(_)) | None => Some(Event::Closed),
                }
            }
            tired = self.idle_timer.ends() => match tired {
                IdleAction::Ping => {
                    self.out.push_first(Message::Ping(Bytes::new()));
                    None
                }
                IdleAction::Close => Some(Event::Closed),
            }
        }
    }

    /// Sends the last frames, if the peer takes them soon, and closes.
    async fn close(self) {
        let reason = match &self.state {
            Phase::Ended(Some(refusal)) => Some(display(refusal)),
            Phase::Ended(None) | Phase::Open => None,
        };
        info!(connection = self.registration.number(), reason, "closed");
        // No more is published to this connection from here on.
        drop(self.registration);
        let _ = timeout(CLOSE_TIMEOUT, self.out.finish()).await;
    }
}
