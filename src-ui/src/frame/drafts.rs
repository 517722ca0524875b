//! What is typed and not an edit yet, wherever it was typed: behind the status line.

use leptos::prelude::*;
use terms::rows::{DraftRow, PARTS};

use crate::{
    catalogue::words,
    route::Route,
    rows::Key,
    session::{DraftRows, use_session},
};

/// The list; nothing where nothing is half typed.
#[component]
pub fn DraftList(
    /// Closes the sheet.
    close: Callback<()>,
) -> impl IntoView {
    let DraftRows(rows) = expect_context();
    let keys = rows.keys();
    view! {
        <Show when=move || keys.with(|keys| !keys.is_empty())>
            <h3>{words().frame.drafts}</h3>
            <ul class="unsent">
                <For
                    each=move || keys.get()
                    key=Clone::clone
                    children=move |key| view! { <DraftItem key close /> }
                />
            </ul>
        </Show>
    }
}

#[component]
fn DraftItem(key: Key, close: Callback<()>) -> impl IntoView {
    let (session, DraftRows(rows), texts) = (use_session(), expect_context(), words().frame);
    let row = rows.row(&key)?;
    let asking = RwSignal::new(false);
    let place = {
        let draft = row.get_untracked().draft;
        (draft.doc, draft.path)
    };
    let row = Memo::new(move |_| row.get());
    let head = move || {
        row.with(|row| {
            let what = row.what.name();
            format!("{} · {what}", (texts.draft_since)(row.draft.since))
        })
    };
    // The period it was typed in, before the place.
    let go = move |_| {
        if let Some(period) = row.with_untracked(|row| row.period) {
            session.set_period(period);
        }
        close.run(());
    };
    let drop = StoredValue::new(move || session.discard(place.clone()));
    Some(view! {
        <li data-draft=move || row.with(|row| row.draft.path.clone())>
            <span class="small mute">{head}</span>
            <span class="small">{move || row.with(|row| row.title.clone())}</span>
            <span class="unsent-to">{move || row.with(|row| in_one_line(&row.draft.text))}</span>
            <Show
                when=move || asking.get()
                fallback=move || view! {
                    <span class="task-acts">
                        {move || row.with(href).map(|href| view! {
                            <a class="link" href=href data-act="open-draft" on:click=go>{texts.draft_open}</a>
                        })}
                        <button
                            type="button"
                            class="link"
                            data-act="drop-draft"
                            on:click=move |_| asking.set(true)
                        >
                            {texts.draft_drop}
                        </button>
                    </span>
                }
            >
                <span class="task-acts" role="alert">
                    {texts.draft_ask}
                    <button
                        type="button"
                        class="link"
                        data-act="drop-draft-yes"
                        on:click=move |_| drop.with_value(|drop| drop())
                    >
                        {texts.draft_yes}
                    </button>
                    <button type="button" class="link" on:click=move |_| asking.set(false)>
                        {texts.draft_no}
                    </button>
                </span>
            </Show>
        </li>
    })
}

/// Where it was typed; none where this version does not know.
fn href(row: &DraftRow) -> Option<String> {
    let task = row.task.clone().map(|task| Route::Tree(Some(task)));
    let target = || {
        row.target
            .clone()
            .map(|target| Route::Targets(Some(target)))
    };
    task.or_else(target).map(|route| route.href())
}

/// The parts of a form one after the other.
fn in_one_line(text: &str) -> String {
    let parts = text.split(PARTS).map(str::trim);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use terms::{Heads, Timestamp, rows::Draft};

    use super::*;

    fn row(task: Option<&str>, target: Option<&str>) -> DraftRow {
        DraftRow {
            draft: Draft {
                doc: "agency/2019/so-y-te".parse().unwrap(),
                path: "p".into(),
                seen: Heads::default(),
                text: String::new(),
                since: Timestamp(0),
            },
            task: task.map(|id| id.parse().unwrap()),
            target: target.map(|id| id.parse().unwrap()),
            period: None,
            what: terms::rows::Topic::Other,
            title: String::new(),
        }
    }

    #[test]
    fn a_draft_leads_to_where_it_was_typed() {
        let href = |task, target| href(&row(task, target));
        assert_eq!(href(Some("nv-1"), None).as_deref(), Some("#/nhiem-vu/nv-1"));
        assert_eq!(href(None, Some("ct-1")).as_deref(), Some("#/chi-tieu/ct-1"));
        assert_eq!(href(None, None), None);
    }

    #[test]
    fn the_parts_of_a_form_read_as_one_line() {
        assert_eq!(in_one_line("Thiếu vốn\u{1f}"), "Thiếu vốn");
        assert_eq!(in_one_line("Mốc\u{1f}5/9/2019\u{1f} "), "Mốc · 5/9/2019");
    }
}
