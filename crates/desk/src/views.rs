//! Views and other things to look at, from the replica's model to the window's rows.

use std::collections::{BTreeMap, BTreeSet};

use ipc::{
    Connection, Draft, History, Me, Overview, PersonRow, Problem, Query, SyncFacts, Targets, Task,
    Tree, UnsentRow,
};
use programme::{World, views};
use replica::{About, Enrolment, Replica, StoreError};
use serde::Serialize;
use terms::{
    Date, Period, PeriodKind, TaskId, Timestamp,
    rows::{HistoryRow, News},
};

use crate::{Options, diff::Keyed, problem::IntoProblem};

/// Lines of «Vừa thay đổi».
const RECENT: usize = 30;
/// Steps of a task's or a target's whole history.
const HISTORY: usize = 500;
/// Lines of news under one row.
const NEWS: usize = 3;

/// The rows of a query now. What the disk can't give at the moment is left out and logged: a view
/// shows what it has.
pub(crate) fn rows(replica: &Replica, query: &Query, now: Timestamp) -> Vec<Keyed> {
    let today = now.date();
    match query {
        Query::MyWork(ipc::MyWork { period }) => {
            let viewer = replica.viewer();
            let news = given("news", replica.news(NEWS));
            replica.read(|world, _| {
                let news = news_lines(world, news);
                keyed(views::my_work(world, &viewer, *period, today, &news))
            })
        }
        Query::Tree(tree) => tree_rows(replica, tree, today),
        Query::Task(Task { task, period }) => {
            let viewer = replica.viewer();
            replica.read(|world, _| keyed(views::task(world, &viewer, task, *period, today)))
        }
        Query::Targets(Targets { period, mine }) => {
            let viewer = replica.viewer();
            replica.read(|world, _| keyed(views::targets(world, &viewer, *period, *mine)))
        }
        Query::Overview(Overview { period }) => {
            let recent = given("recent changes", replica.recent(RECENT));
            replica.read(|world, _| {
                let line = |(doc, touch)| views::news(world, &doc, &touch);
                let recent = recent.into_iter().filter_map(line).collect();
                keyed(views::overview(world, *period, today, recent))
            })
        }
        Query::Status(_) => keyed(vec![("status".to_owned(), status(replica, now))]),
    }
}

fn tree_rows(replica: &Replica, Tree { period, filter }: &Tree, today: Date) -> Vec<Keyed> {
    let searched = !filter.search.trim().is_empty();
    let found = if searched {
        given("search", replica.search_tasks(&filter.search))
    } else {
        BTreeSet::new()
    };
    let viewer = replica.viewer();
    replica.read(|world, _| keyed(views::tree(world, &viewer, filter, &found, *period, today)))
}

fn news_lines(
    world: &World,
    news: BTreeMap<TaskId, Vec<(terms::DocId, programme::Touch)>>,
) -> BTreeMap<TaskId, Vec<News>> {
    let lines = |touches: Vec<(terms::DocId, programme::Touch)>| {
        let line = |(doc, touch): &(_, _)| views::news(world, doc, touch);
        touches
            .iter()
            .filter_map(line)
            .take(NEWS)
            .collect::<Vec<_>>()
    };
    news.into_iter()
        .map(|(task, touches)| (task, lines(touches)))
        .collect()
}

/// What the status line is made of.
fn status(replica: &Replica, now: Timestamp) -> SyncFacts {
    let status = replica.status();
    let viewer = replica.viewer();
    SyncFacts {
        pending: status.pending,
        quarantined: status.quarantined,
        conflicts: replica.read(|world, _| views::conflicts(world, &viewer)),
        connection: match status.connection {
            replica::Connection::Offline => Connection::Offline,
            replica::Connection::CatchingUp => Connection::CatchingUp,
            replica::Connection::Live => Connection::Live,
            replica::Connection::Refused { message } => Connection::Refused { message },
        },
        synced_at: status.synced_at,
        now,
    }
}

