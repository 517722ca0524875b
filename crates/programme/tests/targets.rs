//! The table of targets: what figures come to, by the target's own goal and kind.
// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;

use common::{
    office::{a_target, content, model, viewer},
    say::{agency, figure, id, say, target},
};
use programme::{ReadModel, views};
use terms::{
    Edit, Field, Goal, Kind, Record, Value, ValueMark, Verdict,
    programme::{Programme, Target},
    rows::{OverviewRow, TargetRow},
};

#[test]
fn a_flow_adds_up_and_fails_only_when_the_year_is_over() {
    use Field::{Actual, Estimate, SamePeriod};
    let (mut model, mut doc) = (model(&content()), agency("huyen-tran-de"));
    assert_eq!(target(&model, "2019-q1", "ct-1").verdict, Verdict::NoFigure);
    for (quarter, value) in [("2019-q1", "20.5"), ("2019-q2", "30"), ("2019-q3", "40")] {
        figure(&mut doc, &mut model, "ct-1", quarter, Actual, value);
    }
    figure(&mut doc, &mut model, "ct-1", "2019-q3", SamePeriod, "32");
    let row = target(&model, "2019-q3", "ct-1");
    assert_eq!(row.cumulative, Some(id("90.5")));
    assert_eq!(row.of_goal, Some(id("90.5")));
    assert_eq!(row.of_same_period, Some(id("125.0")));
    assert_eq!(row.verdict, Verdict::Unjudged);
    // The year's estimate is judged; an actual figure of the fourth quarter ends the year too.
    figure(&mut doc, &mut model, "ct-1", "2019-year", Estimate, "99");
    assert_eq!(target(&model, "2019-year", "ct-1").verdict, Verdict::NotMet);
    figure(&mut doc, &mut model, "ct-1", "2019-q4", Actual, "9");
    assert_eq!(target(&model, "2019-q4", "ct-1").verdict, Verdict::NotMet);
    figure(&mut doc, &mut model, "ct-1", "2019-q4", Actual, "9.51");
    assert_eq!(target(&model, "2019-q4", "ct-1").verdict, Verdict::Exceeded);
}

#[test]
fn lower_is_better_has_no_per_cent_and_a_fall_needs_last_year() {
    use Field::{Actual, SamePeriod};
    let mut content = content();
    let fall = Goal::ReduceBy {
        low: id("2"),
        high: id("3"),
    };
    content
        .targets
        .push(a_target("ct-4", fall, Kind::Yearly, Some("huyen-tran-de")));
    let (mut model, mut doc) = (model(&content), agency("huyen-tran-de"));
    figure(&mut doc, &mut model, "ct-2", "2019-q3", Actual, "2.6");
    let row = target(&model, "2019-q3", "ct-2");
    assert_eq!(
        (row.verdict, row.of_goal, row.cumulative),
        (Verdict::NotMet, None, None)
    );
    assert_eq!((row.number.as_str(), row.indent), ("1.1", 1));
    figure(&mut doc, &mut model, "ct-4", "2019-year", Actual, "8");
    assert_eq!(
        target(&model, "2019-year", "ct-4").verdict,
        Verdict::Unjudged
    );
    figure(
        &mut doc,
        &mut model,
        "ct-4",
        "2019-year",
        SamePeriod,
        "10.5",
    );
    assert_eq!(target(&model, "2019-year", "ct-4").verdict, Verdict::Met);
    // Known once a year: a quarter's figure is not judged.
    figure(&mut doc, &mut model, "ct-4", "2019-q3", Actual, "10");
    assert_eq!(target(&model, "2019-q3", "ct-4").verdict, Verdict::Unjudged);
}

#[test]
fn others_figures_stand_beside_the_owners() {
    let mut model = model(&content());
    let mut ke_sach = agency("huyen-ke-sach");
    figure(
        &mut ke_sach,
        &mut model,
        "ct-1",
        "2019-q3",
        Field::Actual,
        "7",
    );
    let row = target(&model, "2019-q3", "ct-1");
    let beside: Vec<&str> = row
        .contributions
        .iter()
        .map(|c| c.agency.id.as_str())
        .collect();
    assert_eq!(beside, ["huyen-ke-sach"]);
    assert_eq!((row.cumulative, row.verdict), (None, Verdict::NoFigure));
}

/// «trên 5» of a kind, owned by Trần Đề, in tonnes.
fn of_kind(kind: Kind) -> Programme {
    let mut content = content();
    let goal = Goal::Above { value: id("5") };
    content
        .targets
        .push(a_target("ct-9", goal, kind, Some("huyen-tran-de")));
    content
}

