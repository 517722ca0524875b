//! How far a part is. A status and its day of completion are written together.

use leptos::prelude::*;
use terms::{Field, Period, TaskId, ValueType, WorkStatus, rows::ProgressRow};

use super::field::{day_choice, day_edit, status_choice, status_edit};
use crate::{
    component::{Form, RegisterField},
    session::use_session,
};

/// The status.
#[component]
pub fn StatusField(
    /// The card.
    form: Form,
    /// The part.
    part: Memo<ProgressRow>,
    /// The task and the period.
    about: (TaskId, Period),
) -> impl IntoView {
    let session = use_session();
    let value = Memo::new(move |_| part.with(|part| part.status.clone()));
    let make = {
        let about = about.clone();
        Callback::new(move |code: String| {
            let status = ValueType::Status.parse(&code);
            status.map_err(|error| error.to_string())?;
            let status = WorkStatus::from_code(&code);
            Ok(part
                .with_untracked(|part| status_edit(status, part, about.clone(), session.today())))
        })
    };
    let choose = Callback::new(move |authored| {
        part.with_untracked(|part| status_choice(&authored, part, about.clone(), session.today()))
    });
    view! { <RegisterField form field=Field::Status value make choose /> }
}

/// The day of completion: only where the part is done.
#[component]
pub fn DayField(
    /// The card.
    form: Form,
    /// The part.
    part: Memo<ProgressRow>,
    /// The task and the period.
    about: (TaskId, Period),
) -> impl IntoView {
    let done = Memo::new(move |_| {
        part.with(|part| {
            part.done_on.in_conflict() || part.status.agreed() == Some(&WorkStatus::Done)
        })
    });
    let value = Memo::new(move |_| part.with(|part| part.done_on.clone()));
    let about = StoredValue::new(about);
    let make = Callback::new(move |text: String| day_edit(&text, about.get_value()));
    let choose = Callback::new(move |authored| {
        part.with_untracked(|part| day_choice(&authored, part, about.get_value()))
    });
    view! {
        <Show when=move || done.get()>
            <RegisterField form field=Field::DoneOn value make choose />
        </Show>
    }
}
