//! Running other programs and saying so.

use std::{
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};

/// Says what is being done, does it, and says how long it took.
pub(crate) fn step<T>(what: &str, work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    println!("\n── {what}");
    let begun = Instant::now();
    let result = work();
    let ended = if result.is_ok() { "done" } else { "FAILED" };
    println!("── {what}: {ended}, {}", spoken(begun.elapsed()));
    result
}

/// Runs a command to its end; its output is the user's.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<()> {
    let line = words(command);
    let status = command
        .status()
        .with_context(|| format!("{line} can't be started"))?;
    if !status.success() {
        bail!("{line}: {status}");
    }
    Ok(())
}

/// Runs a command to its end and returns what it printed; `None` where it failed or is missing.
pub(crate) fn ask(command: &mut Command) -> Option<String> {
    let output = command.output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The command as one would type it.
pub(crate) fn words(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

fn spoken(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..=9 => format!("{seconds}.{} s", time.subsec_millis() / 100),
        seconds @ 10..=119 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_as_a_person_would() {
        let table = [(1_450, "1.4 s"), (59_900, "59 s"), (121_000, "2 min 1 s")];
        for (milliseconds, words) in table {
            assert_eq!(spoken(Duration::from_millis(milliseconds)), words);
        }
    }
}
