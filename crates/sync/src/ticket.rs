//! What lets requests over HTTP in while a connection is open.

use std::{fmt, str::FromStr};

use sha2::{Digest, Sha256};

use crate::Signature;

/// Known to the two ends of one connection alone: it is made from the signature with which the
/// relay welcomed this replica. It is valid as long as the connection lives, so that revoking an
/// enrolment ends HTTP as well. Written as 32 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(u128);

/// A string that is no ticket.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("không phải vé của một kết nối (32 chữ số thập lục phân)")]
pub struct TicketError;

impl Ticket {
    /// From the signature of a [`Welcome`](crate::frame::RelayFrame::Welcome).
    pub fn of(welcome: &Signature) -> Self {
        let hash = Sha256::new()
            .chain_update(b"tiendo ticket 1\0")
            .chain_update(welcome.0)
            .finalize();
        let (halves, _) = hash.as_chunks::<16>();
        Self(u128::from_be_bytes(halves[0]))
    }
}

impl fmt::Display for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for Ticket {
    /// A log must never hold a ticket that is valid.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ticket")
    }
}

impl FromStr for Ticket {
    type Err = TicketError;

    fn from_str(text: &str) -> Result<Self, TicketError> {
        if text.len() != 32 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(TicketError);
        }
        u128::from_str_radix(text, 16)
            .map(Self)
            .map_err(|_| TicketError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_welcome_gives_a_ticket_of_its_own_that_reads_back_and_shows_in_no_log() {
        let [one, other] = [1, 2].map(|byte| Ticket::of(&Signature([byte; 64])));
        assert_ne!(one, other);
        assert_eq!(one.to_string().parse(), Ok(one));
        assert!(!format!("{one:?}").contains(&one.to_string()));
        for bad in ["", "+1", &"g".repeat(32), &"0".repeat(33)] {
            assert_eq!(bad.parse::<Ticket>(), Err(TicketError), "{bad}");
        }
    }
}
