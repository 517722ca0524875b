//! Views and other things to look at, from the replica's model to the window's rows.

use std::collections::{BTreeMap, BTreeSet};

use ipc::{
    History, Me, Overview, PersonRow, Problem, Query, ShowsDocuments, SyncFacts, Targets, Task,
    Tree, UnsentRow,
};
use programme::{ReadModel, views};
use replica::{About, Enrolment, Replica, StoreError};
use serde::Serialize;
use terms::{
    Date, Period, PeriodKind, TaskId,
    rows::{DraftRow, HistoryRow, News},
};

use crate::{Options, diff::Rows, problem::IntoProblem};

/// Lines of «Vừa thay đổi».
const RECENT: usize = 30;
/// Steps of a task's or a target's whole history.
const HISTORY: usize = 500;
/// Lines of news under one row.
const NEWS: usize = 3;

/// The rows of a query now. What the disk can't give at the moment is left out and logged: a view
/// shows what it has.
pub(crate) fn rows(replica: &Replica, query: &Query, today: Date, options: Options) -> Rows {
    match query {
        Query::MyWork(ipc::MyWork { period }) => {
            let viewer = replica.viewer();
            let news = given("news", replica.news(NEWS));
            replica.read(|model, _| {
                let news = news_lines(model, news);
                keyed(views::my_work(model, &viewer, *period, today, &news))
            })
        }
        Query::Tree(tree) => tree_rows(replica, tree, today),
        Query::Task(Task { task, period }) => {
            let viewer = replica.viewer();
            replica.read(|model, _| keyed(views::task(model, &viewer, task, *period, today)))
        }
        Query::Targets(Targets { period, mine }) => {
            let viewer = replica.viewer();
            replica.read(|model, _| keyed(views::targets(model, &viewer, *period, *mine)))
        }
        Query::Overview(Overview { period }) => {
            let recent = given("recent changes", replica.recent(RECENT));
            replica.read(|model, _| {
                let line = |(doc, step)| views::news(model, &doc, &step);
                let recent = recent.into_iter().filter_map(line).collect();
                keyed(views::overview(model, *period, today, recent))
            })
        }
        Query::Status(_) => keyed(vec![("status".to_owned(), status(replica))]),
        Query::WhoAmI(_) => keyed(vec![("me".to_owned(), me(replica, today, options))]),
        Query::Drafts(_) => {
            let key = |row: DraftRow| (format!("{}#{}", row.draft.doc, row.draft.path), row);
            let drafts = given("drafts", drafts(replica));
            keyed(drafts.into_iter().map(key).collect())
        }
    }
}

/// Whether a view says anything of drafts: these are all that changes while somebody types.
pub(crate) fn shows_drafts(query: &Query) -> bool {
    match query {
        Query::Drafts(_) | Query::Status(_) => true,
        Query::MyWork(_)
        | Query::Tree(_)
        | Query::Task(_)
        | Query::Targets(_)
        | Query::Overview(_)
        | Query::WhoAmI(_) => false,
    }
}

fn tree_rows(replica: &Replica, Tree { period, filter }: &Tree, today: Date) -> Rows {
    let searched = !filter.search.trim().is_empty();
    let found = if searched {
        given("search", replica.search_tasks(&filter.search))
    } else {
        BTreeSet::new()
    };
    let viewer = replica.viewer();
    replica.read(|model, _| keyed(views::tree(model, &viewer, filter, &found, *period, today)))
}

fn news_lines(
    model: &ReadModel,
    news: BTreeMap<TaskId, Vec<(terms::DocId, programme::HistoryStep)>>,
) -> BTreeMap<TaskId, Vec<News>> {
    let lines = |steps: Vec<(terms::DocId, programme::HistoryStep)>| {
        let line = |(doc, step): &(_, _)| views::news(model, doc, step);
        steps.iter().filter_map(line).take(NEWS).collect::<Vec<_>>()
    };
    news.into_iter()
        .map(|(task, steps)| (task, lines(steps)))
        .collect()
}

/// What the status line is made of.
fn status(replica: &Replica) -> SyncFacts {
    let status = replica.status();
    let viewer = replica.viewer();
    SyncFacts {
        drafts: status.drafts,
        pending: status.pending,
        quarantined: status.quarantined,
        conflicts: replica.read(|model, _| views::conflicts(model, &viewer)),
        connection: status.connection,
        synced_at: status.synced_at,
    }
}

/// The person at the window.
pub(crate) fn me(replica: &Replica, today: Date, options: Options) -> Me {
    let enrolled = replica.enrolment();
    let viewer = replica.viewer();
    replica.read(|model, directory| {
        let periods = views::periods(model);
        let person = directory.author(&viewer.enrolment);
        let agency_name = directory.agency(&viewer.agency);
        Me {
            name: person.map_or_else(|| enrolled.name.clone(), |(_, person)| person.name.clone()),
            agency_name: agency_name.map_or_else(
                || enrolled.agency_name.clone(),
                |agency| agency.name.clone(),
            ),
            enrolment: viewer.enrolment,
            role: viewer.role,
            agency: viewer.agency,
            year: model.year(),
            today,
            demonstration: options.demonstration,
            period: open_period(&periods, model.year(), today),
            periods,
            agencies: views::agencies(model),
            groups: views::groups(model),
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

/// What is typed and not an edit yet.
pub(crate) fn drafts(replica: &Replica) -> Result<Vec<DraftRow>, StoreError> {
    let drafts = replica.drafts()?;
    Ok(replica.read(|model, _| {
        let row = |draft| views::draft(model, draft);
        drafts.into_iter().map(row).collect()
    }))
}

/// The history asked for, newest first.
pub(crate) fn history(replica: &Replica, of: &History) -> Result<Vec<HistoryRow>, Problem> {
    let steps = match of {
        History::Field { doc, path } => replica.history_field(doc, path),
        History::Task { task } => about(replica, &About::Task(task.clone())),
        History::Target { target } => about(replica, &About::Target(target.clone())),
    }
    .map_err(IntoProblem::into_problem)?;
    Ok(replica.read(|model, _| steps.iter().map(|t| views::history_row(model, t)).collect()))
}

fn about(replica: &Replica, about: &About) -> Result<Vec<programme::HistoryStep>, StoreError> {
    let steps = replica.history_about(about, HISTORY)?;
    Ok(steps.into_iter().map(|(_, step)| step).collect())
}

/// What has not reached the province, or was refused there.
pub(crate) fn unsent(replica: &Replica) -> Result<Vec<UnsentRow>, Problem> {
    let unsent = replica.unsent().map_err(IntoProblem::into_problem)?;
    Ok(replica.read(|model, _| {
        let row = |unsent: replica::Unsent| UnsentRow {
            history: HistoryRow {
                saved: unsent.saved,
                ..views::history_row(model, &unsent.step)
            },
            doc: unsent.doc,
        };
        unsent.into_iter().map(row).collect()
    }))
}

/// The rows as they travel: the heads of the documents that they show are beside them, once.
fn keyed<R: Serialize + ShowsDocuments>(rows: Vec<(String, R)>) -> Rows {
    let mut travelling = Rows::default();
    for (key, mut row) in rows {
        row.take_heads(&mut travelling.heads);
        match serde_json::to_value(row) {
            Ok(row) => travelling.rows.push((key, row)),
            Err(error) => tracing::error!(%key, %error, "a row cannot be written as JSON"),
        }
    }
    travelling
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
