//! What can't be taken: refused with a message, an exit code, and nothing stored.

use std::fs;

use replica::{Replica, SystemClock};

use crate::office::{Home, OFFICE, SECRET};

#[test]
fn figures_and_words_that_cannot_be_taken_store_nothing() {
    let an = OFFICE.home("an");
    let task = an.task();
    let before = an.json(&["show", &task, "--period", "2019-q3"]);
    let progress = |task: &str, more: &[&str]| {
        let given = ["progress", task, "--period", "2019-q3"];
        [&given[..], more]
            .concat()
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let value = |target: &str, figure: &str| {
        let given = ["value", target, "--period", "2019-q3", "--actual", figure];
        given.map(str::to_owned).to_vec()
    };
    let share = "ct-tgy7";
    let table: [(Vec<String>, i32, &str); 19] = [
        (
            progress("nv-khong-co", &["--percent", "5"]),
            1,
            "không có nhiệm vụ «nv-khong-co»",
        ),
        (
            progress("Nhiệm vụ", &["--percent", "5"]),
            2,
            "chỉ dùng chữ thường không dấu",
        ),
        (
            progress(&task, &["--percent", "140"]),
            1,
            "140 % không hợp lệ",
        ),
        (
            progress(&task, &["--percent", "-5"]),
            1,
            "-5 % không hợp lệ",
        ),
        (progress(&task, &["--percent", "12a"]), 1, "12a"),
        (progress(&task, &["--percent", ""]), 1, ""),
        // What stands beside a figure that is refused is not stored either.
        (
            progress(&task, &["--status", "in-progress", "--percent", "140"]),
            1,
            "140 %",
        ),
        (progress(&task, &["--status", "xong"]), 2, "not-started"),
        (progress(&task, &["--status", "done"]), 1, "ngày hoàn thành"),
        (
            progress(&task, &["--done-on", "31/02/2019"]),
            2,
            "31/02/2019",
        ),
        (
            progress(&task, &["--narrative", "ngược \u{202e}chiều"]),
            1,
            "U+202E",
        ),
        (
            progress(&task, &["--narrative", "chuông \u{7}"]),
            1,
            "U+0007",
        ),
        (progress(&task, &[]), 1, "chưa nêu gì để ghi"),
        (
            value("ct-khong-co", "5"),
            1,
            "không có chỉ tiêu «ct-khong-co»",
        ),
        (value(share, "1.2.3"), 1, "1.2.3"),
        (value(share, "12a"), 1, "12a"),
        (value(share, "3.00"), 1, "3,00"),
        (value(share, "-3,5"), 1, "không được âm"),
        (value(share, ""), 1, ""),
    ];
    for (arguments, code, says) in &table {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        an.fails(&arguments, *code, says);
    }
    let other_year = ["progress", &task, "--period", "2018-q3", "--percent", "5"];
    an.fails(&other_year, 1, "quyền");
    an.fails(
        &["progress", &task, "--period", "2019-q9", "--percent", "5"],
        2,
        "2019-q9",
    );
    let long = "x".repeat(100_000);
    let narrative = progress(&task, &["--narrative", &long]);
    let narrative: Vec<&str> = narrative.iter().map(String::as_str).collect();
    an.fails(&narrative, 1, "văn bản quá dài");
    assert_eq!(an.pending(), 0);
    assert_eq!(an.json(&["show", &task, "--period", "2019-q3"]), before);
}

#[test]
fn who_is_not_here_or_has_another_secret_is_told() {
    let nobody = tempfile::tempdir().unwrap();
    let empty = Home::at(nobody.path().join("chưa có"));
    assert!(empty.ok(&["people"]).contains("chưa có"));
    empty.fails(&["status"], 1, "tiendo enrol");
    let code = ["enrol", "--device", "máy", "--code"];
    empty.fails(&[&code[..], &["hôm nay"]].concat(), 1, "ký tự");
    assert!(!empty.folder.exists(), "something was stored");

    let an = OFFICE.home("an");
    an.fails(
        &["--as", "td-khong-co", "status"],
        1,
        "chưa ghi danh trên máy này",
    );
    let output = an
        .command(&["status"])
        .env("TIENDO_SECRET", "sai")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("không đúng"), "{said}");
    let output = an
        .command(&["status"])
        .env_remove("TIENDO_SECRET")
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&output.stderr).contains("--secret-file"));
    an.fails(
        &["--secret-file", "/nowhere/secret", "status"],
        1,
        "/nowhere/secret",
    );
}

#[test]
fn a_folder_in_use_is_named_and_can_be_tried_again() {
    let an = OFFICE.home("an");
    let id = crate::office::enrolment_list(&an.folder)[0]
        .enrolment
        .clone();
    let unlocked = replica::enrolment::unlock(&an.folder, &id, SECRET).unwrap();
    let open = Replica::open(unlocked, std::sync::Arc::new(SystemClock)).unwrap();
    let folder = an.folder.to_string_lossy().into_owned();
    an.fails(&["status"], 3, "đang mở ở một cửa sổ khác");
    an.fails(&["status"], 3, &folder);
    drop(open);
}

#[test]
fn a_database_that_is_not_ours_or_not_whole_is_named_and_left_alone() {
    let an = OFFICE.home("an");
    let file = an.enrolment().join("replica.sqlite");
    let whole = fs::read(&file).unwrap();
    let mut newer = whole.clone();
    newer[60..64].copy_from_slice(&99_u32.to_be_bytes());
    let mut other = whole.clone();
    other[68..72].copy_from_slice(&7_u32.to_be_bytes());
    let half = whole[..whole.len() / 2].to_vec();
    let table = [
        (newer, "phiên bản mới hơn"),
        (other, "ứng dụng khác"),
        (half, "bị hỏng"),
        ("một tệp văn bản".into(), "bị hỏng"),
        (Vec::new(), "bị hỏng"),
    ];
    for (bytes, says) in table {
        fs::write(&file, &bytes).unwrap();
        an.fails(&["status"], 1, says);
        an.fails(&["sync"], 1, "replica.sqlite");
        assert_eq!(
            fs::read(&file).unwrap(),
            bytes,
            "{says}: the file was touched"
        );
    }
    fs::write(&file, whole).unwrap();
    an.ok(&["status"]);
}
