//! What connected replicas see of each other.

use sync::{
    Chain, Cursor, Presence, Refusal,
    admit::Rejection,
    directory::{Right, Subject},
    frame::{ClientFrame, Entry, RelayFrame},
};
use terms::Role;

use crate::{
    support::{KE_SACH, TRAN_DE, TestRelay},
    test_document::{TestDocument, log_of, only_changes},
};

#[tokio::test]
async fn a_change_is_acknowledged_by_the_stream_and_reaches_whoever_follows() {
    let mut relay = TestRelay::start().await;
    let (an, binh) = (relay.enrol("an").await, relay.enrol("binh").await);
    let mut district = an.connect(relay.addr).await;
    district.follow(&[TRAN_DE]).await;
    let mut province = binh.connect(relay.addr).await;
    province.follow(&[TRAN_DE, KE_SACH]).await;

    let (mut test_document, root) = TestDocument::new(TRAN_DE, &an);
    let edit = test_document.write("Đã nạo vét xong kênh số 1.");
    district.push(TRAN_DE, vec![root]).await;
    assert!(district.changes().await.iter().all(|(_, mine)| *mine));
    assert!(province.changes().await.iter().all(|(_, mine)| !*mine));

    district.push(TRAN_DE, only_changes(&edit)).await;
    let ids: Vec<_> = edit.iter().map(|(id, _)| *id).collect();
    let seen: Vec<_> = province
        .changes()
        .await
        .into_iter()
        .map(|(id, _)| id)
        .collect();
    assert_eq!(seen, ids, "the province sees it");
    let acknowledged = district.changes().await;
    assert_eq!(
        acknowledged,
        ids.iter().map(|id| (*id, true)).collect::<Vec<_>>()
    );

    // The same once more, as after a cut: known, and stored only once.
    district.push(TRAN_DE, only_changes(&edit)).await;
    let RelayFrame::Known { changes, .. } = district.next().await else {
        panic!("not known")
    };
    assert_eq!(changes.iter().map(|(_, id)| *id).collect::<Vec<_>>(), ids);
    relay.stop().await;
    let log = log_of(relay.folder.path().join("relay.db"), TRAN_DE);
    assert_eq!(log[1..], ids);
}

#[tokio::test]
async fn whoever_comes_later_reads_the_log_also_after_a_restart() {
    let mut relay = TestRelay::start().await;
    let (an, binh) = (relay.enrol("an").await, relay.enrol("binh").await);
    let mut district = an.connect(relay.addr).await;
    let (mut test_document, root) = TestDocument::new(TRAN_DE, &an);
    let edit = test_document.write("Đã trồng 12 ha.");
    // Not followed: known at once instead of streamed.
    district.push(TRAN_DE, vec![root]).await;
    assert!(matches!(district.next().await, RelayFrame::Known { .. }));
    district.push(TRAN_DE, only_changes(&edit)).await;
    assert!(matches!(district.next().await, RelayFrame::Known { .. }));

    relay.stop().await;
    assert_eq!(district.refusal().await, Refusal::Stopping);
    relay.resume().await;

    let mut province = binh.connect(relay.addr).await;
    province
        .send(&ClientFrame::FollowDirectory {
            from: Cursor::START,
        })
        .await;
    let docs = vec![(TRAN_DE.parse().unwrap(), Cursor::START)];
    province.send(&ClientFrame::Follow { docs }).await;
    let seen = province.changes().await;
    assert_eq!(seen.len(), 1 + edit.len());
    assert_eq!(
        seen[1..],
        edit.iter().map(|(id, _)| (*id, false)).collect::<Vec<_>>()
    );

    // Somebody who remembers another stream is told so.
    let other = Cursor {
        seq: 1,
        chain: Chain([9; 32]),
    };
    province
        .send(&ClientFrame::Follow {
            docs: vec![(TRAN_DE.parse().unwrap(), other)],
        })
        .await;
    let RelayFrame::Diverged { tail, .. } = province.next().await else {
        panic!("not told")
    };
    assert_eq!(tail.seq, u64::try_from(seen.len()).unwrap());
}