/// The verdict in each period, with the same figure in all of them.
#[test]
fn a_kind_says_when_a_figure_is_judged() {
    use Verdict::{Met, NotMet, Unjudged};
    let periods = ["2019-q1", "2019-q3", "2019-q4", "2019-year"];
    for (kind, figure_of, verdicts) in [
        (Kind::Level, "6", [Met, Met, Met, Met]),
        (Kind::Level, "5", [NotMet, NotMet, NotMet, NotMet]),
        (Kind::Ratio, "5", [NotMet, NotMet, NotMet, NotMet]),
        (Kind::Yearly, "5", [Unjudged, Unjudged, NotMet, NotMet]),
        (Kind::SchoolYear, "6", [Unjudged, Unjudged, Met, Met]),
        // 1 a quarter: 1, 3, 4; the year's own figure is 1.
        (Kind::Flow, "1", [Unjudged, Unjudged, NotMet, NotMet]),
        // 2 a quarter: 2, 6, 8.
        (Kind::Flow, "2", [Unjudged, Met, Met, NotMet]),
    ] {
        let (mut model, mut doc) = (model(&of_kind(kind)), agency("huyen-tran-de"));
        for period in ["2019-q1", "2019-q2", "2019-q3", "2019-q4", "2019-year"] {
            figure(
                &mut doc,
                &mut model,
                "ct-9",
                period,
                Field::Actual,
                figure_of,
            );
        }
        let is = periods.map(|period| target(&model, period, "ct-9").verdict);
        assert_eq!(is, verdicts, "{kind:?} {figure_of}");
        let sum = target(&model, "2019-q3", "ct-9").cumulative;
        assert_eq!(sum.is_some(), kind == Kind::Flow, "{kind:?}");
    }
}

fn mark(model: &mut ReadModel, doc: &mut programme::Document, period: &str, mark: ValueMark) {
    let edit = Edit::set(
        Record::Values(id("ct-9"), id(period)),
        Field::Mark,
        Some(Value::Mark(mark)),
    );
    say(model, doc, &edit);
}

#[test]
fn nothing_is_added_up_over_a_quarter_without_a_figure() {
    let (mut model, mut doc) = (model(&of_kind(Kind::Flow)), agency("huyen-tran-de"));
    for period in ["2019-q1", "2019-q3"] {
        figure(&mut doc, &mut model, "ct-9", period, Field::Actual, "3");
    }
    let sums = |model: &ReadModel| -> Vec<Option<String>> {
        ["2019-q1", "2019-q2", "2019-q3", "2019-year"]
            .iter()
            .map(|period| {
                target(model, period, "ct-9")
                    .cumulative
                    .map(|d| d.to_string())
            })
            .collect()
    };
    let some = |figure: &str| Some(figure.to_owned());
    assert_eq!(sums(&model), [some("3"), None, None, None]);
    assert_eq!(target(&model, "2019-q3", "ct-9").of_goal, None);
    assert_eq!(
        target(&model, "2019-year", "ct-9").verdict,
        Verdict::NoFigure
    );
    // Not collected is not nought; did not occur is.
    mark(&mut model, &mut doc, "2019-q2", ValueMark::NotCollected);
    assert_eq!(sums(&model), [some("3"), None, None, None]);
    mark(&mut model, &mut doc, "2019-q2", ValueMark::NotOccurred);
    assert_eq!(sums(&model), [some("3"), some("3"), some("6"), None]);
    let row = target(&model, "2019-q2", "ct-9");
    let cells = row.cells.unwrap();
    assert_eq!(cells.actual.agreed(), None);
    assert_eq!(cells.mark.agreed(), Some(&ValueMark::NotOccurred));
    // Nought is a figure.
    figure(&mut doc, &mut model, "ct-9", "2019-q2", Field::Actual, "0");
    assert_eq!(sums(&model), [some("3"), some("3"), some("6"), None]);
    // A sum that is too long is none, not a part of it.
    for (period, value) in [("2019-q1", "99999999999999999999"), ("2019-q2", "1")] {
        figure(&mut doc, &mut model, "ct-9", period, Field::Actual, value);
    }
    assert_eq!(sums(&model)[2], None);
}

#[test]
fn where_there_is_no_plan_to_divide_by_there_is_no_per_cent() {
    let value = || id("20");
    let (low, high) = (id("20"), id("25"));
    for (goal, of_goal, verdict) in [
        (
            Goal::Above { value: value() },
            Some("50.0"),
            Verdict::NotMet,
        ),
        (Goal::Range { low, high }, Some("50.0"), Verdict::NotMet),
        (Goal::Below { value: value() }, None, Verdict::Met),
        (Goal::ReduceTo { value: value() }, None, Verdict::Met),
        (Goal::About { value: value() }, None, Verdict::Unjudged),
        (Goal::Above { value: id("0") }, None, Verdict::Met),
    ] {
        let mut content = content();
        let owner = Some("huyen-tran-de");
        content
            .targets
            .push(a_target("ct-9", goal.clone(), Kind::Level, owner));
        let (mut model, mut doc) = (model(&content), agency("huyen-tran-de"));
        figure(&mut doc, &mut model, "ct-9", "2019-q3", Field::Actual, "10");
        let row = target(&model, "2019-q3", "ct-9");
        let is = row.of_goal.map(|d| d.to_string());
        assert_eq!((is.as_deref(), row.verdict), (of_goal, verdict), "{goal:?}");
    }
}

