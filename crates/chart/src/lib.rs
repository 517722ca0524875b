//! Charts as SVG text: the same bytes for a screen, a Word file and a PDF.
//!
//! Four pictures that a ledger needs: [`status_bar`] (the official four-way status),
//! [`share_bar`] (how many have written), [`bullet`](fn@bullet) (one figure against its goal) and
//! [`year`](fn@year) (a target through the year, with its goal and the estimate).
//!
//! Each carries a `<title>` and a `<desc>` that says in words all that the picture shows, tells its
//! parts apart by pattern or dash as well as by colour, and names its parts by class, so that a
//! style sheet can colour them for light and dark; without one they have plain colours for paper.
//! The same input gives the same bytes.
//!
//! No value passes through a float. Decimals become whole units of their finest place, and pixels
//! are whole numbers computed from those (see the module `axis`).
//!
//! This crate knows the plain types of `terms` and nothing else: no screen, no file, and no text of
//! its own. Every word comes from the caller's catalogue.

mod aim;
mod axis;
mod bars;
mod bullet;
mod svg;
mod year;

pub use bars::{share_bar, status_bar};
pub use bullet::bullet;
pub use svg::{Frame, escape};
pub use year::{Year, YearWords, year};
