//! Which row of a task stands where.

use terms::{
    AgencyId, Heads,
    rows::{ItemKind, ProgressRow, TaskRole, TaskRow},
};

use crate::{rows::Key, session::Place};

/// The keys of a task's rows, by the place where they stand. Parts carry the path of their
/// status, because a field of another period is another field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// What the programme says.
    pub details: Option<Key>,
    /// Whether anybody reports on it: not on a heading.
    pub reports: bool,
    /// The part of the person's own agency.
    pub own: Option<(Key, String)>,
    /// The other parts, in the order of the view.
    pub others: Vec<(Key, String)>,
    /// Others that have written nothing in the period and whose cards are hidden at first.
    pub silent: usize,
    /// Milestones.
    pub milestones: Vec<Key>,
    /// Targets of the clause.
    pub targets: Vec<Key>,
    obstacles: Vec<Key>,
    proposals: Vec<Key>,
    comments: Vec<Key>,
}

impl Layout {
    /// Of the rows of a task, for a person of the agency `own` who has typed in the fields that
    /// `typed` is true of.
    pub fn of(
        rows: &[(Key, TaskRow)],
        own: Option<&AgencyId>,
        typed: impl Fn(&Place) -> bool,
    ) -> Self {
        let mut layout = Self::default();
        for (key, row) in rows {
            let key = key.clone();
            match row {
                TaskRow::Details(details) => {
                    layout.reports = !details.heading;
                    layout.details = Some(key);
                }
                TaskRow::Progress(part) => {
                    let place = (key, part.status.path.clone());
                    if Some(&part.agency.id) == own {
                        layout.own = Some(place);
                    } else {
                        layout.silent +=
                            usize::from(part.is_silent() && !starts_open(part, &typed));
                        layout.others.push(place);
                    }
                }
                TaskRow::Milestone(_) => layout.milestones.push(key),
                TaskRow::Target { .. } => layout.targets.push(key),
                TaskRow::Item(item) => match item.item {
                    ItemKind::Obstacle => layout.obstacles.push(key),
                    ItemKind::Proposal => layout.proposals.push(key),
                    ItemKind::Comment => layout.comments.push(key),
                },
            }
        }
        layout
    }
    /// The items of one kind.
    pub fn items(&self, kind: ItemKind) -> &[Key] {
        match kind {
            ItemKind::Obstacle => &self.obstacles,
            ItemKind::Proposal => &self.proposals,
            ItemKind::Comment => &self.comments,
        }
    }
}

/// Whether another agency's card is open from the start. To be read: where something stands in
/// it. For whoever may write it a card opens into a form, and thirty forms are in the way of what
/// was written: only where the one lead is silent, where something waits for a choice, or where
/// this person typed something that is not saved yet (`typed`).
pub fn starts_open(part: &ProgressRow, typed: impl Fn(&Place) -> bool) -> bool {
    if part.writable {
        waits(part)
            || fields_of(part).any(|place| typed(&place))
            || (part.is_silent() && part.part == TaskRole::Lead)
    } else {
        !part.is_silent()
    }
}

/// Whether values stand against each other, or a text wants to be read again.
pub fn waits(part: &ProgressRow) -> bool {
    part.in_conflict() || part.merged()
}

/// The fields of a part that can be typed in.
fn fields_of(part: &ProgressRow) -> impl Iterator<Item = Place> {
    let values = [&part.status.path, &part.done_on.path, &part.percent.path].into_iter();
    let lines = part.lines.iter().map(|line| &line.value.path);
    let texts = part.texts.iter().map(|text| &text.text.path);
    let paths = values.chain(lines).chain(texts);
    paths.map(|path| (part.doc.clone(), path.clone()))
}

