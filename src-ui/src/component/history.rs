//! Who wrote what and when, asked for when somebody wants to see it.

use ipc::{History, Problem};
use leptos::{prelude::*, task::spawn_local};
use terms::{
    Heads, SaveState,
    rows::{HistoryRow, Topic},
};

use crate::{catalogue::words, transport::use_client};

/// «Lịch sử»: a button that opens the list below it.
#[component]
pub fn HistoryToggle(
    /// What it is the history of, in words.
    #[prop(into)]
    what: Signal<String>,
    /// Which history.
    #[prop(into)]
    of: Signal<History>,
    /// Asked for again when these change.
    #[prop(into)]
    heads: Signal<Heads>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let texts = words().value;
    view! {
        <div class="history">
            <button
                type="button"
                class="link small"
                data-act="history"
                data-of=move || of.with(address)
                aria-expanded=move || open.get().to_string()
                aria-label=move || (texts.history_of)(&what.get())
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {move || if open.get() { texts.close_history } else { texts.history }}
            </button>
            <Show when=move || open.get()>
                <HistoryList of heads fields=false />
            </Show>
        </div>
    }
}

/// The list, newest first.
#[component]
pub fn HistoryList(
    /// Which history.
    #[prop(into)]
    of: Signal<History>,
    /// Asked for again when these change.
    #[prop(into)]
    heads: Signal<Heads>,
    /// Whether each step names its field.
    fields: bool,
) -> impl IntoView {
    let client = use_client();
    let steps = RwSignal::new(None::<Result<Vec<HistoryRow>, Problem>>);
    Effect::new(move |_| {
        let of = of.get();
        heads.track();
        spawn_local(async move {
            let answer = client.call(of).await;
            let _ = steps.try_set(Some(answer));
        });
    });
    move || match steps.get() {
        None => ().into_any(),
        Some(Err(problem)) => {
            view! { <p class="act-problem" role="alert">{problem.message}</p> }.into_any()
        }
        Some(Ok(steps)) if steps.is_empty() => {
            view! { <p class="mute small">{words().value.no_history}</p> }.into_any()
        }
        Some(Ok(steps)) => {
            let steps = gathered(steps)
                .into_iter()
                .map(|(step, count)| step_view(step, count, fields))
                .collect_view();
            view! { <ol class="history-steps" data-history="">{steps}</ol> }.into_any()
        }
    }
}

/// What a history is of, as one word.
fn address(of: &History) -> String {
    match of {
        History::Field { doc, path } => format!("{doc}#{path}"),
        History::Task { task } => task.to_string(),
        History::Target { target } => target.to_string(),
    }
}

/// What has no name here and was written at one go, as when a programme is taken in, is one step
/// with a count: each for itself would bury what people wrote.
fn gathered(steps: Vec<HistoryRow>) -> Vec<(HistoryRow, usize)> {
    let mut all: Vec<(HistoryRow, usize)> = Vec::new();
    for step in steps {
        match all.last_mut() {
            Some((last, count)) if at_one_go(last, &step) => *count += 1,
            _ => all.push((step, 1)),
        }
    }
    all
}

fn at_one_go(one: &HistoryRow, other: &HistoryRow) -> bool {
    let minute = |step: &HistoryRow| step.at.seconds().div_euclid(60);
    one.what == Topic::Other
        && other.what == Topic::Other
        && one.by == other.by
        && minute(one) == minute(other)
}

fn step_view(step: HistoryRow, count: usize, fields: bool) -> impl IntoView {
    let texts = words().value;
    let field = fields.then(|| format!("{}: ", step.what.name()));
    let from =
        (count == 1 && !step.from.is_empty()).then(|| format!("{} → ", step.from.join(" / ")));
    let to = match count {
        1 => step.to.unwrap_or_else(|| texts.cleared.into()),
        _ => (texts.several)(count),
    };
    let saved = match step.saved {
        SaveState::Draft => texts.draft,
        SaveState::Device => texts.device,
        SaveState::Province { .. } => texts.province,
        SaveState::Refused { .. } => texts.quarantined,
    };
    let reason = step.reason.map(|reason| {
        view! { <span class="history-reason">{texts.reason} " " {reason}</span> }
    });
    view! {
        <li>
            <span class="history-head">
                <time>{(texts.at)(step.at)}</time>
                " "
                {(texts.who)(&step.by.person, &step.by.agency)}
                <span class="mute">" · " {saved}</span>
            </span>
            <span class="history-change">
                {field}
                <span class="history-from">{from}</span>
                <span class="history-to">{to}</span>
            </span>
            {reason}
        </li>
    }
}

#[cfg(test)]
mod tests {
    use terms::{ChangeId, Field, Timestamp, rows::Author};

    use super::*;

    fn step(what: Topic, person: &str, second: i64) -> HistoryRow {
        HistoryRow {
            path: "targets/ct-1/unit".into(),
            what,
            from: vec![],
            to: Some("tấn".into()),
            reason: None,
            by: Author {
                enrolment: "e-1".parse().unwrap(),
                person: person.into(),
                agency: "Sở KH&ĐT".into(),
            },
            at: Timestamp(second),
            change: ChangeId([0; 32]),
            saved: SaveState::Province { seq: None },
        }
    }

    #[test]
    fn what_was_taken_in_at_one_go_is_one_step() {
        use Topic::Other;
        let actual = Topic::Field(Field::Actual);
        let steps = [
            (actual, "An", 70, 1),
            (actual, "An", 65, 1),
            (Other, "An", 62, 2),
            (Other, "Bình", 61, 1),
            (Other, "Bình", 59, 1),
        ];
        let mut rows: Vec<_> = steps.map(|(what, who, at, _)| step(what, who, at)).into();
        rows.insert(2, step(Other, "An", 63));
        let counts: Vec<usize> = gathered(rows).iter().map(|(_, count)| *count).collect();
        assert_eq!(counts, steps.map(|(.., count)| count));
    }
}
