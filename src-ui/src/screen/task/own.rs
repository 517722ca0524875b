//! The fields of a part that the person may write: their own, or another's with a reason.

use leptos::prelude::*;
use terms::{Edit, TaskId, rows::PartRow};

use super::{
    desk::{Desk, FieldHistory},
    field::text_saved,
    status::{DayField, PercentField, StatusField},
};
use crate::{
    catalogue::words,
    field::{Editor, Input, TextField},
    part::{Act, ActProblem},
};

/// The fields.
#[component]
pub fn Fields(
    /// The part.
    part: Memo<PartRow>,
    /// The task.
    task: TaskId,
    /// Whether it is the person's own agency's.
    own: bool,
) -> impl IntoView {
    let texts = words().task;
    let reason = RwSignal::new(String::new());
    let given = Signal::derive(move || {
        let reason = reason.get();
        (!reason.trim().is_empty()).then(|| reason.trim().to_owned())
    });
    let desk = Desk::new(part, task, given);
    let supporting = move || {
        use terms::rows::Part::{GroupSupporting, Supporting};
        own && part.with(|part| matches!(part.part, Supporting | GroupSupporting))
    };
    view! {
        <div class="part-fields">
            <Show when=supporting>
                <p class="hint">{texts.supporter_hint}</p>
            </Show>
            <Show when=move || !own>
                <ReasonField part reason id=desk.id("reason") />
            </Show>
            <div class="part-row">
                <StatusField desk />
                <DayField desk />
                <PercentField desk />
            </div>
            <NarrativeField desk />
        </div>
    }
}

/// Why somebody writes in another agency's document.
#[component]
fn ReasonField(part: Memo<PartRow>, reason: RwSignal<String>, id: String) -> impl IntoView {
    let texts = words().task;
    let hint = format!("{id}-hint");
    view! {
        <div class="field">
            <label for=id.clone()>{texts.reason}</label>
            <input
                id=id
                type="text"
                autocomplete="off"
                data-act="reason"
                aria-describedby=hint.clone()
                on:input=move |event| reason.set(event_target_value(&event))
            />
            <p class="mute small" id=hint>
                {move || part.with(|part| (texts.reason_hint)(&part.agency.short))}
            </p>
        </div>
    }
}

#[component]
fn NarrativeField(desk: Desk) -> impl IntoView {
    let texts = words().task;
    let Desk {
        part,
        reason,
        writable,
        ..
    } = desk;
    let at = desk.at(|part| &part.narrative.path);
    let (task, period) = desk.about();
    let shown = Signal::derive(move || part.with(|part| part.narrative.text.clone()));
    let make = move |text: &str| {
        Ok(Edit::SetNarrative {
            task: task.clone(),
            period,
            text: text.to_owned(),
        })
    };
    let editor = Editor::new(at, shown, make, reason);
    let saved = Signal::derive(move || part.with(|part| text_saved(&part.narrative)));
    let before = Memo::new(move |_| part.with(|part| part.before.clone()));
    view! {
        <div class="part-field wide">
            <Merged desk />
            <TextField label=texts.narrative id=desk.id("narrative") editor saved input=Input::Lines writable />
            <Show when=move || before.with(|before| !before.is_empty())>
                <details class="part-before">
                    <summary>{texts.before}</summary>
                    <p>{before}</p>
                </details>
            </Show>
            <FieldHistory at what=texts.narrative />
        </div>
    }
}

/// Several wrote the narrative at once: somebody should read it as it came out.
#[component]
fn Merged(desk: Desk) -> impl IntoView {
    let texts = words().task;
    let Desk {
        part,
        reason,
        writable,
        ..
    } = desk;
    let act = Act::new();
    let people = move || {
        part.with(|part| {
            let mut people: Vec<String> = Vec::new();
            for tip in &part.narrative.tips {
                let who = (words().said.who)(&tip.by.person, &tip.by.agency);
                if !people.contains(&who) {
                    people.push(who);
                }
            }
            people.join("; ")
        })
    };
    let confirm = move |_| {
        let (task, period) = desk.about();
        let (doc, heads) = part.with_untracked(|part| (part.doc.clone(), part.heads.clone()));
        let edit = Edit::ConfirmNarrative { task, period };
        act.run(doc, heads, edit, reason.get_untracked(), |_| ());
    };
    view! {
        <Show when=move || part.with(|part| part.narrative.merged())>
            <div class="conflict" role="status">
                <p>{move || (texts.merged)(&people())}</p>
                <Show when=move || writable.get()>
                    <button
                        type="button"
                        class="button"
                        data-act="confirm-narrative"
                        disabled=move || act.busy()
                        on:click=confirm
                    >
                        {texts.confirm}
                    </button>
                </Show>
                <ActProblem act />
            </div>
        </Show>
    }
}
