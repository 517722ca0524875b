//! A field of single values: what stands in it, the choice where several do, and its history. What
//! it is called, how it is typed and what its edits are follows from its declaration.

use leptos::prelude::*;
use terms::{
    Date, Decimal, Edit, Field, FieldPath, Value, ValueType, WorkStatus,
    rows::{AgencyName, Authored, Register},
    text::Limit,
};

use super::{Conflict, FieldHistory, Form, Rival, rivals};
use crate::{
    catalogue::words,
    field::{At, Choice, Editor, Input, TextField},
    session::{Session, use_session},
};

/// A value as a field shows it.
pub trait Shown: Clone + PartialEq + Send + Sync + 'static {
    /// As an edit has it.
    fn value(&self) -> Value;

    /// As a person reads it.
    fn words(&self, kind: ValueType) -> String {
        kind.words(&self.value(), ToString::to_string)
    }

    /// As it stands in the element: in words that can be typed, or the code of a choice.
    fn typed(&self) -> String;
}

impl Shown for WorkStatus {
    fn value(&self) -> Value {
        Value::Status(*self)
    }

    fn typed(&self) -> String {
        self.code().to_owned()
    }
}

impl Shown for Date {
    fn value(&self) -> Value {
        Value::Day(*self)
    }

    fn typed(&self) -> String {
        self.format_screen()
    }
}

impl Shown for Decimal {
    fn value(&self) -> Value {
        Value::Figure(*self)
    }

    fn typed(&self) -> String {
        self.format_vi()
    }
}

impl Shown for String {
    fn value(&self) -> Value {
        Value::Text(self.clone())
    }

    fn typed(&self) -> String {
        self.clone()
    }
}

impl Shown for AgencyName {
    fn value(&self) -> Value {
        Value::Agency(self.id.clone())
    }

    fn words(&self, _: ValueType) -> String {
        self.short.clone()
    }

    fn typed(&self) -> String {
        self.id.to_string()
    }
}

impl Shown for bool {
    fn value(&self) -> Value {
        Value::Flag(*self)
    }

    fn typed(&self) -> String {
        self.to_string()
    }
}

/// Makes an edit of what was typed, or says why there is none.
pub type Make = Callback<String, Result<Edit, String>>;

/// Makes the edit that leaves one of several values alone.
pub type Choose<T> = Callback<Authored<T>, Edit>;

/// One field.
#[component]
pub fn RegisterField<T: Shown>(
    /// The card.
    form: Form,
    /// The field.
    field: Field,
    /// What stands in it.
    value: Memo<Register<T>>,
    /// What is made of what is typed, where it is more than the field.
    #[prop(optional)]
    make: Option<Make>,
    /// What is made of a choice, where it is more than the field.
    #[prop(optional)]
    choose: Option<Choose<T>>,
) -> impl IntoView {
    let Form {
        reason, writable, ..
    } = form;
    let kind = field.declaration().value;
    let at = form.at(move || value.with(|value| value.path.clone()));
    let shown = Signal::derive(move || {
        value.with(|value| value.agreed().map(Shown::typed).unwrap_or_default())
    });
    let make = move |text: &str| match make {
        Some(make) => make.run(text.to_owned()),
        None => typed(at, kind, text),
    };
    let editor = Editor::new(at, shown, make, reason);
    let rivals = choices(field, value, choose);
    let saved = Signal::derive(move || value.with(Register::saved));
    let (label, id) = (field.name(), form.id(field.key()));
    let element = {
        let id = id.clone();
        if let Some(input) = input(kind) {
            view! { <TextField label id editor saved input writable /> }.into_any()
        } else {
            let options = options(kind, use_session());
            view! { <Choice label id editor options saved writable /> }.into_any()
        }
    };
    view! {
        <div class="part-field" class:narrow=kind == ValueType::Percent>
            <Conflict what=label rivals at writable reason field=id />
            {element}
            <FieldHistory at what=label />
        </div>
    }
}

/// The choice alone, of a field that is set by a button.
#[component]
pub fn RegisterConflict<T: Shown>(
    /// The card.
    form: Form,
    /// The field.
    field: Field,
    /// What stands in it.
    value: Memo<Register<T>>,
    /// What people call it here.
    what: &'static str,
) -> impl IntoView {
    let at = form.at(move || value.with(|value| value.path.clone()));
    let rivals = choices(field, value, None);
    view! {
        <Conflict
            what
            rivals
            at
            writable=form.writable
            reason=form.reason
            field=String::new()
        />
    }
}

fn choices<T: Shown>(
    field: Field,
    value: Memo<Register<T>>,
    choose: Option<Choose<T>>,
) -> Signal<Vec<Rival>> {
    let session = use_session();
    let kind = field.declaration().value;
    Signal::derive(move || {
        let me = session.with(|me| me.enrolment.clone());
        let show = |value: &T| (value.words(kind), value.value().to_string());
        value.with(|value| {
            let edit = |authored: &Authored<T>| {
                if let Some(choose) = choose {
                    return Some(choose.run(authored.clone()));
                }
                let at = FieldPath::parse(&value.path)?;
                Some(at.set(authored.value.as_ref().map(Shown::value)))
            };
            rivals(value, me.as_ref(), show, edit)
        })
    })
}

/// The edit of what was typed: the field alone.
fn typed(at: Signal<At>, kind: ValueType, text: &str) -> Result<Edit, String> {
    let value = kind.parse(text).map_err(|error| error.to_string())?;
    let path = at.with_untracked(|at| FieldPath::parse(&at.path));
    let path = path.ok_or_else(|| (words().common.internal)(text))?;
    Ok(path.set(value))
}

/// How it is typed; none of what is chosen from a list.
pub(super) fn input(kind: ValueType) -> Option<Input> {
    match kind {
        ValueType::Percent | ValueType::Figure => Some(Input::Figure),
        ValueType::Day => Some(Input::Line),
        ValueType::Text(limit) if limit.one_line => Some(Input::Line),
        ValueType::Text(limit) => Some(Input::Lines(lines_of(limit))),
        ValueType::Status
        | ValueType::Mark
        | ValueType::Agency
        | ValueType::Flag
        | ValueType::Struck
        | ValueType::ItemKind
        | ValueType::Task
        | ValueType::Period => None,
    }
}

/// How many lines an empty text shows: a narrative has room for a report, a note for a sentence.
fn lines_of(limit: Limit) -> u8 {
    if limit == Limit::NARRATIVE { 4 } else { 2 }
}

/// What there is to choose: code and words.
fn options(kind: ValueType, session: Session) -> Vec<(String, String)> {
    match kind {
        ValueType::Status => WorkStatus::ALL
            .map(|status| (status.code().to_owned(), status.words().to_owned()))
            .to_vec(),
        ValueType::Agency => session
            .with(|me| {
                let agencies = me.agencies.iter();
                agencies
                    .map(|agency| (agency.id.to_string(), agency.short.clone()))
                    .collect()
            })
            .unwrap_or_default(),
        // Set by buttons, or never by hand.
        ValueType::Mark
        | ValueType::Flag
        | ValueType::Struck
        | ValueType::ItemKind
        | ValueType::Task
        | ValueType::Period
        | ValueType::Day
        | ValueType::Percent
        | ValueType::Figure
        | ValueType::Text(_) => Vec::new(),
    }
}
