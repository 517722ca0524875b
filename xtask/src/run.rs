//! The demonstration on this computer.

use std::{
    env,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

use anyhow::{Context, bail};

use crate::{
    setup::{self, Needs},
    shell::{self, step},
    ui,
    workspace::{Profile, Workspace},
};

/// Builds everything and opens it.
pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> anyhow::Result<()> {
    let wanted = Wanted::read(arguments)?;
    if !wanted.virtual_screen && !has_screen() {
        bail!(
            "there is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set).\n\
             `cargo xtask run --virtual` opens the windows on a virtual one."
        );
    }
    let wasm = setup::setup(&Needs::window(wanted.virtual_screen))?;
    build(workspace, Profile::Dev)?;
    ui::build(workspace, wasm, Profile::Dev)?;
    println!(
        "\nThe demonstration keeps its data in {}",
        wanted.data.display()
    );
    println!("Everybody's PIN is 2019. Close the windows, or press Ctrl+C here, to end it.");
    let mut program = workspace.command(workspace.program(Profile::Dev, "tien-do-demo"), &["open"]);
    program
        .arg("--data")
        .arg(&wanted.data)
        .arg("--seeds")
        .arg(workspace.seeds());
    for agency in &wanted.agencies {
        program.args(["--as", agency]);
    }
    if !wanted.virtual_screen {
        return shell::run(&mut program);
    }
    let screen = VirtualScreen::open()?;
    println!(
        "The screen is {0}; `DISPLAY={0} import -window root a.png` takes it.",
        screen.name
    );
    shell::run(&mut screen.command(workspace, &program))
}

/// The native programs.
pub(crate) fn build(workspace: &Workspace, profile: Profile) -> anyhow::Result<()> {
    let arguments: &[&str] = match profile {
        Profile::Dev => &["build"],
        Profile::Release => &["build", "--profile", "measure"],
    };
    step("the programs (the first time takes minutes)", || {
        shell::run(&mut workspace.cargo(arguments))
    })
}

/// A screen that nobody sees; it ends with this value.
struct VirtualScreen {
    server: Child,
    name: String,
}

impl VirtualScreen {
    fn open() -> anyhow::Result<Self> {
        let mut server = Command::new("Xvfb");
        server.args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1280x800x24",
            "-nolisten",
            "tcp",
        ]);
        let mut server = server
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("Xvfb can't be started")?;
        let mut number = String::new();
        let output = server.stdout.take().context("Xvfb says nothing")?;
        BufReader::new(output).read_line(&mut number)?;
        Ok(Self {
            server,
            name: format!(":{}", number.trim()),
        })
    }

    /// `program` on this screen, with a message bus of its own.
    fn command(&self, workspace: &Workspace, program: &Command) -> Command {
        let mut command = workspace.command("dbus-run-session", &[]);
        command
            .arg(format!(
                "--config-file={}",
                workspace.root.join("tests/bus.conf").display()
            ))
            .arg("--")
            .arg(program.get_program())
            .args(program.get_args())
            .env("DISPLAY", &self.name);
        command
    }
}

impl Drop for VirtualScreen {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn has_screen() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
}

fn default_folder() -> anyhow::Result<PathBuf> {
    let home = || env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/share"));
    let base = env::var_os("XDG_DATA_HOME")
        .map(PathBuf::from)
        .or_else(home);
    Ok(base
        .context("HOME is not set: name the data folder with --data")?
        .join("tien-do-demo"))
}

struct Wanted {
    agencies: Vec<String>,
    data: PathBuf,
    virtual_screen: bool,
}

impl Wanted {
    fn read(arguments: &[String]) -> anyhow::Result<Self> {
        let mut wanted = Self {
            agencies: Vec::new(),
            data: default_folder()?,
            virtual_screen: false,
        };
        let mut rest = arguments.iter();
        while let Some(flag) = rest.next() {
            let mut value = || rest.next().with_context(|| format!("{flag} needs a value"));
            match flag.as_str() {
                "--as" => wanted.agencies.push(value()?.clone()),
                "--data" => wanted.data = env::current_dir()?.join(value()?),
                "--virtual" => wanted.virtual_screen = true,
                other => bail!("run does not know «{other}»; see `cargo xtask help`"),
            }
        }
        Ok(wanted)
    }
}
