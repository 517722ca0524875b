//! A field of text that several people write: the text, whether it is to be read again, its
//! history.

use leptos::prelude::*;
use terms::{Edit, Field, FieldPath, Value, rows::TextField as Text};

use super::{FieldHistory, Form, Merged, register::input};
use crate::{
    catalogue::words,
    field::{At, Editor, Input, TextField},
};

/// One field.
#[component]
pub fn MergedTextField(
    /// The card.
    form: Form,
    /// The field.
    field: Field,
    /// What stands in it.
    text: Memo<Text>,
    /// What people call it here.
    #[prop(optional)]
    label: Option<&'static str>,
    /// What stands between the text and its history.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let label = label.unwrap_or_else(|| field.name());
    let Form {
        reason, writable, ..
    } = form;
    let at = form.at(move || text.with(|text| text.path.clone()));
    let shown = Signal::derive(move || text.with(|text| text.text.clone()));
    let editor = Editor::new(at, shown, move |text: &str| whole(at, text), reason);
    let input = input(field.declaration().value).unwrap_or(Input::Line);
    let saved = Signal::derive(move || text.with(Text::saved));
    view! {
        <div class="part-field wide">
            <Merged text at writable reason />
            <TextField label id=form.id(field.key()) editor saved input writable />
            {children.map(|children| children())}
            <FieldHistory at what=label />
        </div>
    }
}

/// The edit of a text as it now stands in the field.
fn whole(at: Signal<At>, text: &str) -> Result<Edit, String> {
    let path = at.with_untracked(|at| FieldPath::parse(&at.path));
    let path = path.ok_or_else(|| (words().common.internal)(text))?;
    Ok(path.set(Some(Value::Text(text.to_owned()))))
}
