//! Nothing that anybody typed disappears: it stands on the screen, in a conflict or in the history.

use std::collections::{BTreeMap, BTreeSet};

use programme::{Scalar, Stamp, views};
use serde_json::Value;
use terms::Decimal;

use crate::{
    common::{
        local_actor,
        office::{today, viewer},
        period, task,
    },
    model::{Office, Person},
    typed::{Area, NAMED, REGISTERS, STRIKES, TEXTS},
};

pub fn everything(office: &Office, person: &Person) {
    let rows = Rows::of(person);
    for path in REGISTERS {
        let stamps = person.replica.fact(path);
        values_stand(office, path, &stamps);
        if path != NAMED {
            assert_eq!(
                rows.values(path),
                on_screen(&stamps),
                "{path} on the screen"
            );
        }
    }
    for strike in STRIKES {
        strikes_stand(office, person, &rows, strike);
    }
    for path in TEXTS {
        sentences_stand(office, path, person, &rows);
        merges_are_marked(office, path, person, &rows);
    }
    what_was_added_is_listed(office, &rows);
    supporters_stand(person, &rows);
    history_tells_all(office, person);
}

/// What a value says: 2 and 2,0 say the same.
fn sense(value: &Scalar) -> (Option<Decimal>, Scalar) {
    match value.as_str().and_then(|text| text.parse().ok()) {
        Some(figure) => (Some(figure), Scalar::Null),
        None => (None, value.clone()),
    }
}

/// Every single value that nobody overwrote knowingly stands, and nothing else does, each in the
/// name of who said it first.
fn values_stand(office: &Office, path: &str, stamps: &[Stamp]) {
    let mut first = BTreeMap::new();
    for tip in office.tips(path, &office.all()) {
        let written = &office.written[tip];
        let value = office.value(tip, path).unwrap();
        let by = (
            written.time,
            written.change,
            local_actor(number(written.who)).author,
            value.clone(),
        );
        let earliest = first.entry(sense(value)).or_insert_with(|| by.clone());
        if by < *earliest {
            *earliest = by;
        }
    }
    let stand = stamps.iter().map(|stamp| {
        let by = stamp.author.clone().unwrap();
        (stamp.time, stamp.change, by, stamp.value.clone())
    });
    let mut expected: Vec<_> = first.into_values().collect();
    expected.sort();
    assert_eq!(stand.collect::<Vec<_>>(), expected, "{path}");
}

fn number(who: usize) -> u8 {
    u8::try_from(who + 1).unwrap()
}

/// A mark of deletion stands; and where somebody wrote in the item, each unseen by the other, the
/// item lives until one of them chooses.
fn strikes_stand(office: &Office, person: &Person, rows: &Rows, strike: (Area, &str)) {
    let (all, path) = (office.all(), strike.1);
    let mut expected = office.shown(path, &all);
    if office.lives(strike, &all) {
        expected.insert(Scalar::Bool(false));
    }
    let stamps = person.replica.fact(path);
    let standing: BTreeSet<Scalar> = stamps.iter().map(|stamp| stamp.value.clone()).collect();
    assert_eq!(standing, expected, "{path}");
    assert_eq!(
        rows.values(path),
        on_screen(&stamps),
        "{path} on the screen"
    );
}

/// Every sentence stands, once, unless somebody who saw it struck it out.
fn sentences_stand(office: &Office, path: &str, person: &Person, rows: &Rows) {
    let text = rows.text(path);
    let values = person.replica.values(path);
    let stands = values.first().and_then(Scalar::as_str).unwrap_or_default();
    assert_eq!(text, stands, "{path} on the screen");
    let retyped = office
        .written
        .iter()
        .filter_map(|written| written.typed.text.as_ref());
    let retyped: Vec<_> = retyped.filter(|retyped| retyped.path == path).collect();
    let struck: BTreeSet<char> = retyped
        .iter()
        .filter_map(|retyped| retyped.struck)
        .collect();
    for sentence in retyped.iter().filter_map(|retyped| retyped.added) {
        let times = text.chars().filter(|c| *c == sentence).count();
        let expected = if struck.contains(&sentence) { 0 } else { 3 };
        assert_eq!(times, expected, "{sentence} in {text:?}");
    }
}

/// A merged text is marked until somebody who saw all of it says that it reads well.
fn merges_are_marked(office: &Office, path: &str, person: &Person, rows: &Rows) {
    let all = office.all();
    let written = office.tips(path, &all).len();
    let tips = rows.tips(path);
    assert_eq!(
        tips,
        person.replica.fact(path).len(),
        "{path} on the screen"
    );
    let expected = if office.read(path, &all) {
        written.min(1)
    } else {
        written
    };
    assert_eq!(tips, expected, "{path}");
}

