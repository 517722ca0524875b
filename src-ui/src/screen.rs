//! The screens, one folder each.

pub mod enter;
pub mod my_work;
pub mod overview;
pub mod targets;
pub mod task;
pub mod tree;
