//! Drives real windows: `journeys test [NAME]`, `journeys pictures DIR`, `journeys bench [relay]`.

use std::{path::Path, process::ExitCode, time::Instant};

use anyhow::{Context, anyhow, bail};
use journeys::{
    bench,
    journey::{self, Journey},
    pictures,
    world::{Programs, Stage},
};
use tokio::signal::unix::{SignalKind, signal};

#[tokio::main]
async fn main() -> ExitCode {
    // Windows and relays end with the values that hold them, also when this is told to end.
    let ended = tokio::select! {
        ended = run() => ended,
        _ = told_to_end() => Err(anyhow!("ended from outside")),
    };
    match ended {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn told_to_end() -> std::io::Result<()> {
    let mut terminated = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminated.recv() => Ok(()),
        interrupted = tokio::signal::ctrl_c() => interrupted,
    }
}

async fn run() -> anyhow::Result<bool> {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let programs = Programs::find()?;
    match command.as_str() {
        "test" => test(programs, &arguments.next().unwrap_or_default()).await,
        "pictures" => {
            let folder = arguments.next().context("pictures needs a folder")?;
            pictures::take(programs, Path::new(&folder))
                .await
                .map(|()| true)
        }
        "bench" => measure(programs, arguments.next().as_deref())
            .await
            .map(|()| true),
        other => bail!("no command «{other}»: test [NAME], pictures DIR or bench [relay]"),
    }
}

/// All figures, or those of one part alone.
async fn measure(programs: Programs, part: Option<&str>) -> anyhow::Result<()> {
    match part {
        None => bench::measure(programs).await,
        Some("relay") => bench::measure_relay(&programs).await,
        Some(other) => bail!("no figures of «{other}»: bench, or bench relay"),
    }
}

/// Walks the journeys one after another and says it as `cargo test` does.
async fn test(programs: Programs, name: &str) -> anyhow::Result<bool> {
    let stage = Stage::prepare(programs, false)?;
    let (mut passed, mut failed) = (0, 0);
    for journey in journey::ALL
        .iter()
        .filter(|journey| journey.name.contains(name))
    {
        let begun = Instant::now();
        match walk(&stage, journey).await {
            Ok(()) => {
                passed += 1;
                println!(
                    "test {} ... ok ({} s)",
                    journey.name,
                    begun.elapsed().as_secs()
                );
            }
            Err(error) => {
                failed += 1;
                println!("test {} ... FAILED\n{error:#}", journey.name);
            }
        }
    }
    let word = if failed == 0 { "ok" } else { "FAILED" };
    println!("\ntest result: {word}. {passed} passed; {failed} failed; 0 ignored");
    Ok(failed == 0)
}

async fn walk(stage: &Stage, journey: &Journey) -> anyhow::Result<()> {
    let folder = tempfile::Builder::new()
        .prefix("tien-do-journey-")
        .tempdir()?;
    let mut world = stage.world(folder.path()).await?;
    let walked = (journey.walk)(&mut world).await;
    if walked.is_err() {
        world.pictures().await;
        drop(world);
        println!("what it left behind is in {}", folder.keep().display());
    }
    walked
}
