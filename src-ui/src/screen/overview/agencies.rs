//! The agencies: who has written in the period and who has not, with a text to remind them.

use leptos::{html, prelude::*};
use terms::{TreeFilter, rows::OverviewRow};

use super::{
    board::{SortBy, reminder, sorted},
    changed::changed,
    totals::{counts_bar, updated_bar},
};
use crate::{
    catalogue::words,
    route::Route,
    rows::{Key, Rows},
    session::use_session,
};

/// The table of agencies.
#[component]
pub fn Agencies(
    /// The rows of the screen.
    rows: Rows<OverviewRow>,
) -> impl IntoView {
    let texts = words().overview;
    let by = RwSignal::new(SortBy::NotUpdated);
    let held = RwSignal::new(false);
    // While the focus is in the table no row moves under it.
    let keys = Memo::new(move |last: Option<&(SortBy, Vec<Key>)>| {
        let (by, fresh) = (by.get(), sorted(&rows.all(), by.get()));
        match last {
            Some((then, last)) if held.get() && *then == by && last.len() == fresh.len() => {
                (by, last.clone())
            }
            _ => (by, fresh),
        }
    });
    let heading = move |sort: SortBy, text: &'static str, class: &'static str| {
        let chosen = move || by.get() == sort;
        view! {
            <th scope="col" class=class aria-sort=move || chosen().then_some("descending")>
                <button type="button" class="sort" data-act="sort" on:click=move |_| by.set(sort)>
                    {text}
                    <span aria-hidden="true">{move || if chosen() { " ▾" } else { "" }}</span>
                </button>
            </th>
        }
    };
    view! {
        <section class="board card agencies" data-list="agencies">
            <div class="board-head">
                <h2>{texts.agencies}</h2>
                <Reminder rows />
            </div>
            <div class="board-scroll">
                <table
                    on:focusin=move |_| held.set(true)
                    on:focusout=move |_| held.set(false)
                >
                    <thead>
                        <tr>
                            {heading(SortBy::Name, texts.agency, "")}
                            {heading(SortBy::NotUpdated, texts.agency_updated, "")}
                            <th scope="col">{texts.agency_status}</th>
                            {heading(SortBy::Late, texts.agency_late, "number")}
                            {heading(SortBy::Obstacles, texts.agency_obstacles, "number")}
                            {heading(SortBy::Waited, texts.agency_waited, "number")}
                            {heading(SortBy::Last, texts.agency_last, "number")}
                        </tr>
                    </thead>
                    <tbody>
                        <For
                            each=move || keys.get().1
                            key=Clone::clone
                            children=move |key| view! { <Agency rows key /> }
                        />
                    </tbody>
                </table>
            </div>
        </section>
    }
}

#[component]
fn Agency(rows: Rows<OverviewRow>, key: Key) -> impl IntoView {
    let cell = rows.row(&key)?;
    let row = Memo::new(move |_| cell.get());
    let OverviewRow::Agency { agency, .. } = row.get_untracked() else {
        return None;
    };
    let mark = changed(row);
    let of = |not_updated, obstacles| {
        let agency = Some(agency.id.clone());
        Route::Narrowed(TreeFilter {
            agency,
            obstacles,
            not_updated,
            ..TreeFilter::default()
        })
        .href()
    };
    let (all, missing, blocked) = (of(false, false), of(true, false), of(false, true));
    let cells = move || match row.get() {
        OverviewRow::Agency {
            agency,
            counts,
            updated,
            last,
            obstacles,
            waited_for,
            ..
        } => {
            let texts = words().overview;
            let (id, missing, blocked) = (agency.id, missing.clone(), blocked.clone());
            let last = last.map_or_else(|| texts.never.to_owned(), texts.last);
            let bar = (0 < counts.total())
                .then(|| counts_bar(&format!("counts-{id}"), &agency.short, &counts));
            view! {
                <td data-label=texts.agency_updated>
                    {if updated.1 == 0 {
                        view! { <span class="mute">{texts.named_nowhere}</span> }.into_any()
                    } else {
                        view! {
                            <a class="board-updated" href=missing>
                                <span class="board-share" inner_html=updated_bar(&format!("share-{id}"), &agency.short, updated) />
                                {(texts.of)(updated.0, updated.1)}
                            </a>
                        }.into_any()
                    }}
                </td>
                <td class="board-bar" data-label=texts.agency_status inner_html=bar.unwrap_or_default() />
                <td class="number" class:alarm=0 < counts.open_late class:zero=counts.open_late == 0
                    data-label=texts.agency_late>{counts.open_late}</td>
                <td class="number" class:zero=obstacles == 0 data-label=texts.agency_obstacles>
                    <a href=blocked>{obstacles}</a>
                </td>
                <td class="number" class:zero=waited_for == 0 data-label=texts.agency_waited>{waited_for}</td>
                <td class="number small" data-label=texts.agency_last>{last}</td>
            }
            .into_any()
        }
        _ => ().into_any(),
    };
    Some(view! {
        <tr class=move || mark.get() data-row=key.to_string()>
            <th scope="row"><a href=all>{agency.short.clone()}</a></th>
            {cells}
        </tr>
    })
}

/// One text to paste for the laggards.
#[component]
fn Reminder(rows: Rows<OverviewRow>) -> impl IntoView {
    let (texts, period) = (words().overview, use_session().period());
    let open = RwSignal::new(false);
    let copied = RwSignal::new(false);
    let text = Memo::new(move |_| reminder(&rows.all(), &(words().common.period)(period.get())));
    let area = NodeRef::<html::Textarea>::new();
    let copy = move |_| {
        let Some(area) = area.get_untracked() else {
            return;
        };
        // Selected too, so that Ctrl+C works where the clipboard can't be reached.
        area.select();
        if let Some(window) = web_sys::window() {
            let _ = window.navigator().clipboard().write_text(&area.value());
            copied.set(true);
        }
    };
    view! {
        <button
            type="button"
            class="button"
            data-act="remind"
            aria-expanded=move || open.get().to_string()
            on:click=move |_| {
                copied.set(false);
                open.update(|open| *open = !*open);
            }
        >
            {move || (texts.remind)(text.with(|(_, count)| *count))}
        </button>
        <Show when=move || open.get()>
            <div class="reminder">
                <textarea
                    node_ref=area
                    readonly
                    rows="8"
                    aria-label=texts.remind_label
                    data-reminder=""
                    prop:value=move || text.with(|(text, _)| text.clone())
                />
                <button type="button" class="button primary" data-act="copy" on:click=copy>
                    {texts.copy}
                </button>
                <span role="status">{move || copied.get().then_some(texts.copied)}</span>
            </div>
        </Show>
    }
}
