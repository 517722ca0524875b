//! Choosing oneself and entering the PIN or passphrase. Needs no network.

use ipc::{PersonRow, Unlock};
use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};

use super::Refusal;
use crate::{catalogue::words, session::use_session, transport::use_client};

/// The people of this device, and the field that lets one in.
#[component]
pub fn UnlockForm(
    /// Who is enrolled on this device.
    people: Vec<PersonRow>,
    /// Set to enrol somebody else.
    another: RwSignal<bool>,
) -> impl IntoView {
    let (client, session, texts) = (use_client(), use_session(), words().enter);
    let chosen = RwSignal::new(people.first().map(|person| person.enrolment.clone()));
    let (problem, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let secret = NodeRef::<html::Input>::new();
    secret.on_load(|input| {
        request_animation_frame(move || {
            let _ = input.focus();
        });
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (Some(enrolment), Some(input)) = (chosen.get_untracked(), secret.get_untracked())
        else {
            return;
        };
        if input.value().is_empty() {
            return problem.set(Some(texts.missing.to_owned()));
        }
        busy.set(true);
        problem.set(None);
        spawn_local(async move {
            session.locked().await;
            match client
                .call(Unlock {
                    enrolment,
                    secret: input.value(),
                })
                .await
            {
                Ok(me) => session.enter(me),
                Err(refused) => {
                    problem.try_set(Some(refused.message));
                    busy.try_set(false);
                    input.select();
                }
            }
        });
    };
    let pin = client.demonstration_pin();
    let rows = people
        .into_iter()
        .map(|person| view! { <Person person chosen /> })
        .collect_view();
    view! {
        <form class="enter-form" on:submit=submit>
            <h1 tabindex="-1">{texts.who}</h1>
            <fieldset class="enter-people">
                <legend class="hidden-text">{texts.who}</legend>
                {rows}
            </fieldset>
            <div class="field">
                <label for="secret">{texts.secret}</label>
                <input node_ref=secret id="secret" type="password" autocomplete="current-password" />
                {pin.map(|pin| view! { <p class="small mute">{(texts.demonstration)(&pin)}</p> })}
            </div>
            <Refusal problem />
            <button class="button primary" disabled=busy>
                {move || if busy.get() { texts.unlocking } else { texts.unlock }}
            </button>
            <p class="small mute">{texts.offline}</p>
            <button type="button" class="link" on:click=move |_| another.set(true)>
                {texts.another}
            </button>
        </form>
    }
}

#[component]
fn Person(person: PersonRow, chosen: RwSignal<Option<terms::EnrolmentId>>) -> impl IntoView {
    let (mine, set) = (person.enrolment.clone(), person.enrolment.clone());
    let checked = move || chosen.with(|chosen| chosen.as_ref() == Some(&mine));
    view! {
        <label class="enter-person">
            <input
                type="radio"
                name="person"
                value=person.enrolment.to_string()
                prop:checked=checked
                on:change=move |_| chosen.set(Some(set.clone()))
            />
            <span>
                <strong>{person.name}</strong>
                <span class="small mute">
                    {(words().common.role)(person.role)} " · " {person.agency}
                </span>
            </span>
        </label>
    }
}
