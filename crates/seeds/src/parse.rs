//! All the files together.

use std::collections::{BTreeMap, BTreeSet};

use terms::{
    Date,
    programme::{Group, Section, Signing},
};
use toml::{Spanned, de::DeTable};

use crate::{
    Problem, Programme, SeedError, Task, Words, build, build_targets,
    build_tasks::{GroupFile, group_file},
    check,
    log::{Log, Source},
    reader::{Table, each},
};

const FILES: [&str; 8] = [
    "agencies.toml",
    "citations.toml",
    "not-targets.toml",
    "part-two.toml",
    "periods.toml",
    "programme.toml",
    "readings.toml",
    "targets.toml",
];

/// Reads a programme from its files' contents, by file name. Text that is not NFC is made so.
///
/// # Errors
/// Every fault found, in the files' order.
pub fn parse(files: &BTreeMap<String, String>) -> Result<Programme, Vec<SeedError>> {
    let wanted = FILES.iter().map(|name| (*name).to_owned());
    // Groups are numbered from 1 without a gap, so a file of tasks that is not there is missed.
    let last = files.keys().filter_map(|name| group_of(name)).max();
    let tasks = (1..=last.unwrap_or(1)).map(|number| format!("tasks-{number}.toml"));
    let names: BTreeSet<String> = files.keys().cloned().chain(wanted).chain(tasks).collect();
    let sources: Vec<Source> = names
        .into_iter()
        .map(|name| {
            let text = files.get(&name).map_or("", String::as_str);
            Source::new(name, text)
        })
        .collect();
    let log = Log::default();
    let mut parsed = Vec::new();
    for source in &sources {
        let (table, errors) = DeTable::parse_recoverable(&source.text);
        for error in errors {
            let at = error.span().map_or(0, |span| span.start);
            log.fault(source.mark(at), Problem::Syntax(error.message().to_owned()));
        }
        parsed.push((source, table));
    }
    let programme = read(&parsed, files, &log);
    let errors = log.finish();
    match programme {
        Some(programme) if errors.is_empty() => Ok(programme),
        _ => Err(errors),
    }
}

/// The group of `tasks-3.toml`, from 1.
fn group_of(file: &str) -> Option<u8> {
    let digits = file.strip_prefix("tasks-")?.strip_suffix(".toml")?;
    let number: u8 = digits.parse().ok().filter(|number| *number > 0)?;
    (number.to_string() == digits).then_some(number)
}

type Parsed<'a> = (&'a Source, Spanned<DeTable<'a>>);

fn read<'a>(
    parsed: &'a [Parsed<'a>],
    files: &BTreeMap<String, String>,
    log: &'a Log<'a>,
) -> Option<Programme> {
    let mut roots = BTreeMap::new();
    let mut groups = BTreeMap::new();
    for (source, table) in parsed {
        let root = Table::root(source, table, log);
        let missing = !files.contains_key(&source.name);
        if missing {
            root.fault(Problem::MissingFile);
        }
        if let Some(number) = group_of(&source.name) {
            if !missing {
                groups.insert(number, group_file(&root, number));
            }
        } else if FILES.contains(&source.name.as_str()) {
            roots.insert(source.name.as_str(), root);
        } else {
            root.fault(Problem::UnknownFile);
        }
    }
    whole(&roots, groups.into_values().collect(), log)
}

/// The fields of `programme.toml` that are no lists.
struct About {
    year: u16,
    name: String,
    short_name: String,
    province: String,
    ends: Date,
    signing: Signing,
    objective: Words,
    opening: Words,
}

fn about(root: &Table) -> Option<About> {
    let year = root.number("year");
    let (name, short_name) = (root.need("name"), root.need("short_name"));
    let (province, ends) = (root.need("province"), build::day(root, "ends"));
    let signing = build::signing(root);
    let (objective, opening) = (
        build::words(root, "objective"),
        build::words(root, "opening"),
    );
    Some(About {
        year: year?.value,
        name: name?,
        short_name: short_name?,
        province: province?,
        ends: ends?,
        signing: signing?,
        objective: objective?,
        opening: opening?,
    })
}

/// `[rule]` of `periods.toml`: by what figures close, and what a weekend does.
fn rule(root: &Table) -> Option<(String, String)> {
    let table = root.need_table("rule")?;
    let rule = (table.need("closing_source"), table.need("weekend"));
    Some((rule.0?, rule.1?))
}

fn whole(roots: &BTreeMap<&str, Table>, files: Vec<GroupFile>, log: &Log) -> Option<Programme> {
    let [agencies, periods] = [roots.get("agencies.toml")?, roots.get("periods.toml")?];
    let programme = roots.get("programme.toml")?;
    let (about, rule) = (about(programme), rule(periods));
    let grounds = each(programme, "ground", build::ground);
    let recipients = each(programme, "recipient", build::recipient);
    let mut names = build::Names::new();
    let agency_rows = each(agencies, "agency", |table| build::agency(table, &mut names));
    let agency_groups = each(agencies, "group", build::agency_group);
    let citations = each(roots.get("citations.toml")?, "citation", build::citation);
    let year = about.as_ref().map(|about| about.year);
    let period_rows = each(periods, "period", |table| build::period(table, year));
    let targets = each(roots.get("targets.toml")?, "target", build_targets::target);
    let duties = each(roots.get("part-two.toml")?, "duty", build::duty);
    let readings = each(roots.get("readings.toml")?, "reading", build::reading);
    let not_targets = each(roots.get("not-targets.toml")?, "figure", build::figure);
    check::periods(&period_rows, periods);
    check::parts(&targets, log);
    check::cited(citations.iter().map(|c| c.id.to_string()), log);
    let (groups, sections, tasks) = flatten(files);
    check::headings(&tasks, log);
    let (about, (closing_source, weekend_rule)) = (about?, rule?);
    Some(Programme {
        year: about.year,
        name: about.name,
        short_name: about.short_name,
        province: about.province,
        ends: about.ends,
        signing: about.signing,
        objective: about.objective,
        opening: about.opening,
        grounds,
        recipients,
        agencies: agency_rows,
        agency_groups,
        groups,
        sections,
        tasks,
        targets,
        citations,
        periods: period_rows,
        closing_source,
        weekend_rule,
        duties,
        readings,
        not_targets,
    })
}

fn flatten(files: Vec<GroupFile>) -> (Vec<Group>, Vec<Section>, Vec<Task>) {
    let mut all = (Vec::new(), Vec::new(), Vec::new());
    for file in files {
        all.0.extend(file.group);
        all.1.extend(file.sections);
        all.2.extend(file.tasks);
    }
    all
}
