//! What a new device reads over HTTP, and who may.

use programme::Document;
use reqwest::{Client, Response, StatusCode};
use sync::{Ticket, signatures::SignaturePage, snapshot::SignedSnapshot};
use terms::DocId;

use crate::{
    support::{Connection, Device, KE_SACH, TRAN_DE, TestRelay},
    test_document::{TestDocument, only_changes},
};

async fn get(
    relay: &TestRelay,
    path: &str,
    ticket: Option<Ticket>,
    from: &[(&str, &str)],
) -> Response {
    let mut asked = Client::new().get(relay.url(path));
    if let Some(ticket) = ticket {
        asked = asked.bearer_auth(ticket);
    }
    for (name, value) in from {
        asked = asked.header(*name, *value);
    }
    asked.send().await.unwrap()
}

async fn status(relay: &TestRelay, path: &str, ticket: Option<Ticket>) -> StatusCode {
    get(relay, path, ticket, &[]).await.status()
}

/// Waits until everything pushed so far is stored: until so many have come back.
async fn stored(connection: &mut Connection, mut pushed: usize) {
    while pushed > 0 {
        pushed -= connection.changes().await.len();
    }
}

/// A district that has written so many narratives, and its document as it has it.
async fn written(relay: &mut TestRelay, texts: usize) -> (Device, Connection, TestDocument) {
    let an = relay.enrol("an").await;
    let mut district = an.connect(relay.addr).await;
    district.follow(&[TRAN_DE]).await;
    let (mut test_document, root) = TestDocument::new(TRAN_DE, &an);
    district.push(TRAN_DE, vec![root]).await;
    stored(&mut district, 1).await;
    write(&mut district, &mut test_document, texts).await;
    (an, district, test_document)
}

async fn write(district: &mut Connection, test_document: &mut TestDocument, texts: usize) {
    for number in 0..texts {
        let changes = only_changes(&test_document.write(&format!("Đã gieo {number} ha.")));
        let count = changes.len();
        district.push(TRAN_DE, changes).await;
        stored(district, count).await;
    }
}

async fn snapshot(relay: &TestRelay, ticket: Option<Ticket>) -> (SignedSnapshot, Vec<u8>, String) {
    let answer = get(relay, &format!("/v1/snapshots/{TRAN_DE}"), ticket, &[]).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let tag = answer.headers()["etag"].to_str().unwrap().to_owned();
    let bytes = answer.bytes().await.unwrap().to_vec();
    (SignedSnapshot::from_bytes(&bytes).unwrap(), bytes, tag)
}

