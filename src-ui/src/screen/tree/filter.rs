//! What of the programme is shown.

use ipc::Me;
use leptos::prelude::*;
use terms::{GroupId, OfficialStatus, TreeFilter};

use crate::{
    catalogue::words,
    component::{Icon, Roving, Sign, focus_element},
    session::use_session,
};

/// The search box's id.
pub(super) const SEARCH: &str = "tree-search";

const STATUSES: [OfficialStatus; 4] = [
    OfficialStatus::OpenLate,
    OfficialStatus::OpenInTime,
    OfficialStatus::DoneOnTime,
    OfficialStatus::DoneLate,
];

/// The filter's controls.
#[component]
pub fn FilterBar(
    /// What is asked for.
    filter: RwSignal<TreeFilter>,
    /// The walk along the list below.
    roving: Roving,
) -> impl IntoView {
    let texts = words().tree;
    let clean = move || filter.with(|filter| *filter == TreeFilter::default());
    view! {
        <div class="tree-filter" role="search">
            <input
                id=SEARCH
                class="control tree-search"
                type="search"
                autocomplete="off"
                placeholder=texts.search
                aria-label=texts.search
                prop:value=move || filter.with(|filter| filter.search.clone())
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    filter.update(|filter| filter.search = typed);
                }
                on:keydown=move |event| roving.key_above(&event)
            />
            <Agencies filter />
            <Statuses filter />
            <div class="tree-chips">
            <GroupChip filter />
            <MineChip filter />
            <Chip
                text=texts.obstacles
                on=Signal::derive(move || filter.with(|filter| filter.obstacles))
                toggle=move || filter.update(|filter| filter.obstacles = !filter.obstacles)
            />
            <Chip
                text=texts.not_updated
                on=Signal::derive(move || filter.with(|filter| filter.not_updated))
                toggle=move || filter.update(|filter| filter.not_updated = !filter.not_updated)
            />
            // Keeps its room while there is nothing to clear, so that nothing jumps as one types.
            <button
                type="button"
                class="link tree-clear"
                class:idle=clean
                on:click=move |_| {
                    filter.set(TreeFilter::default());
                    focus_element(SEARCH);
                }
            >
                {texts.clear}
            </button>
            </div>
        </div>
    }
}

/// The group that a link narrowed the list to, while it does; a press takes that off.
#[component]
fn GroupChip(filter: RwSignal<TreeFilter>) -> impl IntoView {
    let (session, texts) = (use_session(), words().tree);
    let chosen = Memo::new(move |_| filter.with(|filter| filter.group.clone()));
    let number_and_title = move |group: &GroupId| {
        let known = |me: &Me| me.groups.iter().find(|known| known.id == *group).cloned();
        let known = session.with(known).flatten();
        known.map_or_else(
            || (group.to_string(), String::new()),
            |group| (group.number, group.title),
        )
    };
    let remove = move |_| {
        filter.update(|filter| filter.group = None);
        focus_element(SEARCH);
    };
    move || {
        chosen.get().map(|group| {
            let (number, title) = number_and_title(&group);
            view! {
                <button
                    type="button"
                    class="chip tree-of-group"
                    aria-label=(texts.leave_group)(&number, &title)
                    title=title
                    on:click=remove
                >
                    {(texts.only_group)(&number)}
                    <Icon sign=Sign::Close />
                </button>
            }
        })
    }
}

#[component]
fn Agencies(filter: RwSignal<TreeFilter>) -> impl IntoView {
    let (session, texts) = (use_session(), words().tree);
    let agencies = session.with(|me| me.agencies.clone()).unwrap_or_default();
    let chosen = move || filter.with(|filter| filter.agency.clone());
    let options = agencies
        .into_iter()
        .map(|agency| {
            let id = agency.id.clone();
            view! {
                <option value=id.to_string() selected=move || chosen().as_ref() == Some(&id)>
                    {agency.short}
                </option>
            }
        })
        .collect_view();
    view! {
        <select
            class="control tree-select"
            aria-label=texts.agency
            on:change=move |event| {
                let agency = event_target_value(&event).parse().ok();
                filter.update(|filter| filter.agency = agency);
            }
        >
            <option value="" selected=move || chosen().is_none()>{texts.all_agencies}</option>
            {options}
        </select>
    }
}

#[component]
fn Statuses(filter: RwSignal<TreeFilter>) -> impl IntoView {
    let texts = words();
    let chosen = move || filter.with(|filter| filter.status);
    let options = STATUSES.map(|status| {
        view! {
            <option value=status.code() selected=move || chosen() == Some(status)>
                {(texts.common.official)(status)}
            </option>
        }
    });
    view! {
        <select
            class="control tree-select"
            aria-label=texts.tree.status
            on:change=move |event| {
                let value = event_target_value(&event);
                let status = STATUSES.into_iter().find(|status| status.code() == value);
                filter.update(|filter| filter.status = status);
            }
        >
            <option value="" selected=move || chosen().is_none()>{texts.tree.any_status}</option>
            {options.collect_view()}
        </select>
    }
}

#[component]
fn MineChip(filter: RwSignal<TreeFilter>) -> impl IntoView {
    let session = use_session();
    let on = Signal::derive(move || {
        let mine = session.agency();
        mine.is_some() && filter.with(|filter| filter.agency == mine)
    });
    let toggle = move || {
        let mine = if on.get_untracked() {
            None
        } else {
            session.agency()
        };
        filter.update(|filter| filter.agency = mine);
    };
    view! { <Chip text=words().tree.mine on toggle /> }
}

#[component]
fn Chip(text: &'static str, on: Signal<bool>, toggle: impl Fn() + Send + 'static) -> impl IntoView {
    view! {
        <button
            type="button"
            class="chip"
            aria-pressed=move || if on.get() { "true" } else { "false" }
            on:click=move |_| toggle()
        >
            {text}
        </button>
    }
}
