//! System packages of Debian 12 and Ubuntu 24.04.

use std::{collections::BTreeSet, path::Path, process::Command};

use anyhow::bail;

use crate::shell;

/// Installs those of the packages that are missing, or says how.
pub(crate) fn see_to(packages: &[&str]) -> anyhow::Result<()> {
    let missing = missing(packages);
    if missing.is_empty() {
        return Ok(());
    }
    let line = format!("apt-get update && apt-get install -y {}", missing.join(" "));
    if !Path::new("/usr/bin/apt-get").exists() {
        bail!(
            "this system has no apt-get. Install what Debian 12 calls: {}\n\
             (webkit2gtk 4.1 and a C compiler with their headers), then run the same again",
            missing.join(" ")
        );
    }
    let Some(root) = becoming_root() else {
        bail!(
            "these system packages are missing: {}\nRun this line, then the same again:\n\n    \
             sudo sh -c '{line}'\n",
            missing.join(" ")
        );
    };
    shell::step(
        &format!("installing system packages: {}", missing.join(" ")),
        || {
            let words: Vec<&str> = root.iter().copied().chain(["sh", "-c", &line]).collect();
            let mut command = Command::new(words[0]);
            shell::run(
                command
                    .args(&words[1..])
                    .env("DEBIAN_FRONTEND", "noninteractive"),
            )
        },
    )
}

/// Which of the packages are not installed.
pub(crate) fn missing<'a>(packages: &[&'a str]) -> Vec<&'a str> {
    let mut query = Command::new("dpkg-query");
    query
        .args(["-W", "-f", "${Package} ${db:Status-Abbrev}\n"])
        .args(packages);
    // It fails as soon as one is unknown, and still names the others.
    let answer = query.output().map(|o| o.stdout).unwrap_or_default();
    let installed = installed(&String::from_utf8_lossy(&answer));
    packages
        .iter()
        .copied()
        .filter(|package| !installed.contains(*package))
        .collect()
}

fn installed(answer: &str) -> BTreeSet<String> {
    answer
        .lines()
        .filter_map(|line| line.split_once(' '))
        .filter(|(_, status)| status.trim() == "ii")
        .map(|(package, _)| package.to_owned())
        .collect()
}

/// The words before a command that make it run as root; none if that can't be had without asking.
fn becoming_root() -> Option<&'static [&'static str]> {
    let user = shell::ask(Command::new("id").arg("-u"));
    if user.is_some_and(|id| id.trim() == "0") {
        return Some(&[]);
    }
    let sudo = shell::ask(Command::new("sudo").args(["-n", "true"]));
    sudo.map(|_| &["sudo", "-n", "--preserve-env=DEBIAN_FRONTEND"][..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_package_that_is_wholly_installed_counts() {
        let answer = "xvfb ii \nlibxdo-dev rc \npkg-config un \nhalf iU \n";
        assert_eq!(installed(answer), BTreeSet::from(["xvfb".to_owned()]));
    }
}
