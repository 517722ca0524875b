//! One edit, and a day's edits: how long until the relay has them and the other side sees them,
//! and how much goes over the wire.

use std::time::Instant;

use replica::{ConnectionStatus, Edited, Replica};
use terms::{DocId, Edit, EditRequest, Field, Period, PeriodKind, Record, Value};
use tokio::runtime::Handle;

use super::{
    Sample, TIMES,
    floor::{Disk, Echo},
    open,
};
use crate::world::World;

/// What a district writes in a busy day.
const DAY: u64 = 40;

pub(super) async fn measure(world: &World) -> anyhow::Result<()> {
    let (district, province) = (open(world, "huyen-tran-de")?, open(world, "so-khdt")?);
    for replica in [&district, &province] {
        go_live(replica).await?;
    }
    let doc: DocId = "agency/2019/huyen-tran-de".parse()?;
    let carried = world.cable.carried();
    let (mut disk, mut echo) = (Disk::open(world.folder())?, Echo::open().await?);
    let (mut synced, mut echoed) = (Sample::default(), Sample::default());
    let (mut acknowledged, mut visible) = (Sample::default(), Sample::default());
    for number in 0..TIMES {
        synced.add(disk.fdatasync()?);
        echoed.add(echo.once().await?);
        let begun = Instant::now();
        let edited = write(&district, &doc, number).await?;
        let here = |replica: &Replica| replica.read(|world, _| world.heads(&doc)) == edited.heads;
        let (sent, seen) = tokio::join!(
            async {
                wait(&district, |replica| replica.status().pending == 0).await?;
                anyhow::Ok(begun.elapsed())
            },
            async {
                wait(&province, here).await?;
                anyhow::Ok(begun.elapsed())
            }
        );
        acknowledged.add(sent?);
        visible.add(seen?);
    }
    let floor = synced.plus(&echoed);
    let bytes = (world.cable.carried() - carried) / TIMES;
    println!(
        "{}",
        acknowledged.beside("edit to acknowledged by the relay", &floor)
    );
    println!(
        "{}",
        visible.beside("edit to visible on the other replica", &floor)
    );
    println!("on the wire for one edit, to the relay and on to one other replica: {bytes} bytes");
    province.close().await;
    district.close().await;
    day(world, &doc).await
}

/// Written without a network, sent when there is one: the whole connection, from the greeting on.
async fn day(world: &World, doc: &DocId) -> anyhow::Result<()> {
    let district = open(world, "huyen-tran-de")?;
    for number in TIMES..TIMES + DAY {
        write(&district, doc, number).await?;
    }
    let carried = world.cable.carried();
    let begun = Instant::now();
    go_live(&district).await?;
    wait(&district, |replica| replica.status().pending == 0).await?;
    println!(
        "a day's {DAY} edits, written offline and sent at once: {} bytes on the wire, {} ms",
        world.cable.carried() - carried,
        begun.elapsed().as_millis()
    );
    district.close().await;
    Ok(())
}

pub(super) async fn go_live(replica: &Replica) -> anyhow::Result<()> {
    replica.go_online(&Handle::current());
    wait(replica, |replica| {
        replica.status().connection == ConnectionStatus::Live
    })
    .await
}

/// Writes a percentage as somebody does who sees all that is here.
async fn write(replica: &Replica, doc: &DocId, number: u64) -> anyhow::Result<Edited> {
    let edit = Edit::set(
        Record::Progress(
            "nv-8fp1".parse()?,
            Period {
                year: 2019,
                kind: PeriodKind::Q3,
            },
        ),
        Field::Percent,
        Some(Value::Figure(terms::Decimal::from(i32::try_from(
            number % 100,
        )?))),
    );
    let request = EditRequest {
        doc: doc.clone(),
        seen: replica.read(|world, _| world.heads(doc)),
        // Far from the numbers that the demonstration used.
        number: 1_000_000 + number,
        reason: None,
        edit,
    };
    Ok(replica.edit(request).await?)
}

async fn wait(replica: &Replica, done: impl Fn(&Replica) -> bool) -> anyhow::Result<()> {
    let mut changed = replica.watch();
    while !done(replica) {
        changed.changed().await?;
    }
    Ok(())
}
