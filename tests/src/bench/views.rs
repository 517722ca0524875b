//! How long a view takes from the question to the rows, as the window asks for them.

use std::{sync::Arc, time::Instant};

use anyhow::{Context, anyhow};
use desk::{Desk, Options};
use serde_json::{Value, json};

use super::{Sample, TIMES, clock, first_on};
use crate::world::{PIN, World};

pub(super) async fn measure(world: &World) -> anyhow::Result<()> {
    let folder = world.folder().join("so-khdt");
    let desk = Desk::new(folder.clone(), Arc::new(clock()?), Options::default());
    let who = json!({ "enrolment": first_on(&folder)?, "secret": PIN });
    ask(&desk, "Unlock", who).await?;
    let mut updates = desk.listen();
    let q3 = json!("2019-q3");
    let views = [
        json!({ "view": "my-work", "period": q3 }),
        tree(&q3, ""),
        tree(&q3, "duong"),
        json!({ "view": "task", "task": "nv-90yh", "period": q3 }),
        json!({ "view": "targets", "period": q3, "mine": false }),
        json!({ "view": "overview", "period": q3 }),
    ];
    for query in views {
        let mut times = Sample::default();
        for _ in 0..TIMES {
            let begun = Instant::now();
            let watch = ask(&desk, "Watch", json!({ "query": query })).await?;
            updates.recv().await.context("no rows")?;
            times.add(begun.elapsed());
            ask(&desk, "Unwatch", json!({ "watch": watch })).await?;
        }
        let search = query["search"].as_str().unwrap_or_default();
        println!(
            "{}",
            times.line(&format!("view {} {search}", query["view"]))
        );
    }
    let mut times = Sample::default();
    for _ in 0..TIMES {
        let begun = Instant::now();
        ask(&desk, "Find", json!({ "text": "duong" })).await?;
        times.add(begun.elapsed());
    }
    println!("{}", times.line("search everywhere for «duong»"));
    desk.close().await;
    Ok(())
}

fn tree(period: &Value, search: &str) -> Value {
    json!({ "view": "tree", "period": period, "filter": { "search": search } })
}

async fn ask(desk: &Arc<Desk>, command: &str, args: Value) -> anyhow::Result<Value> {
    let answer = desk.call(command, args).await;
    answer.map_err(|problem| anyhow!("{command}: {}", problem.message))
}
