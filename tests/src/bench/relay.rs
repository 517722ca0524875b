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
    let (_relay, mut people) = people::connected(programs, folder.path(), PEOPLE).await?;
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
    let floor = synced.plus(echoed);
    println!(
        "{}",
        acknowledged.beside("a change pushed, to acknowledged", &floor)
    );
    together(&mut people, &mut log).await
}

async fn push(person: &mut Person) -> anyhow::Result<Duration> {
    let begun = Instant::now();
    person.push().await?;
    Ok(begun.elapsed())
}

/// Everybody writes at once, and waits for each change before the next.
async fn together(people: &mut [Person], log: &mut Log) -> anyhow::Result<()> {
    let (mut relays, mut sqlites) = (Duration::ZERO, Duration::ZERO);
    for turn in 0..TURNS {
        if turn % 2 == 0 {
            relays += all(people).await?;
        }
        for _ in 0..EACH {
            sqlites += log.commit(PEOPLE.into())?;
        }
        if turn % 2 == 1 {
            relays += all(people).await?;
        }
    }
    let changes = f64::from(TURNS * EACH * u32::from(PEOPLE));
    let (relay, sqlite) = (
        changes / relays.as_secs_f64(),
        changes / sqlites.as_secs_f64(),
    );
    println!(
        "{PEOPLE} people, each waiting for each change: {relay:.0} durable changes a second; \
         SQLite alone, {PEOPLE} in each commit: {sqlite:.0}; {:.0} %",
        100.0 * relay / sqlite
    );
    Ok(())
}

async fn all(people: &mut [Person]) -> anyhow::Result<Duration> {
    let begun = Instant::now();
    try_join_all(people.iter_mut().map(async |person| {
        for _ in 0..EACH {
            person.push().await?;
        }
        anyhow::Ok(())
    }))
    .await?;
    Ok(begun.elapsed())
}
