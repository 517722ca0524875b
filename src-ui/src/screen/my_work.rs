//! The screen «Việc của tôi»: what this agency has to do, the most pressing first.

pub mod groups;
pub mod list;
pub mod row;

use std::ops::Deref;

use leptos::prelude::*;
use terms::rows::{Bucket, WorkRow};

use self::list::WorkList;
use crate::{
    catalogue::words,
    component::Split,
    route::{Route, use_router},
    rows::Rows,
    screen::task::TaskScreen,
};

/// The rows of «Việc của tôi», which the navigation counts too.
#[derive(Clone, Copy)]
pub struct MyWorkRows(pub Rows<WorkRow>);

/// The rows of «Việc của tôi» in the period looked at.
pub fn use_my_work() -> MyWorkRows {
    expect_context()
}

impl Deref for MyWorkRows {
    type Target = Rows<WorkRow>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl MyWorkRows {
    /// How many cannot wait: values to choose, milestones, what this agency alone knows.
    pub fn pressing(&self) -> usize {
        let pressing = |bucket| {
            matches!(
                bucket,
                Bucket::ToChoose | Bucket::OnlyMine | Bucket::Milestone
            )
        };
        self.all()
            .iter()
            .filter(|(_, row)| pressing(row.bucket))
            .count()
    }
}

/// The screen.
#[component]
pub fn MyWorkScreen() -> impl IntoView {
    let router = use_router();
    let task = Memo::new(move |_| match router.get() {
        Route::MyWork(task) => task,
        _ => None,
    });
    let detail = move || task.get().map(|task| view! { <TaskScreen task /> });
    view! {
        <Split
            open=Signal::derive(move || task.get().is_some())
            list_route=Route::MyWork(None)
            pick=words().my_work.pick
            detail
        >
            <WorkList open=task />
        </Split>
    }
}
