//! The screen «Tổng quan».

use leptos::prelude::*;

use crate::catalogue::words;

/// The province at a glance, in the period looked at.
#[component]
pub fn OverviewScreen() -> impl IntoView {
    view! { <h1 tabindex="-1">{words().overview.heading}</h1> }
}
