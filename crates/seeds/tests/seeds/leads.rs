//! Whether tasks are led and supported by those whom the text names.

use seeds::{Clause, Place, Programme, Task};
use terms::AgencyId;

use crate::fingerprint::Print;

/// Tasks whose one lead the text names without «chủ trì», or whose supporters stand apart from
/// it: `tasks.txt` holds each.
const SAID_OTHERWISE: [(&str, &str); 2] = [
    ("II.2.a, gạch 1", "vp-ubnd"),
    ("II.2.a, gạch 3, cộng 1", "so-khdt"),
];

/// What the text says of one lead, and where.
struct AgencyWords<'a> {
    clause: &'a Clause,
    lead: Option<&'a AgencyId>,
    with: &'a str,
}

impl AgencyWords<'_> {
    /// «các đơn vị có liên quan» stays unnamed; the other words name groups.
    fn is_of(&self, leads: &[AgencyId], groups: &[String], unnamed: bool) -> bool {
        let named = |id: &str| groups.iter().any(|group| group == id);
        let words = self.with.to_lowercase();
        leads.len() == 1
            && leads.first() == self.lead
            && unnamed == words.contains("đơn vị có liên quan")
            && named("cac-so-nganh") == words.contains("ngành")
            && named("cap-huyen") == words.contains("cấp huyện")
    }

    fn is_of_task(&self, task: &Task) -> bool {
        let unnamed = task.supporting_unnamed;
        task.lead_groups.is_empty() && self.is_of(&task.leads, &task.supporting_groups, unnamed)
    }

    /// Said in the section's own line or its paragraph: it goes for the bullets too.
    fn goes_for_all(&self) -> bool {
        use Place::{Own, Paragraph};
        matches!(self.clause, Clause::Section { place, .. } if matches!(place, Own | Paragraph(_)))
    }
}

/// Leads that are not as the text says.
pub(crate) fn gaps(prints: &[Print], programme: &Programme) -> Vec<String> {
    let said: Vec<AgencyWords> = prints.iter().filter_map(|p| said(p, programme)).collect();
    let mut gaps = Vec::new();
    for one in &said {
        let here = |clause: &Clause| *one.clause == *clause;
        let of_task = |t: &Task| here(&t.source.clause) && one.is_of_task(t);
        let of_duty =
            |d: &seeds::Duty| here(&d.clause) && one.is_of(&d.leads, &d.supporting_groups, false);
        let held = programme.tasks.iter().any(of_task) || programme.duties.iter().any(of_duty);
        if !held && !one.goes_for_all() {
            gaps.push(format!("{}: nobody leads with {}", one.clause, one.with));
        }
    }
    let wrong = programme.tasks.iter().filter(|task| !as_said(task, &said));
    gaps.extend(wrong.map(|task| format!("{} {}: led otherwise", task.source.clause, task.id)));
    gaps
}

fn said<'a>(print: &'a Print, programme: &'a Programme) -> Option<AgencyWords<'a>> {
    let Print::Lead(clause, name, with) = print else {
        return None;
    };
    let mut agencies = programme.agencies.iter();
    let lead = agencies
        .find(|a| a.source.as_written.iter().any(|w| w.starts_with(name)))
        .map(|a| &a.id);
    Some(AgencyWords { clause, lead, with })
}

/// A task is led as its own place says, else as its section does, else not by one alone.
fn as_said(task: &Task, said: &[AgencyWords]) -> bool {
    let otherwise = |(clause, lead): &(&str, &str)| {
        task.source.clause.to_string() == *clause
            && task.leads.iter().any(|id| id.as_str() == *lead)
    };
    if SAID_OTHERWISE.iter().any(otherwise) {
        return true;
    }
    let own: Vec<_> = said
        .iter()
        .filter(|s| *s.clause == task.source.clause)
        .collect();
    let section =
        |s: &&AgencyWords| s.goes_for_all() && s.clause.section() == task.source.clause.section();
    let above: Vec<_> = said.iter().filter(section).collect();
    let fits = |some: &[&AgencyWords]| some.iter().any(|s| s.is_of_task(task));
    let several = task.joint || task.heading.is_some();
    match (own.is_empty(), above.is_empty()) {
        (false, _) => fits(&own) || several && !own.iter().any(|s| s.goes_for_all()),
        (true, false) => fits(&above),
        (true, true) => several,
    }
}
