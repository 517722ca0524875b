//! A year's programme written into its document, in one change.

use terms::{
    AgencyClass, DocId, Goal, Timestamp,
    programme::{
        Agency, AgencyGroup, Citation, Group, Milestone, PeriodDays, Programme, Recipient, Section,
        Signing, Target, Task,
    },
    text::nfc,
};

use crate::{
    Document, EditError, EditOutcome, LocalActor, Scalar,
    rules::RuleError,
    writing::{Put, Writing},
};

/// Writes a year's programme as one change. A document that has one already takes no other.
pub fn import(
    doc: &mut Document,
    local_actor: &LocalActor,
    content: &Programme,
    now: Timestamp,
) -> Result<EditOutcome, EditError> {
    if !matches!(doc.id, DocId::Programme(_)) {
        return Err(RuleError::WrongDocument.into());
    }
    if !doc.reading().fact("name").values.is_empty() {
        return Err(EditError::HasProgramme);
    }
    let mut rows = Rows::default();
    rows.programme(content);
    let writing = Writing {
        puts: rows.0,
        ..Writing::default()
    };
    let seen = doc.heads();
    doc.write(local_actor, &seen, writing, None, now)
}

/// The single values of a programme.
#[derive(Default)]
struct Rows(Vec<Put>);

/// The values of one thing.
struct Row<'a> {
    rows: &'a mut Rows,
    map: String,
}

impl Rows {
    fn row(&mut self, map: String) -> Row<'_> {
        Row { rows: self, map }
    }

    fn programme(&mut self, content: &Programme) {
        let Programme {
            name,
            short_name,
            province,
            ends,
            signing,
            ..
        } = content;
        self.row(String::new())
            .text("name", name)
            .text("short_name", short_name)
            .text("province", province)
            .text("ends", ends);
        self.signing(signing);
        each(&content.recipients, |order, row| self.recipient(order, row));
        each(&content.agencies, |order, row| self.agency(order, row));
        each(&content.agency_groups, |order, row| {
            self.agency_group(order, row);
        });
        each(&content.groups, |order, row| self.group(order, row));
        each(&content.sections, |order, row| self.section(order, row));
        each(&content.tasks, |order, task| {
            self.task(order, task);
            let own = content.milestones.iter();
            own.filter(|milestone| milestone.task == task.id)
                .for_each(|milestone| self.milestone(milestone));
            self.row("assigned/tasks".to_owned())
                .some(task.id.as_str(), content.assigned_tasks.get(&task.id));
        });
        each(&content.targets, |order, target| {
            self.target(order, target);
            let assigned = content.assigned_targets.get(&target.id);
            self.row("assigned/targets".to_owned())
                .some(target.id.as_str(), assigned);
        });
        each(&content.citations, |order, row| self.citation(order, row));
        each(&content.periods, |order, row| self.period(order, row));
    }

    fn signing(&mut self, signing: &Signing) {
        self.row("signing".to_owned())
            .text("authority", &signing.authority)
            .text("form", &signing.form)
            .text("position", &signing.position)
            .text("name", &signing.name);
    }

    fn recipient(&mut self, order: usize, recipient: &Recipient) {
        self.row(format!("recipients/{order}"))
            .text("order", &order)
            .text("text", &recipient.text)
            .some("class", recipient.class.map(AgencyClass::code))
            .flag("archive", recipient.archive);
    }

    fn agency(&mut self, order: usize, agency: &Agency) {
        self.row(format!("agencies/{}", agency.id))
            .text("order", &order)
            .text("name", &agency.name)
            .text("short", &agency.short)
            .text("class", &agency.class.code());
    }

    fn agency_group(&mut self, order: usize, group: &AgencyGroup) {
        self.row(format!("agency_groups/{}", group.id))
            .text("order", &order)
            .text("name", &group.name)
            .list("members", &group.members);
    }

    fn group(&mut self, order: usize, group: &Group) {
        self.row(format!("groups/{}", group.id))
            .text("order", &order)
            .text("number", &group.number)
            .text("title", &group.title);
    }

    fn section(&mut self, order: usize, section: &Section) {
        self.row(format!("sections/{}", section.id))
            .text("order", &order)
            .text("group", &section.group)
            .text("letter", &section.letter)
            .text("title", &section.title);
    }

    fn task(&mut self, order: usize, task: &Task) {
        self.row(format!("tasks/{}", task.id))
            .text("order", &order)
            .some("section", task.section.as_ref())
            .text("clause", &task.clause)
            .text("clause_in_words", &task.clause_in_words)
            .some("parent", task.parent.as_ref())
            .text("title", &task.title)
            .flag("heading", task.heading.is_some())
            .some("text", task.heading.as_ref())
            .list("leads", &task.leads)
            .list("lead_groups", &task.lead_groups)
            .flag("joint", task.joint)
            .some("lead_text", task.lead_text.as_ref())
            .list("supporting", &task.supporting)
            .list("supporting_groups", &task.supporting_groups)
            .flag("supporting_unnamed", task.supporting_unnamed)
            .list("citations", &task.citations)
            .flag("may_be_secret", task.may_be_secret);
    }

    fn milestone(&mut self, milestone: &Milestone) {
        self.row(format!("milestones/{}", milestone.id))
            .text("task", &milestone.task)
            .text("title", &milestone.title)
            .text("due", &milestone.due)
            .text("source", &milestone.source);
    }

    fn target(&mut self, order: usize, target: &Target) {
        self.row(format!("targets/{}", target.id))
            .text("order", &order)
            .text("name", &target.name)
            .text("unit", &target.unit)
            .goal(&target.goal)
            .text("direction", &target.direction)
            .text("kind", &target.kind.code())
            .some("owner", target.owner.as_ref())
            .list("contributors", &target.contributors)
            .some("part_of", target.part_of.as_ref())
            .some("together_with", target.together_with.as_ref())
            .some("denominator", target.denominator.as_ref())
            .list("stated", &target.stated);
    }

    fn citation(&mut self, order: usize, citation: &Citation) {
        self.row(format!("citations/{}", citation.id))
            .text("order", &order)
            .text("kind", &citation.kind)
            .some("number", citation.number.as_ref())
            .some("date", citation.date)
            .some("issuer", citation.issuer.as_ref())
            .some("title", citation.title.as_ref());
    }

    fn period(&mut self, order: usize, period: &PeriodDays) {
        self.row(format!("periods/{}", period.period))
            .text("order", &order)
            .text("name", &period.name)
            .text("paper_name", &period.paper_name)
            .text("from", &period.from)
            .text("to", &period.to)
            .text("deadline", &period.deadline);
    }
}

