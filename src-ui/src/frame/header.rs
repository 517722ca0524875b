//! Whose figures, of which year and period, and how safe they are.

use leptos::prelude::*;

use super::{period::PeriodSwitch, status::StatusLine};
use crate::{
    catalogue::words,
    component::{Icon, Sign},
    session::use_session,
};

/// The header.
#[component]
pub fn Header(
    /// Opens the search.
    palette_open: RwSignal<bool>,
) -> impl IntoView {
    let session = use_session();
    let texts = words().frame;
    let agency = move || session.with(|me| me.agency_name.clone());
    let year = move || session.with(|me| (texts.programme)(me.year));
    let clock = move || {
        session
            .with(|me| {
                me.demonstration
                    .then(|| (texts.demonstration_short)(me.today))
            })
            .flatten()
            .map(|text| view! { <span class="header-clock">{text}</span> })
    };
    view! {
        <header class="header">
            <div class="header-agency">
                <strong>{agency}</strong>
                <span class="small mute">
                    <span class="header-year">{year}</span>
                    {clock}
                </span>
            </div>
            <PeriodSwitch />
            <button
                type="button"
                class="header-find"
                aria-label=texts.find_hint
                aria-keyshortcuts="Control+K"
                on:click=move |_| palette_open.set(true)
            >
                <Icon sign=Sign::Find />
                <span>{texts.find}</span>
                <kbd>"Ctrl K"</kbd>
            </button>
            <StatusLine />
        </header>
    }
}
