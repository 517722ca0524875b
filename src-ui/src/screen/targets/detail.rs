//! One target: its chart, where it is stated, who reports it, what others add, its history.

use ipc::History;
use leptos::{ev, html, prelude::*};
use terms::{
    AgencyId, DocId, Edit, Field, Heads, Record, Role, Value, ValueMark,
    rows::{AgencyName, Authored, Condition, TargetRow, ValueCells},
};
use web_sys::KeyboardEvent;

use super::{
    contributions::Contributions,
    grid::Column,
    picture,
    sheet::{Line, Sheet},
};
use crate::{
    catalogue::words,
    component::{Act, ActProblem, HistoryList, Icon, Sign, VerdictBadge, focus_element},
    keys::composing,
    route::{Route, use_router},
    rows::Key,
    session::use_session,
};

/// The target beside, below or over the table.
#[component]
pub fn Detail(
    /// Its key.
    key: Key,
    /// The target.
    row: Memo<TargetRow>,
    /// The table.
    sheet: Sheet,
) -> impl IntoView {
    let texts = words().targets;
    let verdict = Memo::new(move |_| row.with(|row| row.verdict));
    let contributions = Memo::new(move |_| row.with(|row| row.contributions.clone()));
    let of = Memo::new(move |_| History::Target {
        target: row.with(|row| row.target.clone()),
    });
    let heads = Memo::new(move |_| row.with(all_heads));
    let own = Line {
        key: key.clone(),
        agency: None,
    };
    let name = own.id(Column::Name);
    let router = use_router();
    let leave = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !composing(&event) {
            router.go(&Route::Targets(None));
            let name = name.clone();
            request_animation_frame(move || focus_element(&name));
        }
    };
    view! {
        <article
            class="target-detail card"
            data-detail=""
            data-target=move || row.with(|row| row.target.to_string())
            on:keydown=leave
        >
            <header>
                <a class="split-back target-back" href=Route::Targets(None).href()>
                    <Icon sign=Sign::Back />
                    {texts.back}
                </a>
                <h2 tabindex="-1">{move || row.with(|row| row.name.clone())}</h2>
                <p class="mute small">
                    {move || row.with(|row| format!("{} · {}", row.unit, (texts.kind)(row.kind)))}
                </p>
                <p class="target-sum">
                    <VerdictBadge verdict />
                    <span>{move || row.with(|row| format!("{} {}", texts.plan, row.goal_text))}</span>
                </p>
                {move || row.with(conditions)}
            </header>
            <Picture row />
            <Marks row line=own sheet />
            <Stated row />
            <Show when=move || contributions.with(|all| !all.is_empty())>
                <Contributions key=key.clone() row contributions sheet />
            </Show>
            <section>
                <h3>{texts.timeline}</h3>
                <HistoryList of heads fields=true />
            </section>
        </article>
    }
}

/// It through the year, drawn as wide as there is room, so that its letters stay readable.
#[component]
fn Picture(row: Memo<TargetRow>) -> impl IntoView {
    let place = NodeRef::<html::Div>::new();
    let room = RwSignal::new(picture::WIDEST);
    let measure = move || {
        let width = place
            .try_get_untracked()
            .flatten()
            .map_or(0, |place| place.client_width());
        // Nothing while it is hidden.
        if width > 0 {
            room.try_set(i64::from(width));
        }
    };
    let listener = window_event_listener(ev::resize, move |_| measure());
    on_cleanup(move || listener.remove());
    let router = use_router();
    Effect::new(move |_| {
        router.get();
        place.track();
        request_animation_frame(measure);
    });
    let room = Memo::new(move |_| room.get());
    let year = move || row.with(|row| picture::year(row, room.get()));
    view! { <div class="target-chart" node_ref=place inner_html=year /> }
}

/// Everything that the row has seen: changes whenever any of its documents does.
fn all_heads(row: &TargetRow) -> Heads {
    let own = row.cells.iter().map(|cells| &cells.heads);
    let others = row.contributions.iter().map(|other| &other.cells.heads);
    Heads::new(
        own.chain(others)
            .flat_map(|heads| heads.as_slice().iter().copied())
            .collect(),
    )
}

/// The other conditions of the same sentence: the verdict holds only if all do.
fn conditions(row: &TargetRow) -> impl IntoView + use<> {
    let line = |other: &Condition| {
        let verdict = (words().common.verdict)(other.verdict);
        let text = (words().targets.together)(&other.name, &other.goal, verdict);
        view! { <p class="mute small">{text}</p> }
    };
    row.conditions.iter().map(line).collect_view()
}

