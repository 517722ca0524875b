//! Carries out what a field decides: drafts, edits, what stands in the element.

use std::{future::Future, time::Duration};

use ipc::{Edited, Problem, Submit};
use leptos::{
    leptos_dom::helpers::TimeoutHandle,
    prelude::{
        Effect, Get, GetUntracked, GetValue, LocalStorage, ReadSignal, RwSignal, Set, SetValue,
        Signal, StoredValue, UpdateValue, With, WithValue, on_cleanup, request_animation_frame,
        set_timeout_with_handle,
    },
    task::spawn_local,
};
use terms::{DocId, Edit, EditRequest, Heads};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

use super::editing::{Editing, FieldText};
use crate::{
    session::{Place, Session, Typed, use_session},
    transport::{Client, fresh_number, use_client},
};

/// A draft is kept so long after the first key of a burst.
const DRAFT_AFTER: Duration = Duration::from_millis(250);

/// Which field of which document, and what the view has seen of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At {
    /// The document.
    pub doc: DocId,
    /// The field.
    pub path: String,
    /// The document's heads as the view shows it.
    pub heads: Heads,
}

impl At {
    /// Which field of which document, whatever has been seen of it.
    pub fn address(&self) -> Place {
        (self.doc.clone(), self.path.clone())
    }
}

/// How a field stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditorState {
    /// It shows what the view says.
    Still,
    /// Something is typed.
    Typing,
    /// What was typed before the app last ended stands in it.
    KeptDraft,
    /// On its way to the disk.
    Saving,
    /// Refused, with the reason; what was typed stays.
    Problem(String),
}

type MakeEdit = Box<dyn Fn(&str) -> Result<Edit, String>>;

/// One field at work. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Editor {
    client: Client,
    session: Session,
    at: Signal<At>,
    editing: StoredValue<Editing, LocalStorage>,
    make: StoredValue<MakeEdit, LocalStorage>,
    reason: Signal<Option<String>>,
    element: StoredValue<Option<Element>, LocalStorage>,
    timer: StoredValue<Option<TimeoutHandle>>,
    state: RwSignal<EditorState>,
    offered: RwSignal<Option<String>>,
}

impl Editor {
    /// A field that stands `at`, shows `shown` as a person reads it, and makes an edit (or says
    /// why not) of what is typed. `reason` goes with the edit where one writes for others.
    pub fn new(
        at: Signal<At>,
        shown: Signal<String>,
        make: impl Fn(&str) -> Result<Edit, String> + 'static,
        reason: Signal<Option<String>>,
    ) -> Self {
        let here = at.get_untracked();
        let session = use_session();
        let place = here.address();
        let draft = session.draft(&place);
        let state = if draft.is_some() {
            EditorState::KeptDraft
        } else {
            EditorState::Still
        };
        let draft = draft.map(|(heads, text)| FieldText { text, heads });
        let start = FieldText {
            text: shown.get_untracked(),
            heads: here.heads,
        };
        let editor = Self {
            client: use_client(),
            session,
            at,
            editing: StoredValue::new_local(Editing::new(start, draft)),
            make: StoredValue::new_local(Box::new(make)),
            reason,
            element: StoredValue::new_local(None),
            timer: StoredValue::new(None),
            state: RwSignal::new(state),
            offered: RwSignal::new(None),
        };
        Effect::new(move |before: Option<u64>| {
            let shown = FieldText {
                text: shown.get(),
                heads: at.get().heads,
            };
            let (discards, this_one) = session.discarded(&place);
            if this_one && before.is_some_and(|before| before != discards) {
                editor.restore();
            }
            editor.arrived(shown);
            discards
        });
        on_cleanup(move || editor.leave_for_good());
        editor
    }

    /// How it stands.
    pub fn state(&self) -> ReadSignal<EditorState> {
        self.state.read_only()
    }

