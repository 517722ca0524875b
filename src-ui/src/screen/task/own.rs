//! The fields of a part that the person may write: their own, or another's with a reason. Which
//! there are follows from the declaration.

use leptos::prelude::*;
use terms::{Field, Period, TaskId, rows::ProgressRow};

use super::{
    completion::{DayField, StatusField},
    reason::{Reason, ReasonField},
};
use crate::{
    catalogue::words,
    component::{Form, MergedTextField, RegisterField},
};

/// The fields.
#[component]
pub fn Fields(
    /// The part.
    part: Memo<ProgressRow>,
    /// The task and the period. The card is made anew for another period.
    about: (TaskId, Period),
    /// Whether it is the person's own agency's.
    own: bool,
) -> impl IntoView {
    let (first, doc) = part.with_untracked(|part| (part.clone(), part.doc.clone()));
    let reason = Reason::new(doc);
    let seen = Signal::derive(move || part.with(|part| (part.doc.clone(), part.heads.clone())));
    let writable = Signal::derive(move || part.with(|part| part.writable));
    let id = format!("part-{}", first.agency.id);
    let form = Form::new(seen, id, reason.given(), writable);
    let supporting = move || {
        use terms::rows::TaskRole::{GroupSupporting, Supporting};
        own && part.with(|part| matches!(part.part, Supporting | GroupSupporting))
    };
    let percent = Memo::new(move |_| part.with(|part| part.percent.clone()));
    let texts = first.texts.iter().map(|text| text.field);
    let lines = first.lines.iter().map(|line| line.field);
    view! {
        <div class="part-fields">
            <Show when=supporting>
                <p class="hint">{words().task.supporter_hint}</p>
            </Show>
            <ReasonField reason id=form.id("reason") />
            <div class="part-row">
                <StatusField form part about=about.clone() />
                <DayField form part about />
                <RegisterField form field=Field::Percent value=percent />
            </div>
            {texts.map(|field| view! { <Words form part field /> }).collect_view()}
            {lines.map(|field| view! { <Line form part field /> }).collect_view()}
        </div>
    }
}

/// A single line.
#[component]
fn Line(form: Form, part: Memo<ProgressRow>, field: Field) -> impl IntoView {
    let first = part.with_untracked(|part| part.line(field).map(|line| line.value.clone()))?;
    let value = Memo::new(move |_| {
        let now = part.with(|part| part.line(field).map(|line| line.value.clone()));
        now.unwrap_or_else(|| first.clone())
    });
    Some(view! { <RegisterField form field value /> })
}

/// A text that several people write, with what stood there in the last period.
#[component]
fn Words(form: Form, part: Memo<ProgressRow>, field: Field) -> impl IntoView {
    let first = part.with_untracked(|part| part.text(field).map(|text| text.text.clone()))?;
    let text = Memo::new(move |_| {
        let now = part.with(|part| part.text(field).map(|text| text.text.clone()));
        now.unwrap_or_else(|| first.clone())
    });
    let before = Memo::new(move |_| {
        let before = part.with(|part| part.text(field).map(|text| text.before.clone()));
        before.unwrap_or_default()
    });
    Some(view! {
        <MergedTextField form field text>
            <Show when=move || before.with(|before| !before.is_empty())>
                <details class="part-before">
                    <summary>{words().task.before}</summary>
                    <p>{before}</p>
                </details>
            </Show>
        </MergedTextField>
    })
}
