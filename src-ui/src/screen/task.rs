//! The screen «Nhiệm vụ».

use leptos::prelude::*;
use terms::TaskId;

use crate::catalogue::words;

/// One task in the period looked at. Stands beside a list or over it; made anew for each task.
#[component]
pub fn TaskScreen(
    /// The task.
    task: TaskId,
) -> impl IntoView {
    let _ = task;
    view! { <h1 tabindex="-1">{words().task.heading}</h1> }
}
