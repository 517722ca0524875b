//! Journeys through the whole: real windows, a real relay process, real disks, faults.
//!
//! [`drive`] moves windows and cables, [`world`] sets the stage, [`page`] knows the screens by the
//! names that they give their parts, and [`journey`] tells what people go through.

pub mod bench;
pub mod drive;
pub mod journey;
pub mod page;
pub mod pictures;
pub mod world;
