//! Which lines the table has.

use terms::{
    Decimal, Goal, Heads, Kind, Verdict,
    rows::{AgencyName, Contribution},
};

use super::{super::cell::tests::cells, *};

/// A target to which the agencies «own» and «other» add.
fn target(id: &str, own: &ValueCells) -> (Key, TargetRow) {
    let share = |id: &str, cells: &ValueCells| Contribution {
        agency: AgencyName {
            id: id.parse().unwrap(),
            short: id.into(),
        },
        cells: cells.clone(),
    };
    let row = TargetRow {
        target: id.parse().unwrap(),
        number: "1".into(),
        indent: 0,
        name: "Sản lượng lúa".into(),
        unit: "triệu tấn".into(),
        goal: Goal::Above {
            value: Decimal::from(2),
        },
        goal_text: "trên 2".into(),
        kind: Kind::Flow,
        owner: None,
        assigned: None,
        rivals: vec![],
        programme: Heads::default(),
        conditions: vec![],
        clauses: vec![],
        cells: None,
        contributions: vec![share("other", &cells(&["9"], None)), share("own", own)],
        cumulative: None,
        of_goal: None,
        of_same_period: None,
        verdict: Verdict::NoFigure,
        series: vec![],
    };
    (id.into(), row)
}

#[test]
fn a_share_has_a_line_where_something_stands_in_it() {
    let mut empty = cells(&[], None);
    empty.note.text.clear();
    let rows = [target("ct-1", &empty), target("ct-2", &cells(&["5"], None))];
    let own = "own".parse().unwrap();
    let shown = |all, open: Option<&Key>, before: &Lines| {
        let shares = Shares {
            own: Some(&own),
            all,
            open,
        };
        lines(&rows, shares, before)
    };
    let of = |lines: &Lines| {
        let shares = lines.iter().filter(|(line, _)| line.agency.is_some());
        shares
            .map(|(line, _)| line.key.to_string())
            .collect::<Vec<_>>()
    };
    let none = Lines::new();
    assert_eq!(of(&shown(true, None, &none)), ["ct-1", "ct-2"]);
    let some = shown(false, None, &none);
    assert_eq!(of(&some), ["ct-2"]);

    // What is being written in the detail does not come into the table under one's hands;
    // what stood there stays.
    let open: Key = "ct-2".into();
    assert!(of(&shown(false, Some(&open), &none)).is_empty());
    assert_eq!(of(&shown(false, Some(&open), &some)), ["ct-2"]);
}
