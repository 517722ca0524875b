//! Processes that end with the value that holds them, and their children with them.

use std::{
    fs::File,
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, Command, Stdio},
};

use anyhow::Context;

/// A process in a group of its own. Dropping it kills the group: web views and drivers outlive
/// their parents otherwise.
#[derive(Debug)]
pub struct Process {
    child: Child,
}

impl Process {
    /// Starts it; what it says goes to the file `log`.
    pub fn start(mut command: Command, log: &Path) -> anyhow::Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let output = File::options()
            .create(true)
            .append(true)
            .open(log)
            .with_context(|| format!("{} can't be written", log.display()))?;
        let child = command
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output)
            .process_group(0)
            .spawn()
            .with_context(|| format!("{name} can't be started"))?;
        Ok(Self { child })
    }

    /// How much memory it has now, in KB.
    pub fn memory(&self) -> anyhow::Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.and_then(|line| line.split_whitespace().next());
        Ok(number.context("the system does not tell")?.parse()?)
    }

    /// Ends it as a pulled plug does, without a chance to tidy up.
    pub fn kill(mut self) {
        self.end();
    }

    /// Asks it politely (SIGTERM) and waits until it has gone.
    pub fn terminate(mut self) -> anyhow::Result<()> {
        signal("TERM", &self.child.id().to_string());
        self.child.wait()?;
        Ok(())
    }

    fn end(&mut self) {
        signal("KILL", &format!("-{}", self.child.id()));
        let _ = self.child.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end();
    }
}

/// Sends a signal to a process, or with a minus to a group.
pub(crate) fn signal(name: &str, to: &str) {
    let _ = Command::new("kill")
        .args([&format!("-{name}"), "--", to])
        .stderr(Stdio::null())
        .status();
}
