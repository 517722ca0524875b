//! A cell of a pasted block: whose it is, what was pasted, how it is read, what stood before.

use leptos::prelude::*;
use terms::{Decimal, reading::Way};

use super::{
    cell::Written,
    grid::Column,
    preview::{Item, Outcome},
    preview_view::Pasting,
};
use crate::catalogue::words;

/// A row of the dialog.
#[component]
pub fn PreviewRow(
    /// The block.
    pasting: Pasting,
    /// Which of its cells.
    i: usize,
    /// Whether cells of several columns were pasted.
    several: bool,
) -> impl IntoView {
    let texts = words().targets;
    let preview = pasting.preview;
    let item = preview.with_untracked(|preview| preview.items.get(i).cloned())?;
    let outcome = Memo::new(move |_| {
        preview.with(|preview| preview.items.get(i).map(|item| preview.outcome(item)))
    });
    let by_rule = Memo::new(move |_| pasting.refused.with(|all| all.get(i).cloned().flatten()));
    // What the person was asked stays, so that the answer can be changed.
    let ways = Memo::new(
        move |before: Option<&Vec<(Way, Decimal)>>| match outcome.get() {
            Some(Outcome::Asked(ways)) => ways,
            Some(Outcome::Stored(_)) if is_chosen(pasting, i) => {
                before.cloned().unwrap_or_default()
            }
            _ => Vec::new(),
        },
    );
    let class = move || match (outcome.get(), by_rule.get()) {
        (Some(Outcome::Refused(_)), _) | (_, Some(_)) => "refused",
        (Some(Outcome::Asked(_)), None) => "asked",
        (Some(Outcome::Stored(_)), None) => "",
        (Some(Outcome::Blank) | None, None) => "blank",
    };
    let Item {
        name,
        column,
        text,
        expected,
        goal,
        share,
        ..
    } = item;
    let of = share.map(|agency| (texts.contribution)(&agency));
    let column = several.then(|| column_name(column));
    let under = [of, column.map(str::to_owned)].into_iter().flatten();
    let under = under.collect::<Vec<_>>().join(" · ");
    Some(view! {
        <tr class=class id=format!("paste-row-{i}") data-paste=i.to_string() tabindex="-1">
            <th scope="row">
                {name}
                <span class="mute small">{under}</span>
            </th>
            <td data-label=words().paste.text><span class="paste-text">{text}</span></td>
            <td data-label=words().paste.read>
                <span class="paste-read">
                    {move || outcome.get().map(|outcome| read(&outcome))}
                </span>
                <span class="problem small">{move || by_rule.get()}</span>
                <Ways pasting i ways />
            </td>
            <td data-label=words().paste.before class="small">{(words().paste.last)(&expected.last)}</td>
            <td data-label=texts.goal class="small">{goal}</td>
        </tr>
    })
}

/// The readings of a figure, as buttons.
#[component]
fn Ways(pasting: Pasting, i: usize, ways: Memo<Vec<(Way, Decimal)>>) -> impl IntoView {
    let texts = words().paste;
    let button = move |value: Decimal, several: bool| {
        let chosen = move || {
            pasting
                .preview
                .with(|p| p.items.get(i).and_then(|item| item.chosen))
        };
        view! {
            <button
                type="button"
                class="chip"
                data-act="read-as"
                data-value=value.to_string()
                aria-pressed=move || (chosen() == Some(value)).to_string()
                on:click=move |_| pasting.preview.update(|p| p.choose(i, value))
            >
                {(texts.means)(value, several)}
            </button>
        }
    };
    move || {
        let ways = ways.get();
        let several = ways.len() > 1;
        let buttons = ways.into_iter().map(|(_, value)| button(value, several));
        view! { <span class="figure-ways">{buttons.collect_view()}</span> }
    }
}

fn is_chosen(pasting: Pasting, i: usize) -> bool {
    let chosen = |item: &Item| item.chosen.is_some();
    pasting
        .preview
        .with(|preview| preview.items.get(i).is_some_and(chosen))
}

/// How a cell is read, or why it is not taken.
fn read(outcome: &Outcome) -> String {
    let texts = words().paste;
    match outcome {
        Outcome::Stored(Written::Figure(_, value)) => {
            value.map_or_else(String::new, |value| value.format_vi())
        }
        Outcome::Stored(Written::Mark(mark)) => mark.map_or_else(String::new, |mark| {
            (words().value.mark_words)(mark).to_owned()
        }),
        Outcome::Stored(Written::Note(text)) => text.clone(),
        Outcome::Asked(ways) => (texts.asked_in_block)(ways.len() > 1).to_owned(),
        Outcome::Refused(why) => why.clone(),
        Outcome::Blank => texts.blank.to_owned(),
    }
}

fn column_name(column: Column) -> &'static str {
    let texts = words().targets;
    match column {
        Column::Name => texts.name,
        Column::SamePeriod => texts.same_period,
        Column::Actual => texts.actual,
        Column::Estimate => texts.estimate,
        Column::Note => texts.note,
    }
}
