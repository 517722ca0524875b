//! A file of tasks: one group, its sections, their tasks.

use terms::{
    GroupId, SectionId, TaskId,
    programme::{self, Group, Milestone, Section},
};

use crate::{
    Assigned, Clause, Problem, Task, TaskSource,
    build::{clause, day, groups},
    log::Named,
    reader::{Table, each},
};

/// What a file of tasks holds.
pub(crate) struct GroupFile {
    pub(crate) group: Option<Group>,
    pub(crate) sections: Vec<Section>,
    pub(crate) tasks: Vec<Task>,
}

/// Reads `tasks-N.toml`, N being `number`.
pub(crate) fn group_file(root: &Table, number: u8) -> GroupFile {
    let group = root.need_table("group");
    let group = group.and_then(|table| self::group(&table, number));
    let mut sections: Vec<Section> = Vec::new();
    for table in root.tables("section") {
        let section = section(&table, group.as_ref().map(|g| &g.id));
        if let Some(section) = section {
            if sections.iter().any(|other| other.letter == section.letter) {
                let value = section.letter.clone();
                table.fault(Problem::Repeated {
                    what: "điểm",
                    value,
                });
            }
            sections.push(section);
        }
    }
    let tasks = root.tables("task");
    let tasks = tasks
        .iter()
        .filter_map(|table| task(table, number, &sections))
        .collect();
    GroupFile {
        group,
        sections,
        tasks,
    }
}

fn group(table: &Table, of_file: u8) -> Option<Group> {
    let (id, number) = (table.id(Named::Group), table.number::<u8>("number"));
    let title = table.need("title");
    let number = number?;
    if number.value != of_file {
        table.log.fault(number.mark, Problem::GroupNumber(of_file));
    }
    Some(Group {
        id: id?,
        number: number.value.to_string(),
        title: title?,
    })
}

fn section(table: &Table, group: Option<&GroupId>) -> Option<Section> {
    let id = table.id(Named::Section);
    let letter = table.text_at("letter");
    if letter.is_none() {
        table.missing_field("letter");
    }
    let title = table.need("title");
    let at = letter?;
    if at.value.chars().count() == 1 {
        return Some(Section {
            id: id?,
            group: group?.clone(),
            letter: at.value,
            title: title?,
        });
    }
    table.log.fault(
        at.mark,
        Problem::Word(at.value, "a | b | c | d | đ | e | g …"),
    );
    None
}

fn task(table: &Table, group: u8, sections: &[Section]) -> Option<Task> {
    let id = table.id(Named::Task);
    let section = table.need_pointer::<SectionId>("section", Named::Section);
    let clause = clause(table);
    if let (Some(clause), Some(section)) = (&clause, &section) {
        let section = sections.iter().find(|s| s.id == *section);
        in_its_section(table, clause, group, section);
    }
    let title = table.need("title");
    let of = id.as_ref();
    let milestones = each(table, "milestone", |table| milestone(table, of));
    let assigned = table.table("assigned");
    let assigned = assigned.and_then(|table| self::assigned(&table));
    // What cannot fail is read first, so that a fault above hides none below.
    let thing = programme::Task {
        parent: table.pointer("parent", Named::Task),
        heading: heading(table),
        leads: table.pointers("leads", Named::Agency),
        lead_groups: groups(table, "lead_groups"),
        joint: table.flag("joint"),
        lead_text: table.text("lead_text"),
        supporting: table.pointers("supporting", Named::Agency),
        supporting_groups: groups(table, "supporting_groups"),
        supporting_unnamed: table.flag("supporting_unnamed"),
        citations: table.pointers("citations", Named::Citation),
        may_be_secret: table.flag("may_be_secret"),
        id: id?,
        section: Some(section?),
        clause: clause.as_ref()?.to_string(),
        clause_in_words: clause.as_ref()?.in_words(),
        title: title?,
    };
    let source = TaskSource {
        milestones,
        assigned,
        clause: clause?,
    };
    responsible(table, &thing);
    Some(Task { thing, source })
}

/// `heading = true` and what it says.
fn heading(table: &Table) -> Option<String> {
    let text = table.text("text");
    if table.flag("heading") != text.is_some() {
        table.fault(Problem::Heading(
            "heading = true và «text» đi cùng nhau: đề mục phải có lời tóm tắt, nhiệm vụ thì không",
        ));
    }
    text
}

fn in_its_section(table: &Table, clause: &Clause, group: u8, section: Option<&Section>) {
    let Some(section) = section else { return };
    let letter = section.letter.chars().next();
    if clause.section() != letter.map(|letter| (group, letter)) {
        let (clause, section) = (clause.to_string(), format!("II.{group}.{}", section.letter));
        table.fault(Problem::ClauseElsewhere { clause, section });
    }
}

fn responsible(table: &Table, task: &programme::Task) {
    let several = task.leads.len() > 1 || !task.lead_groups.is_empty();
    let unnamed = task.leads.is_empty() && task.lead_text.is_some();
    if several && !task.joint {
        table.fault(Problem::JointMissing);
    }
    if task.joint && !several && !unnamed {
        table.fault(Problem::JointAlone);
    }
    if task.heading.is_none() && !several && !unnamed && task.leads.is_empty() {
        table.fault(Problem::NoLead);
    }
    for agency in task
        .supporting
        .iter()
        .filter(|agency| task.leads.contains(agency))
    {
        table.fault(Problem::LeadSupports(agency.to_string()));
    }
}

fn milestone(table: &Table, task: Option<&TaskId>) -> Option<Milestone> {
    let (id, title) = (table.id(Named::Milestone), table.need("title"));
    let (due, source) = (day(table, "due"), table.need("source"));
    Some(Milestone {
        id: id?,
        task: task?.clone(),
        title: title?,
        due: due?,
        source: source?,
    })
}

/// `assigned = { agency, by, on }`.
pub(crate) fn assigned(table: &Table) -> Option<Assigned> {
    let agency = table.need_pointer("agency", Named::Agency);
    let (by, on) = (table.need("by"), day(table, "on"));
    Some(Assigned {
        agency: agency?,
        by: by?,
        on: on?,
    })
}
