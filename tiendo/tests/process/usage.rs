//! Help, and looking at what is there.

use std::{
    io::{BufRead as _, BufReader},
    process::Stdio,
};

use crate::office::{Home, OFFICE};

const TASKS: [&str; 11] = [
    "people", "enrol", "status", "list", "show", "search", "progress", "value", "sync", "export",
    "import",
];

#[test]
fn help_names_every_task_its_exit_codes_and_an_example() {
    let nowhere = Home::at("nowhere".into());
    let help = nowhere.ok(&["--help"]);
    for says in TASKS
        .into_iter()
        .chain(["Ví dụ", "Mã thoát", "TIENDO_SECRET"])
    {
        assert!(help.contains(says), "{says}: {help}");
    }
    for task in TASKS {
        let help = nowhere.ok(&[task, "--help"]);
        assert!(help.contains("Usage: tiendo"), "{help}");
    }
    nowhere.fails(&[], 2, "Usage");
    nowhere.fails(&["xem"], 2, "xem");
}

#[test]
fn a_reviewer_writes_for_an_agency_with_a_reason() {
    let (khoa, task) = (OFFICE.home("khoa"), OFFICE.home("an").task());
    let whose = ["--percent", "35", "--for", "huyen-tran-de"];
    let given = [&["progress", &task, "--period", "2019-q3"][..], &whose[..]].concat();
    khoa.fails(&given, 1, "ghi lý do");
    khoa.fails(&[&given[..], &["--reason", " "]].concat(), 1, "ghi lý do");
    assert_eq!(khoa.pending(), 0);
    khoa.ok(&[&given[..], &["--reason", "Theo biên bản"]].concat());
    let shown = khoa.ok(&["show", &task, "--period", "2019-q3"]);
    assert!(shown.contains("35 %"), "{shown}");
}

#[test]
fn what_was_set_is_shown_and_waits_to_be_sent() {
    let an = OFFICE.home("an");
    let task = an.task();
    let at = [task.as_str(), "--period", "2019-q3"];
    let said = [
        "--status",
        "in-progress",
        "--percent",
        "62,5",
        "--narrative",
        "Đã xong 3 km.",
    ];
    let saved = an.ok(&[&["progress"], &at[..], &said].concat());
    assert_eq!(saved, "Đã lưu trên máy.\n");
    let shown = an.ok(&[&["show"], &at[..]].concat());
    for says in ["62,5 %", "Đang thực hiện", "Đã xong 3 km."] {
        assert!(shown.contains(says), "{says}: {shown}");
    }
    let rows = an.json(&["list", "--period", "2019-q3"]);
    let row = rows
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["task"] == *task)
        .unwrap();
    assert_eq!(row["percent"], "62.5");
    let left = an.json(&["list", "--period", "2019-q3", "--not-updated"]);
    assert!(
        left.as_array()
            .unwrap()
            .iter()
            .all(|row| row["task"] != *task)
    );
    assert!(an.ok(&["search", "da xong 3 km"]).contains(&task));
    assert_eq!(an.pending(), 3, "status, percentage and narrative");
    an.ok(&[
        "value", "ct-6wxf", "--period", "2019-q3", "--actual", "1.234,50",
    ]);
    let json = an.folder.join("all.json");
    an.ok(&["export", "json", json.to_str().unwrap()]);
    let all: serde_json::Value = serde_json::from_slice(&std::fs::read(&json).unwrap()).unwrap();
    let facts = &all["documents"]["agency/2019/huyen-tran-de"]["facts"];
    let actual = &facts["values/ct-6wxf/2019-q3/actual"][0]["value"]["value"];
    assert_eq!(actual, "1234.50", "{facts:#}");
    assert_eq!(an.json(&["people"])[0]["name"], "Nguyễn Văn An");
    an.fails(
        &["show", "nv-khong-co", "--period", "2019-q3"],
        1,
        "nv-khong-co",
    );
}

/// A field that is declared is an option here, is shown, found and exported.
#[test]
fn where_the_money_comes_from_is_written_shown_found_and_exported() {
    let an = OFFICE.home("an");
    let task = an.task();
    let at = [task.as_str(), "--period", "2019-q3"];
    assert!(an.ok(&["progress", "--help"]).contains("Nguồn kinh phí"));
    let funding = ["--funding", "Vốn vay ODA"];
    an.ok(&[&["progress"], &at[..], &funding].concat());
    let shown = an.ok(&[&["show"], &at[..]].concat());
    assert!(shown.contains("Nguồn kinh phí: Vốn vay ODA"), "{shown}");
    assert!(an.ok(&["search", "von vay oda"]).contains(&task));
    let json = an.folder.join("funding.json");
    an.ok(&["export", "json", json.to_str().unwrap()]);
    let all: serde_json::Value = serde_json::from_slice(&std::fs::read(&json).unwrap()).unwrap();
    let facts = &all["documents"]["agency/2019/huyen-tran-de"]["facts"];
    let funding = &facts[format!("progress/{task}/2019-q3/funding")][0]["value"]["value"];
    assert_eq!(funding, "Vốn vay ODA", "{facts:#}");
}

#[test]
fn every_document_is_exported_as_automerge_has_it() {
    let khoa = OFFICE.home("khoa");
    let to = khoa.folder.join("tài liệu");
    khoa.ok(&["export", "automerge", to.to_str().unwrap()]);
    let programme = std::fs::read(to.join("programme-2019.automerge")).unwrap();
    assert_eq!(&programme[..4], [0x85, 0x6f, 0x4a, 0x83]);
    let nowhere = khoa.folder.join("không/có/tệp.json");
    let nowhere = nowhere.to_str().unwrap();
    khoa.fails(&["export", "json", nowhere], 1, nowhere);
}

#[test]
fn who_reads_only_the_first_line_is_no_error() {
    let khoa = OFFICE.home("khoa");
    let mut child = khoa
        .command(&["list", "--period", "2019-q3"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Closed before anything is written.
    drop(child.stdout.take());
    let stderr = BufReader::new(child.stderr.take().unwrap());
    let said: Vec<String> = stderr.lines().map_while(Result::ok).collect();
    assert!(child.wait().unwrap().success(), "{said:?}");
    assert_eq!(said, Vec::<String>::new());
}
