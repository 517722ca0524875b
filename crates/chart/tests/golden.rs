//! The pictures, to the byte. After a change that is meant, look at them in a browser and write
//! them anew: `CHART_GOLDEN=write cargo test -p chart`.

use std::{fs, path::PathBuf};

use chart::{Frame, Year, YearWords, bullet, share_bar, status_bar, year};
use terms::{Decimal, Goal, Kind, OfficialStatus, Period, rows::StatusCounts};

fn check(name: &str, svg: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    if std::env::var_os("CHART_GOLDEN").is_some_and(|how| how == "write") {
        fs::write(&path, svg).expect("the folder of pictures");
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        svg, golden,
        "{name} is drawn differently; see the head of this file"
    );
}

fn frame(id: &'static str, title: &'static str, width: i64, height: i64) -> Frame<'static> {
    Frame {
        id,
        title,
        width,
        height,
    }
}

fn word(status: OfficialStatus) -> &'static str {
    match status {
        OfficialStatus::DoneOnTime => "Hoàn thành đúng hạn",
        OfficialStatus::DoneLate => "Hoàn thành quá hạn",
        OfficialStatus::OpenInTime => "Chưa hoàn thành, trong hạn",
        OfficialStatus::OpenLate => "Chưa hoàn thành, quá hạn",
    }
}

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a figure")
}

#[test]
fn status_bars() {
    let counts = StatusCounts {
        done_on_time: 33,
        done_late: 5,
        open_in_time: 47,
        open_late: 9,
    };
    let title = "Văn hóa, xã hội <& nhóm 3>";
    check(
        "status.svg",
        &status_bar(&frame("g3", title, 240, 14), &counts, word),
    );
    let none = StatusCounts::default();
    check(
        "status-empty.svg",
        &status_bar(&frame("g0", "Chưa có", 240, 14), &none, word),
    );
}

#[test]
fn share_bars() {
    let bar = |part, all| {
        let title = "Trần Đề";
        share_bar(
            &frame("a", title, 120, 10),
            part,
            all,
            &format!("{part}/{all} đã cập nhật"),
        )
    };
    check("share.svg", &bar(22, 31));
    check("share-none.svg", &bar(0, 31));
    check("share-of-nothing.svg", &bar(0, 0));
}

#[test]
fn bullets() {
    let table = [
        (
            "above",
            Goal::Above {
                value: decimal("2000000"),
            },
            Some("1498700"),
        ),
        (
            "below",
            Goal::Below {
                value: decimal("11.3"),
            },
            Some("11.1"),
        ),
        (
            "range",
            Goal::Range {
                low: decimal("7.3"),
                high: decimal("7.5"),
            },
            Some("7.4"),
        ),
        (
            "about",
            Goal::About {
                value: decimal("30"),
            },
            None,
        ),
    ];
    for (name, goal, figure) in table {
        let svg = bullet(
            &frame(name, name, 96, 16),
            figure.map(decimal),
            &goal,
            None,
            name,
        );
        check(&format!("bullet-{name}.svg"), &svg);
    }
}

const WORDS: YearWords<'static> = YearWords {
    columns: ["Quý I", "6 tháng", "9 tháng", "Cả năm"],
    estimate: "ước",
    goal: "Kế hoạch",
    nothing: "chưa có số liệu",
};

fn through_year(name: &str, kind: Kind, goal: &Goal, goal_text: &str, figures: [&str; 4]) {
    let [first, second, third, estimate] = figures;
    let figure = |text: &str| (!text.is_empty()).then(|| decimal(text));
    let period = |text: &str| text.parse::<Period>().expect("a period");
    let series = [
        (period("2019-q1"), figure(first), None),
        (period("2019-q2"), figure(second), None),
        (period("2019-q3"), figure(third), None),
        (period("2019-year"), None, figure(estimate)),
    ];
    let what = Year {
        series: &series,
        kind,
        goal,
        goal_text,
        last_year: Some(decimal("11.0")),
        words: WORDS,
    };
    check(
        &format!("year-{name}.svg"),
        &year(
            &Frame {
                id: name,
                title: name,
                width: 520,
                height: 220,
            },
            &what,
        ),
    );
}

#[test]
fn years_by_form_of_goal() {
    let d = decimal;
    let growth = ["6.8", "7.1", "7.3", "7.45"];
    through_year(
        "above",
        Kind::Level,
        &Goal::Above { value: d("7.2") },
        "trên 7,2",
        growth,
    );
    through_year(
        "at-least",
        Kind::Flow,
        &Goal::AtLeast {
            value: d("279800"),
            exceed: false,
        },
        "279.800",
        ["52000", "73690", "76250", "281300"],
    );
    through_year(
        "below",
        Kind::Level,
        &Goal::Below { value: d("7") },
        "dưới 7",
        growth,
    );
    through_year(
        "about",
        Kind::Level,
        &Goal::About { value: d("7") },
        "khoảng 7",
        ["", "7.1", "", ""],
    );
    through_year(
        "range",
        Kind::Ratio,
        &Goal::Range {
            low: d("7.3"),
            high: d("7.5"),
        },
        "7,3 – 7,5",
        growth,
    );
    through_year(
        "reduce-to",
        Kind::Level,
        &Goal::ReduceTo { value: d("11.3") },
        "giảm còn 11,3",
        ["12.1", "11.9", "11.4", "11.2"],
    );
    through_year(
        "reduce-by",
        Kind::Yearly,
        &Goal::ReduceBy {
            low: d("2"),
            high: d("3"),
        },
        "giảm 2 – 3",
        ["", "", "", "8.43"],
    );
    through_year(
        "empty",
        Kind::Yearly,
        &Goal::AtLeast {
            value: d("0"),
            exceed: false,
        },
        "0",
        ["", "", "", ""],
    );
}

#[test]
fn a_fall_from_an_unknown_level_has_no_line_and_nothing_to_draw_says_so() {
    let goal = Goal::ReduceBy {
        low: decimal("2"),
        high: decimal("3"),
    };
    let what = Year {
        series: &[],
        kind: Kind::Yearly,
        goal: &goal,
        goal_text: "giảm 2 – 3",
        last_year: None,
        words: WORDS,
    };
    let svg = year(&frame("x", "Tỷ lệ hộ nghèo", 520, 220), &what);
    assert!(svg.contains(">chưa có số liệu</text>"), "{svg}");
    assert!(!svg.contains("chart-aim\""), "{svg}");
}