impl Row<'_> {
    fn put(self, key: &str, value: Scalar) -> Self {
        let (map, key) = (self.map.clone(), key.to_owned());
        self.rows.0.push(Put { map, key, value });
        self
    }

    fn text(self, key: &str, value: &impl ToString) -> Self {
        self.put(key, Scalar::Text(nfc(&value.to_string())))
    }

    fn some(self, key: &str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.text(key, &value),
            None => self,
        }
    }

    fn flag(self, key: &str, value: bool) -> Self {
        if value {
            self.put(key, Scalar::Bool(true))
        } else {
            self
        }
    }

    /// A list is a map from what is listed to its place, so that two people can add to it.
    fn list(self, key: &str, values: &[impl ToString]) -> Self {
        let map = format!("{}/{key}", self.map);
        each(values, |order, value| {
            let (key, value) = (value.to_string(), Scalar::Text(order.to_string()));
            self.rows.0.push(Put {
                map: map.clone(),
                key,
                value,
            });
        });
        self
    }

    fn goal(self, goal: &Goal) -> Self {
        let form = self.text("form", &form_code(goal));
        match goal {
            Goal::Above { value }
            | Goal::Below { value }
            | Goal::About { value }
            | Goal::ReduceTo { value } => form.text("value", value),
            Goal::AtLeast { value, exceed } => form.text("value", value).flag("exceed", *exceed),
            Goal::Range { low, high } | Goal::ReduceBy { low, high } => {
                form.text("low", low).text("high", high)
            }
        }
    }
}

fn each<T>(list: &[T], mut row: impl FnMut(usize, &T)) {
    list.iter()
        .enumerate()
        .for_each(|(i, item)| row(i + 1, item));
}

/// A goal's form as it stands in documents.
fn form_code(goal: &Goal) -> &'static str {
    match goal {
        Goal::Above { .. } => "above",
        Goal::AtLeast { .. } => "at-least",
        Goal::Below { .. } => "below",
        Goal::About { .. } => "about",
        Goal::Range { .. } => "range",
        Goal::ReduceTo { .. } => "reduce-to",
        Goal::ReduceBy { .. } => "reduce-by",
    }
}
