//! Which period is looked at, and until when its report is in time.

use ipc::Me;
use leptos::prelude::*;
use terms::{Date, Period};

use crate::{catalogue::words, session::use_session};

/// The switch between the year's periods, with the deadline of the one looked at.
#[component]
pub fn PeriodSwitch() -> impl IntoView {
    let session = use_session();
    let period = session.period();
    let texts = words().common;
    let choices = move || session.with(|me| me.periods.clone()).unwrap_or_default();
    let button = move |(choice, deadline): (Period, Date)| {
        view! {
            <button
                type="button"
                aria-pressed=move || if period.get() == choice { "true" } else { "false" }
                title=(texts.due)(deadline)
                on:click=move |_| session.set_period(choice)
            >
                {(texts.period_kind)(choice.kind)}
            </button>
        }
    };
    let deadline = Memo::new(move |_| {
        let period = period.get();
        session.with(|me| deadline(me, period)).flatten()
    });
    view! {
        <div class="period">
            <div class="period-switch" role="group" aria-label=words().frame.period>
                <For each=choices key=|(period, _)| *period children=button />
            </div>
            {move || {
                deadline
                    .get()
                    .map(|(due, left)| {
                        let near = (0..=7).contains(&left);
                        view! {
                            <p class="period-due" class:near=near class:over={left < 0}>
                                <span>{(texts.due)(due)}</span>
                                <span class="period-left">{(texts.days_left)(left)}</span>
                            </p>
                        }
                    })
            }}
        </div>
    }
}

/// The last day on which the period's report is in time, and how many days are left to it.
fn deadline(me: &Me, period: Period) -> Option<(Date, i64)> {
    let (_, due) = me.periods.iter().find(|(p, _)| *p == period)?;
    Some((*due, me.today.days_until(*due)))
}
