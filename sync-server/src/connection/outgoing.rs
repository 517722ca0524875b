//! What waits for the socket of one connection.

use std::collections::VecDeque;

use axum::extract::ws::{Message, WebSocket};
use futures_util::{SinkExt as _, future::poll_fn, stream::SplitSink};
use sync::frame::MAX_FRAME;

/// How many bytes may wait before nothing more is fetched for the peer or read from it. More than
/// the window of streams and the answers to all that a peer may ask: whoever sends without reading
/// holds up only itself, and whoever reads slowly while it sends is read on.
const MAX_QUEUED_BYTES: usize = 2 * MAX_FRAME;

/// Messages in their order, and the way to the socket.
#[derive(Debug)]
pub(super) struct Outgoing {
    sink: SplitSink<WebSocket, Message>,
    waiting: VecDeque<Message>,
    bytes: usize,
    /// Whether the socket was given something that it may not have passed on yet.
    given: bool,
}

impl Outgoing {
    pub(super) fn new(sink: SplitSink<WebSocket, Message>) -> Self {
        Self {
            sink,
            waiting: VecDeque::new(),
            bytes: 0,
            given: false,
        }
    }

    pub(super) fn push(&mut self, message: Message) {
        self.bytes += len(&message);
        self.waiting.push_back(message);
    }

    /// Before all that waits: a question that is not to wait for it.
    pub(super) fn push_first(&mut self, message: Message) {
        self.bytes += len(&message);
        self.waiting.push_front(message);
    }

    /// Whether there is room for more.
    pub(super) fn has_room(&self) -> bool {
        self.bytes <= MAX_QUEUED_BYTES
    }

    /// Whether there is anything to do.
    pub(super) fn is_idle(&self) -> bool {
        self.waiting.is_empty() && !self.given
    }

    /// Gives the socket one message, or has it pass on what it was given. Safe to cancel.
    pub(super) async fn step(&mut self) -> Result<(), axum::Error> {
        if self.waiting.is_empty() {
            self.sink.flush().await?;
            self.given = false;
            return Ok(());
        }
        poll_fn(|cx| self.sink.poll_ready_unpin(cx)).await?;
        if let Some(message) = self.waiting.pop_front() {
            self.bytes -= len(&message);
            self.given = true;
            self.sink.start_send_unpin(message)?;
        }
        Ok(())
    }

    /// Sends all that waits, and good-bye.
    pub(super) async fn finish(mut self) {
        while !self.is_idle() {
            if self.step().await.is_err() {
                return;
            }
        }
        let _ = self.sink.close().await;
    }
}

fn len(message: &Message) -> usize {
    match message {
        Message::Binary(bytes) => bytes.len(),
        _ => 0,
    }
}
