//! What is typed in the form of something new: a draft like that of a field, kept until the form
//! was saved or its words were let go.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use terms::{Heads, rows::PARTS};

use crate::{
    catalogue::words,
    session::{Place, Session, use_session},
};

/// A draft is kept so long after the first key of a burst.
const DRAFT_AFTER: Duration = Duration::from_millis(250);

/// The draft of a form. Cheap to copy; belongs to the form.
#[derive(Clone, Copy)]
pub struct FormDraft {
    session: Session,
    place: StoredValue<Place>,
    seen: StoredValue<Heads>,
    parts: StoredValue<Vec<String>>,
    timer: StoredValue<Option<TimeoutHandle>, LocalStorage>,
    found: RwSignal<bool>,
}

impl FormDraft {
    /// The draft of a form of so many parts, with what was typed in it before. `gone` is called
    /// when it is let go from elsewhere.
    pub fn new(place: Place, seen: Heads, parts: usize, gone: impl Fn() + 'static) -> Self {
        let session = use_session();
        let before = session.draft(&place);
        let found = before.is_some();
        let text = before.map(|(_, text)| text).unwrap_or_default();
        let draft = Self {
            session,
            place: StoredValue::new(place.clone()),
            seen: StoredValue::new(seen),
            parts: StoredValue::new(split(&text, parts)),
            timer: StoredValue::new_local(None),
            found: RwSignal::new(found),
        };
        Effect::new(move |before: Option<u64>| {
            let (discards, this_one) = session.discarded(&place);
            if this_one && before.is_some_and(|before| before != discards) {
                draft.clear();
                gone();
            }
            discards
        });
        on_cleanup(move || draft.keep());
        draft
    }

    /// What a part of the form begins with.
    pub fn part(self, part: usize) -> String {
        self.parts
            .with_value(|parts| parts.get(part).cloned().unwrap_or_default())
    }

    /// Whether the form began with something typed before.
    pub fn found(self) -> ReadSignal<bool> {
        self.found.read_only()
    }

    /// The person typed in a part.
    pub fn typed(self, part: usize, text: String) {
        self.parts.update_value(|parts| {
            if let Some(part) = parts.get_mut(part) {
                *part = text;
            }
        });
        if self.timer.with_value(Option::is_none) {
            let timer = set_timeout_with_handle(move || self.keep(), DRAFT_AFTER).ok();
            self.timer.set_value(timer);
        }
    }

    /// What was typed has become an edit, or is not wanted. What this returns can be called when
    /// the form has gone.
    pub fn done(self) -> impl FnOnce() + 'static {
        let (session, place) = (self.session, self.place.get_value());
        move || {
            self.parts.try_update_value(|parts| clear(parts));
            session.keep_draft(place, None);
        }
    }

    fn clear(self) {
        self.parts.update_value(|parts| clear(parts));
        self.found.set(false);
    }

    fn keep(self) {
        let timer = self.timer.try_update_value(Option::take).flatten();
        if let Some(timer) = timer {
            timer.clear();
        }
        let Some(text) = self.parts.try_with_value(|parts| join(parts)) else {
            return;
        };
        let typed = text.map(|text| (self.seen.get_value(), text));
        self.session.keep_draft(self.place.get_value(), typed);
    }
}

/// What stands in a form that began with something typed before: that it is not saved, and what
/// lets it go.
#[component]
pub fn FormNote(
    /// The form's draft.
    draft: FormDraft,
    /// Closes the form.
    close: Callback<()>,
) -> impl IntoView {
    let texts = words().field;
    let found = draft.found();
    view! {
        <Show when=move || found.get()>
            <p class="field-note" role="status">
                {texts.kept_draft}
                <button
                    type="button"
                    class="link"
                    data-act="drop-draft"
                    on:click=move |_| {
                        draft.done()();
                        close.run(());
                    }
                >
                    {texts.drop_draft}
                </button>
            </p>
        </Show>
    }
}

fn clear(parts: &mut [String]) {
    parts.iter_mut().for_each(String::clear);
}

/// The parts in one text; none where nothing is typed in any.
fn join(parts: &[String]) -> Option<String> {
    let blank = parts.iter().all(|part| part.trim().is_empty());
    (!blank).then(|| parts.join(&PARTS.to_string()))
}

fn split(text: &str, count: usize) -> Vec<String> {
    let mut parts: Vec<String> = text.splitn(count, PARTS).map(str::to_owned).collect();
    parts.resize(count, String::new());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_form_come_back_as_they_were_typed() {
        let parts = ["Thiếu vốn\nđợt hai", "", "so-tai-chinh"].map(str::to_owned);
        let text = join(&parts).unwrap();
        assert_eq!(split(&text, 3), parts);
        assert_eq!(split("", 2), ["", ""]);
        assert_eq!(split("một phần", 2), ["một phần", ""]);
        assert_eq!(join(&[" ".into(), "\n".into()]), None, "nothing to keep");
    }
}