    /// Where it stands, as one word: `agency/2019/so-y-te#progress/nv-1/2019-q3/percent`.
    pub fn address(&self) -> Signal<String> {
        let at = self.at;
        Signal::derive(move || at.with(|at| format!("{}#{}", at.doc, at.path)))
    }

    /// What somebody else wrote while the person is in the field.
    pub fn offered(&self) -> ReadSignal<Option<String>> {
        self.offered.read_only()
    }

    /// The element is there: an `<input>`, `<textarea>` or `<select>`.
    pub fn attach(&self, element: &impl AsRef<Element>) {
        self.element.set_value(Some(element.as_ref().clone()));
        self.paint();
        // Its height can be known only when it stands in the page.
        if let Some(area) = element.as_ref().dyn_ref::<HtmlTextAreaElement>().cloned() {
            request_animation_frame(move || grow(&area));
        }
    }

    /// The focus has come.
    pub fn focus(&self) {
        self.editing.update_value(Editing::focus);
        self.refresh();
    }

    /// The person typed `text`.
    pub fn input(&self, text: String) {
        self.editing.update_value(|editing| editing.input(text));
        let dirty = self.editing.with_value(Editing::dirty);
        self.state.set(if dirty {
            EditorState::Typing
        } else {
            EditorState::Still
        });
        self.refresh();
        if self.timer.with_value(Option::is_none) {
            let this = *self;
            let timer = set_timeout_with_handle(move || this.keep_draft(), DRAFT_AFTER).ok();
            self.timer.set_value(timer);
        }
    }

    /// Enter: commits what is typed and stays.
    pub fn commit(&self) {
        let mut commit = None;
        self.editing
            .update_value(|editing| commit = editing.commit());
        if let Some(shown) = commit {
            self.submit(shown);
        }
    }

    /// The focus has gone: commits what is typed.
    pub fn leave(&self) {
        let mut commit = None;
        self.editing
            .update_value(|editing| commit = editing.leave());
        match commit {
            Some(shown) => self.submit(shown),
            None => self.paint_if_changed(),
        }
        self.refresh();
    }

    /// Escape, or «take theirs»: lets what is typed go.
    pub fn restore(&self) {
        self.editing.update_value(Editing::restore);
        self.stop_timer();
        self.session.keep_draft(self.place_now(), None);
        self.state.set(EditorState::Still);
        self.paint();
        self.refresh();
    }

    fn arrived(&self, shown: FieldText) {
        let mut repaint = false;
        self.editing
            .update_value(|editing| repaint = editing.arrived(shown));
        if repaint {
            self.paint();
        }
        self.refresh();
    }

    fn refresh(&self) {
        let offered = self
            .editing
            .with_value(|editing| editing.offered().map(str::to_owned));
        if self.offered.get_untracked() != offered {
            self.offered.set(offered);
        }
    }

    fn paint(&self) {
        let text = self.editing.with_value(|editing| editing.text().to_owned());
        self.element.with_value(|element| {
            if let Some(element) = element {
                set_value(element, &text);
            }
        });
    }

    fn submit(&self, shown: FieldText) {
        self.stop_timer();
        let place = self.place_now();
        let edit = match self.make.with_value(|make| make(&shown.text)) {
            Ok(edit) => edit,
            Err(problem) => {
                self.session.keep_draft(place, Some(typed(&shown)));
                return self.refused(&shown.text, problem);
            }
        };
        self.state.set(EditorState::Saving);
        let answer = self.send(place, edit, &shown);
        let this = *self;
        spawn_local(async move {
            let answer = answer.await;
            // The screen may have gone while the disk was written.
            if this.state.try_get_untracked().is_none() {
                return;
            }
            match answer {
                Ok(edited) => this.committed(&shown.text, edited.heads),
                Err(problem) => this.refused(&shown.text, problem.message),
            }
        });
    }

