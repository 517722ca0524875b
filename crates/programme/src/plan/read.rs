//! The programme's document, read into typed form. Total: what can't be read is left out, never a
//! reason to fail.

use std::collections::BTreeMap;

use terms::{AgencyClass, AgencyId, CitationId, Decimal, Goal, Kind, TargetId, TaskId};

use super::{
    AgencyGroupPlan, AgencyPlan, CitationPlan, GroupPlan, PeriodPlan, Plan, SectionPlan,
    TargetPlan, TaskPlan,
};
use crate::{Scalar, Stamp, import};

impl Plan {
    /// Reads the programme's document.
    pub(crate) fn read(facts: &BTreeMap<String, Vec<Stamp>>) -> Self {
        let rows = Rows::of(facts);
        let mut plan = Self {
            ends: rows.root.get("ends").and_then(|v| v.parse().ok()),
            groups: rows.each("groups", group),
            sections: rows.each("sections", section),
            tasks: rows.each("tasks", task).into_iter().collect(),
            targets: rows.each("targets", target).into_iter().collect(),
            agencies: rows.each("agencies", agency).into_iter().collect(),
            agency_groups: rows
                .each("agency_groups", agency_group)
                .into_iter()
                .collect(),
            citations: rows.each("citations", citation).into_iter().collect(),
            periods: rows.each("periods", period),
            ..Self::default()
        };
        plan.groups
            .sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
        plan.sections
            .sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
        plan.periods.sort_by_key(|p| p.period);
        plan.task_order = plan.tasks.keys().cloned().collect();
        plan.task_order.sort_by_key(|id| plan.tasks[id].order);
        plan.target_order = plan.targets.keys().cloned().collect();
        plan.target_order.sort_by_key(|id| plan.targets[id].order);
        plan
    }
}

/// The fields of all things, by their map and id.
struct Rows<'a> {
    root: BTreeMap<&'a str, &'a str>,
    rows: BTreeMap<(&'a str, &'a str), Row<'a>>,
}

/// The fields of one thing; of those below it, by «list/item».
#[derive(Default)]
struct Row<'a>(BTreeMap<&'a str, &'a Scalar>);

impl<'a> Rows<'a> {
    fn of(facts: &'a BTreeMap<String, Vec<Stamp>>) -> Self {
        let mut rows = Self {
            root: BTreeMap::new(),
            rows: BTreeMap::new(),
        };
        for (path, stamps) in facts {
            // What editors set at once stands in conflict; meanwhile the first to say it counts.
            let Some(stamp) = stamps.first() else {
                continue;
            };
            let mut parts = path.splitn(3, '/');
            match (parts.next(), parts.next(), parts.next()) {
                (Some(map), Some(id), Some(field)) => {
                    rows.rows
                        .entry((map, id))
                        .or_default()
                        .0
                        .insert(field, &stamp.value);
                }
                (Some(field), None, None) => {
                    rows.root
                        .extend(stamp.value.as_str().map(|value| (field, value)));
                }
                _ => {}
            }
        }
        rows
    }

    fn each<T>(&self, map: &str, read: impl Fn(&str, &Row<'a>) -> Option<T>) -> Vec<T> {
        let rows = self.rows.iter().filter(|((at, _), _)| *at == map);
        rows.filter_map(|((_, id), row)| read(id, row)).collect()
    }
}

impl Row<'_> {
    fn text(&self, field: &str) -> Option<&str> {
        self.0.get(field)?.as_str()
    }

    fn string(&self, field: &str) -> String {
        self.text(field).unwrap_or_default().to_owned()
    }

    fn parse<T: std::str::FromStr>(&self, field: &str) -> Option<T> {
        self.text(field)?.parse().ok()
    }

    fn flag(&self, field: &str) -> bool {
        self.0.get(field) == Some(&&Scalar::Bool(true))
    }

    fn order(&self) -> u32 {
        self.parse("order").unwrap_or(u32::MAX)
    }

    /// What is listed under a field, in its order; what was taken off again is marked so.
    fn list<T: std::str::FromStr>(&self, field: &str) -> Vec<T> {
        let from = format!("{field}/");
        let mut listed: Vec<(u32, &str)> = self
            .0
            .range(from.as_str()..)
            .take_while(|(at, _)| at.starts_with(&from))
            .filter_map(|(at, place)| Some((place.as_str()?.parse().ok()?, &at[from.len()..])))
            .collect();
        listed.sort_unstable();
        listed
            .iter()
            .filter_map(|(_, item)| item.parse().ok())
            .collect()
    }
}

fn group(id: &str, row: &Row<'_>) -> Option<GroupPlan> {
    Some(GroupPlan {
        id: id.parse().ok()?,
        number: row.string("number"),
        title: row.string("title"),
        order: row.order(),
    })
}

