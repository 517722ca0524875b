//! What stands where nothing is: words, never a blank.

use leptos::prelude::*;

use crate::{catalogue::words, rows::RowsState};

/// Words where a list is empty, or why it could not be shown. Nothing while the rows are on
/// their way: they are local and come at once.
#[component]
pub fn Empty(
    /// Whether the rows are there.
    #[prop(into)]
    state: Signal<RowsState>,
    /// Whether there are none.
    #[prop(into)]
    empty: Signal<bool>,
    /// What to say then.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    move || match state.get() {
        RowsState::Failed(problem) => view! {
            <div class="empty problem" role="alert">
                <strong>{words().common.failed}</strong>
                <p>{problem.message}</p>
            </div>
        }
        .into_any(),
        RowsState::Ready if empty.get() => view! { <p class="empty">{text.get()}</p> }.into_any(),
        _ => ().into_any(),
    }
}
