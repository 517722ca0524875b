//! Marks softly, for a moment, what has just changed.

use leptos::prelude::*;

/// A class for an element that shows `what`: it changes each time `what` does, so that the
/// style sheet's animation starts again; none at first.
pub fn changed<T: Clone + PartialEq + Send + Sync + 'static>(
    what: Memo<T>,
) -> Signal<&'static str> {
    let count = Memo::new(move |last: Option<&u32>| {
        // Computed here and now: what is computed later would count as a change.
        what.with(|_| ());
        last.map_or(0, |last| last.wrapping_add(1))
    });
    Signal::derive(move || match count.get() {
        0 => "",
        n if n % 2 == 1 => "changed-odd",
        _ => "changed-even",
    })
}
