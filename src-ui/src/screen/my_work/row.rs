//! One row of «Việc của tôi».

use leptos::prelude::*;
use terms::{
    Date, OfficialStatus, TaskId, WorkStatus,
    rows::{Bucket, News, WorkRow},
};

use super::use_my_work;
use crate::{
    catalogue::words,
    component::{Roving, obstacle_mark},
    route::Route,
    rows::Key,
    session::use_session,
};

/// A row: what, as what, how far, until when; a line below where others wrote.
#[component]
pub fn WorkLine(
    /// The row's key.
    key: Key,
    /// The walk along the list.
    roving: Roving,
    /// The task that is open.
    open: Memo<Option<TaskId>>,
) -> impl IntoView {
    let rows = use_my_work();
    let row = RwSignal::from(rows.row(&key)?);
    let task = row.with_untracked(|row| row.task.clone());
    let href = Route::MyWork(Some(task.clone())).href();
    let (id, tab_key) = (roving.id(&key), key.clone());
    let current = move || open.with(|open| (open.as_ref() == Some(&task)).then_some("true"));
    let clause = move || row.with(|row| row.clause.clone());
    let title = move || row.with(|row| row.title.clone());
    let obstacles = move || row.with(|row| row.obstacles);
    Some(view! {
        <li>
            <a
                id=id
                class="work-row"
                href=href
                tabindex=move || roving.tabindex(&tab_key)
                aria-current=current
                on:focus=move |_| {
                    roving.arrived(&key);
                    rows.hold(&key);
                }
            >
                <span class="work-clause" title=clause>{clause}</span>
                <span class="work-title">
                    <span class="row-text" title=title>{title}</span>
                    {move || (obstacles() > 0).then(|| {
                        view! { <span class="marks">{obstacle_mark(obstacles())}</span> }
                    })}
                </span>
                <span class="work-part">
                    {move || (words().common.part)(row.with(|row| row.part))}
                </span>
                <OwnStatus row />
                <span class="work-percent number">
                    {move || row.with(|row| {
                        row.percent.as_ref().map(|p| (words().common.percent)(&p.format_vi()))
                    })}
                </span>
                <Due row />
                {move || row.with(below).map(|text| view! { <span class="work-below">{text}</span> })}
            </a>
        </li>
    })
}

#[component]
fn OwnStatus(row: RwSignal<WorkRow>) -> impl IntoView {
    let status = Memo::new(move |_| row.with(|row| (row.status, row.official)));
    let texts = words();
    move || {
        let (own, official) = status.get();
        let (class, sign) = match (own, official) {
            (Some(WorkStatus::Done), OfficialStatus::DoneLate) => ("badge done-late", "✓"),
            (Some(WorkStatus::Done), _) => ("badge done", "✓"),
            (_, OfficialStatus::OpenLate) => ("badge over", "!"),
            (Some(WorkStatus::InProgress), _) => ("badge open", "●"),
            _ => ("badge none", "○"),
        };
        let word = own.map_or(texts.my_work.no_status, texts.common.work_status);
        view! {
            <span class=format!("work-status {class}")>
                <span class="badge-sign" aria-hidden="true">{sign}</span>
                {word}
            </span>
        }
    }
}

/// The day, and how far away it is where that is near or past.
#[component]
fn Due(row: RwSignal<WorkRow>) -> impl IntoView {
    let session = use_session();
    let due = Memo::new(move |_| row.with(|row| (row.due, row.status == Some(WorkStatus::Done))));
    move || {
        let (due, done) = due.get();
        let left = session
            .today()
            .map(|today| today.days_until(due))
            .filter(|_| !done);
        let class = match left {
            Some(..0) => "work-due number over",
            Some(0..=14) => "work-due number near",
            _ => "work-due number",
        };
        view! { <span class=class>{day(due, left)}</span> }
    }
}

fn day(due: Date, left: Option<i64>) -> String {
    match left {
        Some(left @ ..=14) => (words().common.days_left)(left),
        _ => due.format_screen(),
    }
}

/// What stands below a title: the milestone that is due; or, where that is why the row stands
/// there, the newest that others wrote.
fn below(row: &WorkRow) -> Option<String> {
    let milestone = row
        .milestone
        .as_ref()
        .map(|m| (words().my_work.milestone)(m, row.due));
    let news = row
        .news
        .first()
        .filter(|_| row.bucket == Bucket::ChangedByOthers);
    milestone.or_else(|| news.map(told))
}

fn told(news: &News) -> String {
    let what = news.what.name();
    let to = news.to.as_deref().unwrap_or("–");
    let value = match &news.from {
        Some(from) => format!("{from} → {to}"),
        None => to.to_owned(),
    };
    format!(
        "{} · {} · {what}: {value}",
        news.by.agency,
        news.at.format_day_time()
    )
}
