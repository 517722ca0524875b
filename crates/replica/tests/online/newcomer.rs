//! A device that comes when much has been written.

use replica::Replica;
use rusqlite::{Connection, OpenFlags};

use crate::office::{Office, heads, is_live, online, until, write};

/// One number from a replica's database.
fn count(replica: &Replica, of: &str) -> i64 {
    let path = replica.folder().join("replica.sqlite");
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let sql = format!("SELECT count(*) FROM change WHERE {of}");
    db.query_row(&sql, [], |row| row.get(0)).unwrap()
}

const WITHOUT_SIGNATURE: &str = "author IS NOT NULL AND signature IS NULL";

#[tokio::test]
async fn a_new_device_begins_with_a_snapshot_and_gets_the_signatures_after_it() {
    let (office, relay) = Office::open().await;
    let an = office.replica(office.enrol("an").await);
    online(&an);
    for number in 1..=20 {
        let text = format!("Đã làm xong {number} km đường.");
        write(&an, number, &text).await.unwrap();
    }
    until(&an, is_live).await;

    let khoa = office.replica(office.enrol("khoa").await);
    // Written before anything has come: it is no obstacle.
    write(&khoa, 1, "Đề nghị nêu rõ nguồn vốn.").await.unwrap();
    online(&khoa);
    until(&khoa, is_live).await;
    until(&an, |an| heads(an) == heads(&khoa)).await;
    assert_eq!(an.export_json().unwrap(), khoa.export_json().unwrap());
    assert_eq!(khoa.search("duong 20 km").unwrap().len(), 1);
    // Only what came in the snapshot has no number of its own.
    let snapshot = count(&khoa, "relay_seq IS NULL");
    assert!(snapshot >= 20, "{snapshot} changes came in a snapshot");
    assert_eq!(count(&an, "relay_seq IS NULL"), 0);
    while count(&khoa, WITHOUT_SIGNATURE) > 0 {
        tokio::task::yield_now().await;
    }

    // With the signatures it can give a relay everything that it has lost.
    let (of_an, of_khoa) = (count(&an, "1"), count(&khoa, "1"));
    assert_eq!(of_an, of_khoa);
    an.close().await;
    relay.shutdown().await;
    office.forget_changes();
    let relay = office.start().await;
    khoa.sync_now();
    until(&khoa, is_live).await;
    assert_eq!(office.changes(), of_an);
    khoa.close().await;
    relay.shutdown().await;
}
