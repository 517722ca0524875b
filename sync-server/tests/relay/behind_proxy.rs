//! A relay behind a reverse proxy: who calls is whom the proxy names, and nobody else may name.

use std::{
    net::{IpAddr, Ipv4Addr},
    time::Duration,
};

use sync::{code::Secret, enrol::EnrolRequest};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    connect_async,
    tungstenite::{Error, client::IntoClientRequest as _},
};

use crate::support::{TestRelay, new_key};

/// How many attempts to enrol an address has.
const ATTEMPTS: u32 = 3;

/// A relay that believes the proxy at this address.
async fn behind(proxy: Ipv4Addr) -> TestRelay {
    TestRelay::start_with(|config| {
        config.trusted_proxy = vec![IpAddr::V6(proxy.to_ipv6_mapped())];
        config.enrol_attempts = ATTEMPTS;
        config.auth_timeout = Duration::from_hours(1);
    })
    .await
}

/// Whether an attempt to enrol is looked at, for a caller with this header.
async fn is_looked_at(relay: &TestRelay, forwarded_for: &str) -> bool {
    let request = EnrolRequest::new(Secret([0; 16]), "máy".to_owned(), &new_key(), &relay.key);
    let answer = reqwest::Client::new()
        .post(relay.url("/v1/enrol"))
        .header("X-Forwarded-For", forwarded_for)
        .json(&request)
        .send()
        .await
        .unwrap();
    match answer.status().as_u16() {
        403 => true,
        429 => false,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn callers_through_the_proxy_do_not_use_up_each_others_attempts() {
    let relay = behind(Ipv4Addr::LOCALHOST).await;
    for _ in 0..ATTEMPTS {
        assert!(is_looked_at(&relay, "10.0.0.1").await);
    }
    // The same caller, whatever they wrote into the header before the proxy added its entry.
    for again in ["10.0.0.1", "10.0.0.2, 10.0.0.1", "unknown,10.0.0.1"] {
        assert!(!is_looked_at(&relay, again).await, "{again}");
    }
    assert!(is_looked_at(&relay, "10.0.0.1, 10.0.0.2").await);
}

#[tokio::test]
async fn strangers_through_the_proxy_are_counted_where_they_are() {
    let relay = behind(Ipv4Addr::LOCALHOST).await;
    let knock = async |forwarded_for: &str| {
        let address = format!("ws://{}/v1/ws", relay.addr);
        let mut request = address.into_client_request().unwrap();
        let named = forwarded_for.parse().unwrap();
        request.headers_mut().insert("X-Forwarded-For", named);
        connect_async(request).await.map(|(socket, _)| socket)
    };
    let mut crowd = Vec::new();
    let full = loop {
        match knock("10.0.0.1").await {
            Ok(socket) => crowd.push(socket),
            Err(full) => break full,
        }
    };
    assert!(matches!(full, Error::Http(answer) if answer.status() == 503));
    // As many again from elsewhere: to the socket, all of them are the proxy.
    for _ in 1..crowd.len() {
        crowd.push(knock("10.0.0.2").await.unwrap());
    }
}

#[tokio::test]
async fn a_proxy_may_hold_more_connections_than_one_address() {
    let relay = behind(Ipv4Addr::LOCALHOST).await;
    let mut silent = Vec::new();
    for _ in 0..200 {
        silent.push(TcpStream::connect(relay.addr).await.unwrap());
    }
    assert!(is_looked_at(&relay, "10.0.0.1").await);
}

#[tokio::test]
async fn who_is_no_proxy_cannot_say_that_somebody_else_calls() {
    let relay = behind(Ipv4Addr::new(127, 0, 0, 9)).await;
    for n in 0..ATTEMPTS {
        assert!(is_looked_at(&relay, &format!("10.0.0.{n}")).await);
    }
    assert!(!is_looked_at(&relay, "10.0.0.77").await);
}
