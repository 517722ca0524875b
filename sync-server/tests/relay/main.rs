//! The relay from outside: real sockets, a real database, and once the real program.

mod bad_input;
mod enrolling;
mod live;
mod process;
mod starting;
mod support;
