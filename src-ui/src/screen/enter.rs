//! The screen «Vào ứng dụng»: who is at this device, and the first time a one-time code.

pub mod enrol;
pub mod unlock;

use ipc::{People, PersonRow};
use leptos::{prelude::*, task::spawn_local};

use self::{enrol::EnrolForm, unlock::UnlockForm};
use crate::{catalogue::words, transport::use_client};

/// The screen.
#[component]
pub fn EnterScreen() -> impl IntoView {
    let client = use_client();
    let people = RwSignal::new(None::<Vec<PersonRow>>);
    let problem = RwSignal::new(None::<String>);
    let another = RwSignal::new(false);
    spawn_local(async move {
        match client.call(People {}).await {
            Ok(found) => {
                people.try_set(Some(found));
            }
            Err(error) => {
                problem.try_set(Some(error.message));
                people.try_set(Some(Vec::new()));
            }
        }
    });
    let body = move || {
        let found = people.get()?;
        let known = !found.is_empty();
        Some(if known && !another.get() {
            view! { <UnlockForm people=found another /> }.into_any()
        } else {
            view! { <EnrolForm known another /> }.into_any()
        })
    };
    view! {
        <main class="enter">
            <div class="enter-card card">
                <p class="enter-brand">
                    <span class="nav-mark" aria-hidden="true"></span>
                    {words().frame.app}
                </p>
                {body}
                <Refusal problem />
            </div>
        </main>
    }
}

/// Why it did not work, and what to do.
#[component]
fn Refusal(problem: RwSignal<Option<String>>) -> impl IntoView {
    view! {
        <p class="enter-problem" role="alert">
            {move || problem.get()}
        </p>
    }
}