/// The person at the window.
pub(crate) fn me(replica: &Replica, today: Date, options: Options) -> Me {
    let Enrolment {
        enrolment,
        name,
        agency,
        agency_name,
        role,
        ..
    } = replica.enrolment().clone();
    replica.read(|world, _| {
        let periods = views::periods(world);
        Me {
            enrolment,
            name,
            role,
            agency,
            agency_name,
            year: world.year(),
            today,
            demonstration: options.demonstration,
            period: open_period(&periods, world.year(), today),
            periods,
            agencies: views::agencies(world),
            groups: views::groups(world),
        }
    })
}

/// The period whose deadline comes next; after the last one, the year.
fn open_period(periods: &[(Period, Date)], year: u16, today: Date) -> Period {
    let open = periods.iter().filter(|(_, deadline)| today <= *deadline);
    open.min_by_key(|(_, deadline)| *deadline).map_or(
        Period {
            year,
            kind: PeriodKind::Year,
        },
        |(period, _)| *period,
    )
}

/// A person enrolled on this device.
pub(crate) fn person(enrolled: Enrolment) -> PersonRow {
    PersonRow {
        enrolment: enrolled.enrolment,
        name: enrolled.name,
        agency: enrolled.agency_name,
        role: enrolled.role,
    }
}

/// What was being typed.
pub(crate) fn draft(draft: replica::Draft) -> Draft {
    Draft {
        doc: draft.doc,
        path: draft.path,
        seen: draft.seen,
        text: draft.text,
    }
}

/// The history asked for, newest first.
pub(crate) fn history(replica: &Replica, of: &History) -> Result<Vec<HistoryRow>, Problem> {
    let touches = match of {
        History::Field { doc, path } => replica.history_field(doc, path),
        History::Task { task } => about(replica, &About::Task(task.clone())),
        History::Target { target } => about(replica, &About::Target(target.clone())),
    }
    .map_err(IntoProblem::into_problem)?;
    Ok(replica.read(|world, _| {
        touches
            .iter()
            .map(|t| views::history_row(world, t))
            .collect()
    }))
}

fn about(replica: &Replica, about: &About) -> Result<Vec<programme::Touch>, StoreError> {
    let touches = replica.history_about(about, HISTORY)?;
    Ok(touches.into_iter().map(|(_, touch)| touch).collect())
}

/// What has not reached the province, or was refused there.
pub(crate) fn unsent(replica: &Replica) -> Result<Vec<UnsentRow>, Problem> {
    let unsent = replica.unsent().map_err(IntoProblem::into_problem)?;
    Ok(replica.read(|world, _| {
        let row = |unsent: replica::Unsent| UnsentRow {
            history: views::history_row(world, &unsent.touch),
            doc: unsent.doc,
            saved: unsent.saved,
            refused: unsent.refused,
        };
        unsent.into_iter().map(row).collect()
    }))
}

fn keyed<R: Serialize>(rows: Vec<(String, R)>) -> Vec<Keyed> {
    rows.into_iter()
        .filter_map(|(key, row)| match serde_json::to_value(row) {
            Ok(row) => Some((key, row)),
            Err(error) => {
                tracing::error!(%key, %error, "a row cannot be written as JSON");
                None
            }
        })
        .collect()
}

fn given<T: Default>(what: &str, read: Result<T, StoreError>) -> T {
    read.unwrap_or_else(|error| {
        tracing::error!(%error, "{what} cannot be read");
        T::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn the_open_period_is_the_one_due_next() {
        let periods: Vec<(Period, Date)> = [
            ("2019-q1", "2019-03-15"),
            ("2019-q2", "2019-06-15"),
            ("2019-q3", "2019-09-15"),
            ("2019-q4", "2019-12-15"),
            ("2019-year", "2019-11-14"),
        ]
        .map(|(period, deadline)| (period.parse().unwrap(), day(deadline)))
        .into();
        let table = [
            ("2019-01-02", "2019-q1"),
            ("2019-03-15", "2019-q1"),
            ("2019-03-16", "2019-q2"),
            ("2019-09-11", "2019-q3"),
            ("2019-09-16", "2019-year"),
            ("2019-11-14", "2019-year"),
            ("2019-11-15", "2019-q4"),
            ("2020-01-05", "2019-year"),
        ];
        for (today, open) in table {
            assert_eq!(
                open_period(&periods, 2019, day(today)).to_string(),
                open,
                "{today}"
            );
        }
    }
}
