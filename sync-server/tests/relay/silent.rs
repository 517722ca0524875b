//! Who says nothing any more: a pulled cable, a laptop that was shut.

use std::time::Duration;

use tokio::io::AsyncReadExt as _;
use tokio_tungstenite::MaybeTlsStream;

use crate::support::TestRelay;

/// The first byte of a ping as it travels.
const PING: u8 = 0x89;

/// Whoever only takes in what is sent, as a system or a proxy does for a peer that is gone, is asked
/// once and then gives up its place.
#[tokio::test]
async fn a_peer_that_says_nothing_loses_its_place() {
    let mut relay = TestRelay::start_with(|config| {
        config.silence = Duration::from_millis(50);
    })
    .await;
    let an = relay.enrol("an").await;
    let connection = an.connect(relay.addr).await;
    let MaybeTlsStream::Plain(mut socket) = connection.socket.into_inner() else {
        panic!("no plain socket");
    };
    let mut asked = 0;
    let mut frame = [0; 2];
    // Nothing was followed, so that nothing but questions and the end comes.
    while socket.read_exact(&mut frame).await.is_ok() && frame[0] == PING {
        asked += 1;
        assert!(asked < 2, "it is asked again and again");
    }
    assert_eq!(asked, 1);
}
