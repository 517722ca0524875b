//! Ctrl+K: what the words lead to.

use ipc::{Found, Problem};
use programme::{ReadModel, views};
use replica::{Hit, Replica};
use terms::FieldPath;

use crate::problem::IntoProblem;

/// As many as fit a list that one looks over.
const MOST: usize = 20;

/// What the words lead to, the best first.
pub(crate) fn find(replica: &Replica, text: &str) -> Result<Vec<Found>, Problem> {
    let hits = replica.search(text).map_err(IntoProblem::into_problem)?;
    Ok(replica.read(|model, _| {
        hits.into_iter()
            .filter_map(|hit| found(model, hit))
            .take(MOST)
            .collect()
    }))
}

fn found(model: &ReadModel, hit: Hit) -> Option<Found> {
    Some(match hit {
        Hit::Task(task) => {
            let (clause, title) = views::task_name(model, &task)?;
            Found::Task {
                task,
                clause,
                title,
            }
        }
        Hit::Target(target) => Found::Target {
            name: views::target_name(model, &target)?,
            target,
        },
        Hit::Agency(agency) => Found::Agency {
            agency: views::agency(model, &agency),
        },
        Hit::Text {
            task: None, path, ..
        } => noted(model, &path)?,
        Hit::Text {
            task: Some(task),
            excerpt,
            ..
        } => {
            let (_, title) = views::task_name(model, &task)?;
            Found::Text {
                task,
                title,
                excerpt,
            }
        }
    })
}

/// The target that a note stands beside; what is about nothing leads nowhere.
fn noted(model: &ReadModel, path: &str) -> Option<Found> {
    let target = FieldPath::parse(path)?.record.target().cloned()?;
    let name = views::target_name(model, &target)?;
    Some(Found::Target { target, name })
}