fn section(id: &str, row: &Row<'_>) -> Option<SectionPlan> {
    Some(SectionPlan {
        id: id.parse().ok()?,
        group: row.parse("group")?,
        letter: row.string("letter"),
        title: row.string("title"),
        order: row.order(),
    })
}

fn task(id: &str, row: &Row<'_>) -> Option<(TaskId, TaskPlan)> {
    let plan = TaskPlan {
        section: row.parse("section"),
        clause: row.string("clause"),
        clause_in_words: row.string("clause_in_words"),
        parent: row.parse("parent"),
        title: row.text("title")?.to_owned(),
        heading: row.flag("heading"),
        text: row.string("text"),
        leads: row.list("leads"),
        lead_groups: row.list("lead_groups"),
        joint: row.flag("joint"),
        lead_text: row.string("lead_text"),
        supporting: row.list("supporting"),
        supporting_groups: row.list("supporting_groups"),
        supporting_unnamed: row.flag("supporting_unnamed"),
        citations: row.list("citations"),
        may_be_secret: row.flag("may_be_secret"),
        order: row.order(),
    };
    Some((id.parse().ok()?, plan))
}

fn target(id: &str, row: &Row<'_>) -> Option<(TargetId, TargetPlan)> {
    let plan = TargetPlan {
        name: row.text("name")?.to_owned(),
        unit: row.string("unit"),
        goal: goal(row)?,
        direction: row.string("direction"),
        kind: kind(row.text("kind")?)?,
        owner: row.parse("owner"),
        contributors: row.list("contributors"),
        part_of: row.parse("part_of"),
        together_with: row.parse("together_with"),
        denominator: row.text("denominator").map(str::to_owned),
        stated: row.list("stated"),
        order: row.order(),
    };
    Some((id.parse().ok()?, plan))
}

fn goal(row: &Row<'_>) -> Option<Goal> {
    let figure = |field| row.parse::<Decimal>(field);
    Some(match row.text("form")? {
        "above" => Goal::Above {
            value: figure("value")?,
        },
        "at-least" => Goal::AtLeast {
            value: figure("value")?,
            exceed: row.flag("exceed"),
        },
        "below" => Goal::Below {
            value: figure("value")?,
        },
        "about" => Goal::About {
            value: figure("value")?,
        },
        "range" => Goal::Range {
            low: figure("low")?,
            high: figure("high")?,
        },
        "reduce-to" => Goal::ReduceTo {
            value: figure("value")?,
        },
        "reduce-by" => Goal::ReduceBy {
            low: figure("low")?,
            high: figure("high")?,
        },
        _ => return None,
    })
}

fn kind(code: &str) -> Option<Kind> {
    [
        Kind::Flow,
        Kind::Level,
        Kind::Yearly,
        Kind::SchoolYear,
        Kind::Ratio,
    ]
    .into_iter()
    .find(|kind| import::kind_code(*kind) == code)
}

fn class(code: &str) -> Option<AgencyClass> {
    [
        AgencyClass::SoNganh,
        AgencyClass::TrungUong,
        AgencyClass::TrucThuocUbnd,
        AgencyClass::CapHuyen,
    ]
    .into_iter()
    .find(|class| import::class_code(*class) == code)
}

fn agency(id: &str, row: &Row<'_>) -> Option<(AgencyId, AgencyPlan)> {
    let name = row.text("name")?.to_owned();
    let plan = AgencyPlan {
        short: row.text("short").unwrap_or(&name).to_owned(),
        name,
        class: row
            .text("class")
            .and_then(class)
            .unwrap_or(AgencyClass::SoNganh),
        order: row.order(),
    };
    Some((id.parse().ok()?, plan))
}

fn agency_group(id: &str, row: &Row<'_>) -> Option<(String, AgencyGroupPlan)> {
    let plan = AgencyGroupPlan {
        name: row.text("name")?.to_owned(),
        members: row.list("members"),
    };
    Some((id.to_owned(), plan))
}

fn citation(id: &str, row: &Row<'_>) -> Option<(CitationId, CitationPlan)> {
    let some = |field| row.text(field).map(str::to_owned);
    let plan = CitationPlan {
        kind: row.string("kind"),
        number: some("number"),
        date: row.parse("date"),
        issuer: some("issuer"),
        title: some("title"),
    };
    Some((id.parse().ok()?, plan))
}

fn period(id: &str, row: &Row<'_>) -> Option<PeriodPlan> {
    Some(PeriodPlan {
        period: id.parse().ok()?,
        deadline: row.parse("deadline")?,
    })
}
