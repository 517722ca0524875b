//! What nobody can be faster than: the disk's own write, SQLite's commit, and a WebSocket there and
//! back.

use std::{
    fs::File,
    io::Write,
    path::Path,
    time::{Duration, Instant},
};

use futures_util::{SinkExt, StreamExt};
use rusqlite::{Connection, params};
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, accept_async, connect_async, tungstenite::Message,
};

/// About as much as a change with its signature.
const BYTES: usize = 256;

/// A file to which is appended.
pub(super) struct Disk(File);

impl Disk {
    pub(super) fn open(folder: &Path) -> anyhow::Result<Self> {
        Ok(Self(File::create(folder.join("floor"))?))
    }

    /// Appends and waits for the disk.
    pub(super) fn fdatasync(&mut self) -> anyhow::Result<Duration> {
        let begun = Instant::now();
        self.0.write_all(&[7; BYTES])?;
        self.0.sync_data()?;
        Ok(begun.elapsed())
    }
}

/// A connection to somebody who says again what is said.
pub(super) struct Echo {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    server: JoinHandle<anyhow::Result<()>>,
}

impl Echo {
    pub(super) async fn open() -> anyhow::Result<Self> {
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
        let (socket, _) = connect_async(url).await?;
        Ok(Self { socket, server })
    }

    /// A message over loopback and back.
    pub(super) async fn once(&mut self) -> anyhow::Result<Duration> {
        let begun = Instant::now();
        self.socket.send(Message::binary(vec![7; BYTES])).await?;
        self.socket.next().await;
        Ok(begun.elapsed())
    }
}

impl Drop for Echo {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// A log in SQLite as the relay has it: the same columns, the same keys, the same care for the disk,
/// and nothing else.
pub(super) struct Log {
    sql: Connection,
    rows: u32,
}

impl Log {
    pub(super) fn open(folder: &Path) -> anyhow::Result<Self> {
        let sql = Connection::open(folder.join("floor.db"))?;
        sql.pragma_update(None, "journal_mode", "WAL")?;
        sql.pragma_update(None, "synchronous", "FULL")?;
        sql.execute_batch(
            "CREATE TABLE change (
                 doc INTEGER NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL,
                 chain BLOB NOT NULL, actor BLOB NOT NULL, signature BLOB, bytes BLOB NOT NULL,
                 UNIQUE (doc, seq), UNIQUE (doc, hash), UNIQUE (doc, actor, seq)
             ) STRICT",
        )?;
        Ok(Self { sql, rows: 0 })
    }

    /// One transaction with so many changes, each of another document.
    pub(super) fn commit(&mut self, changes: u32) -> anyhow::Result<Duration> {
        let begun = Instant::now();
        let sql = self.sql.transaction()?;
        for doc in 0..changes {
            self.rows += 1;
            let mut hash = [0_u8; 32];
            // Spread as hashes are.
            hash[..4].copy_from_slice(&self.rows.wrapping_mul(2_654_435_769).to_be_bytes());
            sql.prepare_cached(
                "INSERT INTO change (doc, seq, hash, chain, actor, signature, bytes)
                 VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                doc,
                self.rows,
                hash,
                [7_u8; 16],
                [7_u8; 64],
                [7_u8; 128]
            ])?;
        }
        sql.commit()?;
        Ok(begun.elapsed())
    }
}
