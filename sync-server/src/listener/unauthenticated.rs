//! Counts the connections that have not authenticated, by address.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

/// How many unauthenticated connections there may be at once.
const MAX_UNAUTHENTICATED: usize = 256;

/// How many of them from one address: nobody can keep all the others out.
const MAX_FROM_ONE: usize = MAX_UNAUTHENTICATED / 2;

/// How many unauthenticated connections there are, by address.
#[derive(Debug, Default)]
pub(super) struct Unauthenticated {
    from: Mutex<HashMap<IpAddr, usize>>,
}

impl Unauthenticated {
    /// A slot for one more, if there is any.
    pub(super) fn slot(unauthenticated: &Arc<Self>, from: IpAddr) -> Option<Slot> {
        Self::at_most(MAX_FROM_ONE, unauthenticated, from)
    }

    /// A slot for one more, if there is any, for callers behind a proxy.
    pub(super) fn slot_for_proxy(unauthenticated: &Arc<Self>, from: IpAddr) -> Option<Slot> {
        Self::at_most(MAX_UNAUTHENTICATED, unauthenticated, from)
    }

    fn at_most(most: usize, unauthenticated: &Arc<Self>, from: IpAddr) -> Option<Slot> {
        let mut counts = unauthenticated.counts();
        let (all, here) = (counts.values().sum::<usize>(), counts.get(&from).copied());
        if all >= MAX_UNAUTHENTICATED || here.unwrap_or_default() >= most {
            return None;
        }
        *counts.entry(from).or_default() += 1;
        Some(Slot {
            unauthenticated: Arc::clone(unauthenticated),
            from: Mutex::new(from),
            left: AtomicBool::new(false),
            extended: AtomicBool::new(false),
        })
    }

    fn left(&self, from: IpAddr) {
        let mut counts = self.counts();
        if let Some(here) = counts.get_mut(&from) {
            *here -= 1;
            if *here == 0 {
                counts.remove(&from);
            }
        }
    }

    fn counts(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.from.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The slot of one connection, until it has authenticated or ended.
#[derive(Debug)]
pub(super) struct Slot {
    unauthenticated: Arc<Unauthenticated>,
    from: Mutex<IpAddr>,
    left: AtomicBool,
    extended: AtomicBool,
}

impl Slot {
    /// Whether the connection has not authenticated yet.
    pub(super) fn is_taken(&self) -> bool {
        !self.left.load(Ordering::Acquire)
    }

    /// The connection has authenticated: the slot is free again.
    pub(super) fn leave(&self) {
        let from = self.from.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.left.swap(true, Ordering::AcqRel) {
            self.unauthenticated.left(*from);
        }
    }

    /// Counts for another address from now on. False, and nothing is changed, if there are too many
    /// from there.
    pub(super) fn move_to(&self, address: IpAddr) -> bool {
        let mut from = self.from.lock().unwrap_or_else(PoisonError::into_inner);
        if *from == address || !self.is_taken() {
            return true;
        }
        let mut counts = self.unauthenticated.counts();
        let there = counts.entry(address).or_default();
        if *there >= MAX_FROM_ONE {
            return false;
        }
        *there += 1;
        drop(counts);
        self.unauthenticated.left(*from);
        *from = address;
        true
    }

    /// Gives more time, once.
    pub(super) fn extend(&self) {
        self.extended.store(true, Ordering::Relaxed);
    }

    /// Whether more time was given and not yet taken; now it is.
    pub(super) fn take_extension(&self) -> bool {
        self.extended.swap(false, Ordering::Relaxed)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.leave();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: [u8; 4] = [10, 0, 0, 1];
    const OTHER: [u8; 4] = [10, 0, 0, 2];
    const THIRD: [u8; 4] = [10, 0, 0, 3];

    #[test]
    fn one_address_leaves_places_for_others_and_places_come_back() {
        let unauthenticated = Arc::default();
        let slot = |from: [u8; 4]| Unauthenticated::slot(&unauthenticated, from.into());
        let mut slots: Vec<_> = std::iter::from_fn(|| slot(ONE)).collect();
        assert_eq!(slots.len(), MAX_FROM_ONE);
        slots.extend(std::iter::from_fn(|| slot(OTHER)));
        assert_eq!(slots.len(), MAX_UNAUTHENTICATED);
        assert!(slot(THIRD).is_none());
        // Let in and then gone: counted once.
        slots[0].leave();
        drop(slots.swap_remove(0));
        assert!(slot(THIRD).is_some());
        drop(slots);
        assert!(unauthenticated.counts().is_empty(), "nothing is kept");
    }

    #[test]
    fn who_calls_through_a_proxy_counts_where_they_are() {
        let unauthenticated = Arc::default();
        let proxy = || Unauthenticated::slot_for_proxy(&unauthenticated, THIRD.into());
        let slots: Vec<_> = std::iter::from_fn(proxy).collect();
        assert_eq!(slots.len(), MAX_UNAUTHENTICATED, "as many as all together");
        let at = |address: [u8; 4]| {
            slots
                .iter()
                .filter(move |slot| slot.move_to(address.into()))
        };
        assert_eq!(at(ONE).count(), MAX_FROM_ONE);
        assert!(
            slots[MAX_FROM_ONE..]
                .iter()
                .all(|slot| slot.move_to(OTHER.into()))
        );
        // Full in both places, and whoever is there may stay.
        assert!(slots[0].move_to(ONE.into()) && !slots[0].move_to(OTHER.into()));
        // Whoever was let in counts nowhere.
        slots[0].leave();
        assert!(slots[0].move_to(OTHER.into()) && slots[MAX_FROM_ONE].move_to(ONE.into()));
        drop(slots);
        assert!(unauthenticated.counts().is_empty(), "nothing is kept");
    }
}
