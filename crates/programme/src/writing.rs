//! What an edit writes, as paths and values.

use terms::{DocId, Edit, ItemId, MilestoneId, WorkStatus, edit::ValueMark, rows::ItemKind};

use crate::{Scalar, path};

/// What an edit comes to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Writing {
    /// The cell that must have been born.
    pub(crate) cell: Option<String>,
    /// The map that must be new.
    pub(crate) fresh: Option<String>,
    /// The map that must be there.
    pub(crate) known: Option<String>,
    /// The fields that the writer looked at: what others wrote there unseen stands against it.
    pub(crate) looked_at: Vec<String>,
    /// Single values.
    pub(crate) puts: Vec<Put>,
    /// Texts, by their paths.
    pub(crate) texts: Vec<(String, String)>,
    /// The text that is confirmed as merged.
    pub(crate) confirm: Option<String>,
}

/// A single value under a key of a map.
#[derive(Debug, Clone)]
pub(crate) struct Put {
    pub(crate) map: String,
    pub(crate) key: String,
    pub(crate) value: Scalar,
}

impl Put {
    pub(crate) fn path(&self) -> String {
        match self.map.as_str() {
            "" => self.key.clone(),
            map => format!("{map}/{}", self.key),
        }
    }

    /// Whether it strikes something out or puts it back.
    pub(crate) fn is_strike(&self) -> bool {
        self.key == path::REMOVED && path::can_be_struck(&self.map)
    }
}

impl Writing {
    /// Reads an edit. Whether it is allowed is for [`rules`](crate::rules) to say.
    pub(crate) fn of(edit: &Edit) -> Self {
        match edit {
            Edit::SetStatus { .. }
            | Edit::SetPercent { .. }
            | Edit::SetNarrative { .. }
            | Edit::ConfirmNarrative { .. } => progress(edit),
            Edit::SetValue { .. }
            | Edit::SetValueMark { .. }
            | Edit::SetValueNote { .. }
            | Edit::ConfirmValueNote { .. } => figures(edit),
            Edit::AddObstacle { .. } | Edit::AddProposal { .. } | Edit::AddComment { .. } => {
                new_item(edit)
            }
            Edit::SetObstacleText { .. }
            | Edit::ConfirmItemText { .. }
            | Edit::SetObstacleWaitsFor { .. }
            | Edit::SetObstacleResolved { .. }
            | Edit::SetItemRemoved { .. } => item(edit),
            Edit::AddMilestone {
                id,
                task,
                title,
                due,
                source,
            } => new_milestone(id)
                .put(&path::milestone(id), "task", value(Some(task)))
                .put(&path::milestone(id), "title", value(Some(title)))
                .put(&path::milestone(id), "due", value(Some(due)))
                .put(&path::milestone(id), "source", value(Some(source))),
            Edit::SetMilestoneTitle { .. }
            | Edit::SetMilestoneDue { .. }
            | Edit::SetMilestoneSource { .. }
            | Edit::SetMilestoneDone { .. }
            | Edit::SetMilestoneRemoved { .. } => milestone(edit),
            Edit::NameSupporter { .. } | Edit::AssignLead { .. } | Edit::AssignTarget { .. } => {
                responsible(edit)
            }
        }
    }

    fn put(mut self, map: &str, key: &str, value: Scalar) -> Self {
        let put = Put {
            map: map.to_owned(),
            key: key.to_owned(),
            value,
        };
        self.looked_at.push(put.path());
        self.puts.push(put);
        self
    }

    fn confirm(mut self, text: String) -> Self {
        self.looked_at.push(text.clone());
        self.confirm = Some(text);
        self
    }

    fn text(mut self, path: String, text: &str) -> Self {
        self.looked_at.push(path.clone());
        self.texts.push((path, text.to_owned()));
        self
    }
}

/// A value as it stands in documents; `None` is the marker for cleared.
fn value(value: Option<impl ToString>) -> Scalar {
    value.map_or(Scalar::Null, |value| Scalar::Text(value.to_string()))
}

