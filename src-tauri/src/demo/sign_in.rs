//! Signing in without a PIN, which only a demonstration allows.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, bail};
use desk::Desk;
use serde_json::json;
use terms::EnrolmentId;

use super::PIN;

/// Names whoever is signed in on this computer; that it is there makes it a demonstration's.
fn marker(computer: &Path) -> PathBuf {
    computer.join("demonstration")
}

/// Whether this folder was made by the demonstration.
pub(crate) fn is_demonstration(computer: &Path) -> bool {
    marker(computer).is_file()
}

/// The first who enrols on a computer is the one who is signed in.
pub(super) fn remember(computer: &Path, enrolment: &EnrolmentId) -> anyhow::Result<()> {
    if !is_demonstration(computer) {
        std::fs::write(marker(computer), enrolment.as_str())?;
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

/// Tells the screens the PIN, for «Vào ứng dụng» to show.
pub(crate) fn greeting() -> String {
    format!("window.__TIEN_DO_DEMONSTRATION__ = {{ pin: '{PIN}' }};")
}
