//! Whoever asks for more and takes in nothing fills its own connection, not the relay's memory.

use futures_util::{
    SinkExt as _, StreamExt as _,
    stream::{SplitSink, SplitStream},
};
use rusqlite::{Connection as Sql, params};
use sync::{
    Cursor,
    frame::{self, ClientFrame, Entry, MAX_FRAME, RelayFrame, WINDOW},
};
use terms::ChangeId;
use tokio::task;
use tokio_tungstenite::tungstenite::Message;

use crate::{
    support::{KE_SACH, Socket, TRAN_DE, TestRelay},
    test_document::{TestDocument, only_changes},
};

/// So many changes of one megabyte: far more than what may wait for a connection and what the
/// system keeps of it on both sides.
const CHANGES: u8 = 40;
const MEGABYTE: usize = 1024 * 1024;

/// Gives a document a long log at once. The relay passes it on as it is.
fn long_log(sql: &mut Sql, doc: &str) {
    let sql = sql.transaction().unwrap();
    let new = "INSERT INTO doc (name, head_seq, chain) VALUES (?1, 0, zeroblob(32))";
    sql.execute(new, [doc]).unwrap();
    let id = sql.last_insert_rowid();
    let mut at = Cursor::START;
    for number in 1..=CHANGES {
        let hash = ChangeId([number; 32]);
        at = at.then(&hash);
        let add = "INSERT INTO change (doc, seq, hash, chain, actor, actor_seq, bytes)
                   VALUES (?1, ?2, ?3, ?4, zeroblob(16), ?2, ?5)";
        let values = params![id, number, hash.0, at.chain.0, vec![number; MEGABYTE]];
        sql.execute(add, values).unwrap();
    }
    let end = "UPDATE doc SET head_seq = ?2, chain = ?3 WHERE id = ?1";
    sql.execute(end, params![id, CHANGES, at.chain.0]).unwrap();
    sql.commit().unwrap();
}

/// Asks for more without end, whether anything is taken in or not.
async fn ask_on(mut sink: SplitSink<Socket, Message>) {
    let more = frame::encode(&ClientFrame::Credit { bytes: WINDOW });
    while sink.send(Message::from(more.clone())).await.is_ok() {
        task::yield_now().await;
    }
}

/// Reads the whole log: the first byte of each change.
async fn read(stream: &mut SplitStream<Socket>) -> Vec<u8> {
    let mut seen = Vec::new();
    while seen.len() < usize::from(CHANGES) {
        let bytes = stream.next().await.unwrap().unwrap().into_data();
        if let RelayFrame::Changes { entries, .. } = frame::decode(&bytes, MAX_FRAME).unwrap() {
            seen.extend(entries.iter().map(|entry| match entry {
                Entry::Theirs(change) => change.bytes[0],
                Entry::Yours(id) => panic!("{id:?}"),
            }));
        }
    }
    seen
}

#[tokio::test]
async fn who_asks_for_everything_and_reads_nothing_is_fetched_little() {
    let mut relay = TestRelay::start().await;
    let (an, binh) = (relay.enrol("an").await, relay.enrol("binh").await);
    let mut sql = Sql::open(relay.database()).unwrap();
    long_log(&mut sql, KE_SACH);
    let ask = async || {
        let mut connection = binh.connect(relay.addr).await;
        let from = Cursor::START;
        connection
            .send(&ClientFrame::FollowDirectory { from })
            .await;
        let docs = vec![(KE_SACH.parse().unwrap(), from)];
        connection.send(&ClientFrame::Follow { docs }).await;
        let (sink, stream) = connection.socket.split();
        (stream, task::spawn(ask_on(sink)))
    };
    let (mut greedy, asking) = ask().await;

    // Everybody else is served meanwhile: those who read the same log, and one who writes.
    let as_written: Vec<u8> = (1..=CHANGES).collect();
    for _ in 0..3 {
        let (mut reader, asking) = ask().await;
        assert_eq!(read(&mut reader).await, as_written);
        asking.abort();
    }
    let mut district = an.connect(relay.addr).await;
    district.follow(&[TRAN_DE]).await;
    let (mut test_document, root) = TestDocument::new(TRAN_DE, &an);
    district.push(TRAN_DE, vec![root]).await;
    district.changes().await;
    let edit = test_document.write("Vẫn ghi được.");
    district.push(TRAN_DE, only_changes(&edit)).await;
    assert!(district.changes().await.iter().all(|(_, mine)| *mine));

    // What is written over now was not fetched for the greedy one yet: it has it as it is now.
    let over = "UPDATE change SET bytes = zeroblob(9) WHERE seq = ?1";
    sql.execute(over, [CHANGES]).unwrap();
    let seen = read(&mut greedy).await;
    let (last, others) = seen.split_last().unwrap();
    assert_eq!(others, &as_written[..others.len()], "all, and in order");
    assert_eq!(*last, 0, "all of it was fetched for one who reads nothing");
    asking.abort();
}
