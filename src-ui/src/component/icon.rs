//! A handful of signs, drawn by strokes in the colour of the text.

use leptos::prelude::*;

/// Which sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// My work.
    Work,
    /// The programme.
    Tree,
    /// Targets.
    Target,
    /// Overview.
    Chart,
    /// Search.
    Find,
    /// Sign out.
    Lock,
    /// Back.
    Back,
    /// Close.
    Close,
}

/// A sign. Says nothing to a screen reader: words stand beside it.
#[component]
pub fn Icon(
    /// Which.
    sign: Sign,
) -> impl IntoView {
    let path = match sign {
        Sign::Work => "M4 5.5h9M4 10h9M4 14.5h5M12.5 14.5l2 2 3.5-4",
        Sign::Tree => "M4 4h12M7 8.5h9M7 12h9M10 16h6M4 8.5v0M4 12v0",
        Sign::Target => "M10 3a7 7 0 1 0 7 7M10 7a3 3 0 1 0 3 3M10 10l6.5-6.5",
        Sign::Chart => "M4 3.5v13h12.5M7.5 13.5v-4M11 13.5v-7M14.5 13.5v-5.5",
        Sign::Find => "M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M13 13l4 4",
        Sign::Lock => "M5.5 9h9v7.5h-9zM7.5 9V6.5a2.5 2.5 0 0 1 5 0V9",
        Sign::Back => "M12 4l-6 6 6 6",
        Sign::Close => "M5 5l10 10M15 5L5 15",
    };
    view! {
        <svg
            class="icon"
            viewBox="0 0 20 20"
            width="20"
            height="20"
            fill="none"
            stroke="currentColor"
            stroke-width="1.6"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
        >
            <path d=path />
        </svg>
    }
}
