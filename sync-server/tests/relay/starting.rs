//! When a relay does not start: it says why, and leaves what was there as it was.

use std::{fs, path::Path};

use sync_server::{StartError, StoreError};
use tempfile::TempDir;

use crate::support::{TestRelay, config};

/// Makes something else of a relay's database.
type Make = fn(&Path);

#[tokio::test]
async fn a_database_that_is_not_ours_or_not_whole_is_refused_and_left_alone() {
    // how the file comes to be → what the message says
    let table: [(Make, &str); 6] = [
        (newer, "phiên bản mới hơn"),
        (
            other_application,
            "không phải cơ sở dữ liệu của máy chủ Tiến Độ",
        ),
        (text, "không phải cơ sở dữ liệu của máy chủ Tiến Độ"),
        (cut, "bị hỏng"),
        (overwritten, "bị hỏng"),
        (overwritten_where_nobody_looks, "bị hỏng"),
    ];
    for (make, says) in table {
        let mut relay = TestRelay::start().await;
        relay.stop().await;
        let path = relay.folder.path().join("relay.db");
        // Closed for good, so that the file is all there is.
        drop(relay.admin);
        make(&path);
        let before = fs::read(&path).unwrap();
        let error = sync_server::start(config(&relay.folder)).await.unwrap_err();
        assert!(error.to_string().contains(says), "{error}");
        assert!(
            error.to_string().contains("relay.db"),
            "it names the file: {error}"
        );
        assert!(
            fs::read(&path).unwrap() == before,
            "the file was touched: {says}"
        );
    }
}

fn newer(path: &Path) {
    sql(path, "PRAGMA user_version = 99");
}

fn other_application(path: &Path) {
    fs::remove_file(path).unwrap();
    sql(
        path,
        "PRAGMA application_id = 7; CREATE TABLE recipes (name TEXT)",
    );
}

fn text(path: &Path) {
    fs::write(
        path,
        "đây là một bức thư, không phải cơ sở dữ liệu. ".repeat(100),
    )
    .unwrap();
}

fn cut(path: &Path) {
    let bytes = fs::read(path).unwrap();
    fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
}

fn overwritten(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let end = bytes.len();
    bytes[4096..end].fill(0x5a);
    fs::write(path, bytes).unwrap();
}

/// Only the log itself, which is read when somebody follows the document.
fn overwritten_where_nobody_looks(path: &Path) {
    let page: u16 = rusqlite::Connection::open(path)
        .unwrap()
        .query_row(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'change'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    let mut bytes = fs::read(path).unwrap();
    let end = usize::from(page) * 4096;
    bytes[end - 4096..end].fill(0x5a);
    fs::write(path, bytes).unwrap();
}

fn sql(path: &Path, batch: &str) {
    rusqlite::Connection::open(path)
        .unwrap()
        .execute_batch(batch)
        .unwrap();
}

#[tokio::test]
async fn a_port_in_use_is_named() {
    let relay = TestRelay::start().await;
    let folder = TempDir::new().unwrap();
    let mut config = config(&folder);
    config.listen = relay.addr;
    let error = sync_server::start(config).await.unwrap_err();
    assert!(matches!(error, StartError::PortInUse(addr) if addr == relay.addr));
    assert!(
        error.to_string().contains(&relay.addr.to_string()),
        "{error}"
    );
}

#[tokio::test]
async fn two_relays_do_not_share_a_database() {
    let mut relay = TestRelay::start().await;
    let error = sync_server::start(config(&relay.folder)).await.unwrap_err();
    assert!(
        matches!(error, StartError::Store(StoreError::Served { .. })),
        "{error}"
    );
    relay.stop().await;
    relay.resume().await;
}

#[tokio::test]
async fn an_address_that_fits_into_no_code_is_refused() {
    let folder = TempDir::new().unwrap();
    for url in [
        "",
        "tiendo.vn",
        "ftp://tiendo.vn",
        "https://",
        "https://a b",
    ] {
        let mut config = config(&folder);
        config.public_url = Some(url.to_owned());
        let error = sync_server::start(config).await.unwrap_err();
        assert!(matches!(error, StartError::PublicUrl(_)), "{url}: {error}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_can_read_the_key() {
    use std::os::unix::fs::PermissionsExt as _;
    let relay = TestRelay::start().await;
    for name in ["relay.db", "relay.db-wal"] {
        let mode = fs::metadata(relay.folder.path().join(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}
