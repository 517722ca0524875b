//! The screen «Việc của tôi».

use leptos::prelude::*;

/// The screen.
#[component]
pub fn MyWorkScreen() -> impl IntoView {
    view! { <h1 tabindex="-1">{crate::catalogue::words().frame.app}</h1> }
}
