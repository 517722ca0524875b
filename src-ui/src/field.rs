//! Fields that keep themselves: what is typed stays as it is while it is typed, is kept as a
//! draft within 300 ms, and becomes an edit when the person leaves the field or presses Enter.
//!
//! `editing` decides, [`Editor`] carries it out, the components paint it. A field that looks
//! different (a cell of a table) uses the same [`Editor`].

pub mod choice;
mod editing;
pub mod editor;
pub mod form;
pub mod note;
pub mod submit;
pub mod text;

pub use choice::Choice;
pub use editor::{At, Editor, EditorState};
pub use form::{FormDraft, FormNote};
pub use note::FieldNote;
pub use submit::submit;
pub use text::{Input, TextField};
