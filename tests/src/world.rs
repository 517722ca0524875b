//! The world of a journey: a relay process, a cable, and the people's data folders.

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

use anyhow::{Context, bail};
use tempfile::TempDir;

use crate::{
    drive::{App, Cable, Process, Window, free_port, until},
    page::{self, status_text},
};

/// The day on which journeys happen: four days before the third quarter's reports are due.
pub const TODAY: &str = "2019-09-11";
/// The program that makes the people ready and opens their windows.
const DEMONSTRATION: &str = "tien-do-demo";
/// Everybody's PIN.
pub const PIN: &str = "2019";

/// The programs under test: beside this one.
#[derive(Debug, Clone)]
pub struct Programs {
    folder: PathBuf,
    seeds: PathBuf,
}

impl Programs {
    /// Those of this build; the programme's data is where `TIENDO_SEEDS` says.
    pub fn find() -> anyhow::Result<Self> {
        let folder = std::env::current_exe()?
            .parent()
            .context("no folder")?
            .to_owned();
        let seeds = std::env::var_os("TIENDO_SEEDS")
            .context("TIENDO_SEEDS is not set: run this through cargo xtask")?;
        Ok(Self {
            folder,
            seeds: seeds.into(),
        })
    }

    /// One of them.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

/// What all journeys start from: made once, copied for each.
#[derive(Debug)]
pub struct Stage {
    programs: Programs,
    folder: TempDir,
    /// Where the enrolled people look for the relay.
    port: u16,
}

impl Stage {
    /// Enrols the people and imports the programme. With `said`, they have also written their
    /// invented progress.
    pub fn prepare(programs: Programs, said: bool) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let port = free_port()?;
        let mut demo = Command::new(programs.path(DEMONSTRATION));
        demo.args(["open", "--prepare-only", "--port", &port.to_string()])
            .arg("--data")
            .arg(folder.path())
            .arg("--seeds")
            .arg(&programs.seeds);
        if !said {
            demo.arg("--silent");
        }
        let output = demo
            .output()
            .context("the demonstration can't be started")?;
        if !output.status.success() {
            bail!(
                "the stage can't be set: {}",
                String::from_utf8_lossy(&output.stderr)
            );
        }
        Ok(Self {
            programs,
            folder,
            port,
        })
    }

    /// A world of its own for one journey, in `folder`.
    pub async fn world(&self, folder: &Path) -> anyhow::Result<World> {
        copy(self.folder.path(), folder)?;
        let behind = free_port()?;
        let mut world = World {
            programs: self.programs.clone(),
            folder: folder.to_owned(),
            windows: Vec::new(),
            relay: None,
            cable: Cable::lay(local(self.port), local(behind)).await?,
            port: self.port,
            behind,
        };
        world.start_relay().await?;
        Ok(world)
    }
}

/// A relay, a cable to it, and data folders.
#[derive(Debug)]
pub struct World {
    programs: Programs,
    folder: PathBuf,
    windows: Vec<Arc<Window>>,
    relay: Option<Process>,
    /// Between everybody and the relay.
    pub cable: Cable,
    port: u16,
    behind: u16,
}

impl World {
    /// Opens the window of a person who is enrolled, signed in.
    pub async fn open(&mut self, agency: &str) -> anyhow::Result<Arc<Window>> {
        let window = self.window(self.demonstration(agency, true)).await?;
        window.page().await_element(".pill").await?;
        Ok(window)
    }

    /// Enrols one more laptop of `person`, in the folder `name`, with a cable of its own.
    pub async fn laptop(
        &mut self,
        name: &str,
        person: &str,
    ) -> anyhow::Result<(Arc<Window>, Cable)> {
        let (code, cable) = self.invite(person).await?;
        let laptop = self.window(self.app(name)).await?;
        page::enrol(laptop.page(), &code, PIN).await?;
        page::await_status(laptop.page(), &[status_text::LIVE]).await?;
        // The periods came with the programme, after the person was in.
        laptop.page().reload().await?;
        page::await_status(laptop.page(), &[status_text::LIVE]).await?;
        Ok((laptop, cable))
    }

    /// A code for one more device of `person`, and the cable that it is to use.
    pub async fn invite(&self, person: &str) -> anyhow::Result<(String, Cable)> {
        let from = local(free_port()?);
        let cable = Cable::lay(from, local(self.behind)).await?;
        let code = self.code(person, &format!("http://{from}"))?;
        Ok((code, cable))
    }

