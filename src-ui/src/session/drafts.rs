//! Drafts as this window knows them: plain state, no window.
//!
//! The disk keeps them and the view of drafts tells what it keeps. What was typed here since is
//! newer than what the view says, and is sent to the disk one after the other: two messages to the
//! shell may overtake each other.

use std::collections::{HashMap, HashSet};

use terms::{DocId, Heads, rows::Draft};

/// Which field of which document.
pub type Place = (DocId, String);

/// What the field showed when typing began, and what is typed.
pub type Typed = (Heads, String);

/// What is kept of a place; none where nothing is typed.
pub(super) type Kept = Option<Typed>;

/// The drafts.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    /// As the view said last.
    told: HashMap<Place, Typed>,
    /// As typed here, or let go here.
    here: HashMap<Place, Kept>,
    /// As last handed to the disk.
    handed: HashMap<Place, Kept>,
    /// To be handed to the disk.
    waiting: HashMap<Place, Kept>,
    /// Places of which something is on its way.
    sending: HashSet<Place>,
}

impl Drafts {
    /// What the disk keeps.
    pub(super) fn told(&mut self, drafts: Vec<Draft>) {
        let place = |draft: Draft| ((draft.doc, draft.path), (draft.seen, draft.text));
        self.told = drafts.into_iter().map(place).collect();
    }

    /// What is typed in a field and not an edit yet.
    pub(super) fn of(&self, place: &Place) -> Option<&Typed> {
        match self.here.get(place) {
            Some(typed) => typed.as_ref(),
            None => self.told.get(place),
        }
    }

    /// Notes what is on its way to become an edit: not for the disk before it is refused.
    pub(super) fn note(&mut self, place: Place, typed: Typed) {
        self.here.insert(place, Some(typed));
    }

    /// Keeps what is typed; `None` lets it go. Whether somebody has to begin to send what
    /// [`next`](Self::next) says.
    pub(super) fn keep(&mut self, place: Place, typed: Kept) -> bool {
        self.here.insert(place.clone(), typed.clone());
        let on_disk = match self.handed.get(&place) {
            Some(handed) => handed.as_ref(),
            None => self.told.get(&place),
        };
        if on_disk == typed.as_ref() {
            self.waiting.remove(&place);
            return false;
        }
        self.waiting.insert(place.clone(), typed);
        self.sending.insert(place)
    }

    /// What is to be sent next of a place; none when all was, and then nobody sends any more.
    pub(super) fn next(&mut self, place: &Place) -> Option<Kept> {
        let Some(typed) = self.waiting.remove(place) else {
            self.sending.remove(place);
            return None;
        };
        self.handed.insert(place.clone(), typed.clone());
        Some(typed)
    }

    /// What was handed to the disk is not there: whoever keeps it again sends it again.
    pub(super) fn failed(&mut self, place: &Place) {
        self.handed.remove(place);
        if self.waiting.contains_key(place) {
            return;
        }
        self.sending.remove(place);
    }

    /// What was sent as an edit was answered. What was typed since is newer and stays as it is;
    /// else it is a draft if it was refused, and none if it was saved. What is to be
    /// [kept](Self::keep), if anything.
    pub(super) fn answered(&self, place: &Place, sent: &Typed, saved: bool) -> Option<Kept> {
        let newest = self.of(place).is_none_or(|typed| typed == sent);
        newest.then(|| (!saved).then(|| sent.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> Place {
        ("agency/2019/so-y-te".parse().unwrap(), "p".to_owned())
    }

    fn typed(text: &str) -> Typed {
        (Heads::default(), text.to_owned())
    }

    fn on_disk(text: &str) -> Draft {
        let (doc, path) = place();
        Draft {
            doc,
            path,
            seen: Heads::default(),
            text: text.to_owned(),
            since: terms::Timestamp(0),
        }
    }

    #[test]
    fn what_was_typed_here_is_newer_than_what_the_view_says() {
        let mut drafts = Drafts::default();
        drafts.told(vec![on_disk("a")]);
        assert_eq!(drafts.of(&place()), Some(&typed("a")));
        assert!(drafts.keep(place(), Some(typed("ab"))));
        drafts.told(vec![on_disk("a")]);
        assert_eq!(drafts.of(&place()), Some(&typed("ab")));
        // A field that is mounted again finds it, as often as it is.
        assert_eq!(drafts.of(&place()), Some(&typed("ab")));
        assert!(!drafts.keep(place(), None), "somebody sends already");
        assert_eq!(drafts.of(&place()), None);
    }

    #[test]
    fn a_place_is_sent_by_one_and_in_order() {
        let mut drafts = Drafts::default();
        assert!(drafts.keep(place(), Some(typed("a"))));
        assert_eq!(drafts.next(&place()), Some(Some(typed("a"))));
        assert!(!drafts.keep(place(), Some(typed("ab"))));
        assert!(!drafts.keep(place(), Some(typed("abc"))));
        assert_eq!(drafts.next(&place()), Some(Some(typed("abc"))));
        assert_eq!(drafts.next(&place()), None);
        assert!(!drafts.keep(place(), Some(typed("abc"))), "it is there");
        assert!(drafts.keep(place(), None));
    }

    #[test]
    fn what_the_disk_did_not_take_is_sent_again() {
        let mut drafts = Drafts::default();
        assert!(drafts.keep(place(), Some(typed("a"))));
        assert_eq!(drafts.next(&place()), Some(Some(typed("a"))));
        drafts.failed(&place());
        assert_eq!(drafts.of(&place()), Some(&typed("a")), "it is still here");
        assert!(drafts.keep(place(), Some(typed("a"))), "on leaving, say");
        assert_eq!(drafts.next(&place()), Some(Some(typed("a"))));
        // Typed on meanwhile: whoever sends goes on.
        assert!(!drafts.keep(place(), Some(typed("ab"))));
        drafts.failed(&place());
        assert_eq!(drafts.next(&place()), Some(Some(typed("ab"))));
    }

    #[test]
    fn nothing_is_written_where_nothing_was_kept() {
        let mut drafts = Drafts::default();
        drafts.note(place(), typed("quick"));
        assert!(!drafts.keep(place(), None));
    }

    #[test]
    fn a_refused_edit_is_a_draft_unless_something_newer_is_typed() {
        let mut drafts = Drafts::default();
        drafts.note(place(), typed("a"));
        assert_eq!(drafts.answered(&place(), &typed("a"), true), Some(None));
        let kept = Some(Some(typed("a")));
        assert_eq!(drafts.answered(&place(), &typed("a"), false), kept);
        drafts.note(place(), typed("ab"));
        assert_eq!(drafts.answered(&place(), &typed("a"), false), None);
        assert_eq!(drafts.answered(&place(), &typed("a"), true), None);
    }
}
