//! How many strangers there are, and from where.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

/// How many strangers there may be at once.
const MAX_STRANGERS: usize = 256;

/// How many of them from one address: nobody can keep all the others out.
const MAX_FROM_ONE: usize = MAX_STRANGERS / 2;

/// How many strangers there are, by address.
#[derive(Debug, Default)]
pub(super) struct Strangers {
    from: Mutex<HashMap<IpAddr, usize>>,
}

impl Strangers {
    /// A place for one more, if there is any.
    pub(super) fn place(strangers: &Arc<Self>, from: IpAddr) -> Option<Place> {
        Self::at_most(MAX_FROM_ONE, strangers, from)
    }

    /// A place for one more, if there is any, whoever they may be.
    pub(super) fn place_of_anybody(strangers: &Arc<Self>, from: IpAddr) -> Option<Place> {
        Self::at_most(MAX_STRANGERS, strangers, from)
    }

    fn at_most(most: usize, strangers: &Arc<Self>, from: IpAddr) -> Option<Place> {
        let mut counts = strangers.counts();
        let (all, here) = (counts.values().sum::<usize>(), counts.get(&from).copied());
        if all >= MAX_STRANGERS || here.unwrap_or_default() >= most {
            return None;
        }
        *counts.entry(from).or_default() += 1;
        Some(Place {
            strangers: Arc::clone(strangers),
            from: Mutex::new(from),
            left: AtomicBool::new(false),
            more_time: AtomicBool::new(false),
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

/// A stranger's place, until they are let in or gone.
#[derive(Debug)]
pub(super) struct Place {
    strangers: Arc<Strangers>,
    from: Mutex<IpAddr>,
    left: AtomicBool,
    more_time: AtomicBool,
}

impl Place {
    /// Whether this is still a stranger's.
    pub(super) fn is_taken(&self) -> bool {
        !self.left.load(Ordering::Acquire)
    }

    /// No stranger's any more.
    pub(super) fn leave(&self) {
        let from = self.from.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.left.swap(true, Ordering::AcqRel) {
            self.strangers.left(*from);
        }
    }

    /// Counts for another address from now on. False, and nothing is changed, if there are too many
    /// from there.
    pub(super) fn goes_to(&self, address: IpAddr) -> bool {
        let mut from = self.from.lock().unwrap_or_else(PoisonError::into_inner);
        if *from == address || !self.is_taken() {
            return true;
        }
        let mut counts = self.strangers.counts();
        let there = counts.entry(address).or_default();
        if *there >= MAX_FROM_ONE {
            return false;
        }
        *there += 1;
        drop(counts);
        self.strangers.left(*from);
        *from = address;
        true
    }

    /// Gives more time, once.
    pub(super) fn give_time(&self) {
        self.more_time.store(true, Ordering::Relaxed);
    }

    /// Whether more time was given and not yet taken; now it is.
    pub(super) fn takes_more_time(&self) -> bool {
        self.more_time.swap(false, Ordering::Relaxed)
    }
}

impl Drop for Place {
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
        let strangers = Arc::default();
        let place = |from: [u8; 4]| Strangers::place(&strangers, from.into());
        let mut places: Vec<_> = std::iter::from_fn(|| place(ONE)).collect();
        assert_eq!(places.len(), MAX_FROM_ONE);
        places.extend(std::iter::from_fn(|| place(OTHER)));
        assert_eq!(places.len(), MAX_STRANGERS);
        assert!(place(THIRD).is_none());
        // Let in and then gone: counted once.
        places[0].leave();
        drop(places.swap_remove(0));
        assert!(place(THIRD).is_some());
        drop(places);
        assert!(strangers.counts().is_empty(), "nothing is kept");
    }

    #[test]
    fn who_calls_through_a_proxy_counts_where_they_are() {
        let strangers = Arc::default();
        let proxy = || Strangers::place_of_anybody(&strangers, THIRD.into());
        let places: Vec<_> = std::iter::from_fn(proxy).collect();
        assert_eq!(places.len(), MAX_STRANGERS, "as many as all together");
        let at = |address: [u8; 4]| {
            places
                .iter()
                .filter(move |place| place.goes_to(address.into()))
        };
        assert_eq!(at(ONE).count(), MAX_FROM_ONE);
        assert!(
            places[MAX_FROM_ONE..]
                .iter()
                .all(|place| place.goes_to(OTHER.into()))
        );
        // Full in both places, and whoever is there may stay.
        assert!(places[0].goes_to(ONE.into()) && !places[0].goes_to(OTHER.into()));
        // Whoever was let in counts nowhere.
        places[0].leave();
        assert!(places[0].goes_to(OTHER.into()) && places[MAX_FROM_ONE].goes_to(ONE.into()));
        drop(places);
        assert!(strangers.counts().is_empty(), "nothing is kept");
    }
}
