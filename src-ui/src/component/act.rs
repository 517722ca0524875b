//! A button that makes an edit: busy until the disk has it, and beside it why it was refused.

use ipc::Edited;
use leptos::{prelude::*, task::spawn_local};
use terms::{DocId, Edit, Heads};

use crate::{
    field::submit,
    session::{Session, use_session},
    transport::{Client, use_client},
};

/// What a button, or a form's buttons, do. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Act {
    client: Client,
    session: Session,
    busy: RwSignal<bool>,
    problem: RwSignal<Option<String>>,
}

impl Default for Act {
    fn default() -> Self {
        Self::new()
    }
}

impl Act {
    /// Nothing done yet.
    pub fn new() -> Self {
        Self {
            client: use_client(),
            session: use_session(),
            busy: RwSignal::new(false),
            problem: RwSignal::new(None),
        }
    }

    /// Whether an edit is on its way to the disk.
    pub fn busy(self) -> bool {
        self.busy.get()
    }

    /// Says what is wrong with what was typed.
    pub fn refuse(self, problem: String) {
        self.problem.set(Some(problem));
    }

    /// Makes an edit against `seen`; `done` follows when it is on the disk. A second press while
    /// the first is on its way does nothing.
    pub fn run(
        self,
        doc: DocId,
        seen: Heads,
        edit: Edit,
        reason: Option<String>,
        done: impl FnOnce(Edited) + 'static,
    ) {
        self.run_form(doc, seen, edit, reason, || (), done);
    }

    /// The same, where what was typed is kept as a draft: `saved` lets it go when the edit is on
    /// the disk, also where the form has gone meanwhile.
    pub fn run_form(
        self,
        doc: DocId,
        seen: Heads,
        edit: Edit,
        reason: Option<String>,
        saved: impl FnOnce() + 'static,
        done: impl FnOnce(Edited) + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.problem.set(None);
        let going = self.session.begin_write();
        spawn_local(async move {
            let _going = going;
            let answer = submit(self.client, doc, seen, edit, reason).await;
            if answer.is_ok() {
                saved();
            }
            // The screen may have gone while the disk was written.
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(edited) => done(edited),
                Err(problem) => self.problem.set(Some(problem.message)),
            }
        });
    }
}

/// Why an edit was refused.
#[component]
pub fn ActProblem(
    /// Whose.
    act: Act,
) -> impl IntoView {
    view! {
        <Show when=move || act.problem.get().is_some()>
            <p class="act-problem" role="alert">{move || act.problem.get()}</p>
        </Show>
    }
}
