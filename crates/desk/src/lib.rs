//! Answers the UI's commands with a replica.
