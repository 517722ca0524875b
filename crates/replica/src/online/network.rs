//! Whether the machine's way into the network has changed: a cable was plugged in, a Wi-Fi joined.

use std::{
    net::{IpAddr, UdpSocket},
    time::Duration,
};

/// How often that is looked at. It costs a few system calls.
const LOOK: Duration = Duration::from_secs(2);

/// From where, and to where, one would send: addresses that are only ever used in documents (RFC
/// 5737, RFC 3849).
const WAYS: [(&str, &str); 2] = [("0.0.0.0:0", "192.0.2.1:9"), ("[::]:0", "[2001:db8::1]:9")];

/// Waits until the way into the network is another one.
pub(super) async fn changed() {
    differs(LOOK, way).await;
}

async fn differs<T: PartialEq>(every: Duration, look: impl Fn() -> T) {
    let before = look();
    while look() == before {
        tokio::time::sleep(every).await;
    }
}

/// The addresses under which this machine would send something out; none without a network.
/// Choosing a way sends nothing.
fn way() -> [Option<IpAddr>; 2] {
    WAYS.map(|(from, to)| {
        let socket = UdpSocket::bind(from).ok()?;
        socket.connect(to).ok()?;
        socket.local_addr().ok().map(|address| address.ip())
    })
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[tokio::test]
    async fn a_change_is_noticed_and_nothing_else() {
        let looks = Cell::new(0);
        let plugged_in_at_the_fifth = || {
            looks.set(looks.get() + 1);
            (looks.get() >= 5).then_some("192.0.2.7")
        };
        differs(Duration::from_millis(1), plugged_in_at_the_fifth).await;
        assert_eq!(looks.get(), 5);
        assert_eq!(way(), way());
    }
}
