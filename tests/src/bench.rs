//! First figures, beside floors measured in the same run on the same disk and loopback.
//!
//! To be compared with their floors, not quoted: machines differ.

mod edits;
mod floor;
mod newcomer;
mod people;
mod relay;
mod sample;
mod sizes;
mod start;
mod views;

use std::{path::Path, sync::Arc};

use anyhow::Context;
use replica::{Replica, ShiftedClock, enrolment};

pub use self::relay::measure as measure_relay;
use self::sample::Sample;
use crate::world::{PIN, Programs, Stage, World};

/// How often each thing is timed.
const TIMES: u64 = 100;

/// Measures and prints.
pub async fn measure(programs: Programs) -> anyhow::Result<()> {
    measure_relay(&programs).await?;
    let stage = Stage::prepare(programs, true)?;
    let place = tempfile::tempdir()?;
    let mut world = stage.world(place.path()).await?;
    start::measure(&mut world).await?;
    views::measure(&world).await?;
    edits::measure(&world).await?;
    newcomer::measure(&world).await?;
    sizes::print(&world).await
}

/// The replica of who was enrolled first on an agency's computer.
fn open(world: &World, agency: &str) -> anyhow::Result<Replica> {
    let folder = world.folder().join(agency);
    let unlocked = enrolment::unlock(&folder, &first_on(&folder)?.parse()?, PIN)?;
    Ok(Replica::open(unlocked, Arc::new(clock()?))?)
}

fn first_on(folder: &Path) -> anyhow::Result<String> {
    let first = std::fs::read_to_string(folder.join("demonstration"));
    Ok(first.context("nobody is enrolled")?.trim().to_owned())
}

fn clock() -> anyhow::Result<ShiftedClock> {
    Ok(ShiftedClock::on(crate::world::TODAY.parse()?))
}
