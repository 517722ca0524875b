//! Strangers at the door: few at a time, not for long, and with little to carry.
//!
//! Whatever somebody does who has not proved who they are – say nothing, send a request byte by
//! byte, leave the answer unread – their connection ends when their time is up. So it is here, at
//! the socket, and not at the questions that a stranger may ask.

use std::{
    collections::HashMap,
    io,
    net::{IpAddr, SocketAddr},
    pin::Pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
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

use crate::limiter::household;

/// How many strangers there may be at once.
const MAX_STRANGERS: usize = 256;

/// How many of them from one address: nobody can keep all the others out.
const MAX_FROM_ONE: usize = MAX_STRANGERS / 2;

/// How many bytes a stranger may send in all: a few requests.
const MAX_BYTES: usize = 256 * 1024;

/// How much longer somebody gets who has shown a code, to take in the whole directory.
const MORE_TIME: Duration = Duration::from_mins(2);

/// Listens, and watches over those who come.
#[derive(Debug)]
pub(crate) struct Door {
    listener: TcpListener,
    strangers: Arc<Strangers>,
    time: Duration,
}

impl Door {
    /// A stranger gets so much time.
    pub(crate) fn new(listener: TcpListener, time: Duration) -> Self {
        Self {
            listener,
            strangers: Arc::default(),
            time,
        }
    }
}

impl Listener for Door {
    type Io = Guarded;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Guarded, SocketAddr) {
        loop {
            let (socket, addr) = Listener::accept(&mut self.listener).await;
            // A change is small and must not wait for the next one.
            if let Err(error) = socket.set_nodelay(true) {
                warn!(%error, "nodelay");
            }
            let Some(place) = Strangers::place(&self.strangers, household(addr.ip())) else {
                warn!(%addr, "too many strangers");
                continue;
            };
            let caller = Caller {
                addr,
                place: Arc::new(place),
            };
            let ends = Box::pin(sleep(self.time));
            let guarded = Guarded {
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
    pub(crate) addr: SocketAddr,
    place: Arc<Place>,
}

impl Caller {
    /// They have proved who they are: nothing limits them here any more.
    pub(crate) fn let_in(&self) {
        self.place.leave();
    }

    /// They have shown a code and get more time, once.
    pub(crate) fn give_time(&self) {
        self.place.more_time.store(true, Ordering::Relaxed);
    }
}

impl Connected<IncomingStream<'_, Door>> for Caller {
    fn connect_info(stream: IncomingStream<'_, Door>) -> Self {
        stream.io().caller.clone()
    }
}

/// A socket that ends when a stranger's time is up.
#[derive(Debug)]
pub(crate) struct Guarded {
    socket: TcpStream,
    caller: Caller,
    ends: Pin<Box<Sleep>>,
    /// How many bytes came while this was a stranger's.
    bytes: usize,
}

impl Guarded {
    fn is_strangers(&self) -> bool {
        !self.caller.place.left.load(Ordering::Acquire)
    }

    /// Asked before everything that may wait, so that whoever waits is woken when time is up.
    fn still_in_time(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        while self.is_strangers() && self.ends.as_mut().poll(cx).is_ready() {
            if !self.caller.place.more_time.swap(false, Ordering::Relaxed) {
                return Err(io::ErrorKind::TimedOut.into());
            }
            self.ends.as_mut().reset(Instant::now() + MORE_TIME);
        }
        Ok(())
    }
}

impl AsyncRead for Guarded {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.still_in_time(cx)?;
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.socket).poll_read(cx, buffer);
        if self.is_strangers() {
            self.bytes += buffer.filled().len() - before;
            if self.bytes > MAX_BYTES {
                return Poll::Ready(Err(io::ErrorKind::QuotaExceeded.into()));
            }
        }
        polled
    }
}

impl AsyncWrite for Guarded {
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

/// How many strangers there are, by address.
#[derive(Debug, Default)]
struct Strangers {
    from: Mutex<HashMap<IpAddr, usize>>,
}

impl Strangers {
    /// A place for one more, if there is any.
    fn place(strangers: &Arc<Self>, from: IpAddr) -> Option<Place> {
        let mut counts = strangers
            .from
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let (all, here) = (counts.values().sum::<usize>(), counts.get(&from).copied());
        if all >= MAX_STRANGERS || here.unwrap_or_default() >= MAX_FROM_ONE {
            return None;
        }
        *counts.entry(from).or_default() += 1;
        Some(Place {
            strangers: Arc::clone(strangers),
            from,
            left: AtomicBool::new(false),
            more_time: AtomicBool::new(false),
        })
    }

    fn left(&self, from: IpAddr) {
        let mut counts = self.from.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(here) = counts.get_mut(&from) {
            *here -= 1;
            if *here == 0 {
                counts.remove(&from);
            }
        }
    }
}

/// A stranger's place, until they are let in or gone.
#[derive(Debug)]
struct Place {
    strangers: Arc<Strangers>,
    from: IpAddr,
    left: AtomicBool,
    more_time: AtomicBool,
}

impl Place {
    fn leave(&self) {
        if !self.left.swap(true, Ordering::AcqRel) {
            self.strangers.left(self.from);
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.leave();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_leaves_places_for_others_and_places_come_back() {
        let strangers = Arc::default();
        let (one, other, third) = ([10, 0, 0, 1], [10, 0, 0, 2], [10, 0, 0, 3]);
        let place = |from: [u8; 4]| Strangers::place(&strangers, from.into());
        let mut places: Vec<_> = std::iter::from_fn(|| place(one)).collect();
        assert_eq!(places.len(), MAX_FROM_ONE);
        places.extend(std::iter::from_fn(|| place(other)));
        assert_eq!(places.len(), MAX_STRANGERS);
        assert!(place(third).is_none());
        // Let in and then gone: counted once.
        places[0].leave();
        drop(places.swap_remove(0));
        assert!(place(third).is_some());
        drop(places);
        assert!(strangers.from.lock().unwrap().is_empty(), "nothing is kept");
    }
}
