//! The line under a field: how safe it is, what is wrong, what another wrote.

use leptos::prelude::*;
use terms::{SaveState, Timestamp};

use super::{Editor, EditorState};
use crate::{catalogue::words, session::use_session};

/// What stands under a field. `saved` is where its present value has got to.
#[component]
pub fn FieldNote(
    /// The field.
    editor: Editor,
    /// Where its value has got to, and when it was written.
    #[prop(into)]
    saved: Signal<Option<(SaveState, Timestamp)>>,
    /// The note's id, for `aria-describedby`.
    id: String,
) -> impl IntoView {
    let texts = words().field;
    let session = use_session();
    let (state, offered) = (editor.state(), editor.offered());
    let line = move || match state.get() {
        EditorState::Still => saved
            .get()
            .map(|(saved, at)| (texts.saved)(&saved, at, session.today()))
            .unwrap_or_default(),
        EditorState::Typing => texts.typing.to_owned(),
        EditorState::Saving => texts.saving.to_owned(),
        EditorState::KeptDraft => texts.kept_draft.to_owned(),
        EditorState::Problem(message) => message,
    };
    let kept = move || {
        matches!(
            state.get(),
            EditorState::KeptDraft | EditorState::Problem(_)
        )
    };
    view! {
        <div class="field-note" class:problem=move || matches!(state.get(), EditorState::Problem(_))>
            <span id=id role="status">{line}</span>
            <Show when=kept>
                <button type="button" class="link" on:click=move |_| editor.commit()>
                    {texts.save_draft}
                </button>
                <button type="button" class="link" on:click=move |_| editor.restore()>
                    {texts.drop_draft}
                </button>
            </Show>
            <Show when=move || offered.get().is_some()>
                <div class="field-offer">
                    <span>{texts.changed_meanwhile}</span>
                    <q>{move || offered.get()}</q>
                    <button type="button" class="link" on:click=move |_| editor.restore()>
                        {texts.take_theirs}
                    </button>
                </div>
            </Show>
        </div>
    }
}
