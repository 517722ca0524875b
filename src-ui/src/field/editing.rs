//! What happens in one field from the moment the focus comes: plain state, no window.

use terms::Heads;

/// A field's text, and the heads of the document in which it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct FieldText {
    pub(super) text: String,
    pub(super) heads: Heads,
}

/// One field.
#[derive(Debug, Clone, Default)]
pub(super) struct Editing {
    /// What the view says now.
    latest: FieldText,
    /// What the field showed when the person began: the edit is made against it.
    base: FieldText,
    /// What is typed and not committed.
    typed: Option<String>,
    /// What was sent and not answered yet.
    sent: Option<String>,
    focused: bool,
}

impl Editing {
    /// A field that shows `shown`, with what was typed before the app last ended.
    pub(super) fn new(shown: FieldText, draft: Option<FieldText>) -> Self {
        match draft {
            Some(draft) => Self {
                latest: shown.clone(),
                base: FieldText {
                    heads: draft.heads,
                    ..shown
                },
                typed: Some(draft.text),
                ..Self::default()
            },
            None => Self {
                latest: shown.clone(),
                base: shown,
                ..Self::default()
            },
        }
    }

    /// What stands in the field.
    pub(super) fn text(&self) -> &str {
        self.typed.as_deref().unwrap_or(&self.base.text)
    }

    /// Whether something is typed that is not committed.
    pub(super) fn dirty(&self) -> bool {
        self.typed.is_some()
    }

    /// The view says something new. Whether the field is to be painted anew: never while the
    /// person is in it or has something typed.
    pub(super) fn arrived(&mut self, shown: FieldText) -> bool {
        self.latest = shown;
        if self.focused || self.dirty() {
            return false;
        }
        let repaint = self.base.text != self.latest.text;
        self.base = self.latest.clone();
        repaint
    }

    /// What somebody else wrote meanwhile, to be offered beside the field.
    pub(super) fn offered(&self) -> Option<&str> {
        let theirs = &self.latest.text;
        (*theirs != self.base.text && theirs != self.text()).then_some(theirs)
    }

    /// The focus has come.
    pub(super) fn focus(&mut self) {
        self.focused = true;
        if !self.dirty() {
            self.base = self.latest.clone();
        }
    }

    /// The person typed.
    pub(super) fn input(&mut self, text: String) {
        self.typed = (text != self.base.text).then_some(text);
    }

    /// What is typed and not committed, and against what.
    pub(super) fn typed(&self) -> Option<FieldText> {
        let text = self.typed.clone()?;
        Some(FieldText {
            text,
            heads: self.base.heads.clone(),
        })
    }

    /// Enter, or the screen goes: what is to be committed, if anything. What is on its way already
    /// is not sent twice.
    pub(super) fn commit(&mut self) -> Option<FieldText> {
        let shown = self.typed()?;
        if self.sent.as_ref() == Some(&shown.text) {
            return None;
        }
        self.sent = Some(shown.text.clone());
        Some(shown)
    }

    /// What was to be committed was refused: it stays typed, and can be sent again.
    pub(super) fn refused(&mut self, text: &str) {
        if self.sent.as_deref() == Some(text) {
            self.sent = None;
        }
    }

    /// The focus has gone: what is to be committed, if anything; otherwise the field shows what
    /// arrived meanwhile.
    pub(super) fn leave(&mut self) -> Option<FieldText> {
        self.focused = false;
        let commit = self.commit();
        if !self.dirty() {
            self.base = self.latest.clone();
        }
        commit
    }

    /// Escape, or «take theirs»: the field shows what the view says.
    pub(super) fn restore(&mut self) {
        self.typed = None;
        self.sent = None;
        self.base = self.latest.clone();
    }

    /// `text` is on the disk, and the document's heads with it are `heads`. What was typed since
    /// stays typed.
    pub(super) fn committed(&mut self, text: &str, heads: Heads) {
        self.refused(text);
        let now = FieldText {
            text: text.to_owned(),
            heads,
        };
        if self.latest.text == self.base.text {
            self.latest = now.clone();
        }
        self.base = now;
        if self.typed.as_deref() == Some(text) {
            self.typed = None;
            if !self.focused {
                self.base = self.latest.clone();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use terms::ChangeId;

    use super::*;

    fn at(text: &str, head: u8) -> FieldText {
        FieldText {
            text: text.into(),
            heads: Heads::new(vec![ChangeId([head; 32])]),
        }
    }

    #[test]
    fn the_edit_is_made_against_what_was_seen_when_the_focus_came() {
        let mut field = Editing::new(at("một", 1), None);
        assert!(field.arrived(at("hai", 2)));
        field.focus();
        field.input("hai rưỡi".into());
        assert!(
            !field.arrived(at("ba", 3)),
            "never rewritten under the cursor"
        );
        assert_eq!(field.text(), "hai rưỡi");
        assert_eq!(field.offered(), Some("ba"));
        assert_eq!(field.leave(), Some(at("hai rưỡi", 2)));
    }

    #[test]
    fn a_field_only_looked_at_writes_nothing_and_catches_up() {
        let mut field = Editing::new(at("một", 1), None);
        field.focus();
        assert!(!field.arrived(at("hai", 2)));
        field.input("một ".into());
        field.input("một".into());
        assert_eq!(field.leave(), None);
        assert_eq!(field.text(), "hai");
        assert_eq!(field.offered(), None);
    }

    #[test]
    fn escape_restores_what_the_view_says() {
        let mut field = Editing::new(at("một", 1), None);
        field.focus();
        field.input("x".into());
        field.arrived(at("hai", 2));
        field.restore();
        assert_eq!((field.text(), field.dirty()), ("hai", false));
    }

    #[test]
    fn what_was_refused_stays_typed() {
        let mut field = Editing::new(at("1", 1), None);
        field.focus();
        field.input("12a".into());
        assert!(field.leave().is_some());
        assert!(!field.arrived(at("2", 2)));
        assert_eq!(field.commit(), None, "it is on its way");
        field.refused("12a");
        field.focus();
        assert_eq!(field.text(), "12a");
        assert_eq!(field.commit(), Some(at("12a", 1)), "tried again");
        field.refused("12a");
        field.input("12".into());
        assert_eq!(
            field.leave(),
            Some(at("12", 1)),
            "still against what was first seen"
        );
    }

    #[test]
    fn a_committed_text_is_the_next_base() {
        let mut field = Editing::new(at("a", 1), None);
        field.focus();
        field.input("ab".into());
        let Some(sent) = field.commit() else {
            panic!("typed")
        };
        assert_eq!(field.leave(), None, "Enter, and out: sent once");
        field.focus();
        field.input("abc".into());
        field.committed(&sent.text, at("", 2).heads);
        assert_eq!((field.text(), field.offered()), ("abc", None));
        assert_eq!(field.leave(), Some(at("abc", 2)));
        field.committed("abc", at("", 3).heads);
        assert!(!field.dirty());
        assert!(
            field.arrived(at("abc, x", 4)),
            "merged with another's sentence"
        );
        assert_eq!(field.text(), "abc, x");
    }

    #[test]
    fn a_draft_of_last_time_stands_in_the_field() {
        let mut field = Editing::new(at("mới", 5), Some(at("dở", 2)));
        assert_eq!(field.text(), "dở");
        field.focus();
        assert_eq!(field.leave(), Some(at("dở", 2)));
    }
}
