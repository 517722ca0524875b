//! `targets.toml`.

use terms::{Decimal, Goal, Kind, programme};

use crate::{
    Direction, Problem, Statement, Target, TargetSource,
    build_tasks::assigned,
    log::Named,
    reader::{Table, each},
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
    if matches!((low, high), (Some(low), Some(high)) if low > high) {
        table.fault(Problem::RangeReversed);
    }
    let goal = direction
        .filter(|direction| fits(table, *direction))
        .and_then(|direction| goal(direction, value, low, high));
    let figures: Vec<Decimal> = [value, low, high].into_iter().flatten().collect();
    let stated = each(table, "stated", |row| statement(row, &figures));
    table.not_empty("stated", &stated);
    let kind = kind(table);
    let assigned = table.table("assigned");
    let assigned = assigned.and_then(|table| self::assigned(&table));
    // What cannot fail is read first, so that a fault above hides none below.
    let thing = programme::Target {
        owner: table.pointer("owner", Named::Agency),
        contributors: table.pointers("contributors", Named::Agency),
        part_of: table.pointer("part_of", Named::Target),
        together_with: table.pointer("together_with", Named::Target),
        denominator: table.text("denominator"),
        stated: stated.iter().map(|stated| stated.task.clone()).collect(),
        id: id?,
        name: name?,
        unit: unit?,
        direction: direction?.word().to_owned(),
        goal: goal?,
        kind: kind?,
    };
    let source = TargetSource {
        direction: direction?,
        assigned,
        stated,
    };
    Some(Target { thing, source })
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

/// Whether the figures that the direction needs are there, and no other.
fn fits(table: &Table, direction: Direction) -> bool {
    let two = direction.has_two_figures();
    let fits = table.has("low") == two && table.has("high") == two && table.has("value") != two;
    if !fits {
        let wanted = if two {
            "«low» và «high», không «value»"
        } else {
            "một «value», không «low», «high»"
        };
        table.fault(Problem::FigureForDirection(direction.word(), wanted));
    }
    fits
}

fn goal(
    direction: Direction,
    value: Option<Decimal>,
    low: Option<Decimal>,
    high: Option<Decimal>,
) -> Option<Goal> {
    let at_least = |exceed| value.map(|value| Goal::AtLeast { value, exceed });
    match direction {
        Direction::Above => value.map(|value| Goal::Above { value }),
        Direction::Reach | Direction::AtLeast => at_least(false),
        Direction::ReachAndExceed => at_least(true),
        Direction::Below => value.map(|value| Goal::Below { value }),
        Direction::About => value.map(|value| Goal::About { value }),
        Direction::ReduceTo => value.map(|value| Goal::ReduceTo { value }),
        Direction::Range => low.zip(high).map(|(low, high)| Goal::Range { low, high }),
        Direction::ReduceBy => low
            .zip(high)
            .map(|(low, high)| Goal::ReduceBy { low, high }),
    }
}

const KINDS: &str = "flow | level | yearly | school-year | ratio";

fn kind(table: &Table) -> Option<Kind> {
    let Some(at) = table.text_at("kind") else {
        table.missing_field("kind");
        return None;
    };
    let kind = Kind::from_code(&at.value);
    if kind.is_none() {
        table.log.fault(at.mark, Problem::Word(at.value, KINDS));
    }
    kind
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
