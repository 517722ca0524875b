//! A window for each person: processes of their own, as on computers of their own.

use std::{
    io::BufRead as _,
    process::{Child, Command},
    time::Duration,
};

use anyhow::{Context, bail};
use terms::AgencyId;
use tokio::sync::mpsc;

use crate::{args::Open, office::Office, people};

/// How often to look whether a window was closed.
const LOOK: Duration = Duration::from_millis(100);

/// Opens them and returns when the last was closed, or when the demonstration is told to end.
pub(crate) async fn open(demonstration: &Open, office: &mut Office) -> anyhow::Result<()> {
    let mut windows = Windows(Vec::new());
    for agency in wanted(demonstration)? {
        let child = Command::new(std::env::current_exe()?)
            .args(["window", "--sign-in", "--data"])
            .arg(office.computer(&agency))
            .spawn()
            .context("a window can't be opened")?;
        windows.0.push(child);
    }
    println!("Press Enter to pull the cable to the relay, and again to put it back.");
    tokio::select! {
        () = windows.all_closed() => Ok(()),
        ended = told_to_end() => ended,
        broken = hold_cable(office) => broken,
    }
}

/// Pulls the cable and puts it back whenever somebody presses Enter.
async fn hold_cable(office: &mut Office) -> anyhow::Result<()> {
    let (press, mut pressed) = mpsc::unbounded_channel();
    // A thread of its own, which nobody waits for: reading from a terminal can't be broken off.
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines() {
            if line.is_err() || press.send(()).is_err() {
                return;
            }
        }
    });
    while pressed.recv().await.is_some() {
        if office.toggle_cable().await? {
            println!("The cable is in again.");
        } else {
            println!("The cable is pulled: nobody reaches the province. Enter puts it back.");
        }
    }
    // Nobody is at a terminal.
    std::future::pending().await
}

/// Returns when somebody presses Ctrl+C or asks this process to end.
#[cfg(unix)]
async fn told_to_end() -> anyhow::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut ended = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = ended.recv() => {}
        interrupted = tokio::signal::ctrl_c() => interrupted?,
    }
    Ok(())
}

/// Returns when somebody presses Ctrl+C.
#[cfg(not(unix))]
async fn told_to_end() -> anyhow::Result<()> {
    Ok(tokio::signal::ctrl_c().await?)
}

/// Whose windows: those named, or the two that show the main job.
fn wanted(demonstration: &Open) -> anyhow::Result<Vec<AgencyId>> {
    let people = people::all()?;
    if demonstration.r#as.is_empty() {
        return Ok(people
            .into_iter()
            .filter(|p| p.window)
            .map(|p| p.agency)
            .collect());
    }
    let known = |named: &AgencyId| people.iter().any(|person| person.agency == *named);
    if let Some(unknown) = demonstration.r#as.iter().find(|named| !known(named)) {
        let all: Vec<&str> = people.iter().map(|person| person.agency.as_str()).collect();
        bail!(
            "nobody of «{unknown}» takes part; choose from: {}",
            all.join(", ")
        );
    }
    Ok(demonstration.r#as.clone())
}

/// The windows; none outlives the demonstration.
struct Windows(Vec<Child>);

impl Windows {
    async fn all_closed(&mut self) {
        while !self.0.is_empty() {
            self.0
                .retain_mut(|window| matches!(window.try_wait(), Ok(None)));
            tokio::time::sleep(LOOK).await;
        }
    }
}

impl Drop for Windows {
    fn drop(&mut self) {
        for window in &mut self.0 {
            let _ = window.kill();
            let _ = window.wait();
        }
    }
}
