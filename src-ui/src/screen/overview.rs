//! The screen «Tổng quan»: the whole province, updated while one looks.

pub mod agencies;
pub mod board;
pub mod changed;
pub mod groups;
pub mod lists;
pub mod totals;

use leptos::prelude::*;

use crate::{catalogue::words, component::Empty, session::use_session, transport::use_client};
use agencies::Agencies;
use board::{List, list_of};
use groups::Groups;
use lists::ShortList;
use totals::{Sums, Totals};

/// The province at a glance, in the period looked at.
#[component]
pub fn OverviewScreen() -> impl IntoView {
    let (client, session, texts) = (use_client(), use_session(), words().overview);
    let period = session.period();
    let rows = client.watch(move || ipc::Overview {
        period: period.get(),
    });
    let sums = Memo::new(move |_| rows.find(Sums::of).unwrap_or_default());
    let keys = move |list: List| {
        Memo::new(move |_| {
            let all = rows.all().into_iter();
            all.filter(|(_, row)| list_of(row) == Some(list))
                .map(|(key, _)| key)
                .collect::<Vec<_>>()
        })
    };
    let empty = Signal::derive(move || rows.keys().with(Vec::is_empty));
    let when = move || (words().common.period)(period.get());
    view! {
        <div class="overview" data-screen="overview">
            <div class="screen-head">
                <h1 tabindex="-1">{texts.heading} " " <small>{when}</small></h1>
            </div>
            <Empty state=Signal::derive(move || rows.state()) empty text=texts.empty.to_owned() />
            <Show when=move || !empty.get()>
                <Totals sums />
                <div class="overview-needs">
                    <ShortList rows keys=keys(List::Targets) few=3 name="targets" title=texts.at_risk empty=texts.no_risk />
                    <ShortList rows keys=keys(List::Milestones) few=3 name="milestones" title=texts.milestones empty=texts.no_milestones />
                    <ShortList rows keys=keys(List::Obstacles) few=3 name="obstacles" title=texts.waiting_obstacles empty=texts.no_obstacles />
                </div>
                <div class="overview-columns">
                    <Groups rows keys=keys(List::Groups) />
                    <ShortList rows keys=keys(List::News) few=4 name="news" title=texts.news empty=texts.no_news />
                </div>
                <Agencies rows />
            </Show>
        </div>
    }
}
