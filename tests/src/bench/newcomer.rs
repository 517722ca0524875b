//! A new device of the province: how long until it has everything, and how much it reads for that.

use std::{sync::Arc, time::Instant};

use replica::{Replica, enrolment};

use super::{clock, edits::go_live};
use crate::world::{PIN, World};

/// Who gets one more device.
const REVIEWER: &str = "tran-minh-khoa";

pub(super) async fn measure(world: &World) -> anyhow::Result<()> {
    let (code, cable) = world.invite(REVIEWER).await?;
    let folder = world.folder().join("newcomer");
    let unlocked = enrolment::enrol(&folder, &code, "máy mới", PIN).await?;
    let enrolled = cable.carried();
    let replica = Replica::open(unlocked, Arc::new(clock()?))?;
    let begun = Instant::now();
    go_live(&replica).await?;
    let (took, read) = (begun.elapsed(), cable.carried() - enrolled);
    let documents = replica.export_documents()?;
    let saved: u64 = documents.iter().map(|(_, bytes)| bytes.len() as u64).sum();
    let times = percent(read, saved);
    println!(
        "a new device: {enrolled} bytes to enrol, with the directory; then {} documents in {read} \
         bytes, {times} % of the {saved} that they have saved, {} ms",
        documents.len(),
        took.as_millis()
    );
    replica.close().await;
    Ok(())
}

fn percent(part: u64, whole: u64) -> u64 {
    part * 100 / whole.max(1)
}
