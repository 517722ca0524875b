//! Below a cell: how a figure is meant that can be read in two ways, or can hardly be meant.

use leptos::{html, prelude::*};
use terms::{
    Decimal,
    reading::{self, Expected, Reading, Way},
};

use super::{cell::Typed, grid::Column, spot::Spot};
use crate::{catalogue::words, field::Editor};

/// What a cell asks and what it was answered. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Asking {
    asked: RwSignal<Option<Asked>>,
    /// What the text that was asked about last means, and so the figure as it is written then.
    answers: StoredValue<Vec<(String, Decimal)>>,
    /// A text that was pasted and not taken, and why: it is not read anew in its cell, where it
    /// might mean something else than in its block.
    held: StoredValue<Option<(String, Typed)>>,
}

/// A text that only the person can read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What was typed.
    pub text: String,
    /// What it may mean.
    pub ways: Vec<(Way, Decimal)>,
}

impl Asking {
    /// Nothing asked.
    pub fn new() -> Self {
        Self {
            asked: RwSignal::new(None),
            answers: StoredValue::new(Vec::new()),
            held: StoredValue::new(None),
        }
    }

    /// What became of a text in a pasted block.
    pub fn hold(self, text: &str, typed: Typed) {
        self.held.set_value(Some((text.trim().to_owned(), typed)));
    }

    /// The person types: what was pasted is done with.
    pub fn release(self) {
        self.held.set_value(None);
    }

    /// What became of a text in its block, where nobody has answered since.
    pub fn held(self, text: &str) -> Option<Typed> {
        let text = text.trim();
        if self.answered(text).is_some() {
            return None;
        }
        let held = self.held.try_get_value().flatten();
        held.filter(|(held, _)| held == text)
            .map(|(_, typed)| typed)
    }

    /// Reads a text; what was answered is not asked again.
    pub fn read(self, text: &str, expected: &Expected) -> Reading {
        match self.answered(text) {
            Some(value) => Reading::Figure(value),
            None => reading::read(text, expected),
        }
    }

    /// What came of a text.
    pub fn heard(self, text: &str, typed: &Typed) {
        let asked = match typed {
            Typed::Asked(ways) => Some(Asked {
                text: text.trim().to_owned(),
                ways: ways.clone(),
            }),
            Typed::Written(_) | Typed::Refused(_) => None,
        };
        // The screen may have gone while something stood typed.
        self.asked.try_set(asked);
    }

    /// What is asked now.
    pub fn asked(self) -> Option<Asked> {
        self.asked.get()
    }

    fn answered(self, text: &str) -> Option<Decimal> {
        let answers = self.answers.try_get_value()?;
        let mut answers = answers.into_iter();
        answers.find_map(|(answered, value)| (answered == text).then_some(value))
    }

    /// The person chose. The figure as it is written from then on, which is not asked about either.
    fn answer(self, value: Decimal) -> String {
        let written = value.format_vi();
        let asked = self.asked.get_untracked().map(|asked| asked.text);
        let texts = asked.into_iter().chain([written.clone()]);
        self.answers
            .set_value(texts.map(|text| (text, value)).collect());
        written
    }
}

impl Default for Asking {
    fn default() -> Self {
        Self::new()
    }
}

/// The question, with its readings as buttons and the last figures beside.
#[component]
pub fn Question(
    /// Which cells.
    spot: Spot,
    /// Which column.
    column: Column,
    /// What is asked.
    asking: Asking,
    /// The cell's field.
    editor: Editor,
    /// Its element.
    node: NodeRef<html::Input>,
) -> impl IntoView {
    let texts = words().paste;
    let expected = spot.expected(column).unwrap_or_default();
    let goal = spot.row.with_untracked(|row| row.goal_text.clone());
    let beside = (texts.beside)(&expected.last, &goal);
    let choose = move |value: Decimal| {
        let written = asking.answer(value);
        if let Some(input) = node.get_untracked() {
            let _ = input.focus();
            input.set_value(&written);
        }
        editor.input(written);
        editor.commit();
    };
    let button = move |value: Decimal, others: usize| {
        view! {
            <button
                type="button"
                class="chip"
                data-act="read-as"
                data-value=value.to_string()
                on:click=move |_| choose(value)
            >
                {(texts.means)(value, others > 1)}
            </button>
        }
    };
    let buttons = move || {
        let ways = asking.asked().map(|asked| asked.ways).unwrap_or_default();
        let count = ways.len();
        ways.into_iter()
            .map(|(_, value)| button(value, count))
            .collect_view()
    };
    let line = move || {
        asking
            .asked()
            .map(|asked| (texts.question)(&asked.text, asked.ways.len() > 1))
    };
    let leave = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            editor.restore();
            if let Some(input) = node.get_untracked() {
                let _ = input.focus();
            }
        }
    };
    view! {
        <div class="figure-question" role="group" data-question="" on:keydown=leave>
            <p role="status">{line}</p>
            <div class="figure-ways">
                {buttons}
                <button type="button" class="link" on:click=move |_| editor.restore()>
                    {words().field.drop_draft}
                </button>
            </div>
            <p class="mute small">{beside}</p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_answered_is_not_asked_again() {
        let owner = Owner::new();
        owner.with(|| {
            let asking = Asking::new();
            let goal = vec![Decimal::from(33_500)];
            let known = Expected {
                goal,
                ..Expected::default()
            };
            let Reading::Asked(ways) = asking.read("33,500", &known) else {
                panic!("taken unasked")
            };
            let english = ways[1].1;
            asking.heard("33,500", &Typed::Asked(ways));
            asking.answer(english);
            assert_eq!(asking.read("33,500", &known), Reading::Figure(english));
            let written = english.format_vi();
            assert_eq!(asking.read(&written, &known), Reading::Figure(english));
            assert_eq!(
                asking.read("33,501", &known),
                reading::read("33,501", &known),
                "another text is another question"
            );
        });
    }
}