/// The estimate is judged; the actual figure stays beside it, and in conflict neither counts.
#[test]
fn the_estimate_is_judged_and_the_actual_figure_stays() {
    let (mut model, mut doc) = (model(&of_kind(Kind::Level)), agency("huyen-tran-de"));
    figure(&mut doc, &mut model, "ct-9", "2019-q3", Field::Actual, "4");
    figure(
        &mut doc,
        &mut model,
        "ct-9",
        "2019-q3",
        Field::Estimate,
        "6",
    );
    let row = target(&model, "2019-q3", "ct-9");
    assert_eq!(row.verdict, Verdict::Met);
    assert_eq!(row.cells.unwrap().actual.agreed(), Some(&id("4")));
    let mut other = common::Replica::new(2);
    other.edit(&Edit::set(
        Record::Values(id("ct-9"), id("2019-q3")),
        Field::Estimate,
        Some(Value::Figure(id("7"))),
    ));
    for (_, bytes) in other.doc.changes() {
        doc.apply(&bytes).unwrap();
    }
    model.set_facts(doc.id(), doc.heads(), doc.facts());
    let row = target(&model, "2019-q3", "ct-9");
    assert_eq!(row.verdict, Verdict::NoFigure);
    let values = row.cells.unwrap().estimate.values.into_iter();
    let estimates: BTreeSet<_> = values.filter_map(|said| said.value).collect();
    assert_eq!(estimates, BTreeSet::from([id("6"), id("7")]));
}

fn at_risk(model: &ReadModel) -> Vec<String> {
    let rows = views::overview(model, id("2019-q3"), common::office::today(), Vec::new());
    let risk = rows.into_iter().filter_map(|(_, row)| match row {
        OverviewRow::TargetAtRisk { target, .. } => Some(target.to_string()),
        _ => None,
    });
    risk.collect()
}

#[test]
fn two_conditions_of_a_sentence_must_both_hold() {
    use Verdict::{Met, NoFigure, NotMet, Unjudged};
    let mut content = content();
    let at_least = |value: &str| Goal::AtLeast {
        value: id(value),
        exceed: false,
    };
    let owner = Some("huyen-tran-de");
    let first = a_target("ct-8", at_least("50"), Kind::Ratio, owner);
    let second = Target {
        together_with: Some(id("ct-8")),
        ..a_target("ct-9", at_least("15"), Kind::Ratio, owner)
    };
    content.targets.extend([first, second]);
    for (by_number, by_value, verdicts, risks) in [
        (None, None, [NoFigure, NoFigure], vec![]),
        (Some("60"), None, [Unjudged, NoFigure], vec![]),
        (Some("40"), None, [NotMet, NotMet], vec!["ct-8"]),
        (Some("60"), Some("10"), [NotMet, NotMet], vec!["ct-9"]),
        (Some("60"), Some("15"), [Met, Met], vec![]),
    ] {
        let (mut model, mut doc) = (model(&content), agency("huyen-tran-de"));
        for (target, value) in [("ct-8", by_number), ("ct-9", by_value)] {
            if let Some(value) = value {
                figure(
                    &mut doc,
                    &mut model,
                    target,
                    "2019-q3",
                    Field::Actual,
                    value,
                );
            }
        }
        let rows: [TargetRow; 2] = ["ct-8", "ct-9"].map(|name| target(&model, "2019-q3", name));
        let is = [rows[0].verdict, rows[1].verdict];
        assert_eq!(is, verdicts, "{by_number:?} {by_value:?}");
        assert_eq!(at_risk(&model), risks, "{by_number:?} {by_value:?}");
        assert_eq!(rows[0].conditions[0].target, id("ct-9"));
        assert_eq!(rows[1].conditions[0].goal, "tối thiểu 50 tấn");
    }
}

/// A chain of parts of parts, as only a strange programme has it, is shown to its end.
#[test]
fn parts_of_parts_of_parts_do_not_end_the_stack() {
    let mut content = content();
    for i in 10..800 {
        let goal = Goal::Above { value: id("5") };
        content.targets.push(Target {
            part_of: Some(id(&format!("ct-{}", i - 1))),
            stated: Vec::new(),
            ..a_target(&format!("ct-{i}"), goal, Kind::Level, None)
        });
    }
    let model = model(&content);
    let rows = views::targets(&model, &viewer("huyen-tran-de"), id("2019-q3"), false);
    assert_eq!(rows.len(), content.targets.len());
}
