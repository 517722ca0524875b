//! `targets.toml`.

use terms::{Decimal, Goal, Kind};

use crate::{
    Direction, Problem, Statement, Target, build_tasks::assigned, log::Named, reader::Table,
};

/// `[[target]]`.
pub(crate) fn target(table: &Table) -> Option<Target> {
    let id = table.id(Named::Target);
    let (name, unit) = (table.need("name"), table.need("unit"));
    let direction = table.parsed::<Direction>("direction", Problem::Direction);
    if !table.has("direction") {
        table.fault(Problem::NoDirection);
    }
    let direction = direction.map(|at| at.value);
    let (value, low, high) = (
        figure(table, "value"),
        figure(table, "low"),
        figure(table, "high"),
    );
    let goal = direction.and_then(|direction| goal(table, direction, value, low, high));
    let kind = kind(table);
    let owner = table.pointer("owner", Named::Agency);
    let assigned = table.table("assigned").and_then(|table| assigned(&table));
    let contributors = table.pointers("contributors", Named::Agency);
    let part_of = table.pointer("part_of", Named::Target);
    let together_with = table.pointer("together_with", Named::Target);
    let denominator = table.text("denominator");
    let figures: Vec<Decimal> = [value, low, high].into_iter().flatten().collect();
    let tables = table.tables("stated");
    let stated: Vec<_> = tables
        .iter()
        .filter_map(|t| statement(t, &figures))
        .collect();
    if tables.is_empty() {
        table.missing_field("stated");
    }
    table.finish();
    Some(Target {
        id: id?,
        name: name?,
        unit: unit?,
        direction: direction?,
        goal: goal?,
        kind: kind?,
        owner,
        assigned,
        contributors,
        part_of,
        together_with,
        denominator,
        stated,
    })
}

fn figure(table: &Table, field: &'static str) -> Option<Decimal> {
    let at = table.text_at(field)?;
    match Decimal::parse_vi(&at.value) {
        Ok(value) => Some(value),
        Err(error) => {
            table.log.fault(at.mark, Problem::Figure(field, error));
            None
        }
    }
}

fn goal(
    table: &Table,
    direction: Direction,
    value: Option<Decimal>,
    low: Option<Decimal>,
    high: Option<Decimal>,
) -> Option<Goal> {
    let (wanted, other) = if direction.has_two_figures() {
        (["low", "high"], "value")
    } else {
        (["value"; 2], "low")
    };
    if wanted.iter().any(|field| !table.has(field)) || table.has(other) {
        let what = if direction.has_two_figures() {
            "«low» và «high», không «value»"
        } else {
            "một «value», không «low», «high»"
        };
        table.fault(Problem::FigureForDirection(direction.word(), what));
        return None;
    }
    if matches!((low, high), (Some(low), Some(high)) if low > high) {
        table.fault(Problem::RangeReversed);
    }
    Some(match direction {
        Direction::Above => Goal::Above { value: value? },
        Direction::Reach | Direction::AtLeast => Goal::AtLeast {
            value: value?,
            exceed: false,
        },
        Direction::ReachAndExceed => Goal::AtLeast {
            value: value?,
            exceed: true,
        },
        Direction::Below => Goal::Below { value: value? },
        Direction::About => Goal::About { value: value? },
        Direction::ReduceTo => Goal::ReduceTo { value: value? },
        Direction::Range => Goal::Range {
            low: low?,
            high: high?,
        },
        Direction::ReduceBy => Goal::ReduceBy {
            low: low?,
            high: high?,
        },
    })
}

const KINDS: &str = "flow | level | yearly | school-year | ratio";

fn kind(table: &Table) -> Option<Kind> {
    let Some(at) = table.text_at("kind") else {
        table.missing_field("kind");
        return None;
    };
    let kind = match at.value.as_str() {
        "flow" => Kind::Flow,
        "level" => Kind::Level,
        "yearly" => Kind::Yearly,
        "school-year" => Kind::SchoolYear,
        "ratio" => Kind::Ratio,
        _ => {
            table.log.fault(at.mark, Problem::Word(at.value, KINDS));
            return None;
        }
    };
    Some(kind)
}

fn statement(table: &Table, figures: &[Decimal]) -> Option<Statement> {
    let task = table.need_pointer("task", Named::Task);
    let wording = table.need("wording");
    if let Some(wording) = &wording {
        let written = numbers(wording);
        if let Some(figure) = figures.iter().find(|figure| !written.contains(figure)) {
            table.fault(Problem::Wording(figure.format_vi()));
        }
    }
    table.finish();
    Some(Statement {
        task: task?,
        wording: wording?,
    })
}

/// Every number in a few words of text.
fn numbers(text: &str) -> Vec<Decimal> {
    let is_part = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    text.split(|c| !is_part(c))
        .filter_map(|word| Decimal::parse_vi(word.trim_matches(['.', ','])).ok())
        .collect()
}
