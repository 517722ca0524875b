//! What a person sees and does on each screen, by the names that the screens give their parts.

mod field;
mod frame;
pub mod status_text;
mod task;

pub use field::Field;
pub use frame::{await_status, enrol, go, refusal, unlock};
pub use task::TaskPage;
