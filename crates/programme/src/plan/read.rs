//! The programme's document, read into typed form. Total: what can't be read is left out, never a
//! reason to fail.

use std::collections::BTreeMap;

use terms::{
    AgencyClass, Date, Decimal, Goal, Kind, Period,
    programme::{Agency, AgencyGroup, Citation, Group, Section, Target, Task},
};

use super::Plan;
use crate::{Scalar, Stamp};

impl Plan {
    /// Reads the programme's document.
    pub(crate) fn read(facts: &BTreeMap<String, Vec<Stamp>>) -> Self {
        let rows = Rows::of(facts);
        let (tasks, targets) = (rows.each("tasks", task), rows.each("targets", target));
        let agencies = rows.each("agencies", agency);
        let groups = rows.each("agency_groups", agency_group).into_iter();
        let citations = rows.each("citations", citation).into_iter();
        Self {
            ends: rows.root.get("ends").and_then(|v| v.parse().ok()),
            groups: rows.each("groups", group),
            sections: rows.each("sections", section),
            task_order: tasks.iter().map(|task| task.id.clone()).collect(),
            target_order: targets.iter().map(|target| target.id.clone()).collect(),
            agency_order: agencies.iter().map(|agency| agency.id.clone()).collect(),
            tasks: tasks.into_iter().map(|t| (t.id.clone(), t)).collect(),
            targets: targets.into_iter().map(|t| (t.id.clone(), t)).collect(),
            agencies: agencies.into_iter().map(|a| (a.id.clone(), a)).collect(),
            agency_groups: groups.map(|g| (g.id.clone(), g)).collect(),
            citations: citations.map(|c| (c.id.clone(), c)).collect(),
            deadlines: rows.each("periods", deadline).into_iter().collect(),
        }
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

    /// Everything in a map that can be read, in the document's order.
    fn each<T>(&self, map: &str, read: impl Fn(&str, &Row<'a>) -> Option<T>) -> Vec<T> {
        let rows = self.rows.iter().filter(|((at, _), _)| *at == map);
        let mut rows: Vec<_> = rows.map(|((_, id), row)| (row.order(), *id, row)).collect();
        rows.sort_by_key(|(order, id, _)| (*order, *id));
        let read = |(_, id, row): (u32, &str, &Row<'a>)| read(id, row);
        rows.into_iter().filter_map(read).collect()
    }
}

impl Row<'_> {
    fn text(&self, field: &str) -> Option<&str> {
        self.0.get(field)?.as_str()
    }

    fn some(&self, field: &str) -> Option<String> {
        self.text(field).map(str::to_owned)
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

fn group(id: &str, row: &Row<'_>) -> Option<Group> {
    Some(Group {
        id: id.parse().ok()?,
        number: row.string("number"),
        title: row.string("title"),
    })
}

fn section(id: &str, row: &Row<'_>) -> Option<Section> {
    Some(Section {
        id: id.parse().ok()?,
        group: row.parse("group")?,
        letter: row.string("letter"),
        title: row.string("title"),
    })
}

fn task(id: &str, row: &Row<'_>) -> Option<Task> {
    Some(Task {
        id: id.parse().ok()?,
        section: row.parse("section"),
        clause: row.string("clause"),
        clause_in_words: row.string("clause_in_words"),
        parent: row.parse("parent"),
        title: row.some("title")?,
        heading: row.flag("heading").then(|| row.string("text")),
        leads: row.list("leads"),
        lead_groups: row.list("lead_groups"),
        joint: row.flag("joint"),
        lead_text: row.some("lead_text"),
        supporting: row.list("supporting"),
        supporting_groups: row.list("supporting_groups"),
        supporting_unnamed: row.flag("supporting_unnamed"),
        citations: row.list("citations"),
        may_be_secret: row.flag("may_be_secret"),
    })
}

fn target(id: &str, row: &Row<'_>) -> Option<Target> {
    Some(Target {
        id: id.parse().ok()?,
        name: row.some("name")?,
        unit: row.string("unit"),
        goal: goal(row)?,
        direction: row.string("direction"),
        kind: Kind::from_code(row.text("kind")?)?,
        owner: row.parse("owner"),
        contributors: row.list("contributors"),
        part_of: row.parse("part_of"),
        together_with: row.parse("together_with"),
        denominator: row.some("denominator"),
        stated: row.list("stated"),
    })
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

fn agency(id: &str, row: &Row<'_>) -> Option<Agency> {
    let name = row.some("name")?;
    let class = row.text("class").and_then(AgencyClass::from_code);
    Some(Agency {
        id: id.parse().ok()?,
        short: row.some("short").unwrap_or_else(|| name.clone()),
        name,
        class: class.unwrap_or(AgencyClass::SoNganh),
    })
}

fn agency_group(id: &str, row: &Row<'_>) -> Option<AgencyGroup> {
    Some(AgencyGroup {
        id: id.to_owned(),
        name: row.some("name")?,
        members: row.list("members"),
    })
}

fn citation(id: &str, row: &Row<'_>) -> Option<Citation> {
    Some(Citation {
        id: id.parse().ok()?,
        kind: row.string("kind"),
        number: row.some("number"),
        date: row.parse("date"),
        issuer: row.some("issuer"),
        title: row.some("title"),
    })
}

fn deadline(id: &str, row: &Row<'_>) -> Option<(Period, Date)> {
    Some((id.parse().ok()?, row.parse("deadline")?))
}
