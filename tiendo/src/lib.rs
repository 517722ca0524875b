//! What scripts and the demonstration share: a programme read from TOML as what is imported.
//!
//! It must not reach around the replica into its database.

mod content;

pub use content::content;
