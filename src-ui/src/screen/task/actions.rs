//! What became of an obstacle, another item or a milestone: over on a day, struck out, put back.

use leptos::prelude::*;
use terms::{Date, Edit, Field, Record, Value, rows::Register};

use crate::{
    catalogue::words,
    component::{Act, ActProblem, Form, RegisterConflict},
    session::use_session,
};

/// The day on which something was over: an obstacle out of the way, a milestone reached.
#[derive(Clone, Copy)]
pub struct Over {
    /// The field.
    pub field: Field,
    /// What stands in it.
    pub day: Memo<Register<Date>>,
    /// What people call it.
    pub what: &'static str,
    /// The button that sets it to today.
    pub set: &'static str,
    /// The button that takes it back.
    pub take_back: &'static str,
    /// The name of the button.
    pub act: &'static str,
}

/// The buttons, and the choice where people say different things.
#[component]
pub fn Actions(
    /// The card.
    form: Form,
    /// The item or the milestone.
    record: Record,
    /// Whether it is struck out.
    removed: Memo<Register<bool>>,
    /// The day on which it was over, of what can be.
    over: Option<Over>,
    /// Set when it is struck out here: it then stays where it is, to be put back.
    kept: RwSignal<bool>,
    /// What else can be done.
    children: Children,
) -> impl IntoView {
    let (texts, act) = (words().task, Act::new());
    let gone = Memo::new(move |_| removed.with(|removed| removed.agreed() == Some(&true)));
    let at = form.at(move || removed.with(|removed| removed.path.clone()));
    let run = move |edit: Edit| {
        let at = at.get_untracked();
        act.run(at.doc, at.heads, edit, form.reason.get_untracked(), |_| ());
    };
    let field = record.removed_field();
    let record = StoredValue::new(record);
    let strike = move |_| {
        if let Some(edit) = Edit::strike(record.get_value(), !gone.get_untracked()) {
            kept.set(true);
            run(edit);
        }
    };
    let over_view = over.map(|over| {
        view! { <OverButton over act run=Callback::new(move |day: Option<Date>| {
            run(Edit::set(record.get_value(), over.field, day.map(Value::Day)));
        }) shown=Signal::derive(move || form.writable.get() && !gone.get()) /> }
    });
    view! {
        {field.map(|field| view! { <RegisterConflict form field value=removed what=texts.remove /> })}
        {over.map(|over| view! { <RegisterConflict form field=over.field value=over.day what=over.what /> })}
        <div class="task-acts">
            {over_view}
            <Show when=move || form.writable.get()>
                <button type="button" class="link" data-act="strike" disabled=move || act.busy() on:click=strike>
                    {move || if gone.get() { texts.put_back } else { texts.remove }}
                </button>
            </Show>
            {children()}
        </div>
        <ActProblem act />
    }
}

#[component]
fn OverButton(
    over: Over,
    act: Act,
    run: Callback<Option<Date>>,
    shown: Signal<bool>,
) -> impl IntoView {
    let session = use_session();
    let is_over = Memo::new(move |_| over.day.with(|day| day.agreed().is_some()));
    let press = move |_| run.run(session.today().filter(|_| !is_over.get_untracked()));
    view! {
        <Show when=move || shown.get()>
            <button type="button" class="button" data-act=over.act disabled=move || act.busy() on:click=press>
                {move || if is_over.get() { over.take_back } else { over.set }}
            </button>
        </Show>
    }
}
