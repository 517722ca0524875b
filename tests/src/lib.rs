//! Journeys through the whole: real windows, a real relay process, real disks, faults.
//!
//! - [`drive`]: WebDriver, windows, processes, a network cable that can be cut;
//! - [`world`]: one journey's surroundings: a relay, computers and their folders;
//! - [`page`]: the screens, by the names that they give their parts;
//! - [`journey`]: what people do from end to end; [`pictures`]: every screen in every size;
//! - [`mod@bench`]: figures beside floors of the same run.

pub mod bench;
pub mod drive;
pub mod journey;
pub mod page;
pub mod pictures;
pub mod world;
