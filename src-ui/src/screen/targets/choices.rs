//! Below a line: the figures that stand against each other and the choice between them, and the
//! note that several wrote.

use leptos::prelude::*;
use terms::{Decimal, Edit, edit::ValueMark, rows::ValueCells};

use super::{cell, grid::Column, spot::Spot, table::waits};
use crate::{
    catalogue::words,
    field::At,
    part::{Conflict, Merged, Rival, rivals},
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
    let texts = words().targets;
    let figure = cell::figure(column)?;
    let what = match column {
        Column::SamePeriod => texts.same_period,
        Column::Estimate => texts.estimate,
        _ => texts.actual,
    };
    let period = spot.period;
    let edit = move |target, value| Edit::SetValue {
        target,
        period,
        field: figure,
        value,
    };
    let show = |value: &Decimal| (value.format_vi(), value.to_string());
    let choose = choices(spot, move |cells, target, me| {
        rivals(cell::field(cells, figure), me, show, |said| {
            edit(target.clone(), said.value)
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
    let period = spot.period;
    let code = |mark: &ValueMark| {
        serde_json::to_value(mark)
            .ok()
            .and_then(|code| Some(code.as_str()?.to_owned()))
    };
    let show = move |mark: &ValueMark| {
        (
            (words().said.mark_words)(*mark).to_owned(),
            code(mark).unwrap_or_default(),
        )
    };
    let choose = choices(spot, move |cells, target, me| {
        rivals(&cells.mark, me, show, |said| Edit::SetValueMark {
            target: target.clone(),
            period,
            mark: said.value,
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
    let what = (words().common.field)(terms::rows::FieldKind::ValueMark);
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
    let confirm = Callback::new(move |()| Edit::ConfirmValueNote {
        target: spot.row.with_untracked(|row| row.target.clone()),
        period: spot.period,
    });
    Some(view! {
        <Merged text at edit=confirm writable=writable(spot) reason=spot.reason() />
    })
}

fn choices(
    spot: Spot,
    pick: impl Fn(&ValueCells, &terms::TargetId, Option<&terms::EnrolmentId>) -> Vec<Rival>
    + Send
    + Sync
    + 'static,
) -> Signal<Vec<Rival>> {
    let session = use_session();
    Signal::derive(move || {
        let me = session.with(|me| me.enrolment.clone());
        let target = spot.row.with(|row| row.target.clone());
        spot.cells.with(|cells| {
            cells
                .as_ref()
                .map(|cells| pick(cells, &target, me.as_ref()))
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