fn in_cell(cell: String) -> Writing {
    Writing {
        cell: Some(cell),
        ..Writing::default()
    }
}

fn progress(edit: &Edit) -> Writing {
    match edit {
        Edit::SetStatus {
            task,
            period,
            status,
            done_on,
        } => {
            let cell = path::progress(task, *period);
            in_cell(cell.clone())
                .put(&cell, "status", value(status.map(WorkStatus::code)))
                .put(&cell, "done_on", value(*done_on))
        }
        Edit::SetPercent {
            task,
            period,
            percent,
        } => {
            let cell = path::progress(task, *period);
            in_cell(cell.clone()).put(&cell, "percent", value(*percent))
        }
        Edit::SetNarrative { task, period, text } => {
            let cell = path::progress(task, *period);
            in_cell(cell.clone()).text(format!("{cell}/narrative"), text)
        }
        Edit::ConfirmNarrative { task, period } => {
            let cell = path::progress(task, *period);
            let text = format!("{cell}/narrative");
            in_cell(cell).confirm(text)
        }
        _ => Writing::default(),
    }
}

fn figures(edit: &Edit) -> Writing {
    match edit {
        Edit::SetValue {
            target,
            period,
            field,
            value: figure,
        } => {
            let cell = path::values(target, *period);
            in_cell(cell.clone()).put(&cell, path::value_key(*field), value(*figure))
        }
        Edit::SetValueMark {
            target,
            period,
            mark,
        } => {
            let cell = path::values(target, *period);
            in_cell(cell.clone()).put(&cell, "mark", value(mark.map(mark_code)))
        }
        Edit::SetValueNote {
            target,
            period,
            text,
        } => {
            let cell = path::values(target, *period);
            in_cell(cell.clone()).text(format!("{cell}/note"), text)
        }
        Edit::ConfirmValueNote { target, period } => {
            let cell = path::values(target, *period);
            let text = format!("{cell}/note");
            in_cell(cell).confirm(text)
        }
        _ => Writing::default(),
    }
}

/// A mark as it stands in documents.
pub(crate) fn mark_code(mark: ValueMark) -> &'static str {
    match mark {
        ValueMark::NotOccurred => "not-occurred",
        ValueMark::NotCollected => "not-collected",
        ValueMark::YearlyOnly => "yearly-only",
    }
}

/// An item's kind as it stands in documents.
pub(crate) fn item_code(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Obstacle => "obstacle",
        ItemKind::Proposal => "proposal",
        ItemKind::Comment => "comment",
    }
}

fn new_item(edit: &Edit) -> Writing {
    let start = |id: &ItemId, kind: ItemKind, text: &str| {
        let map = path::item(id);
        let writing = Writing {
            fresh: Some(map.clone()),
            ..Writing::default()
        };
        let kind = value(Some(item_code(kind)));
        (
            writing
                .put(&map, "kind", kind)
                .text(format!("{map}/text"), text),
            map,
        )
    };
    match edit {
        Edit::AddObstacle {
            id,
            task,
            period,
            text,
            waits_for,
        } => {
            let (writing, map) = start(id, ItemKind::Obstacle, text);
            writing
                .put(&map, "task", value(Some(task)))
                .put(&map, "period", value(Some(period)))
                .put(&map, "waits_for", value(waits_for.as_ref()))
        }
        Edit::AddProposal {
            id,
            task,
            period,
            text,
        } => {
            let (writing, map) = start(id, ItemKind::Proposal, text);
            writing
                .put(&map, "task", value(task.as_ref()))
                .put(&map, "period", value(Some(period)))
        }
        Edit::AddComment { id, task, text } => {
            let (writing, map) = start(id, ItemKind::Comment, text);
            writing.put(&map, "task", value(Some(task)))
        }
        _ => Writing::default(),
    }
}

