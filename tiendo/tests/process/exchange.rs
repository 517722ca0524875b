//! Sending and receiving.

use std::fs;

use serde_json::Value;

use crate::office::OFFICE;

#[test]
fn what_one_writes_the_other_has_after_both_have_synced() {
    let (an, khoa) = (OFFICE.home("an"), OFFICE.home("khoa"));
    let task = an.task();
    let at = [task.as_str(), "--period", "2019-q2"];
    an.ok(&[
        &["progress"],
        &at[..],
        &["--narrative", "Báo cáo gửi từ kịch bản."],
    ]
    .concat());
    assert!(an.ok(&["sync"]).contains("Đã lên tỉnh"));
    assert_eq!(an.pending(), 0);
    khoa.ok(&["sync"]);
    assert!(
        khoa.ok(&[&["show"], &at[..]].concat())
            .contains("Báo cáo gửi từ kịch bản.")
    );
    let status = khoa.json(&["status"]);
    assert!(
        status["synced_at"].is_number() && status["quarantined"] == 0,
        "{status}"
    );
}

#[test]
fn without_a_relay_it_is_not_yet_and_everything_waits() {
    let an = OFFICE.home("an");
    let file = an.enrolment().join("enrolment.json");
    let mut who: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    who["relay_url"] = "http://127.0.0.1:9".into();
    fs::write(&file, who.to_string()).unwrap();
    let task = an.task();
    an.ok(&["progress", &task, "--period", "2019-q2", "--percent", "5"]);
    let pending = an.pending();
    assert!(pending > 0);
    an.fails(&["sync", "--wait", "0"], 3, "đã lưu trên máy");
    assert_eq!(an.pending(), pending);
}

#[test]
fn a_clock_wrong_by_a_year_is_told_with_both_days() {
    let an = OFFICE.home("an");
    let output = an
        .command(&["sync"])
        .env("TIENDO_CLOCK", "2020-09-10")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    for says in ["đồng hồ máy này", "10/09/2020", "11/09/2019"] {
        assert!(said.contains(says), "{says}: {said}");
    }
    an.ok(&["sync"]);
}
