//! The screens.
fn main() {}
