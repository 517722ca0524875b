//! A list that is one stop of the Tab key and is walked with the arrows.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::{
    keys::{composing, walk},
    rows::Key,
};

/// The walk along one list. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Roving {
    list: &'static str,
    stops: Signal<Vec<Key>>,
    active: RwSignal<Option<Key>>,
    stop: Memo<Option<Key>>,
}

impl Roving {
    /// A walk along the rows `stops` of the list with the id `list`.
    pub fn new(list: &'static str, stops: Signal<Vec<Key>>) -> Self {
        let active = RwSignal::new(None::<Key>);
        let stop = Memo::new(move |_| {
            let stops = stops.get();
            active
                .get()
                .filter(|key| stops.contains(key))
                .or_else(|| stops.first().cloned())
        });
        Self {
            list,
            stops,
            active,
            stop,
        }
    }

    /// The id of a row's element.
    pub fn id(self, key: &str) -> String {
        format!("{}-{key}", self.list)
    }

    /// A row's `tabindex`: one row of all takes part in the Tab order.
    pub fn tabindex(self, key: &Key) -> &'static str {
        if self.stop.get().as_ref() == Some(key) {
            "0"
        } else {
            "-1"
        }
    }

    /// The focus has come to a row.
    pub fn arrived(self, key: &Key) {
        if self.active.get_untracked().as_ref() != Some(key) {
            self.active.set(Some(key.clone()));
        }
    }

    /// Goes to the list: to the row where one was last.
    pub fn enter(self) {
        if let Some(key) = self.stop.get_untracked() {
            self.focus(&key);
        }
    }

    /// When what is open beside the list is closed, one is where one left the list.
    pub fn come_back(self, open: Signal<bool>) {
        Effect::new(move |was_open: Option<bool>| {
            let is_open = open.get();
            if was_open == Some(true) && !is_open {
                request_animation_frame(move || self.enter());
            }
            is_open
        });
    }

    /// A key was pressed in the field above the list: the arrow down leads into it.
    pub fn key_above(self, event: &KeyboardEvent) {
        if event.key() == "ArrowDown" && !composing(event) {
            event.prevent_default();
            self.enter();
        }
    }

    /// A key was pressed in the list. Letters go to the filter with the id `filter`.
    pub fn key(self, event: &KeyboardEvent, filter: &str) {
        let key = event.key();
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let stops = self.stops.get_untracked();
        let at = self
            .stop
            .get_untracked()
            .and_then(|key| stops.iter().position(|k| *k == key));
        if let Some(to) = walk(&key, at.unwrap_or(0), stops.len()) {
            event.prevent_default();
            self.focus(&stops[to]);
        } else if composing(event) || (key.chars().count() == 1 && key != " ") {
            // The focus moves before the letter is typed, so the letter lands in the filter.
            focus_element(filter);
        }
    }

    fn focus(self, key: &Key) {
        focus_element(&self.id(key));
    }
}

/// Moves the focus to the element with this id and brings it into sight.
pub fn focus_element(id: &str) {
    let element = web_sys::window().and_then(|window| window.document()?.get_element_by_id(id));
    let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let _ = element.focus();
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}
