//! Frames and changes that make no sense: each refused by name, nothing stored.

use sync::{
    Cursor, Refusal, Signature, SignedChange,
    admit::Rejection,
    frame::{self, ClientFrame, MAX_FRAME, MAX_FRAME_BEFORE_AUTH, RelayFrame},
};
use terms::Timestamp;

use crate::{
    support::{Connection, KE_SACH, TODAY, TRAN_DE, TestRelay, new_key},
    test_document::{TestDocument, log_of, only_changes},
};

#[tokio::test]
async fn before_authentication_there_is_nothing_but_authentication() {
    let relay = TestRelay::start().await;
    let follow = frame::encode(&ClientFrame::FollowDirectory {
        from: Cursor::START,
    });
    let cut = follow[..follow.len() - 1].to_vec();
    let with = |at: usize, byte: u8| {
        let mut bytes = follow.clone();
        bytes[at] = byte;
        bytes
    };
    // bytes → what the refusal says
    let table = [
        (follow.clone(), "chỉ nhận xác thực trước"),
        (cut, "cắt cụt"),
        (Vec::new(), "cắt cụt"),
        (with(0, 9), "phiên bản giao thức 9"),
        (with(1, 99), "loại 99"),
        ([follow.clone(), vec![0]].concat(), "thừa 1 byte"),
        (vec![1; MAX_FRAME_BEFORE_AUTH + 1], "quá giới hạn"),
    ];
    for (bytes, says) in table {
        let mut connection = Connection::open(relay.addr).await;
        connection.send_bytes(bytes).await;
        let refusal = connection.refusal().await.to_string();
        assert!(refusal.contains(says), "{refusal}");
    }
    let mut connection = Connection::open(relay.addr).await;
    connection.send_text("GET / HTTP/1.1").await;
    assert!(matches!(connection.refusal().await, Refusal::BadFrame(_)));
}

#[tokio::test]
async fn after_authentication_bad_frames_end_the_connection_and_nothing_else() {
    let mut relay = TestRelay::start().await;
    let an = relay.enrol("an").await;
    let mut healthy = an.connect(relay.addr).await;
    for (bytes, says) in [(vec![1, 4, 1], "cắt cụt"), (vec![1, 77], "loại 77")] {
        let mut connection = an.connect(relay.addr).await;
        connection.send_bytes(bytes).await;
        let refusal = connection.refusal().await.to_string();
        assert!(refusal.contains(says), "{refusal}");
    }
    // Longer than any frame: the socket itself gives up.
    let mut connection = an.connect(relay.addr).await;
    connection.send_bytes(vec![1; MAX_FRAME + 1]).await;
    while connection.bytes().await.is_some() {}
    healthy.follow(&[TRAN_DE]).await;
}

#[tokio::test]
async fn strangers_and_wrong_clocks_are_told_why() {
    let mut relay = TestRelay::start().await;
    let an = relay.enrol("an").await;
    let mut stranger = an.clone();
    stranger.enrolment = "e-nobody".parse().unwrap();
    assert_eq!(
        stranger.knock(relay.addr).await.refusal().await,
        Refusal::UnknownEnrolment
    );
    let mut thief = an.clone();
    thief.key = new_key();
    assert_eq!(
        thief.knock(relay.addr).await.refusal().await,
        Refusal::BadSignature
    );
    let late = Timestamp(TODAY.0 + 365 * 24 * 3600);
    let refusal = an.knock_at(relay.addr, late).await.refusal().await;
    assert_eq!(
        refusal,
        Refusal::ClockSkew {
            device: late,
            relay: TODAY
        }
    );
}