    /// Sends an edit. It is a draft if it is refused, whether the field is still there or not.
    fn send(
        &self,
        place: Place,
        edit: Edit,
        shown: &FieldText,
    ) -> impl Future<Output = Result<Edited, Problem>> + use<> {
        let (client, session, sent) = (self.client, self.session, typed(shown));
        session.note_sent(place.clone(), sent.clone());
        let request = self.request(edit, shown.heads.clone());
        let going = session.begin_write();
        async move {
            let _going = going;
            let answer = client.call(Submit { request }).await;
            session.note_answer(place, &sent, answer.is_ok());
            answer
        }
    }

    /// What was typed stays typed, with the reason beside it.
    fn refused(&self, text: &str, problem: String) {
        self.editing.update_value(|editing| editing.refused(text));
        self.state.set(EditorState::Problem(problem));
    }

    fn request(&self, edit: Edit, seen: Heads) -> EditRequest {
        EditRequest {
            doc: self.at.get_untracked().doc,
            seen,
            number: fresh_number(),
            reason: self.reason.get_untracked(),
            edit,
        }
    }

    fn committed(&self, text: &str, heads: Heads) {
        self.editing
            .update_value(|editing| editing.committed(text, heads));
        if self.editing.with_value(Editing::dirty) {
            self.keep_draft();
            self.state.set(EditorState::Typing);
        } else {
            self.state.set(EditorState::Still);
            self.paint_if_changed();
        }
        self.refresh();
    }

    /// Writes the element only where it shows something else: writing moves the cursor.
    fn paint_if_changed(&self) {
        let text = self.editing.with_value(|editing| editing.text().to_owned());
        let same = self
            .element
            .with_value(|e| e.as_ref().is_none_or(|e| value(e) == text));
        if !same {
            self.paint();
        }
    }

    fn keep_draft(&self) {
        self.timer.try_update_value(|timer| *timer = None);
        let Some(shown) = self.editing.try_with_value(Editing::typed) else {
            return;
        };
        let typed = shown.as_ref().map(typed);
        self.session.keep_draft(self.place_now(), typed);
    }

    fn place_now(&self) -> Place {
        self.at.get_untracked().address()
    }

    fn stop_timer(&self) {
        self.timer.update_value(|timer| {
            if let Some(timer) = timer.take() {
                timer.clear();
            }
        });
    }

    /// The screen goes: what is typed is committed, and if it is refused it stays as a draft.
    fn leave_for_good(&self) {
        if let Some(Some(timer)) = self.timer.try_get_value() {
            timer.clear();
        }
        // What stands here since last time and was not touched stays what it is.
        if self.state.try_get_untracked() == Some(EditorState::KeptDraft) {
            return;
        }
        let mut commit = None;
        self.editing
            .try_update_value(|editing| commit = editing.commit());
        let Some(shown) = commit else { return };
        let place = self.place_now();
        match self.make.try_with_value(|make| make(&shown.text)) {
            Some(Ok(edit)) => {
                let answer = self.send(place, edit, &shown);
                spawn_local(async move {
                    let _ = answer.await;
                });
            }
            Some(Err(_)) | None => self.session.keep_draft(place, Some(typed(&shown))),
        }
    }
}

fn typed(shown: &FieldText) -> Typed {
    (shown.heads.clone(), shown.text.clone())
}

fn value(element: &Element) -> String {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        input.value()
    } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        area.value()
    } else if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
        select.value()
    } else {
        String::new()
    }
}

fn set_value(element: &Element, text: &str) {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        input.set_value(text);
    } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        area.set_value(text);
        grow(area);
    } else if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
        select.set_value(text);
    }
}

/// A text area is as high as its text.
pub(super) fn grow(area: &HtmlTextAreaElement) {
    let style = area.unchecked_ref::<HtmlElement>().style();
    let _ = style.set_property("height", "auto");
    let _ = style.set_property("height", &format!("{}px", area.scroll_height() + 2));
}
