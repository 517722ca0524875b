//! How often one address may try to enrol: a bucket of tokens for each.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Addresses remembered at once. Beyond that the fullest buckets, which say least, are forgotten.
const MAX_ADDRESSES: usize = 4096;

/// Counts attempts.
#[derive(Debug)]
pub(crate) struct Limiter {
    burst: u32,
    refill: Duration,
    buckets: Mutex<HashMap<IpAddr, Bucket>>,
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    tokens: u32,
    since: Instant,
}

impl Limiter {
    /// Allows `burst` attempts at once, and one more after each `refill`.
    pub(crate) fn new(burst: u32, refill: Duration) -> Self {
        Self {
            burst,
            refill,
            buckets: Mutex::default(),
        }
    }

    /// Whether this address may try now; if so, the attempt is counted.
    pub(crate) fn allows(&self, address: IpAddr, now: Instant) -> bool {
        let address = rate_limit_key(address);
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MAX_ADDRESSES && !buckets.contains_key(&address) {
            buckets.retain(|_, bucket| self.filled(*bucket, now).tokens < self.burst);
            if buckets.len() >= MAX_ADDRESSES {
                // So many addresses at once are an attack: nobody enrols until it ends.
                return false;
            }
        }
        let full = Bucket {
            tokens: self.burst,
            since: now,
        };
        let bucket = buckets.entry(address).or_insert(full);
        *bucket = self.filled(*bucket, now);
        let allowed = bucket.tokens > 0;
        bucket.tokens = bucket.tokens.saturating_sub(1);
        allowed
    }

    fn filled(&self, bucket: Bucket, now: Instant) -> Bucket {
        let passed = now.saturating_duration_since(bucket.since);
        let more = passed.as_nanos() / self.refill.as_nanos().max(1);
        let more = u32::try_from(more).unwrap_or(u32::MAX);
        let tokens = bucket.tokens.saturating_add(more);
        if tokens >= self.burst {
            return Bucket {
                tokens: self.burst,
                since: now,
            };
        }
        Bucket {
            tokens,
            since: bucket.since + self.refill * more,
        }
    }
}

/// Whoever has one IPv6 address usually has a whole /64 of them: these count as one.
pub(crate) fn rate_limit_key(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => IpAddr::from((u128::from(six) >> 64 << 64).to_be_bytes()),
        four @ IpAddr::V4(_) => four,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_mins(1);

    #[test]
    fn an_address_gets_a_burst_and_then_one_attempt_for_each_refill() {
        let limiter = Limiter::new(3, MINUTE);
        let (start, me) = (Instant::now(), IpAddr::from([127, 0, 0, 1]));
        // after so many seconds → allowed
        let table = [
            (0, true),
            (1, true),
            (2, true),
            (3, false),
            (59, false),
            (61, true),
            (62, false),
            (125, true),
            (1_000, true),
            (1_000, true),
            (1_000, true),
            (1_000, false),
        ];
        for (seconds, allowed) in table {
            let now = start + Duration::from_secs(seconds);
            assert_eq!(limiter.allows(me, now), allowed, "after {seconds} s");
        }
        let other = IpAddr::from([127, 0, 0, 2]);
        assert!(
            limiter.allows(other, start + MINUTE),
            "another address has its own bucket"
        );
    }

    #[test]
    fn a_household_with_many_addresses_is_one() {
        let limiter = Limiter::new(1, MINUTE);
        let now = Instant::now();
        // address → allowed
        let table = [
            ("2001:db8:1:1::1", true),
            ("2001:db8:1:1::2", false),
            ("2001:db8:1:2::1", true),
            ("10.0.0.1", true),
            ("::ffff:10.0.0.1", false),
            ("10.0.0.2", true),
        ];
        for (address, allowed) in table {
            assert_eq!(
                limiter.allows(address.parse().unwrap(), now),
                allowed,
                "{address}"
            );
        }
    }

    #[test]
    fn memory_is_bounded() {
        let limiter = Limiter::new(2, MINUTE);
        let start = Instant::now();
        let address = |n: usize| IpAddr::from(u32::try_from(n).unwrap().to_be_bytes());
        for n in 0..MAX_ADDRESSES {
            assert!(limiter.allows(address(n), start));
        }
        assert!(!limiter.allows(address(MAX_ADDRESSES), start));
        assert!(
            limiter.allows(address(MAX_ADDRESSES), start + MINUTE),
            "forgotten when full"
        );
    }
}
