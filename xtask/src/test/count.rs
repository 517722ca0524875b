//! How many tests passed and failed, over all programs that ran some.

use std::{
    fmt,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use anyhow::Context;

use crate::shell;

/// The sum so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Count {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
}

impl Count {
    /// Takes a step that is one check; says whether it passed.
    pub(crate) fn step(&mut self, done: anyhow::Result<()>) -> bool {
        let passed = done.is_ok();
        self.tests(done.map(|()| Self {
            passed: 1,
            failed: 0,
        }));
        passed
    }

    /// Takes what a program's tests came to. One that ended before it could say so failed.
    pub(crate) fn tests(&mut self, counted: anyhow::Result<Self>) {
        let counted = counted.unwrap_or_else(|error| {
            println!("{error:#}");
            Self {
                passed: 0,
                failed: 1,
            }
        });
        self.passed += counted.passed;
        self.failed += counted.failed;
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// Runs tests, passing on what they print, and sums what they say.
pub(crate) fn tests(mut command: Command) -> anyhow::Result<Count> {
    let words = shell::words(&command);
    let mut program = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{words} can't be started"))?;
    let output = program.stdout.take().context("no output")?;
    let mut count = Count::default();
    for line in BufReader::new(output).lines() {
        let line = line?;
        println!("{line}");
        let (passed, failed) = result(&line).unwrap_or_default();
        count.passed += passed;
        count.failed += failed;
    }
    let status = program.wait()?;
    if !status.success() && count.failed == 0 {
        println!("{words}: {status}");
        count.failed = 1;
    }
    Ok(count)
}

/// `test result: FAILED. 3 passed; 1 failed; …`
fn result(line: &str) -> Option<(usize, usize)> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let number = |word: &str| {
        let part = counts
            .split("; ")
            .find_map(|part| part.strip_suffix(word))?;
        part.trim().parse().ok()
    };
    Some((number(" passed")?, number(" failed")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_of_a_program_is_read() {
        let table = [
            (
                "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured",
                Some((12, 0)),
            ),
            (
                "test result: FAILED. 3 passed; 1 failed; 0 ignored",
                Some((3, 1)),
            ),
            ("test codes::are_read ... ok", None),
            ("3 passed; 1 failed", None),
        ];
        for (line, counts) in table {
            assert_eq!(result(line), counts, "{line}");
        }
    }

    #[test]
    fn a_program_that_ends_without_a_word_failed() {
        assert_eq!(
            tests(Command::new("false")).unwrap(),
            Count {
                passed: 0,
                failed: 1
            }
        );
    }
}
