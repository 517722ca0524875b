//! Times the start and every view on a full year of 140 agencies, and prints them.
//!
//! `cargo run --release -p desk --example full_year -- FOLDER`: the first run fills the folder,
//! which takes minutes; the following ones only measure.

mod content;
mod fill;
mod reviewer;

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, anyhow};
use desk::{Desk, Options};
use ipc::Update;
use replica::{Clock, Replica, ShiftedClock};
use serde_json::{Value, json};
use terms::Timestamp;
use tokio::sync::mpsc;

/// What agencies report on; the views are timed in [`NOW`].
const PERIODS: [&str; 5] = ["2019-q1", "2019-q2", NOW, "2019-q4", "2019-year"];
const NOW: &str = "2019-q3";
const TODAY: Timestamp = Timestamp(1_568_178_000);
/// How often each thing is timed.
const REPEATED: u64 = 40;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let folder = std::env::args().nth(1).context("say which folder")?;
    let folder = PathBuf::from(folder);
    let clock: Arc<dyn Clock> = Arc::new(ShiftedClock::starting_at(TODAY));
    if !folder.join("full").exists() {
        fill::fill(&folder, Arc::clone(&clock)).await?;
        std::fs::write(folder.join("full"), "")?;
    }
    let begun = Instant::now();
    let replica = Replica::open(reviewer::unlocked(&folder)?, Arc::clone(&clock))?;
    println!("start to the model in memory: {:?}", begun.elapsed());
    let size = replica.folder().join("replica.sqlite").metadata()?.len();
    println!("database: {} MB", size / 1_000_000);
    replica.close().await;
    let desk = Desk::new(folder, clock, Options::default());
    let mut updates = desk.listen();
    let who = json!({ "enrolment": reviewer::ENROLMENT, "secret": reviewer::SECRET });
    ask(&desk, "Unlock", who).await?;
    views(&desk, &mut updates).await?;
    searches(&desk).await?;
    changes(&desk, &mut updates).await?;
    desk.close().await;
    Ok(())
}

async fn ask(desk: &Arc<Desk>, command: &str, args: Value) -> anyhow::Result<Value> {
    let answer = desk.call(command, args).await;
    answer.map_err(|problem| anyhow!("{command}: {}", problem.message))
}

async fn watch(
    desk: &Arc<Desk>,
    updates: &mut mpsc::Receiver<Update>,
    query: &Value,
) -> anyhow::Result<Value> {
    let watch = ask(desk, "Watch", json!({ "query": query })).await?;
    updates.recv().await.context("no rows")?;
    Ok(watch)
}

/// How long each view takes to be there, watched anew.
async fn views(desk: &Arc<Desk>, updates: &mut mpsc::Receiver<Update>) -> anyhow::Result<()> {
    for (name, query) in queries() {
        let mut times = Vec::new();
        for _ in 0..REPEATED {
            let begun = Instant::now();
            let watch = watch(desk, updates, &query).await?;
            times.push(begun.elapsed());
            ask(desk, "Unwatch", json!({ "watch": watch })).await?;
        }
        print(name, times);
    }
    Ok(())
}

fn queries() -> Vec<(&'static str, Value)> {
    let period = NOW;
    let tree =
        |search: &str| json!({ "view": "tree", "period": period, "filter": { "search": search } });
    vec![
        ("my work", json!({ "view": "my-work", "period": period })),
        ("tree", tree("")),
        ("tree, searched", tree("duong tinh")),
        (
            "task",
            json!({ "view": "task", "task": "nv-8fp1", "period": period }),
        ),
        (
            "targets",
            json!({ "view": "targets", "period": period, "mine": false }),
        ),
        ("overview", json!({ "view": "overview", "period": period })),
        ("status", json!({ "view": "status" })),
    ]
}

/// How long a search takes, as one types it.
async fn searches(desk: &Arc<Desk>) -> anyhow::Result<()> {
    for text in [
        "d",
        "du",
        "duong",
        "duong tinh",
        "hòa đông",
        "nông thôn mới",
        "xyz",
    ] {
        let mut times = Vec::new();
        for _ in 0..REPEATED {
            let begun = Instant::now();
            ask(desk, "Find", json!({ "text": text })).await?;
            times.push(begun.elapsed());
        }
        print(&format!("find «{text}»"), times);
    }
    Ok(())
}

/// How long an edit takes to be answered, and to be shown in a view that is watched.
async fn changes(desk: &Arc<Desk>, updates: &mut mpsc::Receiver<Update>) -> anyhow::Result<()> {
    // Other edits than those of the run before, which would be done already.
    let run = u64::from(std::process::id());
    for (view, (name, query)) in (0_u64..).zip(queries()) {
        let viewed = watch(desk, updates, &query).await?;
        // Changes with every edit, and is told after the view.
        let status = watch(desk, updates, &json!({ "view": "status" })).await?;
        let (mut answered, mut shown) = (Vec::new(), Vec::new());
        for number in 0..REPEATED {
            let number = (run * 10 + view) * 1_000 + number;
            let begun = Instant::now();
            ask(desk, "Submit", percent(number)).await?;
            answered.push(begun.elapsed());
            while updates.recv().await.context("no rows")?.watch != status {}
            shown.push(begun.elapsed());
        }
        print(&format!("edit with {name} watched: answered"), answered);
        print(&format!("edit with {name} watched: shown"), shown);
        for watch in [viewed, status] {
            ask(desk, "Unwatch", json!({ "watch": watch })).await?;
        }
    }
    Ok(())
}

fn percent(number: u64) -> Value {
    let edit = json!({ "kind": "set-percent", "task": "nv-8fp1", "period": NOW,
        "percent": (number % 101).to_string() });
    let request = json!({ "doc": "agency/2019/so-khdt", "seen": [], "number": number,
        "reason": null, "edit": edit });
    json!({ "request": request })
}

fn print(name: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100];
    println!("{name}: median {:?}, p95 {:?}", at(50), at(95));
}
