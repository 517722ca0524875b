//! The way to each screen: at the left, on a phone at the bottom.

use leptos::prelude::*;

use crate::{
    catalogue::words,
    component::{Icon, Sign},
    route::{Route, use_router},
    screen::my_work::use_my_work,
    session::use_session,
};

/// The navigation and the person at the window.
#[component]
pub fn Navigation() -> impl IntoView {
    let texts = words().frame;
    let work = use_my_work();
    let pressing = Memo::new(move |_| work.pressing());
    let none = Signal::stored(0_usize);
    view! {
        <nav class="nav" aria-label=texts.navigation>
            <div class="nav-brand">
                <span class="nav-mark" aria-hidden="true"></span>
                {texts.app}
            </div>
            <ul>
                <NavigationLink route=Route::MyWork(None) sign=Sign::Work text=texts.my_work count=pressing />
                <NavigationLink route=Route::Tree(None) sign=Sign::Tree text=texts.tree count=none />
                <NavigationLink route=Route::Targets(None) sign=Sign::Target text=texts.targets count=none />
                <NavigationLink route=Route::Overview sign=Sign::Chart text=texts.overview count=none />
            </ul>
            <Person />
        </nav>
    }
}

#[component]
fn NavigationLink(
    route: Route,
    sign: Sign,
    text: &'static str,
    #[prop(into)] count: Signal<usize>,
) -> impl IntoView {
    let router = use_router();
    let href = route.href();
    let here = Memo::new(move |_| router.get().same_screen(&route));
    view! {
        <li>
            <a class="nav-place" href=href aria-current=move || here.get().then_some("page")>
                <Icon sign />
                <span class="nav-text">{text}</span>
                <Show when=move || { count.get() > 0 }>
                    <span class="nav-count">{move || count.get()}</span>
                </Show>
            </a>
        </li>
    }
}

#[component]
fn Person() -> impl IntoView {
    let session = use_session();
    let texts = words();
    let name = move || session.with(|me| me.name.clone());
    let role = move || session.with(|me| (texts.common.role)(me.role));
    let clock = move || {
        session
            .with(|me| {
                me.demonstration
                    .then(|| (texts.frame.demonstration)(me.today))
            })
            .flatten()
            .map(|text| view! { <p class="nav-clock">{text}</p> })
    };
    view! {
        <div class="nav-person">
            {clock}
            <strong>{name}</strong>
            <span class="small mute">{role}</span>
            <button type="button" class="button nav-lock" on:click=move |_| session.lock()>
                <Icon sign=Sign::Lock />
                {texts.frame.lock}
            </button>
        </div>
    }
}
