//! What people do from end to end.

mod access;
mod conflict;
mod corrected;
mod drafts;
mod exported;
mod fields;
mod killed;
mod offline;
mod pasted;
mod together;

use std::{future::Future, pin::Pin};

use crate::world::World;

/// The agency in the district, and the one that watches all.
const DISTRICT: &str = "huyen-tran-de";
const PROVINCE: &str = "so-khdt";

/// A task that the whole district level leads, and that nobody has spoken of yet.
const TASK: &str = "nv-8fp1";

/// The district's officer in the relay's directory.
const OFFICER: &str = "nguyen-thi-hanh";

/// A target that Sở KH&ĐT itself reports on.
const TARGET: &str = "ct-9cl5";

type Walk<'a> = Pin<Box<dyn Future<Output = anyhow::Result<()>> + 'a>>;

/// A journey: its name and how it goes.
pub struct Journey {
    /// What it shows.
    pub name: &'static str,
    /// Walks it in a world of its own.
    pub walk: for<'a> fn(&'a mut World) -> Walk<'a>,
}

/// All of them.
pub const ALL: &[Journey] = &[
    Journey {
        name: "the_window_opens_and_lists",
        walk: |w| Box::pin(offline::opens(w)),
    },
    Journey {
        name: "district_offline_province_meanwhile",
        walk: |w| Box::pin(offline::merges(w)),
    },
    Journey {
        name: "one_figure_two_values_one_choice",
        walk: |w| Box::pin(conflict::chosen(w)),
    },
    Journey {
        name: "corrected_apart_with_a_reason",
        walk: |w| Box::pin(corrected::apart(w)),
    },
    Journey {
        name: "typing_while_an_edit_arrives",
        walk: |w| Box::pin(together::typing(w)),
    },
    Journey {
        name: "killed_app_and_killed_relay",
        walk: |w| Box::pin(killed::killed(w)),
    },
    Journey {
        name: "strangers_are_refused",
        walk: |w| Box::pin(access::refused(w)),
    },
    Journey {
        name: "automerge_in_javascript_reads_the_same",
        walk: |w| Box::pin(std::future::ready(exported::read_by_javascript(w))),
    },
    Journey {
        name: "a_field_in_use_is_left_alone",
        walk: |w| Box::pin(fields::left_alone(w)),
    },
    Journey {
        name: "no_field_is_safer_than_its_least_safe_value",
        walk: |w| Box::pin(fields::least_safe(w)),
    },
    Journey {
        name: "new_fields_are_found_in_the_other_window",
        walk: |w| Box::pin(fields::found(w)),
    },
    Journey {
        name: "half_typed_words_come_back",
        walk: |w| Box::pin(drafts::half_typed(w)),
    },
    Journey {
        name: "refused_words_are_kept",
        walk: |w| Box::pin(drafts::refused(w)),
    },
    Journey {
        name: "a_pasted_block_is_seen_stored_and_undone",
        walk: |w| Box::pin(pasted::block(w)),
    },
];
