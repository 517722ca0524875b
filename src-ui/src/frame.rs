//! What stands around every screen: navigation, header, status line.

pub mod drafts;
pub mod focus;
pub mod header;
pub mod navigation;
pub mod palette;
mod palette_hits;
pub mod period;
pub mod status;

use ipc::MyWork;
use leptos::{ev, prelude::*};

use self::{header::Header, navigation::Navigation, palette::Palette};
use crate::{
    catalogue::words,
    component::focus_element,
    route::{Route, use_router},
    screen::{
        my_work::{MyWorkRows, MyWorkScreen},
        overview::OverviewScreen,
        targets::TargetsScreen,
        tree::TreeScreen,
    },
    session::use_session,
    transport::use_client,
};

/// The app when somebody is signed in.
#[component]
pub fn Frame() -> impl IntoView {
    let router = use_router();
    let period = use_session().period();
    // Watched here, because the navigation counts what the screen lists.
    provide_context(MyWorkRows(use_client().watch(move || MyWork {
        period: period.get(),
    })));
    let screen = Memo::new(move |_| router.get().screen());
    let palette_open = RwSignal::new(false);
    let listener = window_event_listener(ev::keydown, move |event| {
        if (event.ctrl_key() || event.meta_key()) && event.key().eq_ignore_ascii_case("k") {
            event.prevent_default();
            palette_open.set(true);
        }
    });
    on_cleanup(move || listener.remove());
    focus::follow(router);
    view! {
        <div class="frame">
            <button type="button" class="frame-skip" on:click=move |_| focus_element("content")>
                {words().frame.skip}
            </button>
            <Navigation />
            <Header palette_open />
            <main id="content" class="frame-main" tabindex="-1">
                {move || match screen.get() {
                    Route::MyWork(_) => view! { <MyWorkScreen /> }.into_any(),
                    Route::Tree(_) | Route::Narrowed(_) => view! { <TreeScreen /> }.into_any(),
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
            <Palette open=palette_open />
        </div>
    }
}
