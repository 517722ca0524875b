//! Adds a milestone.

use leptos::{html, prelude::*};
use terms::{Date, DocId, Edit, Heads, MilestoneId, TaskId, rows::new_milestone};

use crate::{
    catalogue::words,
    component::{Act, ActProblem, focus_element},
    field::{FormDraft, FormNote},
    session::use_session,
    transport::fresh_id,
};

/// The button, and the form that it opens. Nothing for whoever may set none.
#[component]
pub fn AddMilestone(
    /// Where it would stand.
    place: Memo<Option<(DocId, Heads)>>,
    /// The task.
    task: TaskId,
) -> impl IntoView {
    let texts = words().task;
    let session = use_session();
    // What was half typed before stands there again.
    let kept = place.with_untracked(|place| {
        let (doc, _) = place.as_ref()?;
        session.draft(&(doc.clone(), new_milestone(&task)))
    });
    let open = RwSignal::new(kept.is_some());
    // The focus goes into a form that somebody opened, not into one that stands there again.
    let asked = RwSignal::new(false);
    let task = StoredValue::new(task);
    let close = Callback::new(move |()| {
        open.set(false);
        focus_element("add-milestone");
    });
    view! {
        <Show when=move || place.with(Option::is_some)>
            <div class="task-acts">
                <button
                    type="button"
                    class="button"
                    id="add-milestone"
                    data-act="new-milestone"
                    aria-expanded=move || open.get().to_string()
                    on:click=move |_| {
                        asked.set(true);
                        open.update(|open| *open = !*open);
                    }
                >
                    {texts.add_milestone}
                </button>
            </div>
            <Show when=move || open.get()>
                <Form place task=task.get_value() close focus=asked.get_untracked() />
            </Show>
        </Show>
    }
}

#[component]
fn Form(
    place: Memo<Option<(DocId, Heads)>>,
    task: TaskId,
    close: Callback<()>,
    focus: bool,
) -> impl IntoView {
    let (texts, act) = (words().task, Act::new());
    let (doc, heads) = place.get_untracked()?;
    let here = (doc, new_milestone(&task));
    let draft = FormDraft::new(here, heads, 3, move || close.run(()));
    let [title, due, source] = std::array::from_fn(|part| {
        let node = NodeRef::<html::Input>::new();
        node.on_load(move |input| {
            input.set_value(&draft.part(part));
            if focus && part == 0 {
                let _ = input.focus();
            }
        });
        node
    });
    let typed = |input: NodeRef<html::Input>| {
        input
            .get_untracked()
            .map(|input| input.value())
            .unwrap_or_default()
    };
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let due = match Date::parse_vi(&typed(due)) {
            Ok(due) => due,
            Err(error) => return act.refuse(error.to_string()),
        };
        let id = fresh_id("moc").parse::<MilestoneId>();
        let (Some((doc, heads)), Ok(id)) = (place.get_untracked(), id) else {
            return;
        };
        let (task, title, source) = (task.clone(), typed(title), typed(source));
        let edit = Edit::milestone(id, task, title, due, source);
        act.run_form(doc, heads, edit, None, draft.done(), move |_| close.run(()));
    };
    let line = |part: usize, id: &'static str, label: &'static str, node: NodeRef<html::Input>| {
        view! {
            <div class="field">
                <label for=id>{label}</label>
                <input
                    node_ref=node
                    id=id
                    type="text"
                    autocomplete="off"
                    data-new=id
                    on:input=move |event| draft.typed(part, event_target_value(&event))
                />
            </div>
        }
    };
    Some(view! {
        <form class="task-form" on:submit=save on:keydown=move |event| {
            if event.key() == "Escape" && !event.is_composing() {
                event.stop_propagation();
                close.run(());
            }
        }>
            {line(0, "milestone-title", texts.milestone_title, title)}
            {line(1, "milestone-due", texts.milestone_due, due)}
            {line(2, "milestone-source", texts.milestone_source, source)}
            <FormNote draft close />
            <ActProblem act />
            <div class="task-acts">
                <button type="submit" class="button primary" data-act="add-milestone" disabled=move || act.busy()>
                    {texts.save}
                </button>
                <button type="button" class="button" on:click=move |_| close.run(())>
                    {texts.cancel}
                </button>
            </div>
        </form>
    })
}
