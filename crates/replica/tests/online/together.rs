//! Two people, one relay: apart, together again, and refused.

use replica::{ConnectionStatus, enrolment};
use sync_server::admin::Admin;
use terms::SaveState;

use crate::office::{
    Office, SECRET, as_it_stands, doc, heads, id, is_live, online, refusal, until, write,
};

#[tokio::test]
async fn what_was_written_apart_comes_together() {
    let (office, relay) = Office::open().await;
    let an = office.replica(office.enrol("an").await);
    let khoa = office.replica(office.enrol("khoa").await);
    // From the first second without a relay.
    relay.shutdown().await;
    online(&an);
    online(&khoa);
    write(&an, 1, "Đường 934 đã xong 3 km.").await.unwrap();
    write(&khoa, 2, "Đề nghị báo cáo thêm về cầu.")
        .await
        .unwrap();
    assert_eq!((an.status().pending, an.status().synced_at), (1, None));
    assert_ne!(heads(&an), heads(&khoa));

    let relay = office.start().await;
    for replica in [&an, &khoa] {
        replica.sync_now();
        until(replica, |r| is_live(r) && r.status().synced_at.is_some()).await;
    }
    for replica in [&an, &khoa] {
        // One merged narrative has the words of both.
        until(replica, |r| {
            r.search("duong 934 cau").unwrap().len() == 1 && is_live(r)
        })
        .await;
        assert_eq!(replica.unsent().unwrap(), []);
    }
    assert_eq!(heads(&an), heads(&khoa));
    assert_eq!(an.export_json().unwrap(), khoa.export_json().unwrap());
    assert_eq!(khoa.news(9).unwrap()[&id("nv-1")].len(), 1);

    // Live: what one writes the other has.
    write(&an, 3, "Cả hai câu đã đọc; thêm câu thứ ba.")
        .await
        .unwrap();
    until(&khoa, |r| r.search("cau thu ba").unwrap().len() == 1).await;
    until(&an, is_live).await;

    // Cut, and together again by itself.
    relay.shutdown().await;
    until(&an, |r| r.status().connection == ConnectionStatus::Offline).await;
    write(&an, 4, "Viết khi mất mạng.").await.unwrap();
    let relay = office.start().await;
    until(&khoa, |r| r.search("mat mang").unwrap().len() == 1).await;
    until(&an, is_live).await;
    an.close().await;
    khoa.close().await;
    relay.shutdown().await;
}

#[tokio::test]
async fn everything_told_as_saved_is_there_after_a_crash() {
    let (office, relay) = Office::open().await;
    let unlocked = office.enrol("an").await;
    relay.shutdown().await;
    let an = office.replica(unlocked.clone());
    let folder = an.folder();
    for (number, text) in (1_u64..).zip(["Một.", "Một. Hai.", "Một. Hai. Ba."]) {
        let edited = write(&an, number, text).await.unwrap();
        an.keep_draft(
            doc(),
            "p".to_owned(),
            Some((edited.heads.clone(), text.to_owned())),
        )
        .await
        .unwrap();
        let crashed = office.home(&format!("crash-{number}"));
        as_it_stands(
            &folder,
            &crashed.join(unlocked.enrolment().enrolment.as_str()),
        );
        let id = unlocked.enrolment().enrolment.clone();
        let again = enrolment::unlock(&crashed, &id, SECRET).unwrap();
        let again = office.replica(again);
        assert_eq!(heads(&again), edited.heads);
        assert_eq!(again.status().pending, usize::try_from(number).unwrap());
        assert_eq!(again.drafts().unwrap()[0].text, text);
        assert_eq!(again.export_json().unwrap(), an.export_json().unwrap());
        again.close().await;
    }
    an.close().await;
    // Closed, it is one file: a copy of it is whole.
    assert!(!folder.join("replica.sqlite-wal").exists());
}

#[tokio::test]
async fn what_may_no_longer_be_written_is_kept_aside_with_the_reason() {
    let (office, relay) = Office::open().await;
    let an = office.replica(office.enrol("an").await);
    write(&an, 1, "Viết khi chưa biết.").await.unwrap();
    let mut admin: Admin = office.admin();
    for grant in admin.grants().unwrap() {
        if grant.doc == doc() && grant.right == sync::directory::Right::Write {
            admin
                .ungrant(&grant.subject, &grant.doc, grant.right)
                .unwrap();
            let read = sync::directory::Right::Read;
            admin.grant(&grant.subject, &grant.doc, read).unwrap();
        }
    }
    online(&an);
    until(&an, |r| r.status().quarantined > 0 && is_live(r)).await;
    let unsent = an.unsent().unwrap();
    assert_eq!(unsent.len(), 1);
    assert!(
        matches!(&unsent[0].saved, SaveState::Refused { reason } if reason.contains("quyền")),
        "{unsent:?}"
    );
    assert_eq!(unsent[0].step.to.as_str(), Some("Viết khi chưa biết."));
    // The refusal can come before the entry of the directory that it is for.
    until(&an, |r| !r.viewer().writable.contains(&doc())).await;
    assert!(write(&an, 2, "Viết nữa.").await.is_err());
    an.close().await;
    relay.shutdown().await;
}

