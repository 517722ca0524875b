//! What other agencies say of a target, beside its owner's figures.

use leptos::prelude::*;
use terms::{
    Period,
    rows::{Contribution, TargetRow, ValueCells},
};

use super::{
    cell_view::Cell,
    choices::Choices,
    grid::Column,
    sheet::{Line, Sheet},
    spot::Spot,
};
use crate::{catalogue::words, rows::Key, session::use_session};

/// What other agencies say, never summed.
#[component]
pub fn Contributions(
    /// The target's key.
    key: Key,
    /// The target.
    row: Memo<TargetRow>,
    /// What they say.
    contributions: Memo<Vec<Contribution>>,
    /// The table.
    sheet: Sheet,
) -> impl IntoView {
    let texts = words().targets;
    let period: Period = use_session().period().get_untracked();
    let agencies = Memo::new(move |_| {
        contributions.with(|all| {
            all.iter()
                .map(|other| other.agency.clone())
                .collect::<Vec<_>>()
        })
    });
    let line = move |agency: terms::rows::AgencyName| {
        let line = Line {
            key: key.clone(),
            agency: Some(agency.id.clone()),
        };
        // What stands in the table already is only read here: one field, one place.
        let in_table = sheet
            .lines
            .with_untracked(|lines| lines.iter().any(|(l, _)| *l == line));
        let of = line.clone();
        let cells = Memo::new(move |_| {
            let cells = row.with(|row| of.cells(row).cloned());
            cells.map(|cells| ValueCells {
                writable: cells.writable && !in_table,
                ..cells
            })
        });
        let shown = Line {
            key: format!("detail-{}", line.key).into(),
            ..line
        };
        let spot = Spot {
            sheet,
            line: StoredValue::new(shown),
            row,
            cells,
            period,
        };
        view! {
            <tbody>
                <tr>
                    <th scope="row">{agency.short}</th>
                    <td class="number" data-label=texts.actual><Cell spot column=Column::Actual /></td>
                    <td class="number" data-label=texts.estimate><Cell spot column=Column::Estimate /></td>
                    <td class="text" data-label=texts.note><Cell spot column=Column::Note /></td>
                </tr>
                {(!in_table).then(|| view! { <Choices spot /> })}
            </tbody>
        }
    };
    view! {
        <section>
            <h3>{texts.contributions}</h3>
            <p class="mute small">{texts.contributions_hint}</p>
            <table class="target-shares">
                <thead>
                    <tr>
                        <th scope="col">{texts.agency}</th>
                        <th scope="col" class="number">{texts.actual}</th>
                        <th scope="col" class="number">{texts.estimate}</th>
                        <th scope="col">{texts.note}</th>
                    </tr>
                </thead>
                <For each=move || agencies.get() key=|agency| agency.id.clone() children=line.clone() />
            </table>
        </section>
    }
}
