//! The whole programme in a row of cards, each leading to what it counts.

use chart::{Frame, share_bar, status_bar};
use leptos::prelude::*;
use terms::{
    OfficialStatus,
    rows::{OverviewRow, StatusCounts},
};

use super::{board::late_rate, changed::changed};
use crate::{
    catalogue::words,
    route::{Narrow, Route},
};

/// The figures of the whole programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    counts: StatusCounts,
    updated: (usize, usize),
    targets: (usize, usize, usize),
    obstacles: usize,
    milestones_late: usize,
    conflicts: usize,
}

impl Sums {
    /// Of the row that carries them.
    pub fn of(row: &OverviewRow) -> Option<Self> {
        match *row {
            OverviewRow::Totals {
                counts,
                updated,
                targets,
                obstacles,
                milestones_late,
                conflicts,
            } => Some(Self {
                counts,
                updated,
                targets,
                obstacles,
                milestones_late,
                conflicts,
            }),
            _ => None,
        }
    }
}

/// The cards and the bar of all tasks.
#[component]
pub fn Totals(
    /// The figures.
    sums: Memo<Sums>,
) -> impl IntoView {
    let texts = words().overview;
    let of = |narrow| Route::Narrowed(narrow).href();
    let status = move |status| {
        of(Narrow {
            status: Some(status),
            ..Narrow::default()
        })
    };
    let card = move |name: &'static str,
                     class: &'static str,
                     href: String,
                     text: &'static str,
                     figure: fn(&Sums) -> String,
                     more: fn(&Sums) -> String| {
        let shown = Memo::new(move |_| sums.with(|sums| (figure(sums), more(sums))));
        let mark = changed(shown);
        view! {
            <a class=move || format!("total card {}", mark.get()) href=href data-total=name>
                <span class="total-name">{text}</span>
                <span class=format!("total-figure {class}")>{move || shown.get().0}</span>
                <span class="total-more">{move || shown.get().1}</span>
            </a>
        }
    };
    let bar = move || sums.with(|sums| all_tasks(&sums.counts));
    view! {
        <div class="totals">
            {card(
                "updated",
                "",
                of(Narrow { not_updated: true, ..Narrow::default() }),
                texts.updated,
                |sums| (words().overview.of)(sums.updated.0, sums.updated.1),
                |sums| (words().overview.not_updated)(sums.updated.1.saturating_sub(sums.updated.0)),
            )}
            {card(
                "done",
                "done",
                status(OfficialStatus::DoneOnTime),
                texts.done,
                |sums| (sums.counts.done_on_time + sums.counts.done_late).to_string(),
                |sums| (words().overview.done_split)(sums.counts.done_on_time, sums.counts.done_late),
            )}
            {card(
                "open",
                "open",
                status(OfficialStatus::OpenInTime),
                texts.open,
                |sums| sums.counts.open_in_time.to_string(),
                |sums| (words().common.tasks)(sums.counts.total()),
            )}
            {card(
                "late",
                "over",
                status(OfficialStatus::OpenLate),
                texts.late,
                |sums| sums.counts.open_late.to_string(),
                |sums| {
                    let rate = late_rate(&sums.counts).map(|rate| rate.format_vi());
                    (words().overview.late_rate)(rate.as_deref())
                },
            )}
            {card(
                "targets",
                "",
                Route::Targets(None).href(),
                texts.targets,
                |sums| {
                    let (met, missed, open) = sums.targets;
                    (words().overview.of)(met, met + missed + open)
                },
                |sums| (words().overview.targets_split)(sums.targets.1, sums.targets.2),
            )}
            {card(
                "obstacles",
                "",
                of(Narrow { obstacles: true, ..Narrow::default() }),
                texts.obstacles,
                |sums| sums.obstacles.to_string(),
                |sums| (words().overview.waiting)(sums.milestones_late, sums.conflicts),
            )}
        </div>
        <figure class="totals-bar card">
            <div inner_html=bar />
            <Legend />
        </figure>
    }
}

/// What the parts of the bars mean.
#[component]
fn Legend() -> impl IntoView {
    use OfficialStatus::{DoneLate, DoneOnTime, OpenInTime, OpenLate};
    let sample = |status: OfficialStatus| {
        let mut counts = StatusCounts::default();
        counts.add(status);
        let text = (words().overview.status)(status);
        let id = format!("legend-{status:?}");
        let frame = Frame {
            id: &id,
            title: text,
            width: 22,
            height: 12,
        };
        let bar = status_bar(&frame, &counts, words().overview.status);
        view! { <li><span aria-hidden="true" inner_html=bar /> {text}</li> }
    };
    let samples = [DoneOnTime, DoneLate, OpenInTime, OpenLate].map(sample);
    view! { <ul class="legend">{samples.into_iter().collect_view()}</ul> }
}

fn all_tasks(counts: &StatusCounts) -> String {
    let frame = Frame {
        id: "all-tasks",
        title: words().overview.heading,
        width: 960,
        height: 16,
    };
    status_bar(&frame, counts, words().overview.status)
}

/// How many have been updated, as a bar.
pub fn updated_bar(id: &str, title: &str, (part, all): (usize, usize)) -> String {
    let said = format!(
        "{}: {}",
        words().overview.agency_updated,
        (words().overview.of)(part, all)
    );
    share_bar(
        &Frame {
            id,
            title,
            width: 96,
            height: 10,
        },
        part,
        all,
        &said,
    )
}

/// Tasks by their official status, as a bar.
pub fn counts_bar(id: &str, title: &str, counts: &StatusCounts) -> String {
    status_bar(
        &Frame {
            id,
            title,
            width: 200,
            height: 12,
        },
        counts,
        words().overview.status,
    )
}
