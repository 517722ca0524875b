//! Finding things as people type them.

use programme::{Fact, Scalar, Stamp};
use terms::{ChangeId, Timestamp};

use super::*;
use crate::storage::{open, projection};

const DOC: &str = "agency/2019/huyen-tran-de";

fn said(path: &str, text: &str) -> Fact {
    let stamp = |value| Stamp {
        value,
        change: ChangeId([0; 32]),
        author: None,
        time: Timestamp(0),
    };
    let value = match text {
        "" => Scalar::Null,
        "true" => Scalar::Bool(true),
        text => Scalar::Text(text.to_owned()),
    };
    Fact {
        path: path.to_owned(),
        values: vec![stamp(value)],
    }
}

fn database(facts: &[Fact]) -> (tempfile::TempDir, Connection) {
    let folder = tempfile::tempdir().unwrap();
    let db = open(&folder.path().join("replica.sqlite")).unwrap();
    write(&db, facts);
    (folder, db)
}

fn write(db: &Connection, facts: &[Fact]) {
    db.execute_batch("BEGIN").unwrap();
    projection::write(db, &DOC.parse().unwrap(), &terms::Heads::default(), facts).unwrap();
    db.execute_batch("COMMIT").unwrap();
}

const NARRATIVE: &str = "progress/nv-1/2019-q3/narrative";

#[test]
fn words_are_found_however_they_are_typed() {
    let (_folder, db) = database(&[said(
        NARRATIVE,
        "Đường tỉnh 934 qua xã Hòa Đông đã trải nhựa 12,5 km; Nguyễn Văn Ớt nghiệm thu.",
    )]);
    for asked in [
        "duong",
        "đường",
        "ĐƯỜNG",
        "duo",
        "hoà đông",
        "hòa đông",
        "hoa dong",
        "dong hoa",
        "934",
        "12,5",
        "nhua km",
        "ot",
        "nguye\u{302}\u{303}n",
        "đường tỉnh \"934\"",
        // While it is being typed, and where the input method is not on.
        "đ",
        "đươn",
        "dduwown",
        "dduwowngf tinhr",
        "d9u7o7ng2",
        "trải*",
    ] {
        assert_eq!(find(&db, asked).unwrap().len(), 1, "{asked}");
    }
    for asked in [
        "",
        "  ",
        "\"",
        "*",
        "uong",
        "duong 935",
        "AND",
        "cầu OR đường",
        "NEAR(",
    ] {
        assert_eq!(find(&db, asked).unwrap(), [], "{asked}");
    }
}

#[test]
fn what_was_rewritten_cleared_or_struck_out_is_not_found() {
    let (_folder, db) = database(&[
        said(NARRATIVE, "trồng lúa"),
        said("items/k-1/text", "thiếu vốn"),
        said("items/k-1/task", "nv-9"),
    ]);
    write(&db, &[said(NARRATIVE, "nuôi tôm")]);
    assert_eq!(find(&db, "lua").unwrap(), []);
    let hits = find(&db, "tom").unwrap();
    assert!(
        matches!(hits.as_slice(), [Hit::Text { task: Some(task), excerpt, .. }]
            if task.as_str() == "nv-1" && excerpt == "nuôi tôm"),
        "{hits:?}"
    );
    let hits = find(&db, "von").unwrap();
    assert!(
        matches!(hits.as_slice(), [Hit::Text { task: Some(task), .. }] if task.as_str() == "nv-9")
    );
    write(
        &db,
        &[said("items/k-1/removed", "true"), said(NARRATIVE, "")],
    );
    assert_eq!(find(&db, "von").unwrap(), []);
    assert_eq!(find(&db, "tom").unwrap(), []);
}

