//! The cable between an app and the relay: a TCP proxy that can be cut and joined.

use std::{net::SocketAddr, sync::Arc};

use anyhow::Context;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

/// A cable. Dropping it pulls it for ever.
#[derive(Debug)]
pub struct Cable {
    whole: Arc<watch::Sender<bool>>,
    carrier: JoinHandle<()>,
}

impl Cable {
    /// Lays a cable from a port of this computer to another.
    pub async fn lay(from: SocketAddr, to: SocketAddr) -> anyhow::Result<Self> {
        let listener = TcpListener::bind(from)
            .await
            .context("the cable's port is taken")?;
        let whole = Arc::new(watch::Sender::new(true));
        let carrier = tokio::spawn(carry(listener, to, Arc::clone(&whole)));
        Ok(Self { whole, carrier })
    }

    /// Cuts it: what is connected breaks, what connects breaks at once.
    pub fn cut(&self) {
        self.whole.send_replace(false);
    }

    /// Joins it again.
    pub fn join(&self) {
        self.whole.send_replace(true);
    }
}

impl Drop for Cable {
    fn drop(&mut self) {
        self.cut();
        self.carrier.abort();
    }
}

async fn carry(listener: TcpListener, to: SocketAddr, whole: Arc<watch::Sender<bool>>) {
    while let Ok((near, _)) = listener.accept().await {
        let mut whole = whole.subscribe();
        tokio::spawn(async move {
            tokio::select! {
                // The sockets are dropped either way, and the two ends notice.
                () = join(near, to) => {}
                _ = whole.wait_for(|whole| !whole) => {}
            }
        });
    }
}

async fn join(mut near: TcpStream, to: SocketAddr) {
    if let Ok(mut far) = TcpStream::connect(to).await {
        let _ = copy_bidirectional(&mut near, &mut far).await;
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

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
}
