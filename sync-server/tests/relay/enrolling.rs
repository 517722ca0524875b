//! Enrolling, and what else the relay answers over HTTP.

use serde_json::{Value, json};
use sync::{
    Keypair,
    code::{Code, Secret},
    enrol::{EnrolReply, EnrolRequest},
};

use crate::support::{Device, TestRelay, new_key, post};

#[tokio::test]
async fn a_code_enrols_one_device_and_tells_it_who_is_who() {
    let mut relay = TestRelay::start().await;
    let code = relay.code_for("an");
    assert_eq!(
        code.url,
        relay.url(""),
        "the code carries the address served at"
    );
    let device = Device::enrol(&code).await;
    let directory = device.reply.check(relay.key, &device.key.public()).unwrap();
    let (id, person) = directory.author(&device.enrolment).unwrap();
    assert_eq!(
        (id.as_str(), person.agency.as_str()),
        ("an", "huyen-tran-de")
    );
    device.connect(relay.addr).await;

    let row = &relay.admin.codes().unwrap()[0];
    assert_eq!(row.enrolment.as_ref(), Some(&device.enrolment));
}

#[tokio::test]
async fn the_same_device_may_ask_again_when_the_answer_was_lost() {
    let mut relay = TestRelay::start().await;
    let code = relay.code_for("an");
    let key = new_key();
    let request = EnrolRequest::new(code.secret, "máy".to_owned(), &key, &code.relay);
    let first: EnrolReply = post(&code.url, &request).await.json().await.unwrap();
    let again: EnrolReply = post(&code.url, &request).await.json().await.unwrap();
    assert_eq!(first.enrolment, again.enrolment);
    assert_eq!(relay.admin.directory().unwrap().enrolments().count(), 1);
}

#[tokio::test]
async fn whoever_may_not_enrol_is_told_why_and_nothing_is_stored() {
    let mut relay = TestRelay::start().await;
    let (good, used, old) = (
        relay.code_for("an"),
        relay.code_for("an"),
        relay.code_for("an"),
    );
    let known = Device::enrol(&used).await;
    let ask = |code: &Code, key: &Keypair| {
        EnrolRequest::new(code.secret, "máy".to_owned(), key, &code.relay)
    };
    let guessed = Code {
        secret: Secret([0; 16]),
        ..good.clone()
    };
    let elsewhere = Code {
        relay: new_key().public(),
        ..good.clone()
    };
    let long = "m".repeat(2_000);
    let strange = EnrolRequest::new(good.secret, long, &new_key(), &good.relay);
    let before = relay.admin.directory().unwrap().tail();
    // request → status, code, what the message says
    let table = [
        (ask(&guessed, &new_key()), 403, "wrong-code", "không đúng"),
        (ask(&used, &new_key()), 410, "used-code", "đã được dùng"),
        (
            ask(&elsewhere, &new_key()),
            400,
            "not-proved",
            "không chứng minh",
        ),
        (ask(&good, &known.key), 409, "known-key", "khóa này đã"),
        (strange, 400, "device-name", "tên thiết bị"),
    ];
    for (request, status, word, says) in table {
        is_problem(post(&good.url, &request).await, status, word, says).await;
    }
    relay.hours_pass(48);
    is_problem(
        post(&old.url, &ask(&old, &new_key())).await,
        410,
        "expired-code",
        "hết hạn",
    )
    .await;
    assert_eq!(relay.admin.directory().unwrap().tail(), before);
}

#[tokio::test]
async fn what_is_no_request_to_enrol_is_refused() {
    let relay = TestRelay::start().await;
    let client = reqwest::Client::new();
    for body in [
        json!({}),
        json!([]),
        json!({ "secret": "x".repeat(100_000) }),
    ] {
        let sent = client
            .post(relay.url("/v1/enrol"))
            .json(&body)
            .send()
            .await
            .unwrap();
        is_problem(sent, 400, "unreadable", "không đọc được").await;
    }
}

#[tokio::test]
async fn guessing_is_slowed_down() {
    let mut relay = TestRelay::start().await;
    let good = relay.code_for("an");
    let wrong = EnrolRequest::new(Secret([0; 16]), "máy".to_owned(), &new_key(), &good.relay);
    for _ in 0..10 {
        is_problem(
            post(&good.url, &wrong).await,
            403,
            "wrong-code",
            "không đúng",
        )
        .await;
    }
    // A right code gets the same answer now: it tells nothing.
    let right = EnrolRequest::new(good.secret, "máy".to_owned(), &new_key(), &good.relay);
    for request in [wrong, right] {
        is_problem(
            post(&good.url, &request).await,
            429,
            "too-often",
            "quá nhiều lần",
        )
        .await;
    }
}

#[tokio::test]
async fn everything_else_is_told_that_this_is_a_relay() {
    let relay = TestRelay::start().await;
    for (path, status, word) in [
        ("/", 404, "unknown"),
        ("/index.html", 404, "unknown"),
        ("/v1/directory", 404, "unknown"),
        ("/v1/enrol", 405, "wrong-method"),
        ("/v1/ws", 426, "not-a-websocket"),
    ] {
        is_problem(
            reqwest::get(relay.url(path)).await.unwrap(),
            status,
            word,
            "Tiến Độ",
        )
        .await;
    }
}

#[tokio::test]
async fn health_says_how_it_stands() {
    let mut relay = TestRelay::start().await;
    let an = relay.enrol("an").await;
    let _connection = an.connect(relay.addr).await;
    let health: Value = reqwest::get(relay.url("/health"))
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let entries = relay.admin.directory().unwrap().tail().seq;
    assert_eq!(
        health,
        json!({
            "service": sync_server::SERVICE,
            "version": env!("CARGO_PKG_VERSION"),
            "ok": true,
            "writable": true,
            "directory": entries,
            "connections": 1,
        })
    );
}

async fn is_problem(answer: reqwest::Response, status: u16, word: &str, says: &str) {
    assert_eq!(answer.status().as_u16(), status, "{word}");
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    assert!(
        answer
            .headers()
            .get("access-control-allow-origin")
            .is_none()
    );
    let problem: Value = answer.json().await.unwrap();
    assert_eq!(problem["service"], sync_server::SERVICE);
    assert_eq!(problem["code"], word);
    let message = problem["message"].as_str().unwrap();
    assert!(message.contains(says), "{message}");
}
