//! The screen «Chỉ tiêu».

use leptos::prelude::*;
use terms::TargetId;

use crate::catalogue::words;

/// The table of targets for the period looked at, with one target open if the address says so.
#[component]
pub fn TargetsScreen(
    /// The target that is open.
    #[prop(into)]
    target: Signal<Option<TargetId>>,
) -> impl IntoView {
    let _ = target;
    view! { <h1 tabindex="-1">{words().targets.heading}</h1> }
}
