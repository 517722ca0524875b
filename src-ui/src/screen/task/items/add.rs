//! Adds an obstacle, a proposal or a comment.

use leptos::{html, prelude::*};
use terms::{AgencyId, Edit, ItemId, TaskId, rows::ItemKind};

use crate::{
    catalogue::words,
    part::{Act, ActProblem, focus_element},
    screen::task::home::Home,
    session::use_session,
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
    let open = RwSignal::new(false);
    let task = StoredValue::new(task);
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
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {(texts.add_item)(kind)}
            </button>
            <Show when=move || open.get()>
                <Form kind home task=task.get_value() close />
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
) -> impl IntoView {
    let (texts, session, act) = (words().task, use_session(), Act::new());
    let text = NodeRef::<html::Textarea>::new();
    let waits_for = NodeRef::<html::Select>::new();
    text.on_load(|area| {
        let _ = area.focus();
    });
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
            act.run(home.doc, home.heads, edit, None, move |_| close.run(()));
        }
    };
    view! {
        <form class="task-form" on:submit=save on:keydown=move |event| {
            if event.key() == "Escape" && !event.is_composing() {
                event.stop_propagation();
                close.run(());
            }
        }>
            <div class="field">
                <label for="item-text">{(texts.item_text)(kind)}</label>
                <textarea node_ref=text id="item-text" rows="3" data-new=format!("{}-text", name(kind)) />
            </div>
            <Show when=move || kind == ItemKind::Obstacle>
                <div class="field">
                    <label for="item-waits-for">{texts.waits_for}</label>
                    <select node_ref=waits_for id="item-waits-for" data-new="waits-for">
                        <option value="">{texts.nobody}</option>
                        {agencies()}
                    </select>
                </div>
            </Show>
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
    }
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
    period: terms::Period,
    waits_for: Option<AgencyId>,
) -> Option<Edit> {
    let fresh = |prefix| fresh_id(prefix).parse::<ItemId>().ok();
    Some(match kind {
        ItemKind::Obstacle => Edit::obstacle(fresh("vm")?, task, period, text, waits_for),
        ItemKind::Proposal => Edit::proposal(fresh("kn")?, Some(task), period, text),
        ItemKind::Comment => Edit::comment(fresh("yk")?, task, text),
    })
}
