//! Driving real windows: WebDriver, processes, a relay, and a cable that can be cut.

mod cable;
mod element;
mod process;
mod screen;
mod session;
mod until;
mod window;

pub use cable::Cable;
pub use element::Element;
pub use fantoccini::key::Key;
pub use process::Process;
pub use screen::Screen;
pub use session::Session;
pub use until::until;
pub(crate) use window::free_port;
pub use window::{App, Window};
