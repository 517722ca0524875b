//! A status as sign and word, never only a colour.

use leptos::prelude::*;
use terms::{OfficialStatus, Verdict};

use crate::catalogue::words;

/// The official status of a task.
#[component]
pub fn OfficialBadge(
    /// The status.
    #[prop(into)]
    status: Signal<OfficialStatus>,
) -> impl IntoView {
    let texts = words().common;
    let class = move || match status.get() {
        OfficialStatus::DoneOnTime => "badge done",
        OfficialStatus::DoneLate => "badge done-late",
        OfficialStatus::OpenInTime => "badge open",
        OfficialStatus::OpenLate => "badge over",
    };
    view! {
        <span class=class title=move || (texts.official)(status.get())>
            <span class="badge-sign" aria-hidden="true">
                {move || (texts.official_sign)(status.get())}
            </span>
            {move || (texts.official_short)(status.get())}
        </span>
    }
}

/// «1 vướng mắc» beside a title.
pub fn obstacle_mark(count: usize) -> impl IntoView {
    let texts = words().common;
    mark(
        "warn",
        (texts.obstacles_sign)(count),
        (texts.obstacles)(count),
    )
}

/// «Cần chọn giá trị» beside a title.
pub fn conflict_mark() -> impl IntoView {
    let texts = words().common;
    mark(
        "over",
        texts.conflict_sign.to_owned(),
        texts.conflict.to_owned(),
    )
}

/// In words, or as a sign where several stand beside each other in a narrow list; a screen reader
/// says the words all the same.
fn mark(class: &str, sign: String, label: String) -> impl IntoView + use<> {
    let title = label.clone();
    view! {
        <span class=format!("mark {class}") title=title>
            <span class="mark-sign" aria-hidden="true">{sign}</span>
            <span class="mark-said">{label}</span>
        </span>
    }
}

/// Whether a target is met.
#[component]
pub fn VerdictBadge(
    /// The verdict.
    #[prop(into)]
    verdict: Signal<Verdict>,
) -> impl IntoView {
    let class = move || match verdict.get() {
        Verdict::Met | Verdict::Exceeded => "badge done",
        Verdict::NotMet => "badge over",
        Verdict::Unjudged | Verdict::NoFigure => "badge none",
    };
    let sign = move || match verdict.get() {
        Verdict::Met => "✓",
        Verdict::Exceeded => "▲",
        Verdict::NotMet => "!",
        Verdict::Unjudged => "○",
        Verdict::NoFigure => "–",
    };
    view! {
        <span class=class>
            <span class="badge-sign" aria-hidden="true">{sign}</span>
            {move || (words().common.verdict)(verdict.get())}
        </span>
    }
}
