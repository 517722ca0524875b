//! One replica's connection: a socket, and a [`Session`] that decides everything.

mod actions;
mod patience;

use std::{collections::VecDeque, sync::Arc, time::Duration};

use axum::{
    body::Bytes,
    extract::ws::{Message, WebSocket},
};
use futures_util::{
    SinkExt, StreamExt,
    stream::{SplitSink, SplitStream},
};
use sync::{
    Refusal,
    relay::{Context, Event, Session},
};
use tokio::{
    sync::{OwnedSemaphorePermit, mpsc},
    task::JoinHandle,
    time::timeout,
};
use tracing::{debug, field::display, info};

use self::patience::{Patience, Tired};
use crate::{hub::Seat, relay::Relay};

/// How many messages may wait for the socket.
const MAX_OUT: usize = 16;

/// How long a last word may take to reach the peer.
const TIME_TO_PART: Duration = Duration::from_secs(1);

/// Serves one connection until it ends. `newcomer` is given back as soon as the peer has proved
/// who it is.
pub(crate) async fn serve(
    socket: WebSocket,
    relay: Arc<Relay>,
    nonce: [u8; 32],
    newcomer: OwnedSemaphorePermit,
) {
    let (sink, stream) = socket.split();
    let (out, messages) = mpsc::channel(MAX_OUT);
    let sender = tokio::spawn(send_all(sink, messages));
    let (session, challenge) = Session::open(relay.key.clone(), nonce, (relay.clock)());
    let mut connection = Connection {
        seat: relay.hub.join(),
        relay,
        session,
        stream,
        out,
        pending: VecDeque::new(),
        patience: Patience::with_a_newcomer(),
        newcomer: Some(newcomer),
        state: State::Open,
    };
    debug!(connection = connection.seat.number(), "opened");
    connection.perform(challenge).await;
    connection.run().await;
    connection.part(sender).await;
}

struct Connection {
    relay: Arc<Relay>,
    seat: Seat,
    session: Session,
    stream: SplitStream<WebSocket>,
    out: mpsc::Sender<Message>,
    /// What the socket has not taken yet. While there is any, nothing is read from the peer and
    /// nothing new is fetched for it: whoever sends without reading holds up only itself.
    pending: VecDeque<Message>,
    patience: Patience,
    newcomer: Option<OwnedSemaphorePermit>,
    state: State,
}

enum State {
    Open,
    /// The session wants no more; why, if the relay closes.
    Ended(Option<Refusal>),
}

impl Connection {
    async fn run(&mut self) {
        while let State::Open = self.state {
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
        self.perform(actions).await;
        if gone {
            self.state = State::Ended(None);
        }
        if let (Some(enrolment), true) = (self.session.enrolment(), self.newcomer.is_some()) {
            info!(connection = self.seat.number(), %enrolment, "authenticated");
            self.newcomer = None;
            self.patience.with_somebody_known();
        }
    }

    /// What happens next; nothing where it does not concern the session.
    async fn next(&mut self) -> Option<Event> {
        let inbox = Arc::clone(self.seat.inbox());
        let free = self.pending.is_empty();
        tokio::select! {
            biased;
            event = inbox.next(free) => Some(event),
            Ok(place) = self.out.reserve(), if !free => {
                self.patience.renew();
                if let Some(message) = self.pending.pop_front() {
                    place.send(message);
                }
                None
            }
            message = self.stream.next(), if free => {
                self.patience.renew();
                match message {
                    Some(Ok(Message::Binary(bytes))) => Some(Event::Frame(bytes.into())),
                    // No frame of any kind; the session will say so.
                    Some(Ok(Message::Text(text))) => Some(Event::Frame(text.as_bytes().to_vec())),
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => None,
                    Some(Ok(Message::Close(_)) | Err(_)) | None => Some(Event::Closed),
                }
            }
            tired = self.patience.ends() => match tired {
                Tired::Ask => {
                    self.pending.push_back(Message::Ping(Bytes::new()));
                    None
                }
                Tired::GiveUp => Some(Event::Closed),
            }
        }
    }

    /// Lets the last words reach the peer, if it takes them in soon, and closes.
    async fn part(mut self, mut sender: JoinHandle<()>) {
        let reason = match &self.state {
            State::Ended(Some(refusal)) => Some(display(refusal)),
            State::Ended(None) | State::Open => None,
        };
        info!(connection = self.seat.number(), reason, "closed");
        // No more is published to this connection from here on.
        drop(self.seat);
        let last_words = async {
            for message in self.pending.drain(..) {
                if self.out.send(message).await.is_err() {
                    return;
                }
            }
            drop(self.out);
            let _ = (&mut sender).await;
        };
        if timeout(TIME_TO_PART, last_words).await.is_err() {
            sender.abort();
        }
    }
}

/// Sends what comes, then says good-bye.
async fn send_all(mut sink: SplitSink<WebSocket, Message>, mut messages: mpsc::Receiver<Message>) {
    while let Some(message) = messages.recv().await {
        if sink.send(message).await.is_err() {
            return;
        }
    }
    let _ = sink.close().await;
}
