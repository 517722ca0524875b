//! Sở KH&ĐT assigns a lead that the text leaves joint or unnamed; the lead names supporters.

use leptos::{html, prelude::*};
use terms::{AgencyId, Edit, Field, Record, Role, Value, rows::TaskDetails};

use super::{home::Home, items::agencies};
use crate::{
    catalogue::words,
    component::{Act, ActProblem, focus_element},
    session::use_session,
};

/// «Phân công»: for reviewers, where the text names no single lead.
#[component]
pub fn Assign(
    /// What the programme says.
    details: Memo<TaskDetails>,
) -> impl IntoView {
    let (texts, session, act) = (words().task, use_session(), Act::new());
    let reviewer = session
        .with(|me| me.role == Role::Reviewer)
        .unwrap_or_default();
    let open_to = Memo::new(move |_| {
        details.with(|details| details.responsible.joint || details.responsible.leads.len() != 1)
    });
    let assigned =
        Memo::new(move |_| details.with(|details| details.responsible.assigned.is_some()));
    let run = move |agency: Option<AgencyId>| {
        let details = details.get_untracked();
        let edit = Edit::set(
            Record::Lead(details.task),
            Field::Lead,
            agency.map(Value::Agency),
        );
        act.run(details.doc, details.heads, edit, None, |_| ());
    };
    let pick = Callback::new(move |agency| run(Some(agency)));
    view! {
        <Show when=move || reviewer && open_to.get()>
            <Picker id="assign" button=texts.assign label=texts.assign_to pick />
            <Show when=move || assigned.get()>
                <button type="button" class="link" data-act="unassign" on:click=move |_| run(None)>
                    {texts.unassign}
                </button>
            </Show>
            <ActProblem act />
        </Show>
    }
}

/// «Nêu tên đơn vị»: for a lead, where the text says «các đơn vị có liên quan». The names go
/// into the lead's own document.
#[component]
pub fn NameSupporter(
    /// What the programme says.
    details: Memo<TaskDetails>,
    /// The own agency's document.
    home: Memo<Option<Home>>,
) -> impl IntoView {
    let (texts, act) = (words().task, Act::new());
    let leads = move || home.with(|home| home.as_ref().is_some_and(|home| home.leads));
    let pick = Callback::new(move |agency| {
        let Some(Home { doc, heads, .. }) = home.get_untracked() else {
            return;
        };
        let task = details.with_untracked(|details| details.task.clone());
        act.run(
            doc,
            heads,
            Edit::supporter(task, agency, true),
            None,
            |_| (),
        );
    });
    view! {
        <Show when=leads>
            <Picker id="name-supporter" button=texts.name_supporter label=texts.supporter pick />
            <ActProblem act />
        </Show>
    }
}

/// A button that opens a list of agencies to choose one from.
#[component]
fn Picker(
    id: &'static str,
    button: &'static str,
    label: &'static str,
    pick: Callback<AgencyId>,
) -> impl IntoView {
    let texts = words().task;
    let open = RwSignal::new(false);
    let list = NodeRef::<html::Select>::new();
    list.on_load(|list| {
        let _ = list.focus();
    });
    let close = move || {
        open.set(false);
        focus_element(id);
    };
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let chosen = list
            .get_untracked()
            .and_then(|list| list.value().parse().ok());
        if let Some(agency) = chosen {
            pick.run(agency);
            close();
        }
    };
    view! {
        <button
            type="button"
            class="link"
            id=id
            data-act=id
            aria-expanded=move || open.get().to_string()
            on:click=move |_| open.update(|open| *open = !*open)
        >
            {button}
        </button>
        <Show when=move || open.get()>
            <form class="task-form" on:submit=save on:keydown=move |event| {
                if event.key() == "Escape" {
                    event.stop_propagation();
                    close();
                }
            }>
                <div class="field">
                    <label for=format!("{id}-list")>{label}</label>
                    <select node_ref=list id=format!("{id}-list") data-act=format!("{id}-list")>
                        <option value="">{words().field.none}</option>
                        {agencies()}
                    </select>
                </div>
                <div class="task-acts">
                    <button type="submit" class="button primary" data-act=format!("{id}-save")>
                        {texts.save}
                    </button>
                    <button type="button" class="button" on:click=move |_| close()>
                        {texts.cancel}
                    </button>
                </div>
            </form>
        </Show>
    }
}
