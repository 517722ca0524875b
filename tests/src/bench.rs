//! First figures, beside floors measured in the same run on the same disk and loopback.
//!
//! The programs are those of the dev profile unless the build says otherwise: the figures are to
//! be compared with their floors, not quoted.

mod floor;
mod sample;

use std::{path::Path, sync::Arc, time::Instant};

use anyhow::Context;
use replica::{Replica, ShiftedClock, enrolment};
use terms::{DocId, Edit, EditRequest, Heads, Period, PeriodKind};
use tokio::runtime::Handle;

use self::sample::Sample;
use crate::world::{PIN, Programs, Stage, World};

/// How many edits are timed.
const EDITS: u64 = 60;

/// Measures and prints.
pub async fn measure(programs: Programs) -> anyhow::Result<()> {
    let stage = Stage::prepare(programs, true)?;
    let place = tempfile::tempdir()?;
    let mut world = stage.world(place.path()).await?;
    let profile = if cfg!(debug_assertions) {
        "dev"
    } else {
        "release"
    };
    println!("Programs: {profile} profile.\n");
    start(&mut world).await?;
    let disk = floor::fdatasync(place.path(), EDITS)?;
    let echo = floor::websocket_echo(EDITS).await?;
    let floor = disk.median() + echo.median();
    println!("{}", disk.line("floor: fdatasync of 256 bytes"));
    println!("{}", echo.line("floor: WebSocket echo of 256 bytes"));
    let (acknowledged, visible) = edits(&world).await?;
    println!(
        "{}",
        acknowledged.beside("edit to acknowledged by the relay", floor)
    );
    println!(
        "{}",
        visible.beside("edit to visible on the other replica", floor)
    );
    sizes(&world).await
}

/// From starting the app to the first row of «Việc của tôi».
async fn start(world: &mut World) -> anyhow::Result<()> {
    let mut times = Sample::default();
    for _ in 0..3 {
        let window = world.open("so-khdt").await?;
        window
            .page()
            .await_element("a.work-row, a.tree-row")
            .await?;
        let script = "return Math.round(performance.now())";
        let painted = window.page().script(script, &[]).await?;
        times.add_micros(painted.as_u64().context("no time")? * 1_000);
        window.close().await?;
    }
    println!(
        "{}",
        times.line("page begun to first rows there (upper bound: polled)")
    );
    Ok(())
}

async fn edits(world: &World) -> anyhow::Result<(Sample, Sample)> {
    let (district, province) = (open(world, "huyen-tran-de")?, open(world, "so-khdt")?);
    for replica in [&district, &province] {
        replica.go_online(&Handle::current());
        let live = |replica: &Replica| replica.status().connection == replica::Connection::Live;
        wait(replica, live).await?;
    }
    let doc: DocId = "agency/2019/huyen-tran-de".parse()?;
    let carried = world.cable.carried();
    let (mut acknowledged, mut visible) = (Sample::default(), Sample::default());
    for number in 0..EDITS {
        let begun = Instant::now();
        let edited = district.edit(percent(&doc, number)?).await?;
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
    let bytes = (world.cable.carried() - carried) / EDITS;
    println!("on the wire for one edit, to the relay and on to one other replica: {bytes} bytes");
    district.close().await;
    province.close().await;
    Ok((acknowledged, visible))
}

fn percent(doc: &DocId, number: u64) -> anyhow::Result<EditRequest> {
    let edit = Edit::SetPercent {
        task: "nv-8fp1".parse()?,
        period: Period {
            year: 2019,
            kind: PeriodKind::Q3,
        },
        percent: Some(terms::Decimal::from(i32::try_from(number % 100)?)),
    };
    // Far from the numbers that the demonstration used.
    let number = 1_000_000 + number;
    Ok(EditRequest {
        doc: doc.clone(),
        seen: Heads::default(),
        number,
        reason: None,
        edit,
    })
}

async fn wait(replica: &Replica, done: impl Fn(&Replica) -> bool) -> anyhow::Result<()> {
    let mut changed = replica.watch();
    while !done(replica) {
        changed.changed().await?;
    }
    Ok(())
}

/// The replica of who was enrolled first on an agency's computer.
fn open(world: &World, agency: &str) -> anyhow::Result<Replica> {
    let folder = world.folder().join(agency);
    let first = std::fs::read_to_string(folder.join("demonstration"))?;
    let unlocked = enrolment::unlock(&folder, &first.trim().parse()?, PIN)?;
    let day: terms::Date = crate::world::TODAY.parse()?;
    Ok(Replica::open(unlocked, Arc::new(ShiftedClock::on(day)))?)
}

async fn sizes(world: &World) -> anyhow::Result<()> {
    let ui = std::env::var_os("TIENDO_UI_DIR").context("TIENDO_UI_DIR is not set")?;
    let wasm = std::fs::metadata(Path::new(&ui).join("app_bg.wasm"))?.len();
    println!(
        "the UI's wasm as it lies in {}: {} KB",
        Path::new(&ui).display(),
        wasm / 1024
    );
    let replica = open(world, "so-khdt")?;
    let documents = replica.export_documents()?;
    let all: usize = documents.iter().map(|(_, bytes)| bytes.len()).sum();
    for (doc, bytes) in documents.iter().filter(|(doc, _)| doc.agency().is_none()) {
        println!("{doc}: {} KB saved", bytes.len() / 1024);
    }
    println!(
        "all {} documents of the province: {} KB saved",
        documents.len(),
        all / 1024
    );
    replica.close().await;
    Ok(())
}