#[test]
fn a_milestone_struck_out_is_not_found() {
    let milestone = [
        said("milestones/m-1/title", "bàn giao mặt bằng"),
        said("milestones/m-1/task", "nv-9"),
    ];
    let (_folder, db) = database(&milestone);
    let found = || {
        let (hits, tasks) = (find(&db, "mat bang"), tasks(&db, "mat bang"));
        (hits.unwrap().len(), tasks.unwrap().len())
    };
    assert_eq!(found(), (1, 1));
    write(&db, &[said("milestones/m-1/removed", "true")]);
    assert_eq!(found(), (0, 0));
    // Where somebody says that it stays, it is shown, and so it is found.
    let mut disputed = said("milestones/m-1/removed", "true");
    let stays = Stamp {
        value: Scalar::Bool(false),
        ..disputed.values[0].clone()
    };
    disputed.values.push(stays);
    write(&db, &[disputed]);
    assert_eq!(found(), (1, 1));
}

#[test]
fn tasks_are_narrowed_to_all_of_which_the_words_were_written() {
    let written = |n| said(&format!("progress/nv-{n}/2019-q3/narrative"), "Đường tỉnh");
    let item = |n: usize, field: &str, text: &str| said(&format!("items/k-{n}/{field}"), text);
    let mut facts: Vec<Fact> = (0..2 * MOST).map(written).collect();
    facts.extend([
        item(1, "text", "đường ngập"),
        item(1, "task", "nv-ngap"),
        item(2, "text", "đường hỏng"),
        item(2, "task", "nv-hong"),
        item(2, "removed", "true"),
    ]);
    let (_folder, db) = database(&facts);
    let found = tasks(&db, "duong").unwrap();
    assert_eq!(found.len(), 2 * MOST + 1);
    assert!(found.contains(&"nv-ngap".parse().unwrap()), "{found:?}");
    assert_eq!(tasks(&db, "").unwrap(), BTreeSet::new());
}

#[test]
fn tasks_targets_and_agencies_are_found_once_by_any_of_their_names() {
    let (_folder, db) = database(&[
        said("tasks/nv-1/title", "Xây dựng nông thôn mới"),
        said("tasks/nv-1/clause", "II.3.đ, gạch 3"),
        said("targets/ct-1/name", "Tỷ lệ hộ nghèo"),
        said("agencies/so-y-te/name", "Sở Y tế"),
        said("agencies/so-y-te/short", "Sở Y tế"),
    ]);
    assert_eq!(
        find(&db, "nong thon").unwrap(),
        [Hit::Task("nv-1".parse().unwrap())]
    );
    assert_eq!(
        find(&db, "II.3.đ").unwrap(),
        [Hit::Task("nv-1".parse().unwrap())]
    );
    assert_eq!(
        find(&db, "ho ngheo").unwrap(),
        [Hit::Target("ct-1".parse().unwrap())]
    );
    assert_eq!(
        find(&db, "so y").unwrap(),
        [Hit::Agency("so-y-te".parse().unwrap())]
    );
}

#[test]
fn marks_as_typed_come_before_others_and_whole_words_before_beginnings() {
    // Short ones first: by itself the index puts them there.
    let (_folder, db) = database(&[
        said("tasks/nv-luat/title", "Kỷ luật"),
        said("tasks/nv-lua/title", "Lùa bò"),
        said(
            "tasks/nv-ruong/title",
            "Sản xuất lúa đặc sản trên địa bàn tỉnh, gắn với tiêu thụ",
        ),
        said("tasks/nv-dan/title", "Dân số"),
        said("tasks/nv-de/title", "Đê biển và kè chống sạt lở bờ sông"),
    ]);
    for (asked, order) in [
        ("lua", &["nv-lua", "nv-ruong", "nv-luat"][..]),
        ("lúa", &["nv-ruong", "nv-lua", "nv-luat"]),
        ("lùa", &["nv-lua", "nv-ruong", "nv-luat"]),
        ("luậ", &["nv-luat", "nv-lua", "nv-ruong"]),
        ("luat", &["nv-luat"]),
        ("đ", &["nv-ruong", "nv-de", "nv-dan"]),
    ] {
        let hits = find(&db, asked).unwrap();
        let order: Vec<_> = order
            .iter()
            .map(|id| Hit::Task(id.parse().unwrap()))
            .collect();
        assert_eq!(hits, order, "{asked}");
    }
}