#[tokio::test]
async fn a_revoked_device_is_told_and_keeps_what_it_has() {
    let (office, relay) = Office::open().await;
    let unlocked = office.enrol("an").await;
    let an = office.replica(unlocked.clone());
    online(&an);
    until(&an, is_live).await;
    office
        .admin()
        .revoke(&unlocked.enrolment().enrolment, "mất máy")
        .unwrap();
    until(&an, |r| {
        refusal(r).is_some_and(|why| why.contains("mất máy"))
    })
    .await;
    an.close().await;
    relay.shutdown().await;
}

#[tokio::test]
async fn a_disk_put_back_gets_back_what_it_had_sent() {
    let (office, relay) = Office::open().await;
    let unlocked = office.enrol("an").await;
    let an = office.replica(unlocked.clone());
    let folder = an.folder();
    online(&an);
    write(&an, 1, "Một.").await.unwrap();
    until(&an, |r| is_live(r) && r.status().synced_at.is_some()).await;
    an.close().await;
    let files = ["replica.sqlite", "counter"].map(|name| folder.join(name));
    let backup = files.clone().map(|file| std::fs::read(file).unwrap());
    let an = office.replica(unlocked.clone());
    online(&an);
    write(&an, 2, "Một. Hai.").await.unwrap();
    until(&an, is_live).await;
    an.close().await;

    // The whole folder as it was: nothing on the disk itself tells.
    for (file, bytes) in files.iter().zip(&backup) {
        std::fs::write(file, bytes).unwrap();
    }
    let an = office.replica(unlocked);
    write(&an, 3, "Một. Ba.").await.unwrap();
    online(&an);
    until(&an, |r| is_live(r) && r.search("hai").unwrap().len() == 1).await;
    // What was written under the numbers that the relay has already is kept aside, or it counts.
    let kept = an.unsent().unwrap();
    let aside = kept
        .iter()
        .any(|one| one.step.to.as_str() == Some("Một. Ba."));
    assert!(aside && an.search("ba").unwrap().is_empty(), "{kept:?}");
    write(&an, 4, "Một. Hai. Bốn.").await.unwrap();
    until(&an, is_live).await;
    assert_eq!(an.unsent().unwrap().len(), kept.len());
    an.close().await;
    relay.shutdown().await;
}

/// As on a disk that is full or may only be read: what SQLite needs beside the database to write to
/// it can't be made. Nobody can, whatever their rights.
#[cfg(unix)]
fn cannot_be_written(folder: &std::path::Path) {
    let beside = folder.join("replica.sqlite-shm");
    assert!(!beside.exists(), "closed for good");
    std::os::unix::fs::symlink("nowhere/at/all", beside).unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn what_is_pending_is_read_exported_and_sent_from_a_disk_that_cannot_be_written() {
    let (office, relay) = Office::open().await;
    let unlocked = office.enrol("an").await;
    let khoa = office.replica(office.enrol("khoa").await);
    online(&khoa);
    let an = office.replica(unlocked.clone());
    online(&an);
    until(&an, is_live).await;
    an.go_offline();
    write(&an, 1, "Viết trước khi đĩa đầy.").await.unwrap();
    let folder = an.folder();
    an.close().await;

    cannot_be_written(&folder);
    let an = office.replica(unlocked);
    assert_eq!(an.status().pending, 1);
    assert_eq!(an.search("dia day").unwrap().len(), 1);
    assert_eq!(an.export_documents().unwrap().len(), 1);
    let refused = write(&an, 2, "Không lưu được.").await.unwrap_err();
    assert!(refused.retry(), "{refused}");
    let said = refused.to_string();
    assert!(said.contains("chỉ đọc được, không ghi được"), "{said}");
    assert!(said.contains(&folder.display().to_string()), "{said}");

    online(&an);
    until(&khoa, |r| r.search("dia day").unwrap().len() == 1).await;
    // It is sent, and can't be noted as sent: that is said.
    until(&an, |r| refusal(r).is_some()).await;
    let said = refusal(&an).unwrap();
    assert!(said.contains("chỉ đọc được, không ghi được"), "{said}");
    an.close().await;
    khoa.close().await;
    relay.shutdown().await;
}
