//! Blocks pasted into the table, and what becomes of each cell.

use terms::{
    AgencyId, Field, Heads, Kind, Value, Verdict,
    rows::{AgencyName, Contribution},
};

use super::super::cell::tests::cells;
use super::*;

const PERIOD: &str = "2019-q3";

/// A target of the own agency, with a figure before it.
fn target(id: &str, name: &str, goal: &str, now: &[&str]) -> (Key, TargetRow) {
    let value = goal.parse().unwrap();
    let last = Some(value);
    let row = TargetRow {
        target: id.parse().unwrap(),
        number: id.trim_start_matches("ct-").to_owned(),
        indent: 0,
        name: name.into(),
        unit: "tấn".into(),
        goal: terms::Goal::AtLeast {
            value,
            exceed: false,
        },
        goal_text: goal.into(),
        kind: Kind::Level,
        owner: None,
        assigned: None,
        rivals: vec![],
        programme: Heads::default(),
        conditions: vec![],
        clauses: vec![],
        cells: Some(cells(now, None)),
        contributions: vec![],
        cumulative: None,
        of_goal: None,
        of_same_period: None,
        verdict: Verdict::NoFigure,
        series: vec![("2019-q2".parse().unwrap(), last, None)],
    };
    (id.into(), row)
}

fn table() -> Vec<(Key, TargetRow)> {
    vec![
        target("ct-1", "Giá trị sản xuất công nghiệp", "33500", &["10"]),
        target("ct-2", "Giá trị xuất khẩu", "820", &["20"]),
        target("ct-3", "Tỷ lệ thất nghiệp", "2.6", &["30"]),
    ]
}

fn own(id: &str) -> Line {
    Line {
        key: id.into(),
        agency: None,
    }
}

fn lines(rows: &[(Key, TargetRow)]) -> Lines {
    let line = |(key, _): &(Key, TargetRow)| {
        let agency = None;
        let key = key.clone();
        (Line { key, agency }, String::new())
    };
    rows.iter().map(line).collect()
}

fn pasted(text: &str, at: &str) -> Preview {
    let rows = table();
    let at = own(at);
    Preview::new(
        text,
        (&at, Column::Actual),
        &rows,
        &lines(&rows),
        PERIOD.parse().unwrap(),
    )
}

fn outcomes(preview: &Preview) -> Vec<String> {
    let one = |item: &Item| {
        let becomes = match preview.outcome(item) {
            Outcome::Stored(Written::Figure(_, value)) => value.unwrap().format_vi(),
            Outcome::Stored(other) => format!("{other:?}"),
            Outcome::Asked(ways) => format!("{}?", ways.len()),
            Outcome::Refused(_) => "refused".to_owned(),
            Outcome::Blank => "blank".to_owned(),
        };
        format!("{}: {becomes}", item.line.key)
    };
    preview.items.iter().map(one).collect()
}

#[test]
fn a_blank_cell_of_a_block_leaves_what_stands_there() {
    let preview = pasted("33.000\n\n2,5", "ct-1");
    assert_eq!(
        outcomes(&preview),
        ["ct-1: 33.000", "ct-2: blank", "ct-3: 2,5"]
    );
    assert!(!preview.waits());
    let counts = preview.counts(&[]);
    assert_eq!((counts.stored, counts.blank), (2, 1));
    let requests = preview.requests(None, || 7);
    let places: Vec<usize> = requests.iter().map(|(i, _)| *i).collect();
    assert_eq!(places, [0, 2]);
}

#[test]
fn one_english_figure_makes_the_block_english() {
    let mut preview = pasted("33,500\n801.5\n2.6", "ct-1");
    assert_eq!(preview.marks, Marks::Sure(Way::English));
    assert_eq!(
        outcomes(&preview),
        ["ct-1: 33.500", "ct-2: 801,5", "ct-3: 2,6"]
    );
    let (text, ways) = preview.example().unwrap();
    let ways = ways.map(|(_, value)| value.format_vi());
    assert_eq!((text, ways), ("33,500", ["33,500".into(), "33.500".into()]));
    // The person may say otherwise; what cannot be so is refused.
    preview.choose_way(Way::Vietnamese);
    assert_eq!(
        outcomes(&preview),
        ["ct-1: 2?", "ct-2: refused", "ct-3: refused"]
    );
}

