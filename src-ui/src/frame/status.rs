//! The status line: one truth about saving and sending, in words; and behind it, what waits.

use ipc::{
    ConnectionStatus, Status, StatusSummary, SummaryKind, SyncFacts, SyncNow, Unsent, UnsentRow,
};
use leptos::{html, prelude::*, task::spawn_local};
use terms::{ChangeId, DocId, SaveState, rows::HistoryRow};

use super::drafts::DraftList;
use crate::{
    catalogue::words,
    component::{Icon, Sign},
    transport::use_client,
};

/// The status line. A press shows what has not been sent, and why.
#[component]
pub fn StatusLine() -> impl IntoView {
    let rows = use_client().watch(|| Status {});
    let facts = Memo::new(move |_| rows.find(|facts: &SyncFacts| Some(facts.clone())));
    let summary = Memo::new(move |_| facts.get().map(|facts| facts.summary()));
    let dialog = NodeRef::<html::Dialog>::new();
    let (opened, set_opened) = signal(0_u32);
    let open = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            let _ = dialog.show_modal();
            set_opened.update(|n| *n += 1);
        }
    };
    let class = move || summary.get().map_or("pill", |summary| tone(summary.kind));
    view! {
        <div role="status" class="status">
            <button type="button" class=class aria-haspopup="dialog" on:click=open>
                {move || line(summary.get().as_ref())}
            </button>
        </div>
        <dialog node_ref=dialog class="status-sheet card" aria-labelledby="status-heading">
            <Sheet facts opened dialog />
        </dialog>
    }
}

fn line(summary: Option<&StatusSummary>) -> impl IntoView + use<> {
    let texts = words().frame;
    let (sign, head, rest) = match summary {
        None => ("…", texts.summary_waiting.to_owned(), String::new()),
        Some(summary) => {
            let (head, rest) = (texts.summary)(summary);
            ((texts.summary_sign)(summary.kind), head, rest)
        }
    };
    view! {
        <span class="pill-sign" aria-hidden="true">{sign}</span>
        <span class="pill-head">{head}</span>
        <span class="pill-rest">{rest}</span>
    }
}

/// What needs a person, what waits, what is well.
fn tone(kind: SummaryKind) -> &'static str {
    match kind {
        SummaryKind::Quarantined | SummaryKind::Refused => "pill bad",
        SummaryKind::Conflicts
        | SummaryKind::PendingOffline
        | SummaryKind::Sending
        | SummaryKind::Drafts => "pill warn",
        SummaryKind::Offline | SummaryKind::CatchingUp => "pill",
        SummaryKind::Live => "pill well",
    }
}

#[component]
fn Sheet(
    facts: Memo<Option<SyncFacts>>,
    opened: ReadSignal<u32>,
    dialog: NodeRef<html::Dialog>,
) -> impl IntoView {
    let client = use_client();
    let texts = words().frame;
    let unsent = RwSignal::new(None::<Result<Vec<UnsentRow>, String>>);
    // Asked anew whenever it is opened, and while it is open whenever a count changes.
    let counts = Memo::new(move |_| facts.with(|f| f.as_ref().map(|f| (f.pending, f.quarantined))));
    Effect::new(move |_| {
        let _ = counts.get();
        if opened.get() > 0 {
            spawn_local(async move {
                let answer = client.call(Unsent {}).await;
                unsent.try_set(Some(answer.map_err(|problem| problem.message)));
            });
        }
    });
    let message = move || match facts.get().map(|facts| facts.connection) {
        Some(ConnectionStatus::Refused(message)) => {
            Some(view! { <p class="problem">{message}</p> })
        }
        Some(ConnectionStatus::Offline | ConnectionStatus::CatchingUp | ConnectionStatus::Live)
        | None => None,
    };
    let close = Callback::new(move |()| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    });
    view! {
        <div class="sheet-head">
            <h2 id="status-heading">{texts.unsent}</h2>
            <button type="button" class="icon-button" aria-label=words().common.close on:click=move |_| close.run(())>
                <Icon sign=Sign::Close />
            </button>
        </div>
        {message}
        <p class="small mute">
            {move || facts.get().map(|facts| (texts.synced_at)(facts.synced_at))}
        </p>
        <ul class="unsent">
            <For
                each=move || unsent.get().and_then(Result::ok).unwrap_or_default()
                key=key_of
                let(row)
            >
                <UnsentItem row />
            </For>
        </ul>
        <DraftList close />
        {move || match unsent.get() {
            Some(Err(problem)) => Some(view! { <p class="problem">{problem}</p> }.into_any()),
            Some(Ok(rows)) if rows.is_empty() && facts.with(|facts| nothing_waits(facts.as_ref())) => {
                Some(view! { <p class="empty">{texts.unsent_none}</p> }.into_any())
            }
            Some(Ok(_)) | None => None,
        }}
        <button type="button" class="button primary" on:click=move |_| client.send(SyncNow {})>
            {texts.sync_now}
        </button>
    }
}

/// A change has a step for each field that it wrote: the same change stands in several rows.
fn key_of(row: &UnsentRow) -> (DocId, String, ChangeId, SaveState) {
    let HistoryRow {
        path,
        change,
        saved,
        ..
    } = &row.history;
    (row.doc.clone(), path.clone(), *change, saved.clone())
}

/// Whether it is known that all that was written here is at the province.
fn nothing_waits(facts: Option<&SyncFacts>) -> bool {
    let waits = |facts: &SyncFacts| facts.pending + facts.quarantined + facts.drafts > 0;
    facts.is_some_and(|facts| !waits(facts))
}

#[component]
fn UnsentItem(row: UnsentRow) -> impl IntoView {
    let texts = words();
    let history = row.history;
    let reason = match history.saved {
        SaveState::Refused { reason } => Some(reason),
        SaveState::Draft | SaveState::Device | SaveState::Province { .. } => None,
    };
    let is_refused = reason.is_some();
    let refused = reason.map(|reason| {
        view! { <p class="problem">{texts.frame.refused} " " {reason}</p> }
    });
    view! {
        <li class:refused=is_refused>
            <span class="small mute">
                {history.at.format_day_time()} " · " {history.what.name()}
            </span>
            <span class="unsent-to">{history.to}</span>
            {refused}
        </li>
    }
}
