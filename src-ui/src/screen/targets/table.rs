//! The table of targets; on a phone each line is a card.

use leptos::prelude::*;
use terms::{
    Edit, Field, Period, Record, Value, ValueMark,
    rows::{TargetRow, ValueCells},
};

use super::{
    cell::{self, offers_yearly},
    cell_view::Cell,
    choices::Choices,
    grid::{Column, Mode, Press},
    picture,
    sheet::{Line, Sheet},
    spot::Spot,
};
use crate::{
    catalogue::words,
    component::{Act, ActProblem, VerdictBadge},
    route::Route,
    rows::Rows,
    session::use_session,
};

/// The table.
#[component]
pub fn Table(
    /// The rows of the screen.
    rows: Rows<TargetRow>,
    /// The table.
    sheet: Sheet,
) -> impl IntoView {
    let texts = words().targets;
    let period = use_session().period();
    let heads = [
        (texts.number, ""),
        (texts.name, ""),
        (texts.unit, ""),
        (texts.goal, "number"),
        (texts.same_period, "number"),
        (texts.actual, "number"),
        (texts.estimate, "number"),
        (texts.cumulative, "number"),
        (texts.of_goal, "number"),
        (texts.of_same_period, "number"),
        (texts.verdict, ""),
        (texts.note, ""),
    ];
    let heads = heads.map(|(text, class)| view! { <th scope="col" class=class>{text}</th> });
    view! {
        <table class="targets-table" on:focusout=move |_| rows.release()>
            <caption class="hidden-text">
                {move || (texts.table)(&(words().common.period)(period.get()))}
            </caption>
            <thead>
                <tr>{heads.into_iter().collect_view()}</tr>
            </thead>
            <For
                each=move || sheet.lines.get()
                key=Clone::clone
                children=move |(line, _)| view! { <LineView rows sheet line period=period.get_untracked() /> }
            />
        </table>
    }
}

/// A line, and below it the choices that wait in it.
#[component]
fn LineView(rows: Rows<TargetRow>, sheet: Sheet, line: Line, period: Period) -> impl IntoView {
    let cell = rows.row(&line.key)?;
    let row = Memo::new(move |_| cell.get());
    let cells = {
        let line = line.clone();
        Memo::new(move |_| row.with(|row| line.cells(row).cloned()))
    };
    let (key, main) = (line.key.clone(), line.agency.is_none());
    let held = key.clone();
    let spot = Spot {
        sheet,
        line: StoredValue::new(line),
        row,
        cells,
        period,
    };
    let value = move |column, label: &'static str| {
        view! {
            <td class="number" class:text=column == Column::Note data-label=label>
                <Cell spot column />
                {(column == Column::Actual).then(|| view! { <Yearly spot /> })}
            </td>
        }
    };
    let texts = words().targets;
    Some(view! {
        <tbody
            class="target"
            class:chosen=move || sheet.chosen.with(|chosen| chosen.as_ref() == Some(&key))
            class:part=move || row.with(|row| row.indent > 0)
            class:share=!main
            data-row=move || row.with(|row| row.target.to_string())
            on:focusin=move |_| rows.hold(&held)
        >
            <tr>
                <td class="target-number">{move || main.then(|| row.with(|row| row.number.clone()))}</td>
                <th scope="row"><Name spot main /></th>
                <td class="target-unit" data-label=texts.unit>
                    {move || main.then(|| row.with(|row| row.unit.clone()))}
                </td>
                <td class="number target-goal" data-label=texts.goal>
                    {move || main.then(|| row.with(|row| row.goal_text.clone()))}
                </td>
                {value(Column::SamePeriod, texts.same_period)}
                {value(Column::Actual, texts.actual)}
                {value(Column::Estimate, texts.estimate)}
                <Derived row main />
                {value(Column::Note, texts.note)}
            </tr>
            <Choices spot />
        </tbody>
    })
}