#[test]
fn a_block_in_which_nothing_tells_waits_for_the_person() {
    let mut preview = pasted("33,500\n815\n2", "ct-1");
    assert!(preview.waits());
    assert_eq!(outcomes(&preview)[0], "ct-1: 2?");
    preview.choose_way(Way::English);
    assert!(!preview.waits());
    assert_eq!(outcomes(&preview), ["ct-1: 33.500", "ct-2: 815", "ct-3: 2"]);
}

#[test]
fn a_single_cell_that_cannot_be_meant_is_asked_about_once() {
    let mut preview = pasted("33.000\n820\n2.950", "ct-1");
    assert_eq!(preview.marks, Marks::Unclear);
    preview.choose_way(Way::Vietnamese);
    assert_eq!(
        outcomes(&preview),
        ["ct-1: 33.000", "ct-2: 820", "ct-3: 2?"]
    );
    assert_eq!(preview.counts(&[]).asked, 1);
    preview.choose(2, "2.95".parse().unwrap());
    assert_eq!(outcomes(&preview)[2], "ct-3: 2,95");
    let refused = [None, Some("âm".to_owned()), None];
    let counts = preview.counts(&refused);
    assert_eq!((counts.stored, counts.refused, counts.asked), (2, 1, 0));
}

#[test]
fn rows_go_by_name_and_shares_between_push_nothing() {
    let mut rows = table();
    let share = Contribution {
        agency: AgencyName {
            id: "tran-de".parse().unwrap(),
            short: "Trần Đề".into(),
        },
        cells: cells(&[], None),
    };
    rows[0].1.contributions.push(share);
    let agency: AgencyId = "tran-de".parse().unwrap();
    let mut all = lines(&rows);
    let part = Line {
        key: "ct-1".into(),
        agency: Some(agency.clone()),
    };
    all.insert(1, (part.clone(), String::new()));
    let paste = |text: &str, at: &Line, rows: &[(Key, TargetRow)]| {
        Preview::new(
            text,
            (at, Column::Actual),
            rows,
            &all,
            PERIOD.parse().unwrap(),
        )
    };
    // By place: the line of the share is no row of a sheet.
    let by_place = paste("33.000\n815", &own("ct-1"), &rows);
    assert_eq!(outcomes(&by_place), ["ct-1: 33.000", "ct-2: 815"]);
    assert!(by_place.items.iter().all(|item| item.line.agency.is_none()));
    let by_name = paste(
        "Giá trị xuất khẩu\t815\nTổng\t1\nGTSX công nghiệp\t33.000",
        &own("ct-3"),
        &rows,
    );
    assert_eq!(outcomes(&by_name), ["ct-2: 815", "ct-1: 33.000"]);
    assert_eq!(by_name.skipped, [("Tổng".to_owned(), Skip::Unknown)]);
    // Pasted in a share, or where only the share can be written, it goes there.
    let into_share = paste("300", &part, &rows);
    assert_eq!(into_share.items[0].line, part);
    if let Some(cells) = rows[0].1.cells.as_mut() {
        cells.writable = false;
    }
    let only_share = paste("300", &own("ct-1"), &rows);
    assert_eq!(only_share.items[0].line, part);
}

#[test]
fn two_values_that_wait_are_not_chosen_between_by_a_paste() {
    let mut rows = table();
    rows[1].1.cells = Some(cells(&["60", "75"], None));
    let at = own("ct-2");
    let preview = Preview::new(
        "815\n",
        (&at, Column::Actual),
        &rows,
        &lines(&rows),
        PERIOD.parse().unwrap(),
    );
    assert_eq!(outcomes(&preview), ["ct-2: refused"]);
}

#[test]
fn an_undo_puts_back_what_nobody_has_touched_since() {
    let preview = pasted("33.000\n\n2,5", "ct-1");
    let undone = preview.undo(&[0, 2]);
    // The disk has them; somebody went on in the third.
    let now = |id: &str, name: &str, value: &str| target(id, name, "33500", &[value]);
    let rows = [
        now("ct-1", "a", "33000"),
        now("ct-2", "b", "20"),
        now("ct-3", "c", "2.7"),
    ];
    let (requests, left) = super::super::undo::requests(&undone, &rows, "Hoàn tác dán", || 9);
    assert_eq!((requests.len(), left), (1, 1));
    assert_eq!(requests[0].reason.as_deref(), Some("Hoàn tác dán"));
    let back = Value::Figure("10".parse().unwrap());
    let written = requests[0].edit.value(Field::Actual);
    assert_eq!(written, Some(Some(&back)));
}
