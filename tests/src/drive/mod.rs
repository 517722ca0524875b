//! Driving real windows: WebDriver, processes, a relay, and a cable that can be cut.

mod base64;
mod cable;
mod element;
mod process;
mod screen;
mod session;
mod until;
mod window;

pub use cable::Cable;
pub use element::Element;
pub use process::Process;
pub use screen::Screen;
pub use session::{Key, Session};
pub use until::until;
pub(crate) use window::free_port;
pub use window::{App, Window};
