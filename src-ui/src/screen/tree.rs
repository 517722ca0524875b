//! The screen «Chương trình»: groups, sections and tasks as in the document.

pub mod filter;
pub mod list;
pub mod row;

use leptos::prelude::*;

use self::list::TreeList;
use crate::{
    catalogue::words,
    component::Split,
    route::{Route, use_router},
    screen::task::TaskScreen,
};

/// The screen.
#[component]
pub fn TreeScreen() -> impl IntoView {
    let router = use_router();
    let task = Memo::new(move |_| match router.get() {
        Route::Tree(task) => task,
        _ => None,
    });
    let detail = move || task.get().map(|task| view! { <TaskScreen task /> });
    view! {
        <Split
            open=Signal::derive(move || task.get().is_some())
            list_route=Route::Tree(None)
            pick=words().tree.pick
            detail
        >
            <TreeList open=task />
        </Split>
    }
}