/// The name: a part is indented under its whole, a share says whose it is.
#[component]
fn Name(spot: Spot, main: bool) -> impl IntoView {
    let texts = words().targets;
    let Spot {
        sheet, line, row, ..
    } = spot;
    let part = move || (main && row.with(|row| row.indent > 0)).then_some(texts.part);
    let name = move || match line.with_value(|line| line.agency.clone()) {
        None => row.with(|row| row.name.clone()),
        Some(agency) => row.with(|row| {
            let mut all = row.contributions.iter().map(|other| &other.agency);
            let known = all.find(|known| known.id == agency);
            (texts.contribution)(known.map_or(agency.as_str(), |known| &known.short))
        }),
    };
    let id = line.with_value(|line| line.id(Column::Name));
    view! {
        <a
            id=id
            class="target-name"
            title=name
            href=move || row.with(|row| Route::Targets(Some(row.target.clone())).href())
            on:focus=move |_| line.with_value(|line| sheet.arrive(line))
            on:keydown=move |event| {
                let key = event.key();
                let press = Press { key: &key, shift: event.shift_key(), ctrl: event.ctrl_key() };
                // Enter opens the target.
                if key != "Enter"
                    && line.with_value(|line| sheet.walk(press, Mode::Select, line, Column::Name))
                {
                    event.prevent_default();
                }
            }
        >
            <span class="target-part">{part}</span>
            {name}
        </a>
    }
}

/// What is computed of the figures; of a share nothing is.
#[component]
fn Derived(row: Memo<TargetRow>, main: bool) -> impl IntoView {
    let texts = words().targets;
    let verdict = Memo::new(move |_| row.with(|row| row.verdict));
    let figure = move |pick: fn(&TargetRow) -> Option<terms::Decimal>| {
        move || main.then(|| row.with(|row| pick(row).map(|figure| figure.format_vi())))
    };
    view! {
        <td class="number derived" data-label=texts.cumulative>{figure(|row| row.cumulative)}</td>
        <td class="number derived" data-label=texts.of_goal>{figure(|row| row.of_goal)}</td>
        <td class="number derived" data-label=texts.of_same_period>
            {figure(|row| row.of_same_period)}
        </td>
        <td data-label=texts.verdict>
            <Show when=move || main>
                <VerdictBadge verdict />
                <div class="target-bullet" inner_html=move || row.with(picture::bullet) />
            </Show>
        </td>
    }
}

/// «số năm» in one click.
#[component]
fn Yearly(spot: Spot) -> impl IntoView {
    let act = Act::new();
    let Spot {
        row, cells, period, ..
    } = spot;
    let offered = Memo::new(move |_| {
        row.with(|row| {
            cells.with(|cells| {
                cells
                    .as_ref()
                    .is_some_and(|c| offers_yearly(row, c, period))
            })
        })
    });
    let mark = move |_| {
        let Some(ValueCells { doc, heads, .. }) = cells.get_untracked() else {
            return;
        };
        let target = row.with_untracked(|row| row.target.clone());
        let edit = Edit::set(
            Record::Values(target, period),
            Field::Mark,
            Some(Value::Mark(ValueMark::YearlyOnly)),
        );
        act.run(doc, heads, edit, spot.reason().get_untracked(), |_| ());
    };
    view! {
        <Show when=move || offered.get()>
            <button
                type="button"
                class="target-yearly"
                data-act="mark-yearly"
                title=(words().value.mark_words)(ValueMark::YearlyOnly)
                disabled=move || act.busy()
                on:click=mark
            >
                {words().targets.yearly}
            </button>
            <ActProblem act />
        </Show>
    }
}

/// Whether anything waits in these cells: for a choice, or to be read again.
pub fn waits(cells: &ValueCells) -> bool {
    Column::ALL
        .iter()
        .any(|column| cell::contradiction(cells, *column).is_some())
        || cells.mark.in_conflict()
        || cells.note.merged()
}

#[cfg(test)]
mod tests {
    use super::{super::cell::tests::cells, *};
    use crate::testing::authored;

    #[test]
    fn figures_against_each_other_and_a_merged_note_wait() {
        assert!(!waits(&cells(&["60"], None)));
        assert!(waits(&cells(&["60", "75"], None)));
        let mut merged = cells(&["60"], None);
        merged.note.tips.push(authored(Some(()), "an"));
        assert!(!waits(&merged));
        merged.note.tips.push(authored(Some(()), "binh"));
        assert!(waits(&merged));
    }
}
