//! Journeys through the whole: real windows, real relay, faults.