/// Everything that the rows have seen: changes whenever any of their documents does.
pub fn all_heads(rows: &[(Key, TaskRow)]) -> Heads {
    let heads = rows.iter().filter_map(|(_, row)| match row {
        TaskRow::Details(details) => Some(&details.heads),
        TaskRow::Progress(part) => Some(&part.heads),
        TaskRow::Milestone(row) => Some(&row.heads),
        TaskRow::Item(row) => Some(&row.heads),
        TaskRow::Target { .. } => None,
    });
    Heads::new(
        heads
            .flat_map(|heads| heads.as_slice().iter().copied())
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use terms::{
        Decimal, Field, Verdict,
        rows::{AgencyName, PartText, Register, TextField},
    };

    use super::*;
    use crate::testing::authored;

    fn part(agency: &str, text: &str) -> TaskRow {
        fn field<T>(name: &str) -> Register<T> {
            Register {
                path: name.into(),
                values: Vec::new(),
            }
        }
        TaskRow::Progress(Box::new(ProgressRow {
            agency: AgencyName {
                id: agency.parse().unwrap(),
                short: agency.into(),
            },
            part: TaskRole::Lead,
            doc: format!("agency/2019/{agency}").parse().unwrap(),
            heads: Heads::default(),
            writable: false,
            status: field("status"),
            done_on: field("done_on"),
            percent: field("percent"),
            lines: Vec::new(),
            texts: vec![PartText {
                field: Field::Narrative,
                text: TextField {
                    path: "narrative".into(),
                    text: text.into(),
                    tips: (!text.is_empty())
                        .then(|| authored(Some(()), "an"))
                        .into_iter()
                        .collect(),
                },
                before: String::new(),
            }],
        }))
    }

    #[test]
    fn a_form_opens_by_itself_only_where_it_is_needed() {
        let conflict = |part: &mut ProgressRow| {
            let percent = |percent: i32| authored(Some(Decimal::from(percent)), "an");
            part.percent.values = vec![percent(60), percent(75)];
        };
        // text, its role, whether it may be written, values against each other → open
        let table = [
            ("", TaskRole::Lead, false, false, false),
            ("xong", TaskRole::JointLead, false, false, true),
            ("", TaskRole::Lead, true, false, true),
            ("", TaskRole::JointLead, true, false, false),
            ("xong", TaskRole::Lead, true, false, false),
            ("xong", TaskRole::Supporting, true, true, true),
        ];
        for (text, role, writable, against, open) in table {
            let TaskRow::Progress(mut row) = part("a", text) else {
                panic!("a part")
            };
            (row.part, row.writable) = (role, writable);
            if against {
                conflict(&mut row);
            }
            assert_eq!(
                starts_open(&row, |_| false),
                open,
                "{text} {role:?} {writable}"
            );
        }
    }

    #[test]
    fn a_form_that_was_typed_in_opens_by_itself() {
        let TaskRow::Progress(mut row) = part("c", "xong") else {
            panic!("a part")
        };
        row.writable = true;
        for (path, open) in [("narrative", true), ("percent", true), ("elsewhere", false)] {
            let typed = (row.doc.clone(), path.to_owned());
            assert_eq!(starts_open(&row, |place| *place == typed), open, "{path}");
        }
        let other = ("agency/2019/a".parse().unwrap(), "narrative".to_owned());
        assert!(!starts_open(&row, |place| *place == other));
        // Nor is such a silent one counted among the hidden.
        (row.part, row.texts) = (TaskRole::Supporting, Vec::new());
        let typed = (row.doc.clone(), "percent".to_owned());
        let rows = [("c".into(), TaskRow::Progress(row))];
        assert_eq!(Layout::of(&rows, None, |place| *place == typed).silent, 0);
        assert_eq!(Layout::of(&rows, None, |_| false).silent, 1);
    }

    #[test]
    fn what_was_written_is_not_silent_where_its_form_is_closed() {
        let TaskRow::Progress(mut row) = part("c", "xong") else {
            panic!("a part")
        };
        row.writable = true;
        let rows = [("c".into(), TaskRow::Progress(row))];
        assert_eq!(Layout::of(&rows, None, |_| false).silent, 0);
    }

    #[test]
    fn the_own_part_comes_first_and_silent_ones_are_counted() {
        let target = TaskRow::Target {
            target: "ct-1".parse().unwrap(),
            name: "Lúa".into(),
            goal: "trên 2".into(),
            verdict: Verdict::NoFigure,
        };
        let rows = [
            ("a", part("a", "")),
            ("b", part("b", "")),
            ("c", part("c", "xong")),
            ("t", target),
        ]
        .map(|(key, row)| (Key::from(key), row));
        let layout = Layout::of(&rows, Some(&"b".parse().unwrap()), |_| false);
        assert_eq!(layout.own, Some(("b".into(), "status".into())));
        let others: Vec<&str> = layout.others.iter().map(|(key, _)| &**key).collect();
        assert_eq!((others, layout.silent), (vec!["a", "c"], 1));
        assert_eq!(layout.targets, ["t".into()]);
        assert!(layout.items(ItemKind::Obstacle).is_empty());
    }
}
