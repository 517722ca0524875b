//! What stands in cells and what comes of what is typed in them.

use terms::{
    DocId, Heads,
    reading::{self, Expected},
    rows::TextField,
};

use super::*;
use crate::testing::authored;

fn values<T>(values: Vec<T>) -> Register<T> {
    let values = values.into_iter().map(|value| authored(Some(value), "an"));
    Register {
        path: "p".into(),
        values: values.collect(),
    }
}

pub(in crate::screen::targets) fn cells(actual: &[&str], mark: Option<ValueMark>) -> ValueCells {
    ValueCells {
        doc: "agency/2019/so-y-te".parse::<DocId>().unwrap(),
        heads: Heads::default(),
        writable: true,
        actual: values(actual.iter().map(|text| text.parse().unwrap()).collect()),
        estimate: values(vec![]),
        same_period: values(vec![]),
        mark: values(mark.into_iter().collect()),
        note: TextField {
            path: "n".into(),
            text: "ghi".into(),
            tips: vec![],
        },
    }
}

fn comes(text: &str, cells: &ValueCells) -> String {
    let known = Expected::default();
    let (target, period) = ("ct-1".parse().unwrap(), "2019-q3".parse().unwrap());
    let read = |text: &str| reading::read(text, &known);
    let edit = match typed(text, Field::Actual, cells, read) {
        Typed::Written(written) => written.edit(target, period),
        Typed::Asked(ways) => return format!("asked {}", ways.len()),
        Typed::Refused(_) => return "refused".to_owned(),
    };
    let one = |(field, value): &(Field, Option<Value>)| {
        let value = value.as_ref().map(ToString::to_string);
        format!("{} {}", field.key(), value.unwrap_or_default())
    };
    edit.values().iter().map(one).collect()
}

#[test]
fn empty_is_not_nought_and_a_mark_says_why() {
    let table = [
        (cells(&["0"], None), "0"),
        (cells(&[], None), ""),
        (cells(&[], Some(ValueMark::NotOccurred)), "-"),
        (cells(&[], Some(ValueMark::YearlyOnly)), "số năm"),
        (
            cells(&["1234.50"], Some(ValueMark::NotCollected)),
            "1.234,50",
        ),
        (cells(&["60", "75"], None), ""),
    ];
    for (cells, text) in table {
        assert_eq!(shown(&cells, Column::Actual), text);
        assert_eq!(shown(&cells, Column::Estimate), "");
    }
}

#[test]
fn values_against_each_other_stand_side_by_side() {
    assert_eq!(contradiction(&cells(&["60"], None), Column::Actual), None);
    assert_eq!(
        contradiction(&cells(&["60", "75"], None), Column::Note),
        None
    );
    let both = contradiction(&cells(&["60", "75"], None), Column::Actual);
    assert_eq!(both.as_deref(), Some("60 ≠ 75"));
}

#[test]
fn what_is_typed_is_a_figure_a_mark_or_nothing() {
    let empty = cells(&[], None);
    let table = [
        ("1.234,5", &empty, "actual 1234.5"),
        ("0", &empty, "actual 0"),
        ("-3,5", &empty, "actual -3.5"),
        ("", &empty, "actual "),
        ("-", &empty, "mark not-occurred"),
        ("...", &empty, "mark not-collected"),
        ("Số năm", &empty, "mark yearly-only"),
        ("", &cells(&[], Some(ValueMark::NotOccurred)), "mark "),
        ("", &cells(&["5"], Some(ValueMark::NotOccurred)), "actual "),
        ("3.00", &empty, "refused"),
        ("-", &cells(&["5"], None), "refused"),
        ("33,500", &empty, "asked 2"),
    ];
    for (text, cells, made) in table {
        assert_eq!(comes(text, cells), made, "{text}");
    }
}
