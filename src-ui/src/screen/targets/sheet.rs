//! What the cells of the table share: their order, their editors, which row is chosen.

use std::collections::HashMap;

use leptos::prelude::*;
use terms::{
    AgencyId, Period,
    rows::{TargetRow, ValueCells},
};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::{
    cell::Typed,
    grid::{Column, Mode, Press, step},
    preview::{Outcome, Preview},
    question::Asking,
    undo::Undone,
};
use crate::{
    component::focus_element,
    field::{Editor, EditorState},
    rows::{Key, Rows},
};

/// A line of the table: a target, or what the person's agency adds to one of another's.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Line {
    /// The row's key.
    pub key: Key,
    /// The agency whose share it is; none for the target's own figures.
    pub agency: Option<AgencyId>,
}

impl Line {
    /// The id of a cell's element.
    pub fn id(&self, column: Column) -> String {
        let of = self.agency.as_ref().map_or("own", AgencyId::as_str);
        format!("cell-{}-{of}-{}", self.key, column.code())
    }

    /// The figures that stand in it.
    pub fn cells<'a>(&self, row: &'a TargetRow) -> Option<&'a ValueCells> {
        match &self.agency {
            None => row.cells.as_ref(),
            Some(agency) => {
                let mut all = row.contributions.iter();
                all.find(|other| other.agency.id == *agency)
                    .map(|other| &other.cells)
            }
        }
    }
}

/// Lines, each with a path that tells the period: a cell of another period is another cell.
pub type Lines = Vec<(Line, String)>;

/// Whose shares have a line of their own in the table.
#[derive(Debug, Clone, Copy)]
pub struct Shares<'a> {
    /// The agency of the person at the window.
    pub own: Option<&'a AgencyId>,
    /// Whether all of its shares are shown: else only those in which something stands.
    pub all: bool,
    /// The target in the detail, where an empty share is written. Its line does not come into
    /// the table before one goes on: a figure is never typed in two places.
    pub open: Option<&'a Key>,
}

/// The lines of the table; `before` are those that stood there.
pub fn lines(rows: &[(Key, TargetRow)], shares: Shares<'_>, before: &Lines) -> Lines {
    let Shares { own, all, open } = shares;
    let mut lines = Vec::new();
    for (key, row) in rows {
        let mut push = |agency: Option<AgencyId>| {
            let line = Line {
                key: key.clone(),
                agency,
            };
            let path = line.cells(row).map(|cells| cells.actual.path.clone());
            lines.push((line, path.unwrap_or_default()));
        };
        push(None);
        let stood = || {
            before
                .iter()
                .any(|(l, _)| l.key == *key && l.agency.is_some())
        };
        let mine = row.contributions.iter().filter(|c| {
            let written = all || !is_empty(&c.cells);
            let shown = written && (all || open != Some(key) || stood());
            Some(&c.agency.id) == own && c.cells.writable && shown
        });
        mine.for_each(|c| push(Some(c.agency.id.clone())));
    }
    lines
}

/// Whether nobody has written anything in these cells.
fn is_empty(cells: &ValueCells) -> bool {
    let figures = [&cells.actual, &cells.estimate, &cells.same_period];
    figures.iter().all(|figure| figure.values.is_empty())
        && cells.mark.values.is_empty()
        && cells.note.text.is_empty()
}

/// The table at work. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Sheet {
    /// The lines, in order.
    pub lines: Memo<Lines>,
    /// The row that stands in the detail.
    pub chosen: RwSignal<Option<Key>>,
    /// Goes with each edit where one writes for others.
    pub reason: RwSignal<String>,
    /// A pasted block that waits for the person's word.
    pub pasting: RwSignal<Option<Preview>>,
    /// What came of the last pasting.
    pub notice: RwSignal<Option<String>>,
    /// What puts back the cells of the last pasting.
    pub undo: RwSignal<Vec<Undone>>,
    /// The targets on the screen.
    pub rows: Rows<TargetRow>,
    period: Signal<Period>,
    editors: StoredValue<Editors, LocalStorage>,
    /// Cells whose pasted figure is on its way back from the disk.
    own: StoredValue<Vec<(Line, Column)>, LocalStorage>,
}

/// The cells that can be written in, and what each asks the person.
type Editors = HashMap<(Line, Column), (Editor, Asking)>;