#[tokio::test]
async fn a_follower_that_does_not_read_holds_up_nobody_and_misses_nothing() {
    let mut relay = TestRelay::start().await;
    let (an, binh) = (relay.enrol("an").await, relay.enrol("binh").await);
    let mut sleeper = binh.connect(relay.addr).await;
    sleeper.follow(&[TRAN_DE]).await;
    let mut district = an.connect(relay.addr).await;
    let (mut test_document, root) = TestDocument::new(TRAN_DE, &an);
    district.push(TRAN_DE, vec![root]).await;
    assert!(matches!(district.next().await, RelayFrame::Known { .. }));
    // Far more than the window and the queues take, and the sleeper gives no credit back.
    let mut pushed = Vec::new();
    for n in 0..60 {
        let edit = test_document.write(&format!("Lần {n}: {}", "báo cáo tiến độ ".repeat(2_000)));
        district.push(TRAN_DE, only_changes(&edit)).await;
        assert!(matches!(district.next().await, RelayFrame::Known { .. }));
        pushed.extend(edit.into_iter().map(|(id, _)| id));
    }
    let mut seen = Vec::new();
    while seen.len() < 1 + pushed.len() {
        seen.extend(sleeper.changes().await.into_iter().map(|(id, _)| id));
        sleeper
            .send(&ClientFrame::Credit { bytes: 1024 * 1024 })
            .await;
    }
    assert_eq!(seen[1..], pushed);
}

#[tokio::test]
async fn where_somebody_is_reaches_those_who_follow_the_document() {
    let mut relay = TestRelay::start().await;
    let (an, binh) = (relay.enrol("an").await, relay.enrol("binh").await);
    let mut province = binh.connect(relay.addr).await;
    province.follow(&[TRAN_DE]).await;
    let mut district = an.connect(relay.addr).await;
    district.follow(&[TRAN_DE]).await;
    let path = "progress/nv-1/2019-q3/narrative".to_owned();
    let here = Presence {
        doc: TRAN_DE.parse().unwrap(),
        path,
        typing: true,
    };
    district
        .send(&ClientFrame::Presence(Some(here.clone())))
        .await;
    let seen = |presence| RelayFrame::Presence {
        enrolment: an.enrolment.clone(),
        presence,
    };
    assert_eq!(province.next().await, seen(Some(here)));
    drop(district);
    assert_eq!(
        province.next().await,
        seen(None),
        "gone with the connection"
    );
}

#[tokio::test]
async fn a_revoked_device_is_out_and_stays_out() {
    let mut relay = TestRelay::start().await;
    let an = relay.enrol("an").await;
    let mut district = an.connect(relay.addr).await;
    relay.admin.revoke(&an.enrolment, "mất máy").unwrap();
    let why = Refusal::Revoked {
        why: "mất máy".to_owned(),
    };
    assert_eq!(district.refusal().await, why);
    assert_eq!(an.knock(relay.addr).await.refusal().await, why);
}

#[tokio::test]
async fn a_right_taken_back_counts_for_the_next_change() {
    let mut relay = TestRelay::start().await;
    let an = relay.enrol("an").await;
    let mut district = an.connect(relay.addr).await;
    district.follow(&[TRAN_DE]).await;
    let (mut test_document, root) = TestDocument::new(TRAN_DE, &an);
    district.push(TRAN_DE, vec![root]).await;
    district.changes().await;
    let subject = Subject::RoleIn(Role::Officer, "huyen-tran-de".parse().unwrap());
    let doc = TRAN_DE.parse().unwrap();
    relay.admin.ungrant(&subject, &doc, Right::Write).unwrap();
    relay.admin.grant(&subject, &doc, Right::Read).unwrap();
    // No waiting: the writer looks at the directory inside its transaction.
    let edit = test_document.write("Không còn quyền.");
    let pushed = edit.last().unwrap().0;
    district.push(TRAN_DE, only_changes(&edit)).await;
    loop {
        match district.next().await {
            RelayFrame::Rejected {
                change, rejection, ..
            } => {
                assert_eq!((change, rejection), (pushed, Rejection::NotGranted(doc)));
                break;
            }
            RelayFrame::Changes { entries, .. } => {
                assert!(
                    !entries.contains(&Entry::Yours(pushed)),
                    "stored without a right"
                );
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(!log_of(relay.folder.path().join("relay.db"), TRAN_DE).contains(&pushed));
}
