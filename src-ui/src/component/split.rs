//! A list with its detail: beside it on a wide screen, over it on a narrow one.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::{Icon, Sign};
use crate::{
    catalogue::words,
    keys::composing,
    route::{Route, use_router},
};

/// A list and what is open of it. Both stay in the page, so that coming back to the list finds
/// it as it was left.
#[component]
pub fn Split(
    /// Whether something is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Where «back» leads.
    list_route: Route,
    /// The list.
    children: Children,
    /// What is open.
    #[prop(into)]
    detail: ViewFn,
    /// What to say where nothing is open.
    pick: &'static str,
) -> impl IntoView {
    let router = use_router();
    let back = list_route.href();
    let key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !composing(&event) && open.get_untracked() {
            router.go(&list_route);
        }
    };
    view! {
        <div class="split" class:open=open>
            <section class="split-list">{children()}</section>
            <div class="split-detail card" data-detail="" on:keydown=key>
                <Show
                    when=move || open.get()
                    fallback=move || view! { <p class="empty">{pick}</p> }
                >
                    <a class="split-back" href=back.clone()>
                        <Icon sign=Sign::Back />
                        {words().common.back}
                    </a>
                    {detail.run()}
                </Show>
            </div>
        </div>
    }
}
