//! One WebSocket to the relay.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use sync::frame::MAX_FRAME;
use tokio::{
    net::TcpStream,
    time::{Instant, timeout, timeout_at},
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async_with_config,
    tungstenite::{Error, Message, protocol::WebSocketConfig},
};

use super::ConnectionEnd;

/// How long the relay may take to answer the first word, and to take a frame.
const TIMEOUT: Duration = Duration::from_secs(20);

/// After how long a silence the relay is asked whether it is still there; after as long again it is
/// not.
const SILENCE: Duration = Duration::from_secs(20);

/// How much is read at once; what is not filled has to be cleared each time.
const READ_AT_ONCE: usize = 8 * 1024;

type Stream = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// An open connection.
pub(super) struct Socket {
    socket: Stream,
    silence: Silence,
}

/// How long the relay has said nothing. Only what comes from the relay begins it anew: what this
/// side sends, or whoever stops waiting to send something, says nothing of the other.
struct Silence {
    longest: Duration,
    ends: Instant,
    asked: bool,
}

impl Silence {
    fn new(longest: Duration) -> Self {
        Self {
            longest,
            ends: Instant::now() + longest,
            asked: false,
        }
    }

    fn broken(&mut self) {
        *self = Self::new(self.longest);
    }

    /// It has lasted so long that the relay is to be asked. False if it was asked already.
    fn ask(&mut self) -> bool {
        self.ends = Instant::now() + self.longest;
        !std::mem::replace(&mut self.asked, true)
    }
}

impl Socket {
    fn new(socket: Stream, longest_silence: Duration) -> Self {
        Self {
            socket,
            silence: Silence::new(longest_silence),
        }
    }

    /// Connects to the relay at `url`.
    pub(super) async fn open(url: &str) -> Result<Self, ConnectionEnd> {
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_AT_ONCE)
            .max_message_size(Some(MAX_FRAME))
            .max_frame_size(Some(MAX_FRAME));
        let address = format!("{}/v1/ws", url.replacen("http", "ws", 1));
        let connecting = connect_async_with_config(address, Some(config), true);
        match timeout(TIMEOUT, connecting).await {
            Ok(Ok((socket, _))) => Ok(Self::new(socket, SILENCE)),
            Ok(Err(error)) => Err(classify(url, &error)),
            Err(_) => Err(ConnectionEnd::Cut("no answer".to_owned())),
        }
    }

    /// The next frame. Safe to drop and call again.
    pub(super) async fn next(&mut self) -> Result<Vec<u8>, ConnectionEnd> {
        loop {
            let message = match timeout_at(self.silence.ends, self.socket.next()).await {
                Ok(Some(Ok(message))) => message,
                Ok(Some(Err(error))) => return Err(ConnectionEnd::Cut(error.to_string())),
                Ok(None) => return Err(ConnectionEnd::Cut("closed".to_owned())),
                Err(_) => {
                    if !self.silence.ask() {
                        return Err(ConnectionEnd::Cut("silent".to_owned()));
                    }
                    self.put(Message::Ping(Vec::new().into())).await?;
                    continue;
                }
            };
            self.silence.broken();
            match message {
                Message::Binary(bytes) => return Ok(bytes.into()),
                Message::Close(_) => return Err(ConnectionEnd::Cut("closed".to_owned())),
                Message::Text(_) => return Err(not_a_relay("")),
                Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {}
            }
        }
    }

    /// Sends a frame.
    pub(super) async fn send(&mut self, frame: Vec<u8>) -> Result<(), ConnectionEnd> {
        self.put(Message::Binary(frame.into())).await
    }

    /// Says goodbye.
    pub(super) async fn close(&mut self) {
        // Gone already, or gone soon: nothing depends on it.
        let _ = timeout(Duration::from_secs(1), self.socket.close(None)).await;
    }

    async fn put(&mut self, message: Message) -> Result<(), ConnectionEnd> {
        match timeout(TIMEOUT, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(ConnectionEnd::Cut(error.to_string())),
            Err(_) => Err(ConnectionEnd::Cut("takes nothing".to_owned())),
        }
    }
}

/// Tells no relay at all from one that cannot be reached just now.
fn classify(url: &str, error: &Error) -> ConnectionEnd {
    match error {
        // A gateway without its relay behind it.
        Error::Http(response) if response.status().is_server_error() => {
            ConnectionEnd::Cut(response.status().to_string())
        }
        Error::Http(_) | Error::Url(_) | Error::HttpFormat(_) => not_a_relay(url),
        Error::Protocol(problem) if !is_cut(problem) => not_a_relay(url),
        error => ConnectionEnd::Cut(error.to_string()),
    }
}

fn is_cut(problem: &tokio_tungstenite::tungstenite::error::ProtocolError) -> bool {
    use tokio_tungstenite::tungstenite::error::ProtocolError as P;
    matches!(
        problem,
        P::HandshakeIncomplete | P::ResetWithoutClosingHandshake
    )
}

fn not_a_relay(url: &str) -> ConnectionEnd {
    ConnectionEnd::NotARelay(format!(
        "Địa chỉ máy chủ {url} trả lời nhưng không phải máy chủ Tiến Độ. \
         Dữ liệu vẫn lưu trên máy; hãy báo quản trị kiểm tra địa chỉ."
    ))
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;
    use tokio::net::TcpListener;
    use tokio_tungstenite::{accept_async, connect_async};

    use super::*;

    /// Each local edit stops the waiting for what comes next, and begins it anew.
    #[tokio::test]
    async fn whoever_writes_all_the_time_hears_the_silence_all_the_same() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("ws://{}", listener.local_addr().unwrap());
        let accept = async {
            let (socket, _) = listener.accept().await.unwrap();
            accept_async(socket).await.unwrap()
        };
        let (connected, _silent_relay) = tokio::join!(connect_async(url), accept);
        let mut socket = Socket::new(connected.unwrap().0, Duration::from_hours(1));
        assert!(socket.silence.ask());
        let ends = socket.silence.ends;
        for _ in 0..3 {
            assert!(socket.next().now_or_never().is_none());
        }
        assert_eq!(socket.silence.ends, ends);
        // An hour later.
        socket.silence.ends = Instant::now();
        let heard = timeout(Duration::from_secs(5), socket.next()).await;
        let end = heard.expect("the silence is never heard");
        assert!(matches!(end, Err(ConnectionEnd::Cut(why)) if why == "silent"));
    }
}
