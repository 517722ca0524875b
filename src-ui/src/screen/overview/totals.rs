//! The whole programme in a row of cards, each leading to what it counts.

use chart::{Frame, share_bar, status_bar};
use leptos::prelude::*;
use terms::{
    OfficialStatus, TreeFilter,
    rows::{OverviewRow, StatusCounts},
};

use super::changed::changed;
use crate::{
    catalogue::{overview::Overview, words},
    route::Route,
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

/// One figure that leads to what it counts.
struct Card {
    /// Its name in the page.
    name: &'static str,
    /// The class of its colour.
    class: &'static str,
    text: fn(&Overview) -> &'static str,
    leads_to: fn() -> Route,
    figure: fn(&Overview, &Sums) -> String,
    more: fn(&Overview, &Sums) -> String,
}

static CARDS: [Card; 6] = [
    Card {
        name: "updated",
        class: "",
        text: |texts| texts.updated,
        leads_to: || {
            Route::Narrowed(TreeFilter {
                not_updated: true,
                ..TreeFilter::default()
            })
        },
        figure: |texts, sums| (texts.of)(sums.updated.0, sums.updated.1),
        more: |texts, sums| (texts.not_updated)(sums.updated.1.saturating_sub(sums.updated.0)),
    },
    Card {
        name: "done",
        class: "done",
        text: |texts| texts.done,
        leads_to: || of_status(OfficialStatus::DoneOnTime),
        figure: |_, sums| (sums.counts.done_on_time + sums.counts.done_late).to_string(),
        more: |texts, sums| (texts.done_split)(sums.counts.done_on_time, sums.counts.done_late),
    },
    Card {
        name: "open",
        class: "open",
        text: |_| OfficialStatus::OpenInTime.words(),
        leads_to: || of_status(OfficialStatus::OpenInTime),
        figure: |_, sums| sums.counts.open_in_time.to_string(),
        more: |texts, sums| (texts.of_all)(sums.counts.total()),
    },
    Card {
        name: "late",
        class: "over",
        text: |_| OfficialStatus::OpenLate.words(),
        leads_to: || of_status(OfficialStatus::OpenLate),
        figure: |_, sums| sums.counts.open_late.to_string(),
        more: |texts, sums| {
            let rate = sums.counts.late_rate().map(|rate| rate.format_vi());
            (texts.late_rate)(rate.as_deref())
        },
    },
    Card {
        name: "targets",
        class: "",
        text: |texts| texts.targets,
        leads_to: || Route::Targets(None),
        figure: |texts, sums| {
            let (met, missed, open) = sums.targets;
            (texts.of)(met, met + missed + open)
        },
        more: |texts, sums| (texts.targets_split)(sums.targets.1, sums.targets.2),
    },
    Card {
        name: "obstacles",
        class: "",
        text: |texts| texts.obstacles,
        leads_to: || {
            Route::Narrowed(TreeFilter {
                obstacles: true,
                ..TreeFilter::default()
            })
        },
        figure: |_, sums| sums.obstacles.to_string(),
        more: |texts, sums| (texts.waiting)(sums.milestones_late, sums.conflicts),
    },
];

fn of_status(status: OfficialStatus) -> Route {
    Route::Narrowed(TreeFilter {
        status: Some(status),
        ..TreeFilter::default()
    })
}

#[component]
fn CardView(card: &'static Card, sums: Memo<Sums>) -> impl IntoView {
    let texts = words().overview;
    let shown = Memo::new(move |_| {
        sums.with(|sums| ((card.figure)(texts, sums), (card.more)(texts, sums)))
    });
    let mark = changed(shown);
    view! {
        <a
            class=move || format!("total card {}", mark.get())
            href=(card.leads_to)().href()
            data-total=card.name
        >
            <span class=format!("total-figure {}", card.class) class:zero=move || shown.get().0 == "0">
                {move || shown.get().0}
            </span>
            <span class="total-name">{(card.text)(texts)}</span>
            <span class="total-more">{move || shown.get().1}</span>
        </a>
    }
}

/// The cards and the bar of all tasks.
#[component]
pub fn Totals(
    /// The figures.
    sums: Memo<Sums>,
) -> impl IntoView {
    let bar = move || sums.with(|sums| all_tasks(&sums.counts));
    let cards = CARDS.iter().map(|card| view! { <CardView card sums /> });
    view! {
        <div class="totals">{cards.collect_view()}</div>
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
        let text = (words().common.official)(status);
        let id = format!("legend-{status:?}");
        let frame = Frame {
            id: &id,
            title: text,
            width: 22,
            height: 12,
        };
        let bar = status_bar(&frame, &counts, words().common.official);
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
    status_bar(&frame, counts, words().common.official)
}

/// How many have been updated, as a bar.
pub fn updated_bar(id: &str, title: &str, (part, all): (usize, usize)) -> String {
    let label = format!(
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
        &label,
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
        words().common.official,
    )
}
