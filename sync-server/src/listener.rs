//! Limits connections that have not authenticated: few at a time, for a short time, with few bytes.
//!
//! Whatever such a peer does (sends nothing, sends a request byte by byte, leaves the answer
//! unread), its connection ends when its time is up. Therefore the limits are at the socket and not
//! at the requests.

mod unauthenticated;

use std::{
    io,
    net::{IpAddr, SocketAddr},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    extract::connect_info::Connected,
    serve::{IncomingStream, Listener},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    time::{Instant, Sleep, sleep},
};
use tracing::warn;

use self::unauthenticated::{Slot, Unauthenticated};
use crate::limiter::rate_limit_key;

/// How many bytes an unauthenticated peer may send in all: a few requests.
const MAX_BYTES: usize = 256 * 1024;

/// How much more time a valid code gives, to read the whole directory.
const EXTENSION: Duration = Duration::from_mins(2);

/// Listens, and limits connections until they have authenticated.
#[derive(Debug)]
pub(crate) struct GuardedListener {
    listener: TcpListener,
    unauthenticated: Arc<Unauthenticated>,
    time: Duration,
    proxies: Vec<IpAddr>,
}

impl GuardedListener {
    /// An unauthenticated connection gets so much time. `proxies` are trusted to name the caller.
    pub(crate) fn new(listener: TcpListener, time: Duration, proxies: &[IpAddr]) -> Self {
        let proxies = proxies.iter().map(IpAddr::to_canonical).collect();
        Self {
            listener,
            unauthenticated: Arc::default(),
            time,
            proxies,
        }
    }

    fn slot(&self, from: IpAddr, is_proxy: bool) -> Option<Slot> {
        if is_proxy {
            // The first request will tell the caller's address.
            return Unauthenticated::slot_for_proxy(&self.unauthenticated, rate_limit_key(from));
        }
        Unauthenticated::slot(&self.unauthenticated, rate_limit_key(from))
    }
}

impl Listener for GuardedListener {
    type Io = GuardedSocket;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (GuardedSocket, SocketAddr) {
        loop {
            let (socket, addr) = Listener::accept(&mut self.listener).await;
            // A change is small and must not wait for the next one.
            if let Err(error) = socket.set_nodelay(true) {
                warn!(%error, "nodelay");
            }
            let is_proxy = self.proxies.contains(&addr.ip().to_canonical());
            let Some(slot) = self.slot(addr.ip(), is_proxy) else {
                warn!(%addr, "too many unauthenticated connections");
                continue;
            };
            let caller = Caller {
                addr,
                is_proxy,
                slot: Arc::new(slot),
            };
            let ends = Box::pin(sleep(self.time));
            let guarded = GuardedSocket {
                socket,
                caller,
                ends,
                bytes: 0,
            };
            return (guarded, addr);
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// Who is at the other end of a socket.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// Where they call from, as far as it is known.
    pub(crate) addr: SocketAddr,
    /// Whether a proxy calls for them that is to be believed.
    pub(crate) is_proxy: bool,
    slot: Arc<Slot>,
}

impl Caller {
    /// They have authenticated: no limit applies here any more.
    pub(crate) fn let_in(&self) {
        self.slot.leave();
    }

    /// The proxy says that somebody at this address calls. False if there are too many
    /// unauthenticated connections from there.
    pub(crate) fn is_at(&mut self, address: IpAddr) -> bool {
        self.addr.set_ip(address);
        self.slot.move_to(rate_limit_key(address))
    }

    /// They have shown a code and get more time, once.
    pub(crate) fn extend(&self) {
        self.slot.extend();
    }
}

impl Connected<IncomingStream<'_, GuardedListener>> for Caller {
    fn connect_info(stream: IncomingStream<'_, GuardedListener>) -> Self {
        stream.io().caller.clone()
    }
}

/// A socket that is closed when the time to authenticate is over.
#[derive(Debug)]
pub(crate) struct GuardedSocket {
    socket: TcpStream,
    caller: Caller,
    ends: Pin<Box<Sleep>>,
    /// How many bytes came before authentication.
    bytes: usize,
}

impl GuardedSocket {
    fn is_unauthenticated(&self) -> bool {
        self.caller.slot.is_taken()
    }

    /// Polled before everything that may wait, so that the task is woken when the time is over.
    fn still_in_time(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        while self.is_unauthenticated() && self.ends.as_mut().poll(cx).is_ready() {
            if !self.caller.slot.take_extension() {
                return Err(io::ErrorKind::TimedOut.into());
            }
            self.ends.as_mut().reset(Instant::now() + EXTENSION);
        }
        Ok(())
    }
}

impl AsyncRead for GuardedSocket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.still_in_time(cx)?;
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.socket).poll_read(cx, buffer);
        if self.is_unauthenticated() {
            self.bytes += buffer.filled().len() - before;
            if self.bytes > MAX_BYTES {
                return Poll::Ready(Err(io::ErrorKind::QuotaExceeded.into()));
            }
        }
        polled
    }
}

impl AsyncWrite for GuardedSocket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.still_in_time(cx)?;
        Pin::new(&mut self.socket).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.still_in_time(cx)?;
        Pin::new(&mut self.socket).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(cx)
    }
}
