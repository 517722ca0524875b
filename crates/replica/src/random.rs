//! Where random bytes come from.

use std::io;

/// Gives random bytes.
pub trait Random: Send {
    /// Fills `bytes` with them.
    fn fill(&mut self, bytes: &mut [u8]) -> io::Result<()>;
}

/// The system's random bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&mut self, bytes: &mut [u8]) -> io::Result<()> {
        getrandom::fill(bytes).map_err(|error| io::Error::other(error.to_string()))
    }
}
