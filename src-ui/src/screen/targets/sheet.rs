//! What the cells of the table share: their order, their editors, which row is chosen.

use std::collections::HashMap;

use leptos::prelude::*;
use terms::{
    AgencyId,
    rows::{TargetRow, ValueCells},
};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::{
    grid::{Column, Mode, Press, step},
    paste,
};
use crate::{
    catalogue::words,
    field::{Editor, State},
    part::focus_element,
    rows::Key,
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
    /// What came of the last pasting.
    pub pasted: RwSignal<Option<String>>,
    editors: StoredValue<HashMap<(Line, Column), Editor>, LocalStorage>,
}

impl Sheet {
    /// A table of these lines; `chosen` stands in the detail.
    pub fn new(lines: Memo<Lines>, chosen: RwSignal<Option<Key>>) -> Self {
        Self {
            lines,
            chosen,
            reason: RwSignal::default(),
            pasted: RwSignal::new(None),
            editors: StoredValue::new_local(HashMap::new()),
        }
    }

    /// A cell takes part from now on, until the component that shows it goes.
    pub fn enrol(self, line: Line, column: Column, editor: Editor) {
        let place = (line, column);
        self.editors.update_value(|editors| {
            editors.insert(place.clone(), editor);
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

    /// Spreads a block of cells from here down and to the right. Each goes its own way: what can
    /// be read is written, what can't stays in its cell with the reason.
    pub fn paste(self, text: &str, line: &Line, column: Column) {
        let lines = self.lines.get_untracked();
        let start = lines
            .iter()
            .position(|(l, _)| l == line)
            .unwrap_or(lines.len());
        let columns = Column::ALL.iter().skip_while(|c| **c != column);
        let (mut done, mut wrong, mut left) = (0, 0, 0);
        for (i, row) in paste::cells(text).into_iter().enumerate() {
            for (text, column) in row.into_iter().zip(columns.clone()) {
                let place = lines
                    .get(start + i)
                    .map(|(line, _)| (line.clone(), *column));
                let editor = place.as_ref().and_then(|place| {
                    self.editors
                        .with_value(|editors| editors.get(place).copied())
                });
                match (place, editor) {
                    (Some((line, column)), Some(editor)) => {
                        put(&line.id(column), &text);
                        editor.input(text);
                        editor.commit();
                        let refused = matches!(editor.state().get_untracked(), State::Problem(_));
                        if refused { wrong += 1 } else { done += 1 }
                    }
                    _ => left += 1,
                }
            }
        }
        self.pasted
            .set(Some((words().targets.pasted)(done, wrong, left)));
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
mod tests {
    use terms::{
        Decimal, Goal, Heads, Kind, Verdict,
        rows::{AgencyName, Contribution},
    };

    use super::{super::cell::tests::cells, *};

    /// A target to which the agencies «own» and «other» add.
    fn target(id: &str, own: &ValueCells) -> (Key, TargetRow) {
        let share = |id: &str, cells: &ValueCells| Contribution {
            agency: AgencyName {
                id: id.parse().unwrap(),
                short: id.into(),
            },
            cells: cells.clone(),
        };
        let row = TargetRow {
            target: id.parse().unwrap(),
            number: "1".into(),
            indent: 0,
            name: "Sản lượng lúa".into(),
            unit: "triệu tấn".into(),
            goal: Goal::Above {
                value: Decimal::from(2),
            },
            goal_text: "trên 2".into(),
            kind: Kind::Flow,
            owner: None,
            assigned: None,
            rivals: vec![],
            programme: Heads::default(),
            conditions: vec![],
            clauses: vec![],
            cells: None,
            contributions: vec![share("other", &cells(&["9"], None)), share("own", own)],
            cumulative: None,
            of_goal: None,
            of_same_period: None,
            verdict: Verdict::NoFigure,
            series: vec![],
        };
        (id.into(), row)
    }

    #[test]
    fn a_share_has_a_line_where_something_stands_in_it() {
        let mut empty = cells(&[], None);
        empty.note.text.clear();
        let rows = [target("ct-1", &empty), target("ct-2", &cells(&["5"], None))];
        let own = "own".parse().unwrap();
        let shown = |all, open: Option<&Key>, before: &Lines| {
            let shares = Shares {
                own: Some(&own),
                all,
                open,
            };
            lines(&rows, shares, before)
        };
        let of = |lines: &Lines| {
            let shares = lines.iter().filter(|(line, _)| line.agency.is_some());
            shares
                .map(|(line, _)| line.key.to_string())
                .collect::<Vec<_>>()
        };
        let none = Lines::new();
        assert_eq!(of(&shown(true, None, &none)), ["ct-1", "ct-2"]);
        let some = shown(false, None, &none);
        assert_eq!(of(&some), ["ct-2"]);

        // What is being written in the detail does not come into the table under one's hands;
        // what stood there stays.
        let open: Key = "ct-2".into();
        assert!(of(&shown(false, Some(&open), &none)).is_empty());
        assert_eq!(of(&shown(false, Some(&open), &some)), ["ct-2"]);
    }
}
