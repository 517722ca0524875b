//! The screen «Vào ứng dụng».

use leptos::prelude::*;

/// The screen.
#[component]
pub fn EnterScreen() -> impl IntoView {
    view! { <h1 tabindex="-1">{crate::catalogue::words().frame.app}</h1> }
}
