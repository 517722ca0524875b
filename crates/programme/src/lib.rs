//! The documents: every edit, every rule, every view.
