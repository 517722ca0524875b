//! A database that cannot be written: told, nothing acknowledged, and over when it is over.

use serde_json::Value;
use sync::{Refusal, frame::RelayFrame};

use crate::{
    support::{Device, TRAN_DE, TestRelay},
    test_document::{TestDocument, log_of},
};

/// Takes away what every write needs, behind the relay's back, or gives it back.
fn sql(relay: &TestRelay, batch: &str) {
    let sql = rusqlite::Connection::open(relay.database()).unwrap();
    sql.execute_batch(batch).unwrap();
}

async fn health(relay: &TestRelay) -> (u16, Value) {
    let answer = reqwest::get(relay.url("/health")).await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn what_cannot_be_stored_is_not_acknowledged_and_can_be_sent_again() {
    let mut relay = TestRelay::start().await;
    let an = relay.enrol("an").await;
    let code = relay.code_for("binh");
    let (_, root) = TestDocument::new(TRAN_DE, &an);
    let mut district = an.connect(relay.addr).await;
    let away = ["change", "code"].map(|name| format!("ALTER TABLE {name} RENAME TO no_{name};"));
    let back = ["change", "code"].map(|name| format!("ALTER TABLE no_{name} RENAME TO {name};"));
    sql(&relay, &away.concat());
    district.push(TRAN_DE, vec![root.clone()]).await;
    assert_eq!(district.refusal().await, Refusal::Trouble);
    let request = Device::request(&code);
    let answer = crate::support::post(&code.url, &request).await;
    assert_eq!(answer.status(), 503);
    let problem: Value = answer.json().await.unwrap();
    assert_eq!(
        (&problem["code"], &problem["retry"]),
        (&"trouble".into(), &true.into())
    );

    sql(&relay, &back.concat());
    let mut district = an.connect(relay.addr).await;
    district.push(TRAN_DE, vec![root]).await;
    assert!(matches!(district.next().await, RelayFrame::Known { .. }));
    // The code was not used up.
    Device::enrol(&code).await;
    relay.stop().await;
    assert_eq!(log_of(relay.database(), TRAN_DE).len(), 1);
}

#[tokio::test]
async fn health_tells_when_nothing_can_be_written() {
    let relay = TestRelay::start().await;
    let path = relay.database();
    // Another process that holds the right to write for longer than the relay waits.
    let holder = rusqlite::Connection::open(path).unwrap();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    let (status, said) = health(&relay).await;
    assert_eq!((status, &said["ok"]), (503, &Value::Bool(false)));
    holder.execute_batch("ROLLBACK").unwrap();
    // It is tried again within a second.
    while health(&relay).await.0 != 200 {}
}

#[tokio::test]
async fn whoever_asks_often_how_it_is_does_not_have_the_disk_written_often() {
    let relay = TestRelay::start().await;
    let version = |sql: &rusqlite::Connection| -> i64 {
        let value = sql.pragma_query_value(None, "data_version", |row| row.get(0));
        value.unwrap()
    };
    let sql = rusqlite::Connection::open(relay.database()).unwrap();
    let (mut writes, mut last) = (0, version(&sql));
    for _ in 0..50 {
        assert_eq!(health(&relay).await.0, 200);
        let now = version(&sql);
        writes += u32::from(now != last);
        last = now;
    }
    // Once, and once more for each second that this took.
    assert!((1..50).contains(&writes), "{writes} writes");
}
