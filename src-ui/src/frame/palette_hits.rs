//! What the search offers, and what choosing it does.

use ipc::Found;
use terms::{TreeFilter, text::fold};

use crate::{catalogue::words, route::Route};

/// What choosing a hit does.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Action {
    /// Goes there.
    Go(Route),
    /// «Đồng bộ ngay».
    SyncNow,
    /// Signs out.
    Lock,
}

/// One line of the search.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Hit {
    pub(super) kind: &'static str,
    pub(super) title: String,
    pub(super) more: String,
    pub(super) action: Action,
}

/// Something found, as a line.
pub(super) fn hit(found: Found) -> Hit {
    let texts = words().frame;
    match found {
        Found::Task {
            task,
            clause,
            title,
        } => Hit {
            kind: texts.found_task,
            title,
            more: clause,
            action: Action::Go(Route::Tree(Some(task))),
        },
        Found::Target { target, name } => Hit {
            kind: texts.found_target,
            title: name,
            more: String::new(),
            action: Action::Go(Route::Targets(Some(target))),
        },
        Found::Agency { agency } => Hit {
            kind: texts.found_agency,
            title: agency.short,
            more: String::new(),
            action: Action::Go(Route::Narrowed(TreeFilter {
                agency: Some(agency.id),
                ..TreeFilter::default()
            })),
        },
        Found::Text {
            task,
            title,
            excerpt,
        } => Hit {
            kind: texts.found_text,
            title: excerpt,
            more: title,
            action: Action::Go(Route::Tree(Some(task))),
        },
    }
}

/// Screens and commands whose words match.
pub(super) fn commands(text: &str) -> Vec<Hit> {
    let texts = words().frame;
    let line = |kind, title: &str, action| Hit {
        kind,
        title: title.to_owned(),
        more: String::new(),
        action,
    };
    let screen = |title, route| line(texts.found_screen, title, Action::Go(route));
    let wanted = fold(text.trim());
    [
        screen(texts.my_work, Route::MyWork(None)),
        screen(texts.tree, Route::Tree(None)),
        screen(texts.targets, Route::Targets(None)),
        screen(texts.overview, Route::Overview),
        line(texts.found_command, texts.sync_now, Action::SyncNow),
        line(texts.found_command, texts.lock, Action::Lock),
    ]
    .into_iter()
    .filter(|hit| fold(&hit.title).contains(&wanted))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_found_without_marks() {
        for (text, titles) in [
            ("dong bo", vec!["Đồng bộ ngay"]),
            ("CHỈ TIÊU", vec!["Chỉ tiêu"]),
            ("không có", vec![]),
        ] {
            let found: Vec<String> = commands(text).into_iter().map(|hit| hit.title).collect();
            assert_eq!(found, titles, "{text}");
        }
        assert_eq!(commands(" ").len(), 6);
    }
}
