//! One person's window: a screen, a driver and the app, all its own.

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context;

use super::{Process, Screen, Session, process::signal, until};

/// A window.
#[derive(Debug)]
pub struct Window {
    // In the order in which they end.
    session: Session,
    _driver: Process,
    _screen: Screen,
    app: App,
}

/// What the driver starts.
#[derive(Debug, Clone)]
pub struct App {
    /// The program.
    pub program: PathBuf,
    /// The person's data folder.
    pub folder: PathBuf,
    /// What else it is told.
    pub arguments: Vec<String>,
    /// GTK's theme: `Adwaita` or `Adwaita:dark`.
    pub theme: &'static str,
}

impl Window {
    /// Opens it.
    pub async fn open(app: App) -> anyhow::Result<Self> {
        let screen = Screen::open()?;
        let port = free_port()?;
        let driver = Process::start(driver(&screen, port, app.theme), &log_of(&app.folder))?;
        let session = Session::start(port, &app.program, &app.all_arguments()).await?;
        Ok(Self {
            session,
            _driver: driver,
            _screen: screen,
            app,
        })
    }

    /// The page in it.
    pub fn page(&self) -> &Session {
        &self.session
    }

    /// The data folder behind it.
    pub fn folder(&self) -> &Path {
        &self.app.folder
    }

    /// Ends the app as a power cut does (SIGKILL); what it was opened with.
    pub fn kill(&self) -> anyhow::Result<App> {
        let process = self.app.process().context("the app is not running")?;
        signal("KILL", &process.to_string());
        Ok(self.app.clone())
    }

    /// When the app began, in milliseconds since 1970.
    pub fn begun(&self) -> Option<f64> {
        begun(self.app.process()?)
    }

    /// Closes it as a person does, and waits until the app has let go of its data.
    pub async fn close(&self) -> anyhow::Result<()> {
        self.session.end().await?;
        until("the app has ended", || async {
            Ok(self.app.process().is_none().then_some(()))
        })
        .await
    }
}

impl App {
    fn all_arguments(&self) -> Vec<String> {
        let folder = self.folder.display().to_string();
        let data = ["--data".to_owned(), folder];
        self.arguments.iter().cloned().chain(data).collect()
    }

    /// The process that holds our data folder: the driver started it, so its number is found by
    /// what it was told.
    fn process(&self) -> Option<u32> {
        let folder = self.folder.display().to_string();
        let processes = std::fs::read_dir("/proc").ok()?.flatten();
        processes
            .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
            .find(|id: &u32| {
                let is_app = std::fs::read_link(format!("/proc/{id}/exe"))
                    .is_ok_and(|program| program == self.program);
                let told = std::fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
                is_app
                    && told
                        .split(|byte| *byte == 0)
                        .any(|word| word == folder.as_bytes())
            })
    }
}

fn driver(screen: &Screen, port: u16, theme: &str) -> Command {
    let mut command = Command::new("dbus-run-session");
    command
        .arg(concat!(
            "--config-file=",
            env!("CARGO_MANIFEST_DIR"),
            "/bus.conf"
        ))
        .args(["--", "WebKitWebDriver", &format!("--port={port}")])
        .env("DISPLAY", screen.name())
        .env("GDK_BACKEND", "x11")
        .env("GTK_THEME", theme)
        .env("NO_AT_BRIDGE", "1")
        .env("TAURI_WEBVIEW_AUTOMATION", "true")
        .env_remove("WAYLAND_DISPLAY");
    command
}

/// The system counts in hundredths of a second since it was booted.
fn begun(process: u32) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // After the name, which may hold anything, the start is the twentieth.
    let ticks: f64 = stat
        .rsplit_once(')')?
        .1
        .split_whitespace()
        .nth(19)?
        .parse()
        .ok()?;
    let up = std::fs::read_to_string("/proc/uptime").ok()?;
    let up: f64 = up.split_whitespace().next()?.parse().ok()?;
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .ok()?;
    Some((now.as_secs_f64() - up + ticks / 100.0) * 1e3)
}

/// Beside the data folder, so that a journey's folder tells everything.
fn log_of(folder: &Path) -> PathBuf {
    folder.with_extension("log")
}

/// A port that nobody listens on.
pub(crate) fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
