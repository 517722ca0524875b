//! The rows of a watched view: each row its own signal, found again by its key.
//!
//! Only what changed repaints. While a row holds the focus nothing moves (see `order`).

mod order;
#[cfg(test)]
mod tests;

use std::{collections::HashMap, sync::Arc, time::Duration};

use ipc::{Problem, RowChange, ShownHeads, ShowsDocuments, Update};
use leptos::{
    prelude::{
        ArcRwSignal, Get, GetUntracked, GetValue, ReadSignal, RwSignal, Set, SetValue, StoredValue,
        UpdateValue, With, WithUntracked, WithValue, set_timeout,
    },
    task::{spawn_local, tick},
};
use serde::de::DeserializeOwned;

use order::Order;

/// A row's key.
pub type Key = Arc<str>;

/// Updates were missed: the view has to be watched again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap;

/// What a view's row must be to be painted.
pub trait Row:
    DeserializeOwned + ShowsDocuments + Clone + PartialEq + Send + Sync + 'static
{
}

impl<R: DeserializeOwned + ShowsDocuments + Clone + PartialEq + Send + Sync + 'static> Row for R {}

/// The rows of one view. Cheap to copy; belongs to the component that watches.
pub struct Rows<R: Send + Sync + 'static> {
    shown: RwSignal<Vec<Key>>,
    state: RwSignal<RowsState>,
    cells: StoredValue<HashMap<Key, ArcRwSignal<R>>>,
    order: StoredValue<Order>,
    /// At which heads the rows show their documents: these do not travel in the rows.
    heads: StoredValue<ShownHeads>,
    held: RwSignal<Option<Key>>,
    /// Counts the moves of the focus, to tell whether it left the list or went to another row.
    leaving: StoredValue<u64>,
    stepping: StoredValue<bool>,
}

/// Whether the rows are there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowsState {
    /// Asked for.
    Waiting,
    /// As the view says.
    Ready,
    /// The view could not be had.
    Failed(Problem),
}

impl<R: Send + Sync + 'static> Clone for Rows<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: Send + Sync + 'static> Copy for Rows<R> {}

impl<R: Row> Default for Rows<R> {
    fn default() -> Self {
        Self::new()
    }
}

impl<R: Row> Rows<R> {
    /// No rows yet.
    pub fn new() -> Self {
        Self {
            shown: RwSignal::default(),
            state: RwSignal::new(RowsState::Waiting),
            cells: StoredValue::new(HashMap::new()),
            order: StoredValue::new(Order::default()),
            heads: StoredValue::new(ShownHeads::new()),
            held: RwSignal::new(None),
            leaving: StoredValue::new(0),
            stepping: StoredValue::new(false),
        }
    }

    /// The keys to show, in order: what a `<For>` walks. Changes only when a row comes, goes or
    /// moves.
    pub fn keys(&self) -> ReadSignal<Vec<Key>> {
        self.shown.read_only()
    }

    /// The signal of one row.
    pub fn row(&self, key: &str) -> Option<ArcRwSignal<R>> {
        self.cells.with_value(|cells| cells.get(key).cloned())
    }

    /// Whether they are there.
    pub fn state(&self) -> RowsState {
        self.state.get()
    }

    /// All rows, in order. Whoever reads this repaints on every change of any row: meant for
    /// sums and filters in a `Memo`, not for painting a list.
    pub fn all(&self) -> Vec<(Key, R)> {
        self.shown.with(|keys| {
            keys.iter()
                .filter_map(|key| Some((key.clone(), self.row(key)?.get())))
                .collect()
        })
    }

    /// The first row that `pick` takes. Repaints like [`all`](Self::all).
    pub fn find<T>(&self, pick: impl Fn(&R) -> Option<T>) -> Option<T> {
        self.shown
            .with(|keys| keys.iter().find_map(|key| self.row(key)?.with(&pick)))
    }

    /// The row `key` holds the focus: from now on nothing moves.
    pub fn hold(&self, key: &Key) {
        self.leaving.update_value(|leaving| *leaving += 1);
        if self
            .held
            .with_untracked(|held: &Option<Key>| held.as_ref() != Some(key))
        {
            self.held.set(Some(key.clone()));
        }
    }

