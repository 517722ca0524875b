//! The fields of a part that the person may write: their own, or another's with a reason.

use leptos::prelude::*;
use terms::{Edit, Field, Record, TaskId, rows::PartRow};

use super::{
    desk::{Desk, FieldHistory},
    field::text_saved,
    reason::{Reason, ReasonField},
    status::{DayField, PercentField, StatusField},
};
use crate::{
    catalogue::words,
    field::{Editor, Input, TextField},
    part::Merged,
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
    let reason = Reason::new(part.with_untracked(|part| part.doc.clone()));
    let desk = Desk::new(part, task, reason.given());
    let supporting = move || {
        use terms::rows::Part::{GroupSupporting, Supporting};
        own && part.with(|part| matches!(part.part, Supporting | GroupSupporting))
    };
    view! {
        <div class="part-fields">
            <Show when=supporting>
                <p class="hint">{texts.supporter_hint}</p>
            </Show>
            <ReasonField reason id=desk.id("reason") />
            <div class="part-row">
                <StatusField desk />
                <DayField desk />
                <PercentField desk />
            </div>
            <NarrativeField desk />
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
    let text = Memo::new(move |_| part.with(|part| part.narrative.clone()));
    let shown = Signal::derive(move || text.with(|text| text.text.clone()));
    let confirm = {
        let task = task.clone();
        Callback::new(move |()| Edit::Confirm {
            record: Record::Progress(task.clone(), period),
            field: Field::Narrative,
        })
    };
    let make = move |text: &str| {
        Ok(Edit::text(
            Record::Progress(task.clone(), period),
            Field::Narrative,
            text.to_owned(),
        ))
    };
    let editor = Editor::new(at, shown, make, reason);
    let saved = Signal::derive(move || part.with(|part| text_saved(&part.narrative)));
    let before = Memo::new(move |_| part.with(|part| part.before.clone()));
    view! {
        <div class="part-field wide">
            <Merged text at edit=confirm writable reason />
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
