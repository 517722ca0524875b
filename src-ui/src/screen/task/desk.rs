//! What the fields of one part share: where they stand, whose they are, what they write.

use ipc::History;
use leptos::prelude::*;
use terms::{EnrolmentId, Period, TaskId, rows::PartRow};

use super::field::period_of;
use crate::{
    field::At,
    part::HistoryToggle,
    session::{Session, use_session},
};

/// The desk at which one part is written. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Desk {
    /// Who writes.
    pub session: Session,
    /// The part.
    pub part: Memo<PartRow>,
    task: StoredValue<TaskId>,
    /// Goes with each edit where one writes for others.
    pub reason: Signal<Option<String>>,
    /// Whether the person may write it.
    pub writable: Signal<bool>,
}

impl Desk {
    /// A desk for one part.
    pub fn new(part: Memo<PartRow>, task: TaskId, reason: Signal<Option<String>>) -> Self {
        Self {
            session: use_session(),
            part,
            task: StoredValue::new(task),
            reason,
            writable: Signal::derive(move || part.with(|part| part.writable)),
        }
    }

    /// Where a field of the part stands.
    pub fn at(self, path: fn(&PartRow) -> &str) -> Signal<At> {
        Signal::derive(move || {
            self.part.with(|part| At {
                doc: part.doc.clone(),
                path: path(part).to_owned(),
                heads: part.heads.clone(),
            })
        })
    }

    /// An id for a field's element.
    pub fn id(self, name: &str) -> String {
        self.part
            .with_untracked(|part| format!("part-{}-{name}", part.agency.id))
    }

    /// The task and the period that an edit is about. The card is made anew for another period.
    pub fn about(self) -> (TaskId, Period) {
        let period = self
            .part
            .with_untracked(|part| period_of(&part.narrative.path));
        let here = self.session.period();
        (
            self.task.get_value(),
            period.unwrap_or_else(|| here.get_untracked()),
        )
    }

    /// The person at this window.
    pub fn me(self) -> Option<EnrolmentId> {
        self.session.with(|me| me.enrolment.clone())
    }
}

/// The history of one field.
#[component]
pub fn FieldHistory(
    /// The field.
    at: Signal<At>,
    /// What the field is called.
    what: &'static str,
) -> impl IntoView {
    let of = Memo::new(move |_| {
        at.with(|at| History::Field {
            doc: at.doc.clone(),
            path: at.path.clone(),
        })
    });
    let heads = Memo::new(move |_| at.with(|at| at.heads.clone()));
    view! { <HistoryToggle what=what.to_owned() of heads /> }
}
