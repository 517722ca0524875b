//! What of a milestone can be corrected: its title, its day, its source.

use leptos::prelude::*;
use terms::{Field, rows::MilestoneRow};

use crate::component::{Form, RegisterField};

/// The fields.
#[component]
pub fn Correct(
    /// The card.
    form: Form,
    /// The milestone.
    mark: Memo<MilestoneRow>,
) -> impl IntoView {
    let title = Memo::new(move |_| mark.with(|mark| mark.fields.title.clone()));
    let due = Memo::new(move |_| mark.with(|mark| mark.fields.due.clone()));
    let source = Memo::new(move |_| mark.with(|mark| mark.fields.source.clone()));
    view! {
        <div class="milestone-fields">
            <RegisterField form field=Field::MilestoneTitle value=title />
            <RegisterField form field=Field::MilestoneDue value=due />
            <RegisterField form field=Field::MilestoneSource value=source />
        </div>
    }
}