/// Why there is no figure, as buttons.
#[component]
fn Marks(row: Memo<TargetRow>, line: Line, sheet: Sheet) -> impl IntoView {
    let (texts, period, act) = (words().targets, use_session().period(), Act::new());
    let cells = Memo::new(move |_| row.with(|row| line.cells(row).cloned()));
    let open = Memo::new(move |_| {
        cells.with(|cells| {
            cells.as_ref().is_some_and(|c| {
                c.writable && c.actual.agreed().is_none() && !c.actual.in_conflict()
            })
        })
    });
    let now = Memo::new(move |_| {
        cells.with(|cells| {
            cells
                .as_ref()
                .and_then(|cells| cells.mark.agreed().copied())
        })
    });
    let set = move |mark: Option<ValueMark>| {
        let Some(ValueCells { doc, heads, .. }) = cells.get_untracked() else {
            return;
        };
        let target = row.with_untracked(|row| row.target.clone());
        let edit = Edit::set(
            Record::Values(target, period.get_untracked()),
            Field::Mark,
            mark.map(Value::Mark),
        );
        let reason = sheet.reason.get_untracked();
        act.run(
            doc,
            heads,
            edit,
            (!reason.is_empty()).then_some(reason),
            |_| (),
        );
    };
    let button = move |mark: ValueMark| {
        view! {
            <button
                type="button"
                class="chip"
                data-act="mark"
                aria-pressed=move || (now.get() == Some(mark)).to_string()
                on:click=move |_| set((now.get_untracked() != Some(mark)).then_some(mark))
            >
                {(words().value.mark_words)(mark)}
            </button>
        }
    };
    view! {
        <Show when=move || open.get()>
            <div class="target-marks" role="group" aria-label=texts.marks>
                <span class="mute small">{texts.marks}</span>
                {button(ValueMark::NotOccurred)}
                {button(ValueMark::NotCollected)}
                {button(ValueMark::YearlyOnly)}
                <ActProblem act />
            </div>
        </Show>
    }
}

/// Where the text states it, and who reports it.
#[component]
fn Stated(row: Memo<TargetRow>) -> impl IntoView {
    let texts = words().targets;
    let assigned = move |authored: &Authored<AgencyName>| {
        let who = (words().value.who)(&authored.by.person, &authored.by.agency);
        let agency = authored
            .value
            .as_ref()
            .map_or(texts.no_owner, |agency| agency.short.as_str());
        format!("{agency} ({})", (texts.assigned_by)(&who, authored.at))
    };
    let owner = move || {
        row.with(|row| match (&row.owner, &row.assigned) {
            _ if !row.rivals.is_empty() => row
                .rivals
                .iter()
                .map(assigned)
                .collect::<Vec<_>>()
                .join(" ≠ "),
            (_, Some(authored)) => assigned(authored),
            (Some(owner), None) => owner.short.clone(),
            (None, None) => texts.no_owner.to_owned(),
        })
    };
    let clauses = move || {
        let link = |(task, clause): (terms::TaskId, String)| {
            view! { <a href=Route::Tree(Some(task)).href()>{clause}</a> }
        };
        row.with(|row| row.clauses.clone())
            .into_iter()
            .map(link)
            .collect_view()
    };
    view! {
        <dl class="target-stated">
            <dt>{texts.owner}</dt>
            <dd>{owner} <Assign row /></dd>
            <dt>{texts.clauses}</dt>
            <dd class="target-clauses">{clauses}</dd>
        </dl>
    }
}

/// «Phân công»: for reviewers, where the text names nobody.
#[component]
fn Assign(row: Memo<TargetRow>) -> impl IntoView {
    let (texts, session, act) = (words().targets, use_session(), Act::new());
    let reviewer = session
        .with(|me| me.role == Role::Reviewer)
        .unwrap_or_default();
    let unnamed = Memo::new(move |_| {
        row.with(|row| row.owner.is_none() || row.assigned.is_some() || !row.rivals.is_empty())
    });
    let year = session.with(|me| me.year).unwrap_or_default();
    let list = NodeRef::<html::Select>::new();
    let agencies = session.with(|me| me.agencies.clone()).unwrap_or_default();
    let agencies = StoredValue::new(agencies);
    let assign = move |_| {
        let chosen = list
            .get_untracked()
            .and_then(|list| list.value().parse::<AgencyId>().ok());
        let (target, heads) = row.with_untracked(|row| (row.target.clone(), row.programme.clone()));
        let edit = Edit::set(
            Record::Owner(target),
            Field::Owner,
            chosen.map(Value::Agency),
        );
        act.run(DocId::Programme(year), heads, edit, None, |_| ());
    };
    view! {
        <Show when=move || reviewer && unnamed.get()>
            <details class="target-assign">
                <summary>{texts.assign}</summary>
                <select node_ref=list aria-label=texts.assign_to data-new="assign-target">
                    <option value="">{words().field.none}</option>
                    {agencies
                        .get_value()
                        .into_iter()
                        .map(|a| view! { <option value=a.id.to_string()>{a.short}</option> })
                        .collect_view()}
                </select>
                <button type="button" class="button" data-act="assign-target" disabled=move || act.busy() on:click=assign>
                    {texts.save}
                </button>
                <ActProblem act />
            </details>
        </Show>
    }
}
