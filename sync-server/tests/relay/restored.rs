//! A relay that comes back from a backup is filled again by those who remember more.

use std::fs;

use sync::{
    Cursor, Refusal,
    frame::{ClientFrame, Entry, RelayFrame},
};
use terms::{ChangeId, DocId};

use crate::{
    support::{TRAN_DE, TestRelay},
    test_document::{TestDocument, log_of, only_changes},
};

#[tokio::test]
async fn changes_lost_are_pushed_again_with_their_own_signatures_by_whoever_has_them() {
    let mut relay = TestRelay::start().await;
    let (an, binh) = (relay.enrol("an").await, relay.enrol("binh").await);
    let doc: DocId = TRAN_DE.parse().unwrap();
    let (mut test_document, root) = TestDocument::new(TRAN_DE, &an);
    let mut district = an.connect(relay.addr).await;
    district.push(TRAN_DE, vec![root.clone()]).await;
    district.next().await;
    relay.stop().await;
    let backup = fs::read(relay.database()).unwrap();

    relay.resume().await;
    let edit = test_document.write("Viết sau khi sao lưu.");
    let mut district = an.connect(relay.addr).await;
    district.push(TRAN_DE, only_changes(&edit)).await;
    district.next().await;
    let mut province = binh.connect(relay.addr).await;
    province.follow(&[TRAN_DE]).await;
    let ids: Vec<ChangeId> = log_of(relay.database(), TRAN_DE);
    let at = ids.iter().fold(Cursor::START, Cursor::then);
    relay.restore(&backup).await;

    // Not the author: the province remembers what the district wrote.
    let mut province = binh.connect(relay.addr).await;
    let from = binh.reply.entries.len();
    let from = relay.admin.directory().unwrap().at(from as u64).unwrap();
    province.send(&ClientFrame::FollowDirectory { from }).await;
    let docs = vec![(doc.clone(), at)];
    province.send(&ClientFrame::Follow { docs }).await;
    let RelayFrame::Diverged { tail, .. } = province.next().await else {
        panic!("not told that the relay has less")
    };
    assert_eq!(tail, Cursor::START.then(&ids[0]));
    let offer = ClientFrame::Offer {
        doc: doc.clone(),
        ids: ids.clone(),
    };
    province.send(&offer).await;
    let wanted = RelayFrame::Wanted {
        doc: doc.clone(),
        ids: ids[1..].to_vec(),
    };
    assert_eq!(province.next().await, wanted);
    province.push(TRAN_DE, only_changes(&edit)).await;
    province.next().await;
    let docs = vec![(doc, Cursor::START)];
    province.send(&ClientFrame::Follow { docs }).await;
    let RelayFrame::Changes { entries, .. } = province.next().await else {
        panic!("no stream")
    };
    let again: Vec<_> = [root].into_iter().chain(only_changes(&edit)).collect();
    assert_eq!(
        entries,
        again.into_iter().map(Entry::Theirs).collect::<Vec<_>>()
    );
    relay.stop().await;
    assert_eq!(log_of(relay.database(), TRAN_DE), ids);
}

#[tokio::test]
async fn a_directory_lost_is_given_back_and_nothing_else_is_taken_for_it() {
    let mut relay = TestRelay::start().await;
    let an = relay.enrol("an").await;
    relay.stop().await;
    let backup = fs::read(relay.database()).unwrap();
    relay.resume().await;
    let late = relay.enrol("binh").await;
    relay.restore(&backup).await;
    assert_eq!(
        late.knock(relay.addr).await.refusal().await,
        Refusal::UnknownEnrolment
    );

    let lost = late.reply.entries.last().unwrap().clone();
    let mut district = an.connect(relay.addr).await;
    let from = relay.admin.directory().unwrap().tail();
    let follow = ClientFrame::FollowDirectory { from };
    let all = RelayFrame::UpToDate { follows: 0 };
    district.send(&follow).await;
    assert_eq!(district.any().await, all);
    // Neither something else for what is lost, nor something else for what is there.
    for genuine in [&lost, an.reply.entries.last().unwrap()] {
        let mut forged = genuine.clone();
        forged.json = forged.json.replace("máy xách tay", "máy khác");
        assert_ne!(&forged, genuine);
        let entries = vec![forged];
        district.send(&ClientFrame::GiveDirectory { entries }).await;
        assert_eq!(district.any().await, RelayFrame::DirectoryDiverged);
        district.send(&follow).await;
        assert_eq!(district.any().await, all);
    }
    let entries = vec![lost];
    let given = ClientFrame::GiveDirectory {
        entries: entries.clone(),
    };
    district.send(&given).await;
    assert_eq!(district.any().await, RelayFrame::Directory { entries });
    late.connect(relay.addr).await;
}
