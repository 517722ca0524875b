//! Below a line: the figures that stand against each other and the choice between them, and the
//! note that several wrote.

use leptos::prelude::*;
use terms::{Decimal, Field, FieldPath, Value, ValueMark, rows::ValueCells};

use super::{cell, grid::Column, spot::Spot, table::waits};
use crate::{
    catalogue::words,
    component::{Conflict, Merged, Rival, rivals},
    field::At,
    session::use_session,
};

/// One box for each figure in conflict, and one for a merged note; nothing where there is none.
#[component]
pub fn Choices(
    /// Which cells.
    spot: Spot,
) -> impl IntoView {
    let waiting = Memo::new(move |_| spot.cells.with(|cells| cells.as_ref().is_some_and(waits)));
    view! {
        <Show when=move || waiting.get()>
            <tr class="target-choices">
                <td colspan="12">
                    <FigureChoice spot column=Column::SamePeriod />
                    <FigureChoice spot column=Column::Actual />
                    <FigureChoice spot column=Column::Estimate />
                    <MarkChoice spot />
                    <NoteMerged spot />
                </td>
            </tr>
        </Show>
    }
}

#[component]
fn FigureChoice(spot: Spot, column: Column) -> impl IntoView {
    let figure = cell::figure(column)?;
    let what = figure.name();
    let show = |value: &Decimal| (value.format_vi(), value.to_string());
    let choose = choices(spot, move |cells, me| {
        let Some(field) = cell::field(cells, column) else {
            return Vec::new();
        };
        rivals(field, me, show, |authored| {
            let value = authored.value.map(Value::Figure);
            Some(FieldPath::parse(&field.path)?.set(value))
        })
    });
    let at = spot.at(column)?;
    let field = spot.line.with_value(|line| line.id(column));
    Some(view! {
        <Conflict what rivals=choose at writable=writable(spot) reason=spot.reason() field />
    })
}

#[component]
fn MarkChoice(spot: Spot) -> impl IntoView {
    let show = move |mark: &ValueMark| {
        let words = (words().value.mark_words)(*mark);
        (words.to_owned(), mark.code().to_owned())
    };
    let choose = choices(spot, move |cells, me| {
        rivals(&cells.mark, me, show, |authored| {
            let value = authored.value.map(Value::Mark);
            Some(FieldPath::parse(&cells.mark.path)?.set(value))
        })
    });
    let at = spot.at(Column::Actual)?;
    let at = Signal::derive(move || {
        let path = spot
            .cells
            .with(|cells| cells.as_ref().map(|cells| cells.mark.path.clone()));
        At {
            path: path.unwrap_or_default(),
            ..at.get()
        }
    });
    let field = spot.line.with_value(|line| line.id(Column::Actual));
    let what = Field::Mark.name();
    Some(view! {
        <Conflict what rivals=choose at writable=writable(spot) reason=spot.reason() field />
    })
}

#[component]
fn NoteMerged(spot: Spot) -> impl IntoView {
    let first = spot.cells.get_untracked()?.note;
    let text = Memo::new(move |_| {
        spot.cells.with(|cells| {
            let note = cells.as_ref().map(|cells| cells.note.clone());
            note.unwrap_or_else(|| first.clone())
        })
    });
    let at = spot.at(Column::Note)?;
    Some(view! {
        <Merged text at writable=writable(spot) reason=spot.reason() />
    })
}

fn choices(
    spot: Spot,
    pick: impl Fn(&ValueCells, Option<&terms::EnrolmentId>) -> Vec<Rival> + Send + Sync + 'static,
) -> Signal<Vec<Rival>> {
    let session = use_session();
    Signal::derive(move || {
        let me = session.with(|me| me.enrolment.clone());
        spot.cells.with(|cells| {
            cells
                .as_ref()
                .map(|cells| pick(cells, me.as_ref()))
                .unwrap_or_default()
        })
    })
}

fn writable(spot: Spot) -> Signal<bool> {
    Signal::derive(move || {
        spot.cells
            .with(|cells| cells.as_ref().is_some_and(|c| c.writable))
    })
}
