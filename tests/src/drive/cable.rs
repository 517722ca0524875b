//! The cable between an app and the relay: a TCP proxy that can be cut and joined, and that can
//! hold back what the app sends.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use anyhow::Context;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpListener, TcpStream,
        tcp::{ReadHalf, WriteHalf},
    },
    sync::watch,
    task::JoinHandle,
};

/// A cable. Dropping it pulls it for ever.
#[derive(Debug)]
pub struct Cable {
    whole: Arc<watch::Sender<bool>>,
    held: Arc<watch::Sender<bool>>,
    carried: Arc<AtomicU64>,
    hauling: JoinHandle<()>,
}

impl Cable {
    /// Lays a cable from a port of this computer to another.
    pub async fn lay(from: SocketAddr, to: SocketAddr) -> anyhow::Result<Self> {
        let listener = TcpListener::bind(from)
            .await
            .context("the cable's port is taken")?;
        let whole = Arc::new(watch::Sender::new(true));
        let held = Arc::new(watch::Sender::new(false));
        let carried = Arc::new(AtomicU64::new(0));
        let ends = Ends {
            to,
            held: Arc::clone(&held),
            carried: Arc::clone(&carried),
        };
        let hauling = tokio::spawn(carry(listener, ends, Arc::clone(&whole)));
        Ok(Self {
            whole,
            held,
            carried,
            hauling,
        })
    }

    /// Cuts it: what is connected breaks, what connects breaks at once.
    pub fn cut(&self) {
        self.whole.send_replace(false);
    }

    /// How many bytes it has carried so far, both ways.
    pub fn carried(&self) -> u64 {
        self.carried.load(Ordering::Relaxed)
    }

    /// Joins it again.
    pub fn join(&self) {
        self.whole.send_replace(true);
    }

    /// Holds back what the app sends. What is sent to it arrives all the same.
    pub fn hold(&self) {
        self.held.send_replace(true);
    }

    /// Lets go what was held back.
    pub fn release(&self) {
        self.held.send_replace(false);
    }
}

impl Drop for Cable {
    fn drop(&mut self) {
        self.cut();
        self.hauling.abort();
    }
}

#[derive(Clone)]
struct Ends {
    to: SocketAddr,
    held: Arc<watch::Sender<bool>>,
    carried: Arc<AtomicU64>,
}

async fn carry(listener: TcpListener, ends: Ends, whole: Arc<watch::Sender<bool>>) {
    while let Ok((near, _)) = listener.accept().await {
        let (mut whole, ends) = (whole.subscribe(), ends.clone());
        tokio::spawn(async move {
            tokio::select! {
                // The sockets are dropped either way, and the two ends notice.
                () = ends.join(near) => {}
                _ = whole.wait_for(|whole| !whole) => {}
            }
        });
    }
}

impl Ends {
    async fn join(&self, mut near: TcpStream) {
        let Ok(mut far) = TcpStream::connect(self.to).await else {
            return;
        };
        let (from_near, to_near) = near.split();
        let (from_far, to_far) = far.split();
        tokio::select! {
            () = self.copy(from_near, to_far, Some(self.held.subscribe())) => {}
            () = self.copy(from_far, to_near, None) => {}
        }
    }

    /// Carries one way; while `held` it carries nothing.
    async fn copy(
        &self,
        mut from: ReadHalf<'_>,
        mut to: WriteHalf<'_>,
        mut held: Option<watch::Receiver<bool>>,
    ) {
        let mut bytes = [0; 16 * 1024];
        while let Ok(count @ 1..) = from.read(&mut bytes).await {
            if let Some(held) = &mut held
                && held.wait_for(|held| !held).await.is_err()
            {
                return;
            }
            self.carried.fetch_add(count as u64, Ordering::Relaxed);
            if to.write_all(&bytes[..count]).await.is_err() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn echo() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let (mut read, mut write) = socket.split();
                    let _ = tokio::io::copy(&mut read, &mut write).await;
                });
            }
        });
        address
    }

    async fn hears_itself(address: SocketAddr) -> bool {
        let Ok(mut socket) = TcpStream::connect(address).await else {
            return false;
        };
        let mut heard = [0; 2];
        socket.write_all(b"hi").await.is_ok() && socket.read_exact(&mut heard).await.is_ok()
    }

    #[tokio::test]
    async fn a_cut_cable_carries_nothing_until_it_is_joined() {
        let far = echo().await;
        let free = TcpListener::bind("127.0.0.1:0")
            .await
            .unwrap()
            .local_addr()
            .unwrap();
        let cable = Cable::lay(free, far).await.unwrap();
        assert!(hears_itself(free).await);
        let mut open = TcpStream::connect(free).await.unwrap();
        cable.cut();
        assert!(matches!(open.read(&mut [0; 1]).await, Ok(0) | Err(_)));
        assert!(!hears_itself(free).await);
        cable.join();
        assert!(hears_itself(free).await);
    }

    #[tokio::test]
    async fn what_is_held_back_arrives_when_it_is_released() {
        let far = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let free = TcpListener::bind("127.0.0.1:0")
            .await
            .unwrap()
            .local_addr()
            .unwrap();
        let cable = Cable::lay(free, far.local_addr().unwrap()).await.unwrap();
        let mut app = TcpStream::connect(free).await.unwrap();
        let (mut relay, _) = far.accept().await.unwrap();
        cable.hold();
        app.write_all(b"up").await.unwrap();
        relay.write_all(b"down").await.unwrap();
        let mut down = [0; 4];
        app.read_exact(&mut down).await.unwrap();
        assert_eq!(&down, b"down");
        let mut up = [0; 2];
        let early = relay.try_read(&mut up);
        assert!(early.is_err(), "nothing was to come: {early:?}");
        cable.release();
        relay.read_exact(&mut up).await.unwrap();
        assert_eq!(&up, b"up");
    }
}
