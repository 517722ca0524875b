//! What nobody can be faster than: the disk's own write, and a WebSocket there and back.

use std::{fs::File, io::Write, path::Path, time::Instant};

use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpListener;
use tokio_tungstenite::{accept_async, connect_async, tungstenite::Message};

use super::sample::Sample;

/// About as much as a change with its signature.
const BYTES: usize = 256;

/// Appends and waits for the disk, so many times.
pub(super) fn fdatasync(folder: &Path, times: u64) -> anyhow::Result<Sample> {
    let mut file = File::create(folder.join("floor"))?;
    let mut sample = Sample::default();
    for _ in 0..times {
        let begun = Instant::now();
        file.write_all(&[7; BYTES])?;
        file.sync_data()?;
        sample.add(begun.elapsed());
    }
    Ok(sample)
}

/// A message over loopback and back, so many times.
pub(super) async fn websocket_echo(times: u64) -> anyhow::Result<Sample> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("ws://{}", listener.local_addr()?);
    let server = tokio::spawn(async move {
        let (socket, _) = listener.accept().await?;
        let (mut out, mut back) = accept_async(socket).await?.split();
        while let Some(message) = back.next().await {
            out.send(message?).await?;
        }
        anyhow::Ok(())
    });
    let (mut socket, _) = connect_async(url).await?;
    let mut sample = Sample::default();
    for _ in 0..times {
        let begun = Instant::now();
        socket.send(Message::binary(vec![7; BYTES])).await?;
        socket.next().await;
        sample.add(begun.elapsed());
    }
    server.abort();
    Ok(sample)
}
