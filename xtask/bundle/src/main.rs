//! Turns the UI's wasm into what a web view loads.
fn main() {}
