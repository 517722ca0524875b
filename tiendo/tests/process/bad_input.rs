//! What can't be taken: refused with a message, an exit code, and nothing stored.

use std::fs;

use replica::{Replica, SystemClock};

use crate::office::{Home, OFFICE, SECRET};

#[test]
fn progress_that_cannot_be_taken_stores_nothing() {
    let an = OFFICE.home("an");
    let task = an.task();
    let before = an.json(&["show", &task, "--period", "2019-q3"]);
    let long = "x".repeat(100_000);
    let table: [(&[&str], i32, &str); 12] = [
        (&["--percent", "140"], 1, "140 % không hợp lệ"),
        (&["--percent", "-5"], 1, "-5 % không hợp lệ"),
        (&["--percent", "12a"], 1, "12a"),
        (&["--percent", ""], 1, "chưa có số"),
        // What stands beside a figure that is refused is not stored either.
        (&["--status", "in-progress", "--percent", "140"], 1, "140 %"),
        (&["--status", "xong"], 2, "not-started"),
        (&["--status", "done"], 1, "ngày hoàn thành"),
        (&["--done-on", "31/02/2019"], 2, "31/02/2019"),
        (&["--narrative", "ngược \u{202e}chiều"], 1, "U+202E"),
        (&["--narrative", "chuông \u{7}"], 1, "U+0007"),
        (&["--narrative", &long], 1, "văn bản quá dài"),
        (&[], 1, "chưa nêu gì để ghi"),
    ];
    for (more, code, says) in table {
        let given = ["progress", &task, "--period", "2019-q3"];
        an.fails(&[&given[..], more].concat(), code, says);
    }
    for (task, period, code, says) in [
        (
            "nv-khong-co",
            "2019-q3",
            1,
            "không có nhiệm vụ «nv-khong-co»",
        ),
        ("Nhiệm vụ", "2019-q3", 2, "chỉ dùng chữ thường không dấu"),
        (task.as_str(), "2018-q3", 1, "quyền"),
        (task.as_str(), "2019-q9", 2, "2019-q9"),
    ] {
        let given = ["progress", task, "--period", period, "--percent", "5"];
        an.fails(&given, code, says);
    }
    assert_eq!(an.pending(), 0);
    assert_eq!(an.json(&["show", &task, "--period", "2019-q3"]), before);
}

#[test]
fn figures_that_cannot_be_taken_store_nothing() {
    let an = OFFICE.home("an");
    for (target, figure, says) in [
        ("ct-khong-co", "5", "không có chỉ tiêu «ct-khong-co»"),
        ("ct-tgy7", "1.2.3", "1.2.3"),
        ("ct-tgy7", "12a", "12a"),
        ("ct-tgy7", "3.00", "3,00"),
        ("ct-tgy7", "-3,5", "từ 0 đến 100"),
        ("ct-tgy7", "140", "từ 0 đến 100"),
        ("ct-15dz", "-3,5", "không được âm"),
        ("ct-tgy7", "", "chưa có số"),
    ] {
        let given = ["value", target, "--period", "2019-q3", "--actual", figure];
        an.fails(&given, 1, says);
        // Nor what stands beside it.
        an.fails(&[&given[..], &["--estimate", "5"]].concat(), 1, says);
    }
    assert_eq!(an.pending(), 0);
}

#[test]
fn a_doubtful_figure_is_refused_until_one_says_how_it_is_meant() {
    let an = OFFICE.home("an");
    let given = ["value", "ct-6wxf", "--period", "2019-q3", "--actual"];
    for says in ["33,500 (vi)", "33.500 (en)", "--read-as"] {
        an.fails(&[&given[..], &["33,500"]].concat(), 1, says);
    }
    assert_eq!(an.pending(), 0);
    let figure = |way: &str| {
        an.ok(&[&given[..], &["33,500", "--read-as", way]].concat());
        let json = an.folder.join("all.json");
        an.ok(&["export", "json", json.to_str().unwrap()]);
        let all: serde_json::Value = serde_json::from_slice(&fs::read(&json).unwrap()).unwrap();
        let facts = &all["documents"]["agency/2019/huyen-tran-de"]["facts"];
        facts["values/ct-6wxf/2019-q3/actual"][0]["value"]["value"].clone()
    };
    assert_eq!(figure("en"), "33500");
    assert_eq!(figure("vi"), "33.500");
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
