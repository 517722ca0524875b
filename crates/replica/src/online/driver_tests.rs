//! What becomes of the disk's part where a connection breaks.

use std::sync::Arc;

use futures_util::{SinkExt as _, StreamExt as _};
use sync::{
    directory::Directory,
    frame::{self, ClientFrame, MAX_FRAME},
    relay,
};
use tempfile::TempDir;
use terms::Heads;
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::{WebSocketStream, accept_async, tungstenite::Message};

use super::*;
use crate::{
    Clock as _, EditProblem, opening,
    testing::{self, FixedClock, narrative, unlocked},
};

/// A relay for one connection: it lets the caller in, and says nothing after that.
struct Peer {
    socket: WebSocketStream<TcpStream>,
}

impl Peer {
    async fn accept(listener: &TcpListener) -> Self {
        let (socket, _) = listener.accept().await.unwrap();
        let mut socket = accept_async(socket).await.unwrap();
        let mut directory = Directory::new(testing::relay().public());
        for entry in testing::directory() {
            directory.apply(&entry).unwrap();
        }
        let now = FixedClock.now();
        let (mut session, challenge) = relay::Session::open(testing::relay(), [7; 32], now);
        say(&mut socket, challenge).await;
        let auth = socket.next().await.unwrap().unwrap().into_data();
        let context = relay::Context {
            directory: &directory,
            now,
        };
        let welcome = session.handle(relay::Event::Frame(auth.into()), context);
        say(&mut socket, welcome).await;
        Self { socket }
    }

    /// What the caller says until the connection ends.
    async fn hear(mut self) -> Vec<ClientFrame> {
        let mut heard = Vec::new();
        while let Some(Ok(Message::Binary(bytes))) = self.socket.next().await {
            heard.push(frame::decode(&bytes, MAX_FRAME).unwrap());
        }
        heard
    }
}

async fn say(socket: &mut WebSocketStream<TcpStream>, actions: Vec<relay::Action>) {
    for action in actions {
        if let relay::Action::Send(bytes) = action {
            socket.send(Message::Binary(bytes.into())).await.unwrap();
        }
    }
}

/// A carrier over a disk with one change that the relay does not have.
async fn driver_with_a_change(folder: &TempDir) -> SyncDriver {
    let unlocked = unlocked(folder.path(), "td-an");
    let file = folder.path().join("replica.sqlite");
    let (engine, shared_model) = opening::open(&file, &unlocked, Arc::new(FixedClock)).unwrap();
    let shared_model = Arc::new(shared_model);
    let (writer, _) = crate::writer::start(engine, Arc::clone(&shared_model)).unwrap();
    let request = narrative(Heads::default(), 1, "Viết khi không có mạng.");
    writer
        .call(move |engine| engine.edit(&request))
        .await
        .unwrap();
    let context = SyncContext {
        enrolment: unlocked.enrolment().clone(),
        clock: Arc::new(FixedClock),
        writer,
        shared_model,
    };
    SyncDriver::read(context).await.ok().unwrap()
}

/// Connects, and proves who this is; the frame that lets it in is not looked at yet.
async fn connect_and_authenticate(
    driver: &mut SyncDriver,
    listener: &TcpListener,
) -> (Socket, Peer, Event) {
    let url = format!("http://{}", listener.local_addr().unwrap());
    let connect_and_authenticate = async {
        let mut socket = Socket::open(&url).await.ok().unwrap();
        let opened = Event::Opened { nonce: [8; 32] };
        driver.handle(opened, &mut socket).await.ok().unwrap();
        let challenge = socket.next().await.ok().unwrap();
        let challenge = Event::Frame(challenge);
        driver.handle(challenge, &mut socket).await.ok().unwrap();
        let welcome = socket.next().await.ok().unwrap();
        (socket, Event::Frame(welcome))
    };
    let ((socket, welcome), peer) = tokio::join!(connect_and_authenticate, Peer::accept(listener));
    (socket, peer, welcome)
}

#[tokio::test]
async fn a_change_that_was_being_read_when_the_connection_broke_is_sent_over_the_next() {
    let folder = TempDir::new().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut driver = driver_with_a_change(&folder).await;

    // It is let in, and the connection is gone before it can say anything. Then it is the machine's
    // turn: to follow, which cannot be sent, and to read what is pending.
    let (mut socket, mut peer, welcome) = connect_and_authenticate(&mut driver, &listener).await;
    let (closed, end) = tokio::join!(peer.socket.close(None), socket.next());
    assert!(closed.is_ok() && matches!(end, Err(ConnectionEnd::Cut(_))));
    let end = driver.handle(welcome, &mut socket).await;
    assert!(matches!(end, Err(ConnectionEnd::Cut(_))));
    drop(socket);
    assert_eq!(peer.hear().await, []);
    driver.closed();

    let (mut socket, peer, welcome) = connect_and_authenticate(&mut driver, &listener).await;
    driver.handle(welcome, &mut socket).await.ok().unwrap();
    let (heard, ()) = tokio::join!(peer.hear(), socket.close());
    let pushed = |frame: &&ClientFrame| matches!(frame, ClientFrame::Push { .. });
    assert_eq!(heard.iter().filter(pushed).count(), 1, "{heard:?}");
}

#[tokio::test]
async fn a_local_change_goes_to_the_relay_with_the_bytes_that_were_at_hand() {
    let folder = TempDir::new().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut driver = driver_with_a_change(&folder).await;
    driver.announce_committed().await.ok().unwrap();
    assert!(
        driver.untold.try_next().is_none(),
        "known from the start, told once"
    );
    let (mut socket, peer, welcome) = connect_and_authenticate(&mut driver, &listener).await;
    driver.handle(welcome, &mut socket).await.ok().unwrap();
    let begun = Event::Begun {
        doc: testing::doc(),
        cursor: sync::Cursor::START,
        ids: Vec::new(),
    };
    driver.handle(begun, &mut socket).await.ok().unwrap();
    let read = crate::engine::HEADERS_READ.with(std::cell::Cell::get);
    let request = narrative(Heads::default(), 2, "Viết khi có mạng.");
    let write = driver.call(move |engine| {
        let before = crate::engine::HEADERS_READ.with(std::cell::Cell::get);
        engine.edit(&request).map_err(|problem| match problem {
            EditProblem::Store(error) => error,
            other => panic!("{other}"),
        })?;
        Ok(crate::engine::HEADERS_READ.with(std::cell::Cell::get) - before)
    });
    assert_eq!(
        write.await.ok().unwrap(),
        0,
        "read again while it was stored"
    );
    let announced = driver.untold.next().await;
    let Event::Committed { change, .. } = &announced else {
        panic!("{announced:?}")
    };
    let bytes = change.bytes.clone();
    // No row gives these bytes any more: who reads them back from the disk sends nothing good.
    let spoil = driver.call(|engine| {
        engine
            .db
            .execute("UPDATE change SET bytes = x'00' WHERE seq = 2", [])?;
        Ok(())
    });
    spoil.await.ok().unwrap();
    driver.handle(announced, &mut socket).await.ok().unwrap();
    let (heard, ()) = tokio::join!(peer.hear(), socket.close());
    let sent = heard.iter().any(|frame| {
        matches!(frame, ClientFrame::Push { changes, .. }
            if changes.iter().any(|change| change.bytes == bytes))
    });
    assert!(sent, "{heard:?}");
    assert_eq!(crate::engine::HEADERS_READ.with(std::cell::Cell::get), read);
}
