//! Journeys through the whole: real windows, a real relay process, real disks, faults.
//!
//! [`drive`] is what moves windows and cables; what a journey is about stands in `journey`.

pub mod drive;
