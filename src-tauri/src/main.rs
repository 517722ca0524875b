//! The shell: windows, commands, keystore.
fn main() {}
