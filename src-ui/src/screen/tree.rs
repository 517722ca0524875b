//! The screen «Chương trình».

use leptos::prelude::*;

/// The screen.
#[component]
pub fn TreeScreen() -> impl IntoView {
    view! { <h1 tabindex="-1">{crate::catalogue::words().frame.app}</h1> }
}
