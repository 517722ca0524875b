//! What a person sees and does on each screen, by the names that the screens give their parts.

mod drafts;
mod field;
mod frame;
pub mod status_text;
mod targets;
mod task;

pub use drafts::{Drafts, await_draft};
pub use field::Field;
pub use frame::{await_status, enrol, find_by_words, go, refusal, sign_out, unlock};
pub use targets::TargetsPage;
pub use task::TaskPage;
