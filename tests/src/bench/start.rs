//! From the start of the program to the first rows on the screen.

use anyhow::Context;
use serde_json::json;

use super::Sample;
use crate::{
    drive::{Window, until},
    world::World,
};

const STARTS: usize = 5;

pub(super) async fn measure(world: &mut World) -> anyhow::Result<()> {
    let mut times = Sample::default();
    for _ in 0..STARTS {
        let window = world.open("so-khdt").await?;
        times.add_micros(took(&window).await?);
        window.close().await?;
    }
    println!(
        "{}",
        times.line("start of the program to the first rows (signed in)")
    );
    Ok(())
}

/// The page marks the moments at which a view's rows stand; the system knows when the program
/// began. The last mark when the list is there counts.
async fn took(window: &Window) -> anyhow::Result<u64> {
    let script = "const rows = performance.getEntriesByName('rows').at(-1); \
                  return document.querySelector('a.work-row') && rows \
                    ? performance.timeOrigin + rows.startTime : null";
    let there = until("the first rows are marked", || async {
        Ok(window.page().script(script, &[json!(null)]).await?.as_f64())
    })
    .await?;
    let begun = window.begun().context("the program's start is not known")?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "milliseconds since 1970, and later than the start"
    )]
    Ok(((there - begun) * 1e3) as u64)
}
