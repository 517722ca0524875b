//! A year in which everybody has written everything.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use anyhow::Context as _;
use programme::{Viewer, views::my_work};
use replica::{
    Clock, Replica,
    vault::{FileVault, Vault as _},
};
use terms::{
    AgencyId, Decimal, DocId, Edit, EditRequest, Field, ItemId, Period, Record, TaskId, Value,
    WorkStatus,
};
use tokio::task::JoinSet;

use crate::{NOW, PERIODS, TODAY, content, reviewer};

/// Tasks that an agency reports on in each period.
const TASKS: usize = 15;

/// Writes it into a folder, as the reviewer's replica.
pub(crate) async fn fill(folder: &Path, clock: Arc<dyn Clock>) -> anyhow::Result<()> {
    let replica = Replica::open(reviewer::unlocked(folder)?, clock)?;
    replica.import(content::programme()?).await?;
    // So many at a time that their documents stay in memory.
    for some in content::agencies()?.chunks(20) {
        let writing = some
            .iter()
            .map(|agency| say_all(replica.clone(), agency.clone()));
        let mut writing = writing.collect::<JoinSet<_>>();
        while let Some(said) = writing.join_next().await {
            said??;
        }
    }
    let file = replica.folder().join("replica.sqlite");
    replica.close().await;
    enrol(folder)?;
    // It all has been at the province for long.
    let db = rusqlite::Connection::open(file)?;
    db.execute_batch("UPDATE change SET state = 'acknowledged', relay_seq = number")?;
    Ok(())
}

/// What enrolling would have left beside the replica.
fn enrol(folder: &Path) -> anyhow::Result<()> {
    let who = reviewer::unlocked(folder)?.enrolment().clone();
    let own = folder.join(who.enrolment.as_str());
    std::fs::write(own.join("enrolment.json"), serde_json::to_vec(&who)?)?;
    let vault = FileVault::new(folder);
    vault.seal(&who.enrolment, &reviewer::SEED, reviewer::SECRET)?;
    Ok(())
}

async fn say_all(replica: Replica, agency: AgencyId) -> anyhow::Result<()> {
    let doc = DocId::Agency(2019, agency.clone());
    let tasks = tasks(&replica, &agency)?;
    for (number, period) in (0_u64..).zip(PERIODS) {
        for (place, task) in (0_u32..).zip(&tasks) {
            for (which, edit) in (0_u64..).zip(edits(task, period, place)?) {
                let request = EditRequest {
                    doc: doc.clone(),
                    seen: replica.read(|model, _| model.heads(&doc)),
                    number: number * 1_000_000 + u64::from(place) * 10 + which,
                    reason: Some("nhập thay".to_owned()),
                    edit,
                };
                replica.edit(request).await.context("an edit")?;
            }
        }
    }
    Ok(())
}

fn tasks(replica: &Replica, agency: &AgencyId) -> anyhow::Result<Vec<TaskId>> {
    let viewer = Viewer {
        agency: agency.clone(),
        ..replica.viewer()
    };
    let period: Period = NOW.parse()?;
    let rows =
        replica.read(|model, _| my_work(model, &viewer, period, TODAY.date(), &BTreeMap::new()));
    let tasks = rows.into_iter().map(|(_, row)| row.task);
    Ok(tasks.take(TASKS).collect())
}

fn edits(task: &TaskId, period: &str, place: u32) -> anyhow::Result<Vec<Edit>> {
    let text = format!(
        "Kỳ {period}: đã hoàn thành {place} km đường tỉnh, nghiệm thu hai cầu nông thôn, giải \
         ngân vốn đầu tư công theo kế hoạch; còn vướng giải phóng mặt bằng tại xã Hòa Đông."
    );
    let id: ItemId = format!("k-{task}-{period}").parse()?;
    // An agency has a few obstacles that are open.
    let blocked = place.is_multiple_of(5) && period == NOW;
    let period: Period = period.parse()?;
    let mut edits = vec![
        Edit::status(task.clone(), period, Some(WorkStatus::InProgress), None),
        Edit::set(
            Record::Progress(task.clone(), period),
            Field::Percent,
            Some(Value::Figure(Decimal::from(i32::try_from(place)?))),
        ),
        Edit::text(
            Record::Progress(task.clone(), period),
            Field::Narrative,
            text.clone(),
        ),
    ];
    if blocked {
        edits.push(Edit::obstacle(id, task.clone(), period, text, None));
    }
    Ok(edits)
}
