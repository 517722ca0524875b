//! Short lists of what needs somebody: targets at risk, milestones, obstacles, and what just
//! changed.

use leptos::prelude::*;
use terms::{
    Date,
    rows::{ItemRow, MilestoneRow, News, OverviewRow},
};

use super::changed::changed;
use crate::{
    catalogue::words,
    route::Route,
    rows::{Key, Rows},
    session::use_session,
};

/// One list, the first of it until all are asked for.
#[component]
pub fn ShortList(
    /// The rows of the screen.
    rows: Rows<OverviewRow>,
    /// Those of this list.
    keys: Memo<Vec<Key>>,
    /// So many rows stand there before «Hiện cả …».
    few: usize,
    /// Its name in the page.
    name: &'static str,
    /// Its heading.
    title: &'static str,
    /// What to say where nothing is in it.
    empty: &'static str,
) -> impl IntoView {
    let texts = words().overview;
    let all = RwSignal::new(false);
    let shown = Memo::new(move |_| {
        let take = if all.get() { usize::MAX } else { few };
        keys.with(|keys| keys.iter().take(take).cloned().collect::<Vec<_>>())
    });
    let count = Memo::new(move |_| keys.with(Vec::len));
    view! {
        <section class="board card" data-list=name>
            <h2>{title} " " <small class="mute">{move || (0 < count.get()).then(|| count.get())}</small></h2>
            <Show when=move || count.get() == 0>
                <p class="mute">{empty}</p>
            </Show>
            <ul>
                <For
                    each=move || shown.get()
                    key=Clone::clone
                    children=move |key| view! { <Line rows key /> }
                />
            </ul>
            <Show when=move || few < count.get()>
                <button
                    type="button"
                    class="link"
                    aria-expanded=move || all.get().to_string()
                    on:click=move |_| all.update(|all| *all = !*all)
                >
                    {move || if all.get() { texts.show_few.to_owned() } else { (texts.show_all)(count.get()) }}
                </button>
            </Show>
        </section>
    }
}

#[component]
fn Line(rows: Rows<OverviewRow>, key: Key) -> impl IntoView {
    let cell = rows.row(&key)?;
    let row = Memo::new(move |_| cell.get());
    let mark = changed(row);
    let session = use_session();
    let line = move || match row.get() {
        OverviewRow::Obstacle { item, title } => obstacle(*item, &title).into_any(),
        OverviewRow::Milestone { row, late } => milestone(row, late, session.today()).into_any(),
        OverviewRow::TargetAtRisk {
            target,
            name,
            goal,
            figure,
            owner,
        } => {
            let href = Route::Targets(Some(target)).href();
            let more = (words().overview.risk)(&figure, &goal);
            let owner = owner
                .map(|owner| format!("{} · ", owner.short))
                .unwrap_or_default();
            view! { <Linked href title=name more=format!("{owner}{more}") alarm=true /> }.into_any()
        }
        OverviewRow::News(news) => told(news).into_any(),
        _ => ().into_any(),
    };
    Some(view! { <li class=move || mark.get() data-row=key.to_string()>{line}</li> })
}

#[component]
fn Linked(href: String, title: String, more: String, alarm: bool) -> impl IntoView {
    view! {
        <a class="board-line" href=href>
            <span class="board-what" title=title.clone()>{title.clone()}</span>
            <span class="board-more" class:alarm=alarm title=more.clone()>{more.clone()}</span>
        </a>
    }
}

/// «Đơn giá thấp … · Trần Đề · chờ Sở TN&MT».
fn obstacle(item: ItemRow, title: &str) -> impl IntoView {
    let texts = words().task;
    let waits = match item.waits_for.agreed() {
        Some(agency) => (texts.waiting)(&agency.short),
        None => texts.nobody.to_owned(),
    };
    let href = Route::Tree(item.task).href();
    let more = format!("{} · {waits} · {title}", item.agency.short);
    view! { <Linked href title=item.text.text more alarm=false /> }
}

fn milestone(row: MilestoneRow, late: bool, today: Option<Date>) -> impl IntoView {
    let left = today.map(|today| (words().common.days_left)(today.days_until(row.due)));
    let more = format!("{} · {}", row.due.format_screen(), left.unwrap_or_default());
    let href = Route::Tree(Some(row.task)).href();
    view! { <Linked href title=row.title more alarm=late /> }
}

/// «14:32 Trần Đề · Tiến độ 45 % → 60 %».
fn told(news: News) -> impl IntoView {
    let href = match (news.task, news.target) {
        (Some(task), _) => Route::Tree(Some(task)).href(),
        (None, target) => Route::Targets(target).href(),
    };
    let who = if news.by.agency.is_empty() {
        news.by.person
    } else {
        news.by.agency
    };
    let to = news.to.unwrap_or_else(|| words().value.cleared.to_owned());
    let from = news.from.map(|from| format!("{from} → "));
    view! {
        <a class="board-line news" href=href>
            <span class="board-what">
                <time>{news.at.format_day_time()}</time> " " <b>{who}</b> " · " {news.title}
            </span>
            <span class="board-more">
                {news.what.name()} ": " {from} <b>{to}</b>
            </span>
        </a>
    }
}