    /// Opens a window; it stays open as long as this world stands, or until it is killed.
    pub async fn window(&mut self, app: App) -> anyhow::Result<Arc<Window>> {
        let window = Arc::new(Window::open(app).await?);
        self.windows.push(Arc::clone(&window));
        Ok(window)
    }

    /// Takes a picture of every window into the world's folder: to see why a journey failed.
    pub async fn pictures(&self) {
        for (number, window) in self.windows.iter().enumerate() {
            if let Ok(picture) = window.page().picture().await {
                let _ = std::fs::write(self.folder.join(format!("window-{number}.png")), picture);
            }
        }
    }

    /// The app over the data folder called `name`, which need not exist yet.
    pub fn app(&self, name: &str) -> App {
        self.program("tien-do", name, &["--clock", TODAY])
    }

    /// The demonstration's window for an agency whose people are enrolled; with `signed_in` nobody
    /// asks for the PIN.
    pub fn demonstration(&self, agency: &str, signed_in: bool) -> App {
        let arguments: &[&str] = if signed_in {
            &["window", "--sign-in"]
        } else {
            &["window"]
        };
        self.program(DEMONSTRATION, agency, arguments)
    }

    fn program(&self, program: &str, folder: &str, arguments: &[&str]) -> App {
        App {
            program: self.programs.path(program),
            folder: self.folder.join(folder),
            arguments: arguments.iter().map(ToString::to_string).collect(),
            theme: "Adwaita",
        }
    }

    /// Starts the relay, a process of its own, and waits until it answers.
    pub async fn start_relay(&mut self) -> anyhow::Result<()> {
        let mut command = self.sync_server();
        command.args(["--listen", &local(self.behind).to_string()]);
        self.relay = Some(Process::start(command, &self.folder.join("relay.log"))?);
        answers(local(self.behind)).await
    }

    /// Ends the relay as a power cut does.
    pub fn kill_relay(&mut self) {
        if let Some(relay) = self.relay.take() {
            relay.kill();
        }
    }

    /// `sync-server admin …` on this relay's database; what it printed.
    pub fn admin(&self, arguments: &[&str]) -> anyhow::Result<String> {
        let mut command = self.sync_server();
        command.arg("admin").args(arguments);
        told(command)
    }

    /// The relay's program over this world's database, on the day of the journeys.
    fn sync_server(&self) -> Command {
        let mut command = Command::new(self.programs.path("sync-server"));
        command
            .args(["--clock", TODAY, "--database"])
            .arg(self.relay_database());
        command
    }

    /// A code that enrols one more device of `person`, who finds the relay at `url`.
    pub fn code(&self, person: &str, url: &str) -> anyhow::Result<String> {
        let printed = self.admin(&[
            "code",
            "issue",
            "--person",
            person,
            "--device",
            "máy thử",
            "--url",
            url,
        ])?;
        let code = printed.split_whitespace().max_by_key(|word| word.len());
        Ok(code.context("no code was printed")?.to_owned())
    }

    /// Where the people who are enrolled already find the relay.
    pub fn url(&self) -> String {
        format!("http://{}", local(self.port))
    }

    /// `tiendo …` over the data folder called `name`, on the day of the journeys; what it printed.
    pub fn tiendo(&self, name: &str, arguments: &[&str]) -> anyhow::Result<String> {
        let mut command = Command::new(self.programs.path("tiendo"));
        command
            .arg("--data")
            .arg(self.folder.join(name))
            .args(["--clock", TODAY])
            .args(arguments)
            .env("TIENDO_SECRET", PIN);
        told(command)
    }

    /// The world's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn relay_database(&self) -> PathBuf {
        self.folder.join("relay/relay.db")
    }
}

/// Waits until the relay at this address answers.
pub(crate) async fn answers(relay: SocketAddr) -> anyhow::Result<()> {
    let health = format!("http://{relay}/health");
    until("the relay answers", || async {
        let answer = reqwest::get(&health).await?;
        Ok(answer.status().is_success().then_some(()))
    })
    .await
}

/// Runs a program to its end; what it printed.
pub(crate) fn told(mut command: Command) -> anyhow::Result<String> {
    let output = command.output()?;
    if !output.status.success() {
        bail!("{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8(output.stdout)?)
}

fn local(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let place = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &place)?;
        } else {
            std::fs::copy(entry.path(), place)?;
        }
    }
    Ok(())
}
