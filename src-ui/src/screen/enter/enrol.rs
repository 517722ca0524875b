//! Enrolling on this device with a one-time code.

use ipc::Enrol;
use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};

use super::Refusal;
use crate::{catalogue::words, session::use_session, transport::use_client};

/// The form: the code, what the device is called, and what will unlock it.
#[component]
pub fn EnrolForm(
    /// Whether somebody is enrolled here already, to go back to.
    known: bool,
    /// Unset to go back.
    another: RwSignal<bool>,
) -> impl IntoView {
    let (client, session, texts) = (use_client(), use_session(), words().enter);
    let (problem, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let (code, device, secret) = (
        NodeRef::<html::Textarea>::new(),
        NodeRef::new(),
        NodeRef::new(),
    );
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let code = code.get_untracked().map(|area| area.value());
        let Some(command) = filled_in(&code.unwrap_or_default(), &value(device), value(secret))
        else {
            return problem.set(Some(texts.missing.to_owned()));
        };
        busy.set(true);
        problem.set(None);
        spawn_local(async move {
            session.locked().await;
            match client.call(command).await {
                Ok(me) => session.enter(me),
                Err(refused) => {
                    problem.try_set(Some(refused.message));
                    busy.try_set(false);
                }
            }
        });
    };
    let back = known.then(|| {
        view! {
            <button type="button" class="link" on:click=move |_| another.set(false)>
                {texts.choose}
            </button>
        }
    });
    view! {
        <form class="enter-form" on:submit=submit>
            <h1 tabindex="-1">{texts.first}</h1>
            <p class="mute">{texts.first_hint}</p>
            <div class="field">
                <label for="code">{texts.code}</label>
                <textarea
                    node_ref=code
                    id="code"
                    class="enter-code"
                    rows="3"
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby="code-hint"
                />
                <span id="code-hint" class="small mute">{texts.code_hint}</span>
            </div>
            <Line id="device" label=texts.device hint=texts.device_hint kind="text" node=device />
            <Line
                id="new-secret"
                label=texts.new_secret
                hint=texts.new_secret_hint
                kind="password"
                node=secret
            />
            <Refusal problem />
            <button class="button primary" disabled=busy>
                {move || if busy.get() { texts.enrolling } else { texts.enrol }}
            </button>
            {back}
        </form>
    }
}

#[component]
fn Line(
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    kind: &'static str,
    node: NodeRef<html::Input>,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let autocomplete = if kind == "password" {
        "new-password"
    } else {
        "off"
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                node_ref=node
                id=id
                type=kind
                autocomplete=autocomplete
                aria-describedby=hint_id.clone()
            />
            <span id=hint_id class="small mute">{hint}</span>
        </div>
    }
}

/// The command, if nothing was left empty.
fn filled_in(code: &str, device: &str, secret: String) -> Option<Enrol> {
    let (code, device) = (code.trim().to_owned(), device.trim().to_owned());
    let full = !code.is_empty() && !device.is_empty() && !secret.is_empty();
    full.then_some(Enrol {
        code,
        device,
        secret,
    })
}

fn value(node: NodeRef<html::Input>) -> String {
    node.get_untracked()
        .map(|input| input.value())
        .unwrap_or_default()
}
