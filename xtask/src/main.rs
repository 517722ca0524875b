//! Set up, run, test, measure.
fn main() {}
