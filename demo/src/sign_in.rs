//! Signing in without a PIN, which only the demonstration does.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, bail};
use desk::Desk;
use serde_json::json;
use terms::EnrolmentId;

use crate::PIN;

/// Names whoever is signed in on this computer.
fn marker(computer: &Path) -> PathBuf {
    computer.join("demonstration")
}

/// The first who enrols on a computer is the one who is signed in.
pub(crate) fn remember(computer: &Path, enrolment: &EnrolmentId) -> anyhow::Result<()> {
    let marker = marker(computer);
    if !marker.is_file() {
        std::fs::write(marker, enrolment.as_str())?;
    }
    Ok(())
}

/// Signs them in.
pub(crate) async fn sign_in(desk: &Arc<Desk>, computer: &Path) -> anyhow::Result<()> {
    let enrolment = std::fs::read_to_string(marker(computer))
        .with_context(|| format!("{} was not made by the demonstration", computer.display()))?;
    let command = json!({ "enrolment": enrolment.trim(), "secret": PIN });
    match desk.call("Unlock", command).await {
        Ok(_) => Ok(()),
        Err(problem) => bail!("{}", problem.message),
    }
}