#[tokio::test]
async fn a_snapshot_is_the_whole_document_and_is_made_anew_when_it_is_old() {
    let mut relay = TestRelay::start().await;
    let (_, mut district, mut test_document) = written(&mut relay, 20).await;
    let ticket = district.ticket;
    let list = get(&relay, "/v1/snapshots", ticket, &[]).await;
    assert_eq!(list.json::<Vec<String>>().await.unwrap(), [TRAN_DE]);
    let (signed, bytes, tag) = snapshot(&relay, ticket).await;
    assert!(signed.is_of(&relay.key));
    let doc: DocId = TRAN_DE.parse().unwrap();
    let document = Document::open(doc, &signed.saved).unwrap();
    assert_eq!(document.heads(), signed.snapshot.heads);
    assert_eq!(document.heads(), test_document.heads());
    assert_eq!(document.changes().len() as u64, signed.snapshot.cursor.seq);

    // A few more change nothing yet: the stream has them.
    write(&mut district, &mut test_document, 3).await;
    assert_eq!(snapshot(&relay, ticket).await.1, bytes);
    write(&mut district, &mut test_document, 20).await;
    let (later, newer, newer_tag) = snapshot(&relay, ticket).await;
    assert_eq!(later.snapshot.heads, test_document.heads());

    // Interrupted in the middle, one goes on; with the beginning of another one, anew.
    let path = format!("/v1/snapshots/{TRAN_DE}");
    let middle = [("range", "bytes=100-"), ("if-range", newer_tag.as_str())];
    let rest = get(&relay, &path, ticket, &middle).await;
    assert_eq!(rest.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(rest.bytes().await.unwrap(), newer[100..]);
    let other = [("range", "bytes=100-"), ("if-range", tag.as_str())];
    let anew = get(&relay, &path, ticket, &other).await;
    assert_eq!(anew.status(), StatusCode::OK);
    assert_eq!(anew.bytes().await.unwrap(), newer);
}

#[tokio::test]
async fn proofs_are_the_signatures_of_the_stream() {
    let mut relay = TestRelay::start().await;
    let (an, district, _) = written(&mut relay, 5).await;
    let path = format!("/v1/signatures/{TRAN_DE}");
    let all = get(&relay, &path, district.ticket, &[]).await;
    let all = SignaturePage::from_bytes(&all.bytes().await.unwrap()).unwrap();
    let doc: DocId = TRAN_DE.parse().unwrap();
    assert_eq!((all.signatures.len(), all.next), (5, None));
    let holds =
        |signature: &sync::signatures::ChangeSignature| signature.holds(&doc, &an.key.public());
    assert!(all.signatures.iter().all(holds));
    let later = get(&relay, &format!("{path}?after=3"), district.ticket, &[]).await;
    let later = SignaturePage::from_bytes(&later.bytes().await.unwrap()).unwrap();
    assert_eq!(later.signatures, all.signatures[1..]);
}

#[tokio::test]
async fn nothing_is_read_without_a_connection_or_a_right() {
    let mut relay = TestRelay::start().await;
    let (an, district, _) = written(&mut relay, 20).await;
    let chi = relay.enrol("chi").await.connect(relay.addr).await;
    let [snapshot, signatures] =
        ["snapshots", "signatures"].map(|what| format!("/v1/{what}/{TRAN_DE}"));
    for path in [&snapshot, &signatures] {
        assert_eq!(status(&relay, path, None).await, StatusCode::UNAUTHORIZED);
        assert_eq!(
            status(&relay, path, chi.ticket).await,
            StatusCode::FORBIDDEN
        );
        assert_eq!(status(&relay, path, district.ticket).await, StatusCode::OK);
    }
    let list = get(&relay, "/v1/snapshots", chi.ticket, &[]).await;
    assert_eq!(list.json::<Vec<String>>().await.unwrap(), [""; 0]);
    // A short stream has none.
    let short = format!("/v1/snapshots/{KE_SACH}");
    assert_eq!(
        status(&relay, &short, chi.ticket).await,
        StatusCode::NOT_FOUND
    );
    // Revoked, or gone: out at this door as well.
    relay.admin.revoke(&an.enrolment, "mất máy").unwrap();
    let ticket = district.ticket;
    let mut district = district;
    district.refusal().await;
    let refused = status(&relay, &snapshot, ticket).await;
    assert!(refused == StatusCode::UNAUTHORIZED || refused == StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_document_with_an_odd_change_is_not_loaded_anew_for_each_ask() {
    let mut relay = TestRelay::start().await;
    let (_, mut district, mut test_document) = written(&mut relay, 20).await;
    let (path, ticket) = (format!("/v1/snapshots/{TRAN_DE}"), district.ticket);
    let sql = rusqlite::Connection::open(relay.database()).unwrap();
    sql.execute_batch(
        "CREATE TABLE kept AS SELECT rowid AS id, bytes FROM change WHERE seq = 5;
         UPDATE change SET bytes = zeroblob(length(bytes)) WHERE seq = 5",
    )
    .unwrap();
    assert_eq!(status(&relay, &path, ticket).await, StatusCode::NOT_FOUND);
    // Whoever loaded it now would find nothing wrong.
    sql.execute_batch(
        "UPDATE change SET bytes = (SELECT bytes FROM kept) WHERE rowid = (SELECT id FROM kept)",
    )
    .unwrap();
    assert_eq!(status(&relay, &path, ticket).await, StatusCode::NOT_FOUND);
    // Once it has become much longer it is tried again.
    write(&mut district, &mut test_document, 20).await;
    assert_eq!(status(&relay, &path, ticket).await, StatusCode::OK);
}
