//! The protocol between replica and relay, both sides, without I/O.
