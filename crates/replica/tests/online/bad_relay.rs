//! Codes that are none, relays that are something else or somebody else's.

use replica::enrolment;
use sync::{Keypair, code::Code};
use terms::SaveState;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

use crate::office::{Office, SECRET, heads, is_live, online, refusal, until, write};

/// Something that answers every connection with these bytes.
async fn answering(with: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let _ = socket.read(&mut [0; 4096]).await;
            let _ = socket.write_all(with.as_bytes()).await;
        }
    });
    format!("http://{address}")
}

const A_PAGE: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi";

/// Enrolling fails with a message that says this, and nothing is stored.
async fn not_enrolled(office: &Office, code: &str, device: &str, secret: &str, says: &str) {
    let home = office.home("stranger");
    let result = enrolment::enrol(&home, code, device, secret).await;
    let error = result.unwrap_err().to_string();
    assert!(error.contains(says), "{error}");
    assert!(!home.exists(), "something was stored");
}

#[tokio::test]
async fn nothing_is_stored_unless_enrolling_succeeds() {
    let (office, relay) = Office::open().await;
    let good = office.code("an");
    not_enrolled(&office, "", "máy", SECRET, "chưa nhập mã").await;
    not_enrolled(&office, "hôm nay", "máy", SECRET, "ký tự").await;
    not_enrolled(&office, &good[..good.len() - 9], "máy", SECRET, "mã").await;
    not_enrolled(&office, &good, "máy", "12", "ít nhất").await;
    not_enrolled(&office, &good, " ", SECRET, "tên").await;
    // A code of this relay that it never gave out, one with another's key, and no relay at all.
    let url = format!("http://{}", office.address);
    let strange = Code::new(&url, relay.public_key, [7; 16])
        .unwrap()
        .to_string();
    not_enrolled(&office, &strange, "máy", SECRET, "mã").await;
    let page = Code::new(&answering(A_PAGE).await, relay.public_key, [7; 16]).unwrap();
    not_enrolled(
        &office,
        &page.to_string(),
        "máy",
        SECRET,
        "không phải máy chủ Tiến Độ",
    )
    .await;
    let nobody = Code::new("http://127.0.0.1:9", relay.public_key, [7; 16]).unwrap();
    not_enrolled(
        &office,
        &nobody.to_string(),
        "máy",
        SECRET,
        "không kết nối được",
    )
    .await;
    // The good one counts once.
    office.enrol("khoa").await;
    let home = office.home("an");
    enrolment::enrol(&home, &good, "máy", SECRET).await.unwrap();
    assert_eq!(enrolment::list(&home).unwrap()[0].name, "Nguyễn Văn An");
    not_enrolled(&office, &good, "máy", SECRET, "mã").await;
    relay.shutdown().await;
}

#[tokio::test]
async fn a_relay_with_another_key_gets_nothing() {
    let (office, relay) = Office::open().await;
    let other = Keypair::from_seed(&[3; 32]).public();
    let url = format!("http://{}", office.address);
    let code = office.code("an").parse::<Code>().unwrap();
    let imposed = Code::new(&url, other, code.secret.0).unwrap().to_string();
    not_enrolled(&office, &imposed, "máy", SECRET, "hãy").await;

    // Enrolled with one relay, connected to another at the same address.
    let unlocked = office.enrol("an").await;
    relay.shutdown().await;
    let (mut elsewhere, stranger) = Office::open().await;
    stranger.shutdown().await;
    elsewhere.address = office.address;
    let stranger = elsewhere.start().await;
    let an = office.replica(unlocked);
    write(&an, 1, "Chỉ gửi cho tỉnh.").await.unwrap();
    let before = heads(&an);
    online(&an);
    until(&an, |r| {
        refusal(r).is_some_and(|why| why.contains("không đúng khóa"))
    })
    .await;
    assert_eq!((an.status().pending, heads(&an)), (1, before));
    an.close().await;
    stranger.shutdown().await;
}

#[tokio::test]
async fn what_is_no_relay_is_told_and_writing_goes_on() {
    let (office, relay) = Office::open().await;
    let unlocked = office.enrol("an").await;
    relay.shutdown().await;
    let listener = TcpListener::bind(office.address).await.unwrap();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let _ = socket.read(&mut [0; 4096]).await;
            let _ = socket.write_all(A_PAGE.as_bytes()).await;
        }
    });
    let an = office.replica(unlocked);
    online(&an);
    until(&an, |r| {
        refusal(r).is_some_and(|why| why.contains("không phải máy chủ"))
    })
    .await;
    write(&an, 1, "Vẫn ghi được.").await.unwrap();
    assert_eq!(an.status().pending, 1);
    an.close().await;
}

#[tokio::test]
async fn a_clock_wrong_by_a_year_is_told_and_loses_nothing() {
    const YEAR: i64 = 365 * 24 * 3600;
    let (office, relay) = Office::open().await;
    let unlocked = office.enrol("an").await;
    for (number, off, kept) in [(1, -YEAR, 0), (2, YEAR, 1)] {
        let text = format!("Viết khi đồng hồ sai {off} giây.");
        let an = office.replica_at(unlocked.clone(), off);
        write(&an, number, &text).await.unwrap();
        online(&an);
        until(&an, |r| {
            refusal(r).is_some_and(|why| why.contains("đồng hồ máy này"))
        })
        .await;
        let pending = an.status().pending;
        assert!(pending > 0);
        an.close().await;
        // Set right again: what is dated far ahead is not taken, and is kept with the reason.
        let an = office.replica(unlocked.clone());
        assert_eq!(an.status().pending, pending);
        online(&an);
        until(&an, is_live).await;
        let unsent = an.unsent().unwrap();
        assert_eq!(unsent.len(), kept, "{unsent:?}");
        for one in unsent {
            assert!(
                matches!(&one.saved, SaveState::Refused { reason } if reason.contains("chỉnh đồng hồ")),
                "{one:?}"
            );
            assert_eq!(one.step.to.as_str(), Some(text.as_str()));
        }
        an.close().await;
    }
    relay.shutdown().await;
}