/// In a map that is there, of which all these fields are looked at.
fn known(map: &str, fields: &[&str]) -> Writing {
    let looked_at = fields.iter().map(|field| format!("{map}/{field}"));
    Writing {
        known: Some(map.to_owned()),
        looked_at: looked_at.collect(),
        ..Writing::default()
    }
}

/// Whoever writes in an item looks at the whole of it: a strike and another wording, made
/// unseen, stand against each other.
fn item(edit: &Edit) -> Writing {
    let start = |id: &ItemId| {
        let map = path::item(id);
        let fields = ["text", "waits_for", "resolved_on", "removed"];
        (known(&map, &fields), map)
    };
    match edit {
        Edit::SetObstacleText { id, text } => {
            let (writing, map) = start(id);
            writing.text(format!("{map}/text"), text)
        }
        Edit::ConfirmItemText { id } => {
            let (writing, map) = start(id);
            writing.confirm(format!("{map}/text"))
        }
        Edit::SetObstacleWaitsFor { id, waits_for } => {
            let (writing, map) = start(id);
            writing.put(&map, "waits_for", value(waits_for.as_ref()))
        }
        Edit::SetObstacleResolved { id, resolved_on } => {
            let (writing, map) = start(id);
            writing.put(&map, "resolved_on", value(*resolved_on))
        }
        Edit::SetItemRemoved { id, removed } => {
            let (writing, map) = start(id);
            writing.put(&map, "removed", Scalar::Bool(*removed))
        }
        _ => Writing::default(),
    }
}

fn new_milestone(id: &MilestoneId) -> Writing {
    Writing {
        fresh: Some(path::milestone(id)),
        ..Writing::default()
    }
}

/// As with an item, whoever writes in a milestone looks at the whole of it.
fn milestone(edit: &Edit) -> Writing {
    let fields = ["title", "due", "source", "done_on", "removed"];
    let put = |id: &MilestoneId, key, value| {
        let map = path::milestone(id);
        known(&map, &fields).put(&map, key, value)
    };
    match edit {
        Edit::SetMilestoneTitle { id, title } => put(id, "title", value(Some(title))),
        Edit::SetMilestoneDue { id, due } => put(id, "due", value(Some(due))),
        Edit::SetMilestoneSource { id, source } => put(id, "source", value(Some(source))),
        Edit::SetMilestoneDone { id, done_on } => put(id, "done_on", value(*done_on)),
        Edit::SetMilestoneRemoved { id, removed } => put(id, "removed", Scalar::Bool(*removed)),
        _ => Writing::default(),
    }
}

fn responsible(edit: &Edit) -> Writing {
    let writing = Writing::default();
    match edit {
        Edit::NameSupporter {
            task,
            agency,
            named,
        } => writing.put("named", &format!("{task}/{agency}"), Scalar::Bool(*named)),
        Edit::AssignLead { task, agency } => {
            writing.put("assigned/tasks", task.as_str(), value(agency.as_ref()))
        }
        Edit::AssignTarget { target, agency } => {
            writing.put("assigned/targets", target.as_str(), value(agency.as_ref()))
        }
        _ => writing,
    }
}

/// Whether a kind of document takes an edit at all.
pub(crate) fn belongs(doc: &DocId, edit: &Edit) -> bool {
    match edit {
        Edit::AssignLead { .. } | Edit::AssignTarget { .. } => matches!(doc, DocId::Programme(_)),
        Edit::AddMilestone { .. }
        | Edit::SetMilestoneTitle { .. }
        | Edit::SetMilestoneDue { .. }
        | Edit::SetMilestoneSource { .. }
        | Edit::SetMilestoneDone { .. }
        | Edit::SetMilestoneRemoved { .. } => {
            matches!(doc, DocId::Programme(_) | DocId::Agency(..))
        }
        Edit::AddComment { .. } | Edit::SetItemRemoved { .. } => {
            matches!(doc, DocId::Agency(..) | DocId::Review(..))
        }
        _ => matches!(doc, DocId::Agency(..)),
    }
}
