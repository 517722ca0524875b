//! The eight groups: how far each is.

use leptos::prelude::*;
use terms::{Field, GroupId, rows::OverviewRow};

use super::{
    changed::changed,
    totals::{counts_bar, updated_bar},
};
use crate::{
    catalogue::words,
    route::{Narrow, Route},
    rows::{Key, Rows},
};

/// The table of groups.
#[component]
pub fn Groups(
    /// The rows of the screen.
    rows: Rows<OverviewRow>,
    /// The groups among them.
    keys: Memo<Vec<Key>>,
) -> impl IntoView {
    let texts = words().overview;
    view! {
        <section class="board card" data-list="groups">
            <h2>{texts.groups}</h2>
            <table>
                <thead>
                    <tr>
                        <th scope="col"><span class="hidden-text">{texts.groups}</span></th>
                        <th scope="col">{Field::Status.name()}</th>
                        <th scope="col" class="number">{texts.agency_updated}</th>
                        <th scope="col" class="number">{texts.agency_obstacles}</th>
                    </tr>
                </thead>
                <tbody>
                    <For
                        each=move || keys.get()
                        key=Clone::clone
                        children=move |key| view! { <Group rows key /> }
                    />
                </tbody>
            </table>
        </section>
    }
}

#[component]
fn Group(rows: Rows<OverviewRow>, key: Key) -> impl IntoView {
    let cell = rows.row(&key)?;
    let row = Memo::new(move |_| cell.get());
    let mark = changed(row);
    let of = |id: &GroupId, not_updated, obstacles| {
        let group = Some(id.clone());
        Route::Narrowed(Narrow {
            group,
            obstacles,
            not_updated,
            ..Narrow::default()
        })
        .href()
    };
    let line = move || match row.get() {
        OverviewRow::Group {
            id,
            number,
            title,
            counts,
            updated,
            obstacles,
        } => {
            let texts = words().overview;
            view! {
                <th scope="row">
                    <a href=of(&id, false, false)>
                        <span class="board-number">{number} ". "</span>
                        {title.clone()}
                    </a>
                </th>
                <td class="board-bar" inner_html=counts_bar(&format!("group-{id}"), &title, &counts) />
                <td class="number">
                    <a class="board-updated" href=of(&id, true, false)>
                        <span class="board-share" inner_html=updated_bar(&format!("written-{id}"), &title, updated) />
                        {(texts.of)(updated.0, updated.1)}
                    </a>
                </td>
                <td class="number" class:zero=obstacles == 0 data-label=texts.agency_obstacles>
                    <a href=of(&id, false, true)>{obstacles}</a>
                </td>
            }
            .into_any()
        }
        _ => ().into_any(),
    };
    Some(view! { <tr class=move || mark.get() data-row=key.to_string()>{line}</tr> })
}
