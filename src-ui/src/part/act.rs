//! A button that makes an edit: busy until the disk has it, and beside it why it was refused.

use ipc::Edited;
use leptos::{prelude::*, task::spawn_local};
use terms::{DocId, Edit, Heads};

use crate::{
    field::submit,
    transport::{Door, use_door},
};

/// What a button, or a form's buttons, do. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Act {
    door: Door,
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
            door: use_door(),
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
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.problem.set(None);
        spawn_local(async move {
            let answer = submit(self.door, doc, seen, edit, reason).await;
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
