//! What a draft is about, in words.

use terms::{
    DocId, Period, TargetId, TaskId,
    rows::{Draft, DraftRow, FieldKind},
};

use crate::{
    World,
    path::{self, Place},
    said,
    views::history::item_field,
};

/// A draft with what it is about. What this version has no word for is listed all the same.
pub fn draft(world: &World, draft: Draft) -> DraftRow {
    let about = About::of(world, &draft.doc, &draft.path).unwrap_or_default();
    let plan = world.plan();
    let title = match (&about.task, &about.target) {
        (Some(task), _) => plan.tasks.get(task).map(|task| task.title.clone()),
        (_, Some(target)) => plan.targets.get(target).map(|target| target.name.clone()),
        (None, None) => None,
    };
    DraftRow {
        draft,
        task: about.task,
        target: about.target,
        period: about.period,
        what: about.what.unwrap_or(FieldKind::Other),
        title: title.unwrap_or_default(),
    }
}

#[derive(Default)]
struct About {
    task: Option<TaskId>,
    target: Option<TargetId>,
    period: Option<Period>,
    what: Option<FieldKind>,
}

impl About {
    fn of(world: &World, doc: &DocId, at: &str) -> Option<Self> {
        if let Some(new) = at.strip_prefix("new/") {
            return Self::new(new);
        }
        let place = path::place(at)?;
        let said_by = |map: &str, key: &str| {
            let stamp = world.doc(doc)?.at(&format!("{map}/{key}")).first()?;
            stamp.value.as_str().map(str::to_owned)
        };
        let task_of = |map: &str| said_by(map, "task")?.parse().ok();
        let mut about = Self {
            what: Some(path::field_kind(&place)),
            ..Self::default()
        };
        match place {
            Place::Progress(task, period, _) => {
                (about.task, about.period) = (Some(task), Some(period));
            }
            Place::Values(target, period, _) => {
                (about.target, about.period) = (Some(target), Some(period));
            }
            Place::Item(id, _) => {
                let map = path::item(&id);
                about.task = task_of(&map);
                about.period = said_by(&map, "period").and_then(|period| period.parse().ok());
                let kind = world.doc(doc).map(|said| said.at(&format!("{map}/kind")));
                about.what = kind.and_then(said::item_kind).map(item_field);
            }
            Place::Milestone(id, _) => about.task = task_of(&path::milestone(&id)),
            Place::Named(task, _) | Place::AssignedTask(task) => about.task = Some(task),
            Place::AssignedTarget(target) => about.target = Some(target),
        }
        Some(about)
    }

    /// Of something that is not there yet: `obstacle/<task>/<period>`, `milestone/<task>`.
    fn new(path: &str) -> Option<Self> {
        let mut parts = path.split('/');
        let what = match parts.next()? {
            "obstacle" => FieldKind::Obstacle,
            "proposal" => FieldKind::Proposal,
            "comment" => FieldKind::Comment,
            "milestone" => FieldKind::Milestone,
            _ => return None,
        };
        Some(Self {
            task: Some(parts.next()?.parse().ok()?),
            target: None,
            period: parts.next().and_then(|period| period.parse().ok()),
            what: Some(what),
        })
    }
}
