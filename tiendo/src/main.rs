//! The replica without a window.
fn main() {}
