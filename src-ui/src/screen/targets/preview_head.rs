//! Above a pasted block: how it is written, and what of it goes nowhere.

use leptos::prelude::*;
use terms::{
    paste::Skip,
    reading::{Marks, Way},
};

use super::preview_view::Pasting;
use crate::catalogue::words;

/// How the whole block is written: asked where nothing tells, said where it is not the
/// Vietnamese way, with both readings of one of its figures.
#[component]
pub fn WayQuestion(
    /// The block.
    pasting: Pasting,
) -> impl IntoView {
    let texts = words().paste;
    let preview = pasting.preview;
    let (marks, example) = preview.with_untracked(|preview| {
        let example = preview.example();
        (
            preview.marks,
            example.map(|(text, ways)| (text.to_owned(), ways)),
        )
    });
    let shown = match marks {
        Marks::Sure(Way::Vietnamese) => false,
        Marks::Sure(Way::English) | Marks::Unclear | Marks::Mixed => true,
    };
    let button = move |way: Way, value: String, first: bool| {
        view! {
            <button
                type="button"
                class="chip"
                id=first.then_some("paste-way")
                data-act=if way == Way::English { "paste-english" } else { "paste-vietnamese" }
                aria-pressed=move || {
                    preview.with(|preview| preview.read_as() == Some(way)).to_string()
                }
                on:click=move |_| preview.update(|preview| preview.choose_way(way))
            >
                {(texts.written_as)(way, &value)}
            </button>
        }
    };
    let asks = marks == Marks::Unclear;
    let buttons = example.map(|(_, ways)| {
        let [first, second] =
            ways.map(|(way, value)| button(way, value.format_vi(), asks && way == Way::Vietnamese));
        view! { <div class="figure-ways">{first} {second}</div> }
    });
    shown.then(|| {
        view! {
            <div class="paste-way" role="group" data-question="block">
                <p role="status">{(texts.marks)(marks)}</p>
                {buttons}
            </div>
        }
    })
}

/// What of the block goes nowhere, by name.
#[component]
pub fn Skipped(
    /// The block.
    pasting: Pasting,
) -> impl IntoView {
    let texts = words().paste;
    let skipped = pasting
        .preview
        .with_untracked(|preview| preview.skipped.clone());
    let item = |(label, why): &(String, Skip)| {
        view! { <li>{(texts.skip)(label, *why)}</li> }
    };
    let list = skipped.iter().map(item).collect_view();
    (!skipped.is_empty()).then(|| {
        view! {
            <details class="paste-skipped small" open=skipped.len() < 4>
                <summary>{(texts.skipped)(skipped.len())}</summary>
                <ul>{list}</ul>
            </details>
        }
    })
}
