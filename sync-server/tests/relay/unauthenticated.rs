//! Whoever has not proved who they are has little time and few places.

use std::time::Duration;

use sync::frame::{self, ClientFrame};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpSocket, TcpStream},
};

use crate::support::{Connection, TRAN_DE, TestRelay};

/// What a stranger says before falling silent, with the connection open.
const OPENINGS: [&str; 4] = [
    "",
    "GET /health HTTP/1.1\r\nHost: tinh",
    "POST /v1/enrol HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\n\
     Content-Length: 900\r\n\r\n{\"secret\"",
    "GET /v1/ws HTTP/1.1\r\nHost: t\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
     Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
];

/// Reads until the relay ends the connection, however it ends.
async fn ends(socket: &mut TcpStream) {
    let mut rest = [0; 4096];
    while socket.read(&mut rest).await.is_ok_and(|read| read > 0) {}
}

#[tokio::test]
async fn whoever_proves_nothing_is_sent_away_and_nobody_else() {
    let soon = Duration::from_millis(300);
    let mut relay = TestRelay::start_with(|config| config.auth_timeout = soon).await;
    let an = relay.enrol("an").await;
    let mut known = an.connect(relay.addr).await;
    for opening in OPENINGS {
        let mut stranger = TcpStream::connect(relay.addr).await.unwrap();
        stranger.write_all(opening.as_bytes()).await.unwrap();
        ends(&mut stranger).await;
    }
    // Frames that are no authentication buy no time: the first of them ends it.
    let mut busy = Connection::open(relay.addr).await;
    busy.send_bytes(frame::encode(&ClientFrame::Credit { bytes: 1 }))
        .await;
    busy.refusal().await;
    // Long after a stranger's time is up, who was let in is still there.
    known.follow(&[TRAN_DE]).await;
}

#[tokio::test]
async fn a_stranger_may_send_little() {
    let forever = Duration::from_hours(1);
    let relay = TestRelay::start_with(|config| config.auth_timeout = forever).await;
    let mut stranger = TcpStream::connect(relay.addr).await.unwrap();
    let request = format!("GET /health HTTP/1.1\r\nHost: {}\r\n\r\n", "x".repeat(500));
    // One harmless request after another, until the relay has had enough.
    while stranger.write_all(request.as_bytes()).await.is_ok() {
        let _ = stranger.read(&mut [0; 4096]).await;
    }
}

// Only Linux has more than one loopback address without being told.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn one_address_cannot_keep_the_others_out() {
    let forever = Duration::from_hours(1);
    let relay = TestRelay::start_with(|config| config.auth_timeout = forever).await;
    let mut crowd = Vec::new();
    for _ in 0..300 {
        crowd.push(TcpStream::connect(relay.addr).await.unwrap());
    }
    let elsewhere = TcpSocket::new_v4().unwrap();
    elsewhere.bind("127.0.0.2:0".parse().unwrap()).unwrap();
    let mut visitor = elsewhere.connect(relay.addr).await.unwrap();
    visitor
        .write_all(b"GET /health HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n")
        .await
        .unwrap();
    let mut answer = String::new();
    visitor.read_to_string(&mut answer).await.unwrap();
    assert!(answer.contains(sync_server::SERVICE), "{answer}");
    // When the crowd goes, its address is as good as any.
    drop(crowd);
    while reqwest::get(relay.url("/health")).await.is_err() {}
}
