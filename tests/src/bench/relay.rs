//! The relay's own part: people without an application on one side, the relay's process on the
//! other, nothing between them.
//!
//! What is compared is measured in turns, now the one first and now the other: whatever else the
//! machine does meanwhile happens to both.

use std::time::{Duration, Instant};

use futures_util::future::try_join_all;

use super::{
    floor::{Disk, Echo, Log},
    people::{self, Person},
    sample::Sample,
};
use crate::world::Programs;

/// How many people write at the same time.
const PEOPLE: u8 = 150;
/// How often the time of one change is taken.
const TIMES: u32 = 400;
/// How often who goes first changes, and how many changes everybody writes each time.
const TURNS: u32 = 6;
const EACH: u32 = 10;

/// Measures and prints.
pub async fn measure(programs: &Programs) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let (relay, mut people) = people::connected(programs, folder.path(), PEOPLE).await?;
    let (mut disk, mut echo) = (Disk::open(folder.path())?, Echo::open().await?);
    let mut log = Log::open(folder.path())?;
    for person in &mut people {
        person.write(TURNS * EACH)?;
    }
    let one = &mut people[0];
    one.write(TIMES)?;
    println!("a change as it is pushed: {} bytes", one.weight());
    let mut samples: [Sample; 4] = Default::default();
    let [synced, echoed, committed, acknowledged] = &mut samples;
    for turn in 0..TIMES {
        if turn % 2 == 0 {
            acknowledged.add(push(one).await?);
        }
        synced.add(disk.fdatasync()?);
        echoed.add(echo.once().await?);
        committed.add(log.commit(1)?);
        if turn % 2 == 1 {
            acknowledged.add(push(one).await?);
        }
    }
    println!("{}", synced.line("floor: fdatasync of 256 bytes"));
    println!("{}", echoed.line("floor: WebSocket echo of 256 bytes"));
    println!("{}", committed.line("floor: SQLite commit of one change"));
    let what = "a change pushed, to acknowledged";
    println!("{}", acknowledged.beside(what, &synced.plus(echoed)));
    let times = acknowledged.times(&committed.plus(echoed));
    println!("the same beside SQLite commit + echo: {times}");
    let memory = relay.memory()? / 1024;
    println!("the relay's memory, {PEOPLE} people connected: {memory} MB");
    together(&mut people, &mut log).await
}

async fn push(person: &mut Person) -> anyhow::Result<Duration> {
    let begun = Instant::now();
    person.push().await?;
    Ok(begun.elapsed())
}

/// Everybody writes at once, and waits for each change before the next.
async fn together(people: &mut [Person], log: &mut Log) -> anyhow::Result<()> {
    let mut echoes = Vec::new();
    for _ in 0..PEOPLE {
        echoes.push(Echo::open().await?);
    }
    let [mut relay, mut sqlite, mut sockets] = [Duration::ZERO; 3];
    for turn in 0..TURNS {
        if turn % 2 == 0 {
            relay += all(people.iter_mut().map(each)).await?;
        }
        for _ in 0..EACH {
            sqlite += log.commit(PEOPLE.into())?;
        }
        sockets += all(echoes.iter_mut().map(each_again)).await?;
        if turn % 2 == 1 {
            relay += all(people.iter_mut().map(each)).await?;
        }
    }
    let changes = f64::from(TURNS * EACH * u32::from(PEOPLE));
    let [relay, sqlite, sockets] = [relay, sqlite, sockets].map(|all| changes / all.as_secs_f64());
    println!("floor: SQLite, {PEOPLE} changes in each commit: {sqlite:.0} changes a second");
    println!("floor: WebSocket echo, {PEOPLE} at once: {sockets:.0} a second");
    println!(
        "{PEOPLE} people at once, each waiting for each change: {relay:.0} changes a second, \
         {:.0} % of SQLite alone, {:.0} % of sockets alone",
        100.0 * relay / sqlite,
        100.0 * relay / sockets
    );
    Ok(())
}

async fn each(person: &mut Person) -> anyhow::Result<()> {
    for _ in 0..EACH {
        person.push().await?;
    }
    Ok(())
}

async fn each_again(echo: &mut Echo) -> anyhow::Result<()> {
    for _ in 0..EACH {
        echo.once().await?;
    }
    Ok(())
}

/// How long it takes until all have done their part.
async fn all(
    parts: impl Iterator<Item: Future<Output = anyhow::Result<()>>>,
) -> anyhow::Result<Duration> {
    let begun = Instant::now();
    try_join_all(parts).await?;
    Ok(begun.elapsed())
}
