//! When the place changes, the focus moves to the new heading, so that a screen reader says where
//! one is and the next key works there.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::route::{Route, Router};

/// So many frames a heading may take to appear: its rows come from the disk.
const MAX_FRAMES: u8 = 30;

/// Follows the router from now on. The first place is left alone: nothing was left for it.
pub(super) fn follow(router: Router) {
    Effect::new(move |before: Option<Route>| {
        let now = router.get();
        if let Some(selector) = before.and_then(|before| heading(&before, &now)) {
            focus_soon(selector, MAX_FRAMES);
        }
        now
    });
}

/// Which heading gets the focus; none when a detail is closed, because its list takes it then.
fn heading(before: &Route, now: &Route) -> Option<&'static str> {
    if before == now {
        None
    } else if matches!(
        now,
        Route::MyWork(Some(_)) | Route::Tree(Some(_)) | Route::Targets(Some(_))
    ) {
        Some("[data-detail] h1, [data-detail] h2")
    } else if before.same_screen(now) {
        None
    } else {
        Some("main h1")
    }
}

fn focus_soon(selector: &'static str, frames_left: u8) {
    request_animation_frame(move || {
        let document = web_sys::window().and_then(|window| window.document());
        let found = document.and_then(|document| document.query_selector(selector).ok().flatten());
        match found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            Some(heading) => {
                let _ = heading.focus();
            }
            None if frames_left > 0 => focus_soon(selector, frames_left - 1),
            None => {}
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_focus_follows_the_place() {
        let task = || "nv-1".parse().ok();
        let table = [
            (Route::Overview, Route::Overview, None),
            (Route::Overview, Route::MyWork(None), Some("main h1")),
            (
                Route::MyWork(None),
                Route::MyWork(task()),
                Some("[data-detail] h1, [data-detail] h2"),
            ),
            (Route::MyWork(task()), Route::MyWork(None), None),
            (
                Route::Overview,
                Route::Tree(task()),
                Some("[data-detail] h1, [data-detail] h2"),
            ),
        ];
        for (before, now, selector) in table {
            assert_eq!(heading(&before, &now), selector, "{before:?} → {now:?}");
        }
    }
}
