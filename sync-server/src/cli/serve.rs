//! Serving until told to stop.

use std::io::{self, IsTerminal as _};

use anyhow::Context as _;
use tracing::info;

use super::Settings;

/// Runs the relay in the foreground.
pub(super) fn serve(settings: Settings) -> anyhow::Result<()> {
    let log = tracing_subscriber::fmt()
        .with_env_filter(settings.log)
        .with_writer(io::stderr);
    // A person reads lines; whatever collects logs reads JSON.
    if io::stderr().is_terminal() {
        log.init();
    } else {
        log.json().flatten_event(true).init();
    }
    let runtime = tokio::runtime::Runtime::new().context("hệ thống không cấp luồng xử lý")?;
    runtime.block_on(async {
        // Before anything is announced: whoever hears of the relay may tell it to stop.
        let told = told_to_stop()?;
        let running = sync_server::start(settings.config).await?;
        println!("listening {}", running.url);
        told.await;
        running.shutdown().await;
        Ok(())
    })
}

/// SIGTERM from the system, or Ctrl+C from a person.
#[cfg(unix)]
fn told_to_stop() -> anyhow::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => info!(signal = "SIGTERM", "told to stop"),
            _ = interrupt.recv() => info!(signal = "SIGINT", "told to stop"),
        }
    })
}

/// Ctrl+C from a person.
#[cfg(not(unix))]
fn told_to_stop() -> anyhow::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
        info!("told to stop");
    })
}
