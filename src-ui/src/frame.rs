//! What stands around every screen: navigation, header, status line.

use leptos::prelude::*;

use crate::{
    route::{Route, use_router},
    screen::{
        my_work::MyWorkScreen, overview::OverviewScreen, targets::TargetsScreen, tree::TreeScreen,
    },
};

/// The app when somebody is signed in.
#[component]
pub fn Frame() -> impl IntoView {
    let router = use_router();
    let screen = Memo::new(move |_| router.get().screen());
    view! {
        <main>
            {move || match screen.get() {
                Route::MyWork(_) => view! { <MyWorkScreen /> }.into_any(),
                Route::Tree(_) => view! { <TreeScreen /> }.into_any(),
                Route::Targets(_) => {
                    let target = Signal::derive(move || match router.get() {
                        Route::Targets(target) => target,
                        _ => None,
                    });
                    view! { <TargetsScreen target /> }.into_any()
                }
                Route::Overview => view! { <OverviewScreen /> }.into_any(),
            }}
        </main>
    }
}
