//! What somebody did: as a step in a field's history, and as news.

use terms::{
    Date, Decimal, DocId, TargetId, TaskId, WorkStatus,
    rows::{FieldKind, HistoryRow, ItemKind, News},
};

use crate::{
    Scalar, Touch, World,
    path::{self, Place},
    said,
    world::Said,
};

/// Longest excerpt of a text in a line of news, in characters.
const EXCERPT: usize = 120;

/// One step in the history of a field.
pub fn history_row(world: &World, touch: &Touch) -> HistoryRow {
    let place = path::place(&touch.path);
    let show = |value: &Scalar| shown(world, &touch.path, place.as_ref(), value);
    HistoryRow {
        path: touch.path.clone(),
        what: kind(world, place.as_ref(), touch),
        from: touch.from.iter().filter_map(show).collect(),
        to: show(&touch.to),
        reason: touch.reason.clone(),
        by: world.author(touch.author.as_ref()),
        at: touch.time,
        change: touch.change,
        saved: world.saved(&touch.change),
    }
}

/// What somebody did, in one line; none of what belongs to another field's line, or to the
/// programme itself.
pub fn news(world: &World, doc: &DocId, touch: &Touch) -> Option<News> {
    let place = path::place(&touch.path)?;
    let said = world.doc(doc);
    let (task, target) = about(said, &place, touch)?;
    let row = history_row(world, touch);
    let title = match (&task, &target) {
        (Some(task), _) => world.plan().tasks.get(task).map(|t| t.title.clone()),
        (_, Some(target)) => world.plan().targets.get(target).map(|t| t.name.clone()),
        _ => None,
    };
    Some(News {
        task,
        target,
        what: match &place {
            Place::Item(id, _) => item_kind(said, &path::item(id)).map_or(row.what, item_field),
            _ => row.what,
        },
        from: row.from.into_iter().next().map(|text| excerpt(&text)),
        to: row.to.map(|text| excerpt(&text)),
        by: row.by,
        at: row.at,
        saved: row.saved,
        change: row.change,
        title: title.unwrap_or_default(),
    })
}

/// The task or target that a touch is news of.
fn about(
    said: Option<&Said>,
    place: &Place,
    touch: &Touch,
) -> Option<(Option<TaskId>, Option<TargetId>)> {
    let of = |map: String| {
        let stamp = said?.at(&format!("{map}/task")).first()?;
        stamp.value.as_str()?.parse().ok()
    };
    // Somebody read it again: not news of what it says.
    if path::confirmed(&touch.path).is_some() {
        return None;
    }
    Some(match place {
        // A status and its day, an item and its parts, are one line each; the day alone is news
        // where it was another day before.
        Place::Progress(_, _, field) if field == "done_on" && !corrects(touch) => return None,
        Place::Progress(task, _, _) | Place::Named(task, _) | Place::AssignedTask(task) => {
            (Some(task.clone()), None)
        }
        Place::Values(target, _, _) | Place::AssignedTarget(target) => (None, Some(target.clone())),
        Place::Item(_, field) if ["kind", "task", "period"].contains(&field.as_str()) => {
            return None;
        }
        Place::Item(_, field) if field == "waits_for" && touch.from.is_empty() => return None,
        Place::Item(id, _) => (of(path::item(id)), None),
        Place::Milestone(_, field) if field == "task" => return None,
        // A new milestone is one line; what is corrected later is news.
        Place::Milestone(_, field)
            if ["due", "source"].contains(&field.as_str()) && touch.from.is_empty() =>
        {
            return None;
        }
        Place::Milestone(id, _) => (of(path::milestone(id)), None),
    })
}

/// Whether one value was written over another, rather than set or cleared.
fn corrects(touch: &Touch) -> bool {
    let says = |value: &Scalar| *value != Scalar::Null;
    touch.from.iter().any(says) && says(&touch.to)
}

fn kind(world: &World, place: Option<&Place>, touch: &Touch) -> FieldKind {
    match place {
        Some(Place::Item(id, _)) => {
            let map = path::item(id);
            let writes = |said: &Said| said.below(&map).any(|(_, s)| wrote(s, touch));
            let docs = || world.docs().map(|(_, said)| said);
            let said = docs()
                .find(|said| writes(said))
                .or_else(|| docs().find(|said| said.below(&map).next().is_some()));
            item_kind(said, &map).map_or(FieldKind::Other, item_field)
        }
        Some(place) => path::field_kind(place),
        None => FieldKind::Other,
    }
}

fn wrote(stamps: &[crate::Stamp], touch: &Touch) -> bool {
    stamps.iter().any(|stamp| stamp.change == touch.change)
}

fn item_kind(said: Option<&Said>, map: &str) -> Option<ItemKind> {
    said::item_kind(said?.at(&format!("{map}/kind")))
}

/// What an item of a kind is called.
pub(super) fn item_field(kind: ItemKind) -> FieldKind {
    match kind {
        ItemKind::Obstacle => FieldKind::Obstacle,
        ItemKind::Proposal => FieldKind::Proposal,
        ItemKind::Comment => FieldKind::Comment,
    }
}

/// A value as a person reads it; none where it was cleared.
fn shown(world: &World, at: &str, place: Option<&Place>, value: &Scalar) -> Option<String> {
    let strike = at.ends_with(path::REMOVED) && path::can_be_struck(at);
    let text = match value {
        Scalar::Null => return None,
        Scalar::Bool(yes) if strike => {
            return Some(if *yes { "gạch bỏ" } else { "lấy lại" }.to_owned());
        }
        Scalar::Bool(yes) => return Some(if *yes { "có" } else { "không" }.to_owned()),
        Scalar::Merged(text) => return Some(text.clone()),
        Scalar::Text(text) => text,
    };
    let date = || text.parse().ok().map(Date::format_screen);
    let figure = || text.parse::<Decimal>().ok().map(|d| d.format_vi());
    let agency = || Some(world.plan().agency_name(&text.parse().ok()?).short);
    if path::confirmed(at).is_some() {
        return Some("đã đọc lại".to_owned());
    }
    let read = match place {
        Some(Place::Progress(_, _, field)) => match field.as_str() {
            "status" => WorkStatus::from_code(text).map(|s| status_words(s).to_owned()),
            "done_on" => date(),
            "percent" => figure().map(|figure| format!("{figure} %")),
            _ => None,
        },
        Some(Place::Values(_, _, field)) => match field.as_str() {
            "mark" => said::mark(text).map(|mark| said::mark_words(mark).to_owned()),
            _ => figure(),
        },
        Some(Place::Item(_, field)) => match field.as_str() {
            "waits_for" => agency(),
            "resolved_on" => date(),
            _ => None,
        },
        Some(Place::Milestone(_, field)) if field == "due" || field == "done_on" => date(),
        Some(Place::AssignedTask(_) | Place::AssignedTarget(_)) => agency(),
        _ => None,
    };
    Some(read.unwrap_or_else(|| text.clone()))
}

fn status_words(status: WorkStatus) -> &'static str {
    match status {
        WorkStatus::NotStarted => "Chưa triển khai",
        WorkStatus::InProgress => "Đang thực hiện",
        WorkStatus::Done => "Hoàn thành",
    }
}

fn excerpt(text: &str) -> String {
    if text.chars().count() <= EXCERPT {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(EXCERPT - 1).collect();
    short.push('…');
    short
}