fn what_was_added_is_listed(office: &Office, rows: &Rows) {
    for (name, text) in office
        .written
        .iter()
        .filter_map(|written| written.typed.adds.as_ref())
    {
        assert!(rows.lists(name, text), "{name} is not listed");
    }
}

fn supporters_stand(person: &Person, rows: &Rows) {
    let named = person.replica.values(NAMED).contains(&Scalar::Bool(true));
    assert_eq!(rows.names_a_supporter(), named);
}

/// Every edit is a step of its field's history: who, when, over what, to what.
fn history_tells_all(office: &Office, person: &Person) {
    let history = person.replica.doc.history();
    for written in &office.written {
        let steps: Vec<_> = history
            .iter()
            .filter(|step| step.change == written.change)
            .collect();
        let at = |path: &str| {
            let step = steps.iter().find(|step| step.path == path);
            step.unwrap_or_else(|| panic!("{written:?}: {path} is not in the history"))
        };
        for step in &steps {
            let row = views::history_row(&person.model, step);
            assert_eq!(row.by.enrolment, local_actor(number(written.who)).author);
            assert_eq!(row.at, written.time);
        }
        for (path, value) in &written.typed.puts {
            let from: BTreeSet<Scalar> = at(path).from.iter().cloned().collect();
            assert_eq!(at(path).to, *value, "{path}");
            let shown = office.shown(path, &written.knows);
            assert_eq!(from, shown, "{path} before");
        }
        if let Some(retyped) = &written.typed.text {
            let step = at(retyped.path);
            let has = |scalar: &Scalar, c: char| scalar.as_str().is_some_and(|s| s.contains(c));
            assert!(retyped.added.is_none_or(|c| has(&step.to, c)));
            assert!(
                retyped
                    .struck
                    .is_none_or(|c| step.from.iter().any(|from| has(from, c)))
            );
        }
        assert!(!steps.is_empty(), "{written:?} is not in the history");
    }
}

/// Values as a row carries them.
fn on_screen(stamps: &[Stamp]) -> Vec<(String, Value)> {
    let value = |scalar: &Scalar| match scalar {
        Scalar::Null => Value::Null,
        Scalar::Bool(yes) => Value::Bool(*yes),
        Scalar::Text(text) | Scalar::Merged(text) => Value::String(text.clone()),
    };
    stamps
        .iter()
        .map(|stamp| (stamp.change.to_string(), value(&stamp.value)))
        .collect()
}

/// The rows of the task and of its target, as the window gets them.
struct Rows(Vec<Value>);

impl Rows {
    fn of(person: &Person) -> Self {
        let (model, viewer) = (&person.model, viewer("huyen-tran-de"));
        let rows = views::task(model, &viewer, &task(), period(), today());
        let mut all: Vec<Value> = rows
            .iter()
            .map(|(_, row)| serde_json::to_value(row).unwrap())
            .collect();
        let rows = views::targets(model, &viewer, period(), false);
        all.extend(
            rows.iter()
                .map(|(_, row)| serde_json::to_value(row).unwrap()),
        );
        Self(all)
    }

    /// What stands anywhere in a row as the field of a path.
    fn field(&self, path: &str) -> Option<&Value> {
        fn find<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
            match value {
                Value::Object(map) if map.get("path").is_some_and(|at| at == path) => Some(value),
                Value::Object(map) => map.values().find_map(|below| find(below, path)),
                Value::Array(list) => list.iter().find_map(|below| find(below, path)),
                _ => None,
            }
        }
        self.0.iter().find_map(|row| find(row, path))
    }

    fn values(&self, path: &str) -> Vec<(String, Value)> {
        let field = self
            .field(path)
            .unwrap_or_else(|| panic!("{path} is on no screen"));
        let written = field["values"].as_array().unwrap().iter();
        written
            .map(|written| {
                let value = &written["value"];
                let value = value.get("id").unwrap_or(value).clone();
                (written["change"].as_str().unwrap().to_owned(), value)
            })
            .collect()
    }

    fn text(&self, path: &str) -> &str {
        self.field(path).unwrap()["text"].as_str().unwrap()
    }

    fn tips(&self, path: &str) -> usize {
        self.field(path).unwrap()["tips"].as_array().unwrap().len()
    }

    /// Whether an item or a milestone stands in a row of its own, with its words.
    fn lists(&self, name: &str, text: &str) -> bool {
        self.0.iter().any(|row| {
            let words = row.get("title").unwrap_or(&row["text"]["text"]);
            row["id"] == name && *words == text
        })
    }

    fn names_a_supporter(&self) -> bool {
        let named = self
            .0
            .iter()
            .filter_map(|row| row["responsible"]["named"].as_array());
        named
            .flatten()
            .any(|written| written["value"]["id"] == "so-khdt")
    }
}
