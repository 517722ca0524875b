//! The root component: the sign-in screen, or the app when somebody is signed in.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    catalogue::words,
    frame::Frame,
    route::Router,
    screen::enter::EnterScreen,
    session::{Presence, Session, use_session},
    transport::{Client, Transport},
};

/// Puts the app into the page.
pub fn mount(transport: impl Transport) {
    let page = web_sys::window().and_then(|window| window.document()?.document_element());
    if let Some(page) = page {
        let _ = page.set_attribute("lang", words().lang);
    }
    leptos::mount::mount_to_body(move || {
        provide_context(Client::new(transport));
        view! { <App /> }
    });
}

#[component]
fn App() -> impl IntoView {
    let client = crate::transport::use_client();
    let session = Session::provide(client);
    Router::provide();
    spawn_local(session.restore());
    let presence = Memo::new(move |_| session.presence());
    move || match presence.get() {
        Presence::Asking => ().into_any(),
        Presence::Nobody => view! { <EnterScreen /> }.into_any(),
        Presence::Somebody => view! { <SignedIn /> }.into_any(),
    }
}

/// Follows who is signed in; the frame comes when it is known what they were typing.
#[component]
fn SignedIn() -> impl IntoView {
    let known = use_session().follow();
    view! {
        <Show when=move || known.get()>
            <Frame />
        </Show>
    }
}