#[tokio::test]
async fn a_change_that_may_not_be_is_rejected_and_not_stored() {
    let mut relay = TestRelay::start().await;
    let (an, chi) = (relay.enrol("an").await, relay.enrol("chi").await);
    let (mut test_document, root) = TestDocument::new(TRAN_DE, &an);
    let mut edits = test_document.write("Đã xong.");
    let (id, edit) = edits.pop().unwrap();
    let mut good = vec![root];
    good.extend(edits.into_iter().map(|(_, birth)| birth));
    let mut district = an.connect(relay.addr).await;
    district.push(TRAN_DE, good).await;
    assert!(matches!(district.next().await, RelayFrame::Known { .. }));

    let doc: terms::DocId = TRAN_DE.parse().unwrap();
    let signed_by =
        |key| SignedChange::sign(edit.bytes.clone(), &doc, &id, an.enrolment.clone(), key);
    let forged = SignedChange {
        signature: Some(Signature([7; 64])),
        ..edit.clone()
    };
    let other_name = SignedChange {
        author: Some(chi.enrolment.clone()),
        ..edit.clone()
    };
    let unsigned = SignedChange::birth(edit.bytes.clone());
    let damaged = SignedChange {
        bytes: edit.bytes[1..].to_vec(),
        ..edit.clone()
    };
    // change → rejection
    let table = [
        (forged, Rejection::BadSignature),
        (signed_by(&chi.key), Rejection::BadSignature),
        (other_name, Rejection::AuthorMismatch),
        (unsigned, Rejection::AuthorMismatch),
    ];
    for (change, expected) in table {
        district.push(TRAN_DE, vec![change]).await;
        let RelayFrame::Rejected {
            change, rejection, ..
        } = district.next().await
        else {
            panic!("{expected}")
        };
        assert_eq!((change, rejection), (id, expected));
    }
    district.push(TRAN_DE, vec![damaged]).await;
    let RelayFrame::Rejected { rejection, .. } = district.next().await else {
        panic!("stored")
    };
    assert!(matches!(rejection, Rejection::Malformed(_)));

    // A neighbour's document, and a neighbour in ours.
    let (_, root) = TestDocument::new(KE_SACH, &an);
    district.push(KE_SACH, vec![root]).await;
    let RelayFrame::Rejected { rejection, .. } = district.next().await else {
        panic!("stored")
    };
    assert_eq!(rejection, Rejection::NotGranted(KE_SACH.parse().unwrap()));
    let mut neighbour = chi.connect(relay.addr).await;
    neighbour.push(TRAN_DE, vec![edit.clone()]).await;
    let RelayFrame::Rejected { rejection, .. } = neighbour.next().await else {
        panic!("stored")
    };
    assert_eq!(rejection, Rejection::NotGranted(doc.clone()));

    relay.stop().await;
    let database = relay.folder.path().join("relay.db");
    assert!(!log_of(database.clone(), TRAN_DE).contains(&id));
    assert!(log_of(database, KE_SACH).is_empty());
}

#[tokio::test]
async fn an_actor_stays_with_whoever_used_it_first() {
    let mut relay = TestRelay::start().await;
    let (an, binh) = (relay.enrol("an").await, relay.enrol("binh").await);
    let (mut test_document, root) = TestDocument::new(TRAN_DE, &an);
    let mut district = an.connect(relay.addr).await;
    district.push(TRAN_DE, vec![root]).await;
    assert!(matches!(district.next().await, RelayFrame::Known { .. }));
    let (mut other, _) = TestDocument::new(TRAN_DE, &binh);
    other.takes_actor_of(&test_document);
    for text in ["Một.", "Hai."] {
        district
            .push(TRAN_DE, only_changes(&test_document.write(text)))
            .await;
        assert!(matches!(district.next().await, RelayFrame::Known { .. }));
    }
    let mut province = binh.connect(relay.addr).await;
    let edit = other.write("Ba.");
    province.push(TRAN_DE, only_changes(&edit)).await;
    let RelayFrame::Rejected { rejection, .. } = province.next().await else {
        panic!("stored")
    };
    assert_eq!(rejection, Rejection::ActorTaken);
}
