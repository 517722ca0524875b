//! The list of «Việc của tôi».

use leptos::prelude::*;
use terms::{TaskId, rows::Bucket};

use super::{
    groups::{BUCKETS, Groups, group, matches},
    row::WorkLine,
    use_my_work,
};
use crate::{
    catalogue::words,
    component::{Empty, Roving},
    rows::Key,
    session::use_session,
};

const FILTER: &str = "work-filter";

/// The list with its heading and filter.
#[component]
pub fn WorkList(
    /// The task that is open beside it.
    open: Memo<Option<TaskId>>,
) -> impl IntoView {
    let (rows, session, texts) = (use_my_work(), use_session(), words().my_work);
    let typed = RwSignal::new(String::new());
    let groups = Memo::new(move |before: Option<&Groups>| {
        let typed = typed.get();
        let mut all = rows.all();
        all.retain(|(_, row)| matches(row, &typed));
        group(&all, before, rows.held().get().is_some())
    });
    let stops = Signal::derive(move || {
        groups.with(|groups| {
            groups
                .iter()
                .flat_map(|(_, keys)| keys.clone())
                .collect::<Vec<Key>>()
        })
    });
    let roving = Roving::new("work", stops);
    roving.come_back(Signal::derive(move || open.get().is_some()));
    let summary = Memo::new(move |_| {
        let all = rows.all();
        let to_do = |bucket| !matches!(bucket, Bucket::Updated);
        let to_do = all
            .iter()
            .filter(|(_, row)| to_do(row.bucket) && row.status.is_none())
            .count();
        (texts.summary)(
            all.len(),
            to_do,
            &(words().common.period)(session.period().get()),
        )
    });
    let empty = Signal::derive(move || stops.with(Vec::is_empty));
    let nothing = Signal::derive(move || {
        let any = rows.keys().with(|keys| !keys.is_empty());
        if any {
            texts.no_match.to_owned()
        } else {
            texts.empty.to_owned()
        }
    });
    let key = move |event| roving.key(&event, FILTER);
    view! {
        <div class="screen-head">
            <h1 tabindex="-1">{texts.heading} " " <small>{summary}</small></h1>
            <FilterField typed roving />
        </div>
        <div class="work-list card" on:keydown=key on:focusout=move |_| rows.release()>
            {BUCKETS
                .map(|bucket| view! { <WorkGroup bucket groups roving open /> })
                .into_iter()
                .collect_view()}
            <Empty state=Signal::derive(move || rows.state()) empty text=nothing />
        </div>
    }
}

/// What the rows must match; the arrow down leads from it into the list.
#[component]
fn FilterField(typed: RwSignal<String>, roving: Roving) -> impl IntoView {
    let hint = words().my_work.filter;
    view! {
        <input
            id=FILTER
            class="control screen-filter"
            type="search"
            autocomplete="off"
            placeholder=hint
            aria-label=hint
            on:input=move |event| typed.set(event_target_value(&event))
            on:keydown=move |event| roving.key_above(&event)
        />
    }
}

#[component]
fn WorkGroup(
    bucket: Bucket,
    groups: Memo<Groups>,
    roving: Roving,
    open: Memo<Option<TaskId>>,
) -> impl IntoView {
    let texts = words().my_work;
    let keys = Memo::new(move |_| {
        groups.with(|groups| {
            let here = groups.iter().find(|(b, _)| *b == bucket);
            here.map(|(_, keys)| keys.clone()).unwrap_or_default()
        })
    });
    let count = move || keys.with(Vec::len);
    view! {
        <section class="work-group" hidden=move || count() == 0>
            <h2 class="work-group-head">
                {(texts.bucket)(bucket)} <span class="work-group-count">{count}</span>
                <small>{(texts.bucket_hint)(bucket)}</small>
            </h2>
            <ul>
                <For each=move || keys.get() key=|key| key.clone() let(key)>
                    <WorkLine key roving open />
                </For>
            </ul>
        </section>
    }
}
