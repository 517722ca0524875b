//! Adds an obstacle, a proposal or a comment.

use leptos::{html, prelude::*};
use terms::{
    AgencyId, Edit, ItemId, Period, TaskId,
    rows::{ItemKind, new_item},
};

use crate::{
    catalogue::words,
    component::{Act, ActProblem, focus_element},
    field::{FormDraft, FormNote},
    screen::task::home::Home,
    session::{Place, use_session},
    transport::fresh_id,
};

/// The button, and the form that it opens. Nothing where the person has no document to write in.
#[component]
pub fn AddItem(
    /// Which kind.
    kind: ItemKind,
    /// The own agency's document.
    home: Memo<Option<Home>>,
    /// The task.
    task: TaskId,
) -> impl IntoView {
    let texts = words().task;
    let (session, open) = (use_session(), RwSignal::new(false));
    let task = StoredValue::new(task);
    // The focus goes into a form that somebody opened, not into one that stands there again.
    let asked = RwSignal::new(false);
    // What was half typed before stands there again, in the period in which it was typed.
    Effect::new(move |before: Option<Option<Place>>| {
        let here = home.with(|home| {
            let period = session.period().get();
            let home = home.as_ref()?;
            Some(task.with_value(|task| place(kind, home, task, period)))
        });
        let other = here != before.flatten();
        if other
            && here
                .as_ref()
                .is_some_and(|here| session.draft(here).is_some())
        {
            asked.set(false);
            open.set(true);
        }
        here
    });
    let button = format!("new-{}", name(kind));
    let id = button.clone();
    let close = Callback::new(move |()| {
        open.set(false);
        focus_element(&id);
    });
    view! {
        <Show when=move || home.with(Option::is_some)>
            <button
                type="button"
                class="button"
                id=button.clone()
                data-act=button.clone()
                aria-expanded=move || open.get().to_string()
                on:click=move |_| {
                    asked.set(true);
                    open.update(|open| *open = !*open);
                }
            >
                {(texts.add_item)(kind)}
            </button>
            <Show when=move || open.get()>
                <Form kind home task=task.get_value() close focus=asked.get_untracked() />
            </Show>
        </Show>
    }
}

#[component]
fn Form(
    kind: ItemKind,
    home: Memo<Option<Home>>,
    task: TaskId,
    close: Callback<()>,
    focus: bool,
) -> impl IntoView {
    let (texts, session, act) = (words().task, use_session(), Act::new());
    let first = home.get_untracked()?;
    let here = place(kind, &first, &task, session.period().get_untracked());
    let draft = FormDraft::new(here, first.heads, 2, move || close.run(()));
    let text = NodeRef::<html::Textarea>::new();
    let waits_for = NodeRef::<html::Select>::new();
    text.on_load(move |area| {
        area.set_value(&draft.part(0));
        if focus {
            let _ = area.focus();
        }
    });
    waits_for.on_load(move |list| list.set_value(&draft.part(1)));
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (Some(home), Some(area)) = (home.get_untracked(), text.get_untracked()) else {
            return;
        };
        let agency = waits_for
            .get_untracked()
            .and_then(|list| list.value().parse().ok());
        let period = home
            .period
            .unwrap_or_else(|| session.period().get_untracked());
        if let Some(edit) = edit(kind, area.value(), task.clone(), period, agency) {
            let (doc, heads) = (home.doc, home.heads);
            act.run_form(doc, heads, edit, None, draft.done(), move |_| close.run(()));
        }
    };
    Some(view! {
        <form class="task-form" on:submit=save on:keydown=move |event| {
            if event.key() == "Escape" && !event.is_composing() {
                event.stop_propagation();
                close.run(());
            }
        }>
            <div class="field">
                <label for="item-text">{(texts.item_text)(kind)}</label>
                <textarea
                    node_ref=text
                    id="item-text"
                    rows="3"
                    data-new=format!("{}-text", name(kind))
                    on:input=move |event| draft.typed(0, event_target_value(&event))
                />
            </div>
            <Show when=move || kind == ItemKind::Obstacle>
                <div class="field">
                    <label for="item-waits-for">{texts.waits_for}</label>
                    <select
                        node_ref=waits_for
                        id="item-waits-for"
                        data-new="waits-for"
                        on:change=move |event| draft.typed(1, event_target_value(&event))
                    >
                        <option value="">{texts.nobody}</option>
                        {agencies()}
                    </select>
                </div>
            </Show>
            <FormNote draft close />
            <ActProblem act />
            <div class="task-acts">
                <button type="submit" class="button primary" data-act=format!("add-{}", name(kind)) disabled=move || act.busy()>
                    {texts.save}
                </button>
                <button type="button" class="button" on:click=move |_| close.run(())>
                    {texts.cancel}
                </button>
            </div>
        </form>
    })
}

/// Where what is typed of a new item is kept as a draft.
fn place(kind: ItemKind, home: &Home, task: &TaskId, here: Period) -> Place {
    let period = home.period.unwrap_or(here);
    (home.doc.clone(), new_item(name(kind), task, period))
}

/// The agencies to choose from, as options.
pub fn agencies() -> impl IntoView {
    let all = use_session()
        .with(|me| me.agencies.clone())
        .unwrap_or_default();
    all.into_iter()
        .map(|agency| view! { <option value=agency.id.to_string()>{agency.short}</option> })
        .collect_view()
}

fn name(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Obstacle => "obstacle",
        ItemKind::Proposal => "proposal",
        ItemKind::Comment => "comment",
    }
}

fn edit(
    kind: ItemKind,
    text: String,
    task: TaskId,
    period: Period,
    waits_for: Option<AgencyId>,
) -> Option<Edit> {
    let fresh = |prefix| fresh_id(prefix).parse::<ItemId>().ok();
    Some(match kind {
        ItemKind::Obstacle => Edit::obstacle(fresh("vm")?, task, period, text, waits_for),
        ItemKind::Proposal => Edit::proposal(fresh("kn")?, Some(task), period, text),
        ItemKind::Comment => Edit::comment(fresh("yk")?, task, text),
    })
}
