//! Requests that share a transaction: one that fails fails alone.

use futures_util::{SinkExt as _, StreamExt as _};
use sync::{Refusal, frame::RelayFrame};
use tokio_tungstenite::tungstenite::Message;

use crate::{
    support::{Connection, KE_SACH, TRAN_DE, TestRelay},
    test_document::{TestDocument, log_of},
};

/// Until what was sent before waits for the thread that writes.
async fn has_been_read(connection: &mut Connection) {
    let ping = Message::Ping(vec![1].into());
    connection.socket.send(ping).await.unwrap();
    while !matches!(
        connection.socket.next().await.unwrap().unwrap(),
        Message::Pong(_)
    ) {}
}

#[tokio::test]
async fn a_request_that_cannot_be_stored_does_not_fail_its_neighbours() {
    let mut relay = TestRelay::start().await;
    let (an, chi) = (relay.enrol("an").await, relay.enrol("chi").await);
    let mut first = an.connect(relay.addr).await;
    let mut second = an.connect(relay.addr).await;
    let mut odd = chi.connect(relay.addr).await;
    let sql = rusqlite::Connection::open(relay.database()).unwrap();
    sql.execute_batch(&format!(
        "CREATE TRIGGER odd BEFORE INSERT ON change
         WHEN NEW.doc IN (SELECT id FROM doc WHERE name = '{KE_SACH}')
         BEGIN SELECT RAISE(ABORT, 'odd'); END;
         BEGIN IMMEDIATE"
    ))
    .unwrap();
    // The first keeps the thread that writes waiting; the other two wait for it together.
    let (mut test_document, root) = TestDocument::new(TRAN_DE, &an);
    first.push(TRAN_DE, vec![root]).await;
    has_been_read(&mut first).await;
    odd.push(KE_SACH, vec![TestDocument::new(KE_SACH, &chi).1])
        .await;
    has_been_read(&mut odd).await;
    let changes = crate::test_document::only_changes(&test_document.write("Đã gieo 120 ha."));
    let count = changes.len();
    second.push(TRAN_DE, changes).await;
    has_been_read(&mut second).await;
    sql.execute_batch("ROLLBACK").unwrap();

    assert_eq!(odd.refusal().await, Refusal::Trouble);
    let mut known = 0;
    while known < count {
        match second.next().await {
            RelayFrame::Known { changes, .. } => known += changes.len(),
            other => panic!("not stored but {other:?}"),
        }
    }
    relay.stop().await;
    assert_eq!(log_of(relay.database(), TRAN_DE).len(), 1 + count);
    assert_eq!(log_of(relay.database(), KE_SACH).len(), 0);
}