impl Sheet {
    /// A table of these lines; `chosen` stands in the detail.
    pub fn new(
        rows: Rows<TargetRow>,
        lines: Memo<Lines>,
        chosen: RwSignal<Option<Key>>,
        period: Signal<Period>,
    ) -> Self {
        Self {
            rows,
            period,
            lines,
            chosen,
            reason: RwSignal::default(),
            pasting: RwSignal::new(None),
            notice: RwSignal::new(None),
            undo: RwSignal::new(Vec::new()),
            own: StoredValue::new_local(Vec::new()),
            editors: StoredValue::new_local(HashMap::new()),
        }
    }

    /// The reason that goes with an edit, where the person gave one.
    pub fn reason(self) -> Option<String> {
        let reason = self.reason.get();
        (!reason.trim().is_empty()).then(|| reason.trim().to_owned())
    }

    /// A cell takes part from now on, until the component that shows it goes.
    pub fn enrol(self, line: Line, column: Column, cell: (Editor, Asking)) {
        let place = (line, column);
        self.editors.update_value(|editors| {
            editors.insert(place.clone(), cell);
        });
        on_cleanup(move || {
            self.editors
                .try_update_value(|editors| editors.remove(&place));
        });
    }

    /// The focus has come to a line.
    pub fn arrive(self, line: &Line) {
        let here = self
            .lines
            .with_untracked(|lines| lines.iter().any(|(l, _)| l == line));
        if here && self.chosen.get_untracked().as_ref() != Some(&line.key) {
            self.chosen.set(Some(line.key.clone()));
        }
    }

    /// Brings a target's line into sight, without the focus.
    pub fn reveal(self, key: Key) {
        let name = element(&Line { key, agency: None }.id(Column::Name));
        if let Some(name) = name {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            name.scroll_into_view_with_scroll_into_view_options(&options);
        }
    }

    /// A key in a cell: whether the table took it.
    pub fn walk(self, press: Press<'_>, mode: Mode, line: &Line, column: Column) -> bool {
        let to = self.lines.with_untracked(|lines| {
            let row = lines.iter().position(|(l, _)| l == line)?;
            let (row, column) = step(press, mode, (row, column), lines.len())?;
            Some(lines.get(row)?.0.id(column))
        });
        if let Some(id) = &to {
            focus_element(id);
        }
        to.is_some()
    }

    /// A block was pasted here: nothing of it is stored before the person has seen what becomes
    /// of each cell.
    pub fn paste(self, text: &str, line: &Line, column: Column) {
        let preview = self.lines.with_untracked(|lines| {
            let period = self.period.get_untracked();
            Preview::new(
                text,
                (line, column),
                &untrack(|| self.rows.all()),
                lines,
                period,
            )
        });
        self.pasting.set(Some(preview));
    }

    /// A pasted block is on the disk but for what was refused of it: that stays in its cells, with
    /// the reason.
    pub fn pasted(self, preview: &Preview, stored: &[usize], refused: &[Option<String>]) {
        for (i, item) in preview.items.iter().enumerate() {
            let place = (item.line.clone(), item.column);
            let editor = self.editors.with_value(|all| all.get(&place).copied());
            let Some((editor, asking)) = editor else {
                continue;
            };
            if stored.contains(&i) {
                if editor.state().get_untracked() != EditorState::Still {
                    editor.restore();
                }
                self.own.update_value(|own| own.push(place));
                continue;
            }
            let by_rule = refused.get(i).cloned().flatten();
            let held = match (preview.outcome(item), by_rule) {
                (Outcome::Blank, _) | (Outcome::Stored(_), None) => continue,
                (Outcome::Stored(_), Some(why)) | (Outcome::Refused(why), _) => Typed::Refused(why),
                (Outcome::Asked(ways), _) => Typed::Asked(ways),
            };
            // Not read anew in its cell: alone it may mean something else than in its block.
            asking.hold(&item.text, held);
            put(&item.line.id(item.column), &item.text);
            editor.input(item.text.clone());
            editor.commit();
        }
    }

    /// Whether what arrives in a cell is what was just pasted into it, and nobody else's. Asked
    /// once.
    pub fn is_own(self, line: &Line, column: Column) -> bool {
        let mut own = false;
        self.own.update_value(|all| {
            let before = all.len();
            all.retain(|(other, c)| other != line || *c != column);
            own = all.len() < before;
        });
        own
    }
}

fn put(id: &str, text: &str) {
    let input = element(id).and_then(|element| element.dyn_into::<HtmlInputElement>().ok());
    if let Some(input) = input {
        input.set_value(text);
    }
}

fn element(id: &str) -> Option<Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}

#[cfg(test)]
mod tests;
