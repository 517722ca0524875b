//! What one agency says of the task, as a card: fields where the person may write, text where not.

use leptos::prelude::*;
use terms::{
    Field, FieldPath, Period, TaskId, WorkStatus,
    rows::{ProgressRow, TaskRow},
};

use super::{
    layout::{starts_open, waits},
    own::Fields,
};
use crate::{
    catalogue::words,
    rows::{Key, Rows},
    session::use_session,
};

/// The card of one agency.
#[component]
pub fn ProgressCard(
    /// The rows of the task.
    rows: Rows<TaskRow>,
    /// Its key.
    key: Key,
    /// The task.
    task: TaskId,
    /// The agency of the person at this window.
    own: bool,
    /// Whether agencies that have written nothing are shown too.
    all: RwSignal<bool>,
) -> impl IntoView {
    let row = rows.row(&key)?;
    let TaskRow::Progress(first) = row.get_untracked() else {
        return None;
    };
    let session = use_session();
    let opened = own || starts_open(&first, |place| session.draft(place).is_some());
    let first_path = first.status.path.clone();
    let part = Memo::new(move |last| match row.get() {
        TaskRow::Progress(part) => *part,
        _ => last.cloned().unwrap_or_else(|| (*first).clone()),
    });
    // Closed by the person alone: an edit that arrives must not close the field under the cursor.
    let open = RwSignal::new(opened);
    Effect::new(move |_| {
        if part.with(|part| part.writable && waits(part)) {
            open.set(true);
        }
    });
    let hidden = move || !own && !open.get() && !all.get() && part.with(ProgressRow::is_silent);
    let name = move || part.with(|part| title(part, own));
    let heading = if own {
        view! { <h2>{name}</h2> }.into_any()
    } else {
        view! { <h3>{name}</h3> }.into_any()
    };
    let period = period_of(&first_path).unwrap_or_else(|| session.period().get_untracked());
    let about = StoredValue::new((task, period));
    Some(view! {
        <section
            class="part card"
            class:own=own
            hidden=hidden
            data-agency=move || part.with(|part| part.agency.id.to_string())
            on:focusin=move |_| rows.hold(&key)
        >
            <header class="part-head">
                {heading}
                <span class="part-role">{move || part.with(|part| (words().common.part)(part.part))}</span>
                <span class="part-sum">{move || part.with(summary)}</span>
                <Show when=move || !own>
                    <button
                        type="button"
                        class="link small"
                        data-act="toggle-part"
                        aria-expanded=move || open.get().to_string()
                        on:click=move |_| open.update(|open| *open = !*open)
                    >
                        {move || toggle(open.get(), part.with(|part| part.writable))}
                    </button>
                </Show>
            </header>
            <Show when=move || open.get()>
                <Show
                    when=move || part.with(|part| part.writable)
                    fallback=move || view! { <Reading part /> }
                >
                    <Fields part about=about.get_value() own />
                </Show>
            </Show>
            <Show when=move || !open.get() && part.with(|part| part.writable && !part.is_silent())>
                <Reading part />
            </Show>
        </section>
    })
}

/// What the button of a card does.
fn toggle(open: bool, writable: bool) -> &'static str {
    let texts = words().task;
    match (open, writable) {
        (true, _) => texts.close_part,
        (false, true) => texts.write_for,
        (false, false) => texts.open_part,
    }
}

/// What an agency wrote, to be read.
#[component]
fn Reading(part: Memo<ProgressRow>) -> impl IntoView {
    let texts = part.with_untracked(|part| part.texts.iter().map(|text| text.field).collect());
    let texts: Vec<Field> = texts;
    let lines = part.with_untracked(|part| part.lines.iter().map(|line| line.field).collect());
    let lines: Vec<Field> = lines;
    view! {
        <div class="part-reading">
            {texts.into_iter().map(|field| view! { <Words part field /> }).collect_view()}
            {lines.into_iter().map(|field| view! { <Line part field /> }).collect_view()}
        </div>
    }
}

/// A text, with who wrote it last. The narrative needs no heading: it is what the card is about.
#[component]
fn Words(part: Memo<ProgressRow>, field: Field) -> impl IntoView {
    let shown = Memo::new(move |_| {
        part.with(|part| {
            let text = &part.text(field)?.text;
            let place = format!("{}#{}", part.doc, text.path);
            let who = text.tips.iter().max_by_key(|tip| tip.at).map(|tip| {
                let who = (words().value.who)(&tip.by.person, &tip.by.agency);
                (words().task.added_by)(&who, tip.at)
            });
            Some((text.text.clone(), place, who))
        })
    });
    let heading = (field != Field::Narrative).then(|| field.name());
    move || {
        let (text, place, who) = shown.get()?;
        let shown = !text.is_empty() || field == Field::Narrative;
        shown.then(|| {
            view! {
                {heading.map(|name| view! { <p class="mute small">{name}</p> })}
                <p class="part-text" data-path=place>{text}</p>
                <p class="mute small">{who}</p>
            }
        })
    }
}

/// A single line: «Nguồn kinh phí: …»; several values where they stand against each other.
#[component]
fn Line(part: Memo<ProgressRow>, field: Field) -> impl IntoView {
    let words = Memo::new(move |_| {
        part.with(|part| {
            let values = part.line(field)?.value.values.iter();
            let words: Vec<&str> = values
                .filter_map(|authored| authored.value.as_deref())
                .filter(|words| !words.is_empty())
                .collect();
            (!words.is_empty()).then(|| words.join(" ≠ "))
        })
    });
    move || {
        let words = words.get()?;
        Some(view! {
            <p class="part-line"><span class="mute">{field.name()} ": "</span>{words}</p>
        })
    }
}

/// The period that a part's rows are of, as their paths say.
fn period_of(path: &str) -> Option<Period> {
    FieldPath::parse(path)?.record.period()
}

fn title(part: &ProgressRow, own: bool) -> String {
    if own {
        words().task.own.to_owned()
    } else {
        part.agency.short.clone()
    }
}

/// «Đang thực hiện · 60 %»; several values where they stand against each other.
fn summary(part: &ProgressRow) -> String {
    if part.is_silent() {
        return words().task.silent.to_owned();
    }
    let common = words().common;
    let statuses = part
        .status
        .values
        .iter()
        .filter_map(|authored| authored.value);
    let statuses: Vec<&str> = statuses.map(WorkStatus::words).collect();
    let percents = part
        .percent
        .values
        .iter()
        .filter_map(|authored| authored.value);
    let percents: Vec<String> = percents.map(|p| (common.percent)(&p.format_vi())).collect();
    let day = part.done_on.agreed().map(|day| day.format_screen());
    let parts = [
        statuses.join(" / "),
        day.unwrap_or_default(),
        percents.join(" / "),
    ];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}
