//! In which order history is told.

use programme::Scalar;

use super::*;
use crate::storage::open;

const PATH: &str = "progress/nv-1/2019-q3/narrative";

/// A database in which these steps came one after the other: the agency's document, what was
/// written, and at which minute by the author's clock.
fn database(steps: &[(&str, &str, i64)]) -> (tempfile::TempDir, Connection) {
    let folder = tempfile::tempdir().unwrap();
    let db = open(&folder.path().join("replica.sqlite")).unwrap();
    for (agency, text, minute) in steps {
        let step = HistoryStep {
            path: PATH.to_owned(),
            change: ChangeId([0; 32]),
            author: None,
            time: Timestamp(minute * 60),
            from: Vec::new(),
            to: Scalar::Text((*text).to_owned()),
            reason: None,
        };
        write(&db, &doc(agency), &[step]).unwrap();
    }
    (folder, db)
}

fn doc(agency: &str) -> DocId {
    DocId::Agency(2019, agency.parse().unwrap())
}

fn told<'a>(steps: impl IntoIterator<Item = &'a HistoryStep>) -> String {
    let texts = steps.into_iter().filter_map(|step| step.to.as_str());
    texts.collect::<Vec<_>>().join(" ")
}

fn of_task(db: &Connection, most: usize) -> String {
    let task = About::Task("nv-1".parse().unwrap());
    let steps = of(db, &task, most).unwrap();
    told(steps.iter().map(|(_, step)| step))
}

#[test]
fn what_builds_on_another_stands_after_it_whatever_the_clocks_say() {
    for minutes in [[10, 20, 30], [10, 2, 30], [10, 99, 30], [30, 20, 10]] {
        let steps = ["one", "two", "three"];
        let steps: Vec<_> = steps
            .into_iter()
            .zip(minutes)
            .map(|(text, minute)| ("so-y-te", text, minute))
            .collect();
        let (_folder, db) = database(&steps);
        let field = of_field(&db, &doc("so-y-te"), PATH).unwrap();
        assert_eq!(told(&field), "three two one", "{minutes:?}");
        assert_eq!(of_task(&db, 9), "three two one", "{minutes:?}");
        assert_eq!(of_task(&db, 2), "three two", "{minutes:?}");
    }
}

#[test]
fn between_documents_that_came_one_after_the_other_the_clock_says_what_was_first() {
    let (_folder, db) = database(&[
        ("so-y-te", "health-1", 10),
        ("so-y-te", "health-2", 30),
        ("so-y-te", "health-slow-clock", 1),
        ("so-cong-thuong", "trade-1", 20),
        ("so-cong-thuong", "trade-2", 40),
    ]);
    assert_eq!(
        of_task(&db, 9),
        "trade-2 health-slow-clock health-2 trade-1 health-1"
    );
}