    /// A `focusout`. If the focus has not come to another row by the end of the event, what
    /// waited happens now. A window that is only covered by another keeps its focus.
    pub fn release(&self) {
        // A focused row that is taken out with its screen loses the focus, too.
        let Some(before) = self.leaving.try_get_value() else {
            return;
        };
        let (this, leaving) = (*self, before + 1);
        self.leaving.set_value(leaving);
        set_timeout(
            move || {
                let stays = this.leaving.try_get_value() != Some(leaving) || !window_has_focus();
                if !stays && this.held.with_untracked(Option::is_some) {
                    this.held.set(None);
                    this.show();
                }
            },
            Duration::ZERO,
        );
    }

    /// The row that holds the focus: whoever sorts rows by what they say must leave them where
    /// they are meanwhile.
    pub fn held(&self) -> ReadSignal<Option<Key>> {
        self.held.read_only()
    }

    /// Takes in what changed. Effects run afterwards, so that a field never sees a row with the
    /// heads of another moment.
    pub fn apply(&self, update: &Update) -> Result<(), Gap> {
        let mut fresh = Ok(());
        self.order.update_value(|order| fresh = order.apply(update));
        fresh?;
        self.heads
            .update_value(|heads| heads.extend(update.heads.clone()));
        for change in &update.changes {
            if let RowChange::Put { key, row, .. } = change
                && let Ok(row) = serde_json::from_value::<R>(row.clone())
            {
                self.put(key.as_str().into(), row);
            }
        }
        if !update.heads.is_empty() {
            self.renew_heads();
        }
        self.show();
        if self.state.get_untracked() != RowsState::Ready {
            self.state.set(RowsState::Ready);
            mark_ready();
        }
        Ok(())
    }

    /// The view could not be had.
    pub fn fail(&self, problem: Problem) {
        self.state.set(RowsState::Failed(problem));
    }

    /// Rows that did not change show their documents at the new heads as well. One that is gone
    /// from the view and only stays under the focus does not: it has not seen what came since.
    fn renew_heads(&self) {
        for key in self.order.with_value(|order| order.keys().to_vec()) {
            if let Some(cell) = self.row(&key) {
                self.put(key, cell.get_untracked());
            }
        }
    }

    fn put(&self, key: Key, mut row: R) {
        self.heads.with_value(|heads| row.put_heads(heads));
        match self.row(&key) {
            Some(cell) if cell.get_untracked() == row => {}
            Some(cell) => cell.set(row),
            None => self.cells.update_value(|cells| {
                cells.insert(key, ArcRwSignal::new(row));
            }),
        }
    }

    /// Shows the rows in their order, or, while one holds the focus, step by step what can be
    /// shown without moving any.
    fn show(&self) {
        let wanted = self.order.with_value(|order| order.keys().to_vec());
        match self.held.get_untracked() {
            None => {
                if self.shown.get_untracked() != wanted {
                    self.shown.set(wanted);
                }
                self.forget();
            }
            Some(_) if self.stepping.get_value() => {}
            Some(_) => {
                self.stepping.set_value(true);
                spawn_local(self.step_by_step());
            }
        }
    }

    /// Shows one difference after the other, as long as a row holds the focus.
    async fn step_by_step(self) {
        while let Some(Some(held)) = self.held.try_get_untracked() {
            let shown = self.shown.get_untracked();
            let Some(next) = self
                .order
                .with_value(|order| order::step(&shown, order.keys(), &held))
            else {
                break;
            };
            self.shown.set(next);
            tick().await;
        }
        self.stepping.try_update_value(|stepping| *stepping = false);
    }

    /// Lets go of the rows that are shown no more.
    fn forget(&self) {
        let shown = self.shown.get_untracked();
        self.cells.update_value(|cells| {
            if cells.len() > shown.len() {
                cells.retain(|key, _| shown.contains(key));
            }
        });
    }
}

/// Notes in the page's own timeline that a view's rows stand, for `cargo xtask bench` to tell how
/// long a start took.
fn mark_ready() {
    if let Some(performance) = web_sys::window().and_then(|window| window.performance()) {
        let _ = performance.mark("rows");
    }
}

fn window_has_focus() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_none_or(|document| document.has_focus().unwrap_or(true))
}
