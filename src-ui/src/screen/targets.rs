//! The screen «Chỉ tiêu»: the table for a period, written in as in a sheet, and one target in
//! detail.

pub mod cell;
pub mod cell_view;
pub mod choices;
pub mod contributions;
pub mod detail;
pub mod grid;
pub mod paste_notice;
pub mod picture;
pub mod preview;
pub mod preview_head;
pub mod preview_row;
pub mod preview_view;
pub mod question;
pub mod sheet;
pub mod spot;
pub mod table;
pub mod undo;

use leptos::prelude::*;
use terms::{Role, TargetId, Verdict, rows::TargetRow};

use crate::{
    catalogue::words, component::Empty, rows::Key, rows::Rows, session::use_session,
    transport::use_client,
};
use detail::Detail;
use paste_notice::PasteNotice;
use preview_view::PastePreview;
use sheet::{Lines, Shares, Sheet};
use table::Table;

/// The table of targets for the period looked at, with one target open if the address says so.
#[component]
pub fn TargetsScreen(
    /// The target that is open.
    #[prop(into)]
    target: Signal<Option<TargetId>>,
) -> impl IntoView {
    let (client, session) = (use_client(), use_session());
    let period = session.period();
    let everything = session.with(|me| matches!(me.role, Role::Reviewer | Role::Leader));
    let mine = RwSignal::new(!everything.unwrap_or_default() && target.get_untracked().is_none());
    let rows = client.watch(move || ipc::Targets {
        period: period.get(),
        mine: mine.get(),
    });
    let chosen = RwSignal::new(None::<Key>);
    let lines = Memo::new(move |before: Option<&Lines>| {
        let (own, open) = (session.agency(), chosen.get());
        let shares = Shares {
            own: own.as_ref(),
            all: mine.get(),
            open: open.as_ref(),
        };
        sheet::lines(&rows.all(), shares, before.unwrap_or(&Lines::new()))
    });
    let sheet = Sheet::new(rows, lines, chosen, period);
    // What was pasted belongs to the period that was looked at.
    Effect::new(move |before: Option<terms::Period>| {
        let now = period.get();
        if before.is_some_and(|before| before != now) {
            sheet.notice.set(None);
            sheet.undo.set(Vec::new());
        }
        now
    });
    // The address chooses a row; afterwards the focus does.
    Effect::new(move |followed: Option<Option<TargetId>>| {
        let (wanted, followed) = (target.get()?, followed.flatten());
        if followed.as_ref() == Some(&wanted) {
            return followed;
        }
        let (key, _) = rows
            .all()
            .into_iter()
            .find(|(_, row)| row.target == wanted)?;
        chosen.set(Some(key.clone()));
        request_animation_frame(move || sheet.reveal(key));
        Some(wanted)
    });
    let empty = Signal::derive(move || lines.with(Vec::is_empty));
    let nothing = Signal::derive(move || {
        let texts = words().targets;
        if mine.get() {
            texts.empty_mine
        } else {
            texts.empty
        }
        .to_owned()
    });
    view! {
        <div class="targets" class:open=move || target.get().is_some() data-screen="targets">
            <Head rows sheet mine />
            <PastePreview sheet />
            <div class="targets-body">
                <div class="targets-scroll card">
                    <Empty state=Signal::derive(move || rows.state()) empty text=nothing />
                    <Show when=move || !empty.get()>
                        <Table rows sheet />
                    </Show>
                </div>
                <DetailOf rows sheet />
            </div>
        </div>
    }
}

#[component]
fn Head(rows: Rows<TargetRow>, sheet: Sheet, mine: RwSignal<bool>) -> impl IntoView {
    let (texts, session) = (words().targets, use_session());
    let reviewer = session
        .with(|me| me.role == Role::Reviewer)
        .unwrap_or_default();
    let summary = Memo::new(move |_| count(rows.all().iter().map(|(_, row)| row.verdict)));
    let choice = move |only: bool, text: &'static str| {
        view! {
            <button
                type="button"
                class="chip"
                data-act=if only { "targets-mine" } else { "targets-all" }
                aria-pressed=move || (mine.get() == only).to_string()
                on:click=move |_| mine.set(only)
            >
                {text}
            </button>
        }
    };
    view! {
        <header class="targets-head">
            <h1 tabindex="-1">{texts.heading}</h1>
            <p class="mute">{move || (texts.summary)(summary.get())}</p>
            <div class="targets-tools">
                <div role="group" aria-label=texts.which>
                    {choice(true, texts.mine)} {choice(false, texts.all)}
                </div>
                <Show when=move || reviewer>
                    <input
                        type="text"
                        class="targets-reason"
                        autocomplete="off"
                        placeholder=texts.reason
                        aria-label=texts.reason
                        data-act="reason"
                        on:input=move |event| sheet.reason.set(event_target_value(&event))
                    />
                </Show>
                <p class="mute small targets-keys">{texts.keys}</p>
                <PasteNotice sheet />
            </div>
        </header>
    }
}

#[component]
fn DetailOf(rows: Rows<TargetRow>, sheet: Sheet) -> impl IntoView {
    let chosen = Memo::new(move |_| {
        rows.keys().track();
        sheet.chosen.get().filter(|key| rows.row(key).is_some())
    });
    move || {
        let key = chosen.get()?;
        let cell = rows.row(&key)?;
        let row = Memo::new(move |_| cell.get());
        Some(view! { <Detail key row sheet /> })
    }
}

/// Met or exceeded, not met, neither.
fn count(verdicts: impl Iterator<Item = Verdict>) -> [usize; 3] {
    verdicts.fold([0; 3], |mut counts, verdict| {
        let place = match verdict {
            Verdict::Met | Verdict::Exceeded => 0,
            Verdict::NotMet => 1,
            Verdict::Unjudged | Verdict::NoFigure => 2,
        };
        counts[place] += 1;
        counts
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_are_counted_three_ways() {
        use Verdict::{Exceeded, Met, NoFigure, NotMet, Unjudged};
        assert_eq!(
            count([Met, NotMet, Exceeded, NoFigure, Unjudged].into_iter()),
            [2, 1, 2]
        );
    }
}
