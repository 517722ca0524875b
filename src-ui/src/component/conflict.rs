//! Several values that stand against each other: all of them with who and when, and a choice.

use leptos::prelude::*;
use terms::{
    Edit, EnrolmentId, Timestamp,
    rows::{Authored, Register},
};

use super::{Act, ActProblem, focus_element};
use crate::{catalogue::words, field::At};

/// One of the values.
#[derive(Debug, Clone, PartialEq)]
pub struct Rival {
    /// As a person reads it.
    pub text: String,
    /// As a document holds it; empty where it was cleared.
    pub code: String,
    /// Who set it.
    pub who: String,
    /// When.
    pub at: Timestamp,
    /// Whether the person at this window did.
    pub own: bool,
    /// Makes it the only one.
    pub edit: Edit,
}

/// The values of a field, where several stand against each other; otherwise none. `show` gives
/// words and code of a value, `edit` what makes it the only one; a value without is left out.
pub fn rivals<T>(
    field: &Register<T>,
    me: Option<&EnrolmentId>,
    show: impl Fn(&T) -> (String, String),
    edit: impl Fn(&Authored<T>) -> Option<Edit>,
) -> Vec<Rival> {
    if !field.in_conflict() {
        return Vec::new();
    }
    let rival = |authored: &Authored<T>| {
        let (text, code) = match &authored.value {
            Some(value) => show(value),
            None => (words().value.cleared.to_owned(), String::new()),
        };
        Some(Rival {
            text,
            code,
            who: (words().value.who)(&authored.by.person, &authored.by.agency),
            at: authored.at,
            own: Some(&authored.by.enrolment) == me,
            edit: edit(authored)?,
        })
    };
    field.values.iter().filter_map(rival).collect()
}

/// The box with the choice; nothing while there is nothing to choose.
#[component]
pub fn Conflict(
    /// What the field is called.
    what: &'static str,
    /// The values.
    #[prop(into)]
    rivals: Signal<Vec<Rival>>,
    /// Where they stand.
    #[prop(into)]
    at: Signal<At>,
    /// Whether the person may choose.
    #[prop(into)]
    writable: Signal<bool>,
    /// Goes with the choice where one writes for others.
    #[prop(into)]
    reason: Signal<Option<String>>,
    /// The id of the field to type a third value in.
    #[prop(into)]
    field: String,
) -> impl IntoView {
    let act = Act::new();
    let texts = words().value;
    let field = StoredValue::new(field);
    let choose = move |rival: &Rival| {
        let At { doc, heads, .. } = at.get_untracked();
        act.run(
            doc,
            heads,
            rival.edit.clone(),
            reason.get_untracked(),
            |_| (),
        );
    };
    let line = move |rival: Rival| {
        let (text, who, time) = (rival.text.clone(), rival.who.clone(), (texts.at)(rival.at));
        let button = if rival.own { texts.keep } else { texts.take }(&rival.text);
        let code = rival.code.clone();
        view! {
            <li>
                <span class="conflict-value">{text}</span>
                <span class="conflict-who">{who} " · " <time>{time}</time></span>
                <Show when=move || writable.get()>
                    <button
                        type="button"
                        class="button"
                        data-act="choose"
                        data-value=code.clone()
                        disabled=move || act.busy()
                        on:click={
                            let rival = rival.clone();
                            move |_| choose(&rival)
                        }
                    >
                        {button.clone()}
                    </button>
                </Show>
            </li>
        }
    };
    view! {
        <Show when=move || { rivals.with(|rivals| rivals.len() > 1) }>
            <div
                class="conflict"
                role="group"
                aria-label=words().common.conflict
                data-conflict=move || at.with(|at| format!("{}#{}", at.doc, at.path))
            >
                <p>{move || (texts.conflict)(rivals.with(Vec::len), what)}</p>
                <ul>{move || rivals.get().into_iter().map(line).collect_view()}</ul>
                <Show when=move || writable.get()>
                    <button
                        type="button"
                        class="link"
                        data-act="choose-other"
                        on:click=move |_| field.with_value(|id| focus_element(id))
                    >
                        {texts.other}
                    </button>
                </Show>
                <ActProblem act />
            </div>
        </Show>
    }
}

#[cfg(test)]
mod tests {
    use terms::Record;

    use super::*;
    use crate::testing::authored;

    fn of(values: Vec<Authored<u8>>) -> Vec<Rival> {
        let field = Register {
            path: "p".into(),
            values,
        };
        let edit = |_: &Authored<u8>| Edit::strike(Record::Item("x".parse().unwrap()), true);
        let me = "an".parse().unwrap();
        rivals(
            &field,
            Some(&me),
            |n| (format!("{n} %"), n.to_string()),
            edit,
        )
    }

    #[test]
    fn one_value_is_no_conflict() {
        assert_eq!(of(vec![]), []);
        assert_eq!(of(vec![authored(Some(1), "an")]), []);
    }

    #[test]
    fn each_value_stands_with_who_and_a_cleared_one_in_words() {
        let rivals = of(vec![authored(Some(60), "an"), authored(None, "binh")]);
        let told: Vec<_> = rivals
            .iter()
            .map(|r| (r.text.as_str(), r.code.as_str(), r.who.as_str(), r.own))
            .collect();
        assert_eq!(
            told,
            [
                ("60 %", "60", "AN, Trần Đề", true),
                ("(xóa trống)", "", "BINH, Trần Đề", false)
            ]
        );
    }
}
