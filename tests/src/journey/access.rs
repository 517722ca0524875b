//! Who must not come in.

use anyhow::{Context, ensure};

use super::{OFFICER, TASK};
use crate::{
    drive::Session,
    page::{TaskPage, await_status, enrol, refusal, status_text},
    world::{PIN, World},
};

/// A wrong code, a used code, a stranger's device, a revoked device: refused with a clear
/// message, nothing stored.
pub(super) async fn refused(world: &mut World) -> anyhow::Result<()> {
    let code = world.code(OFFICER, &world.url())?;
    let stranger = world.window(world.app("stranger")).await?;
    let page = stranger.page();

    refused_with(page, "khong-phai-ma").await?;
    // One letter wrong, and one code of another relay's.
    refused_with(page, &mistyped(&code)).await?;
    ensure!(
        nobody_in(stranger.folder())?,
        "a refused code left something on the disk"
    );

    let first = world.window(world.app("first")).await?;
    enrol(first.page(), &code, PIN).await?;
    await_status(first.page(), &[status_text::LIVE]).await?;
    refused_with(page, &code).await?;
    ensure!(
        nobody_in(stranger.folder())?,
        "a used code left something on the disk"
    );

    let enrolment = enrolled_in(first.folder())?;
    world.admin(&["revoke", "--enrolment", &enrolment, "--why", "mất máy"])?;
    await_status(first.page(), &[status_text::REFUSED]).await?;
    let task = TaskPage::open(first.page(), TASK, super::DISTRICT).await;
    if let Ok(task) = task {
        // What it still writes stays on its own disk.
        let _ = task.field("percent").write("99").await;
    }
    let province = world.open(super::PROVINCE).await?;
    await_status(province.page(), &[status_text::LIVE]).await?;
    let theirs = TaskPage::open(province.page(), TASK, super::DISTRICT).await?;
    ensure!(
        theirs.field("percent").value().await?.is_empty(),
        "a revoked device was heard"
    );
    Ok(())
}

async fn refused_with(page: &Session, code: &str) -> anyhow::Result<()> {
    page.reload().await?;
    enrol(page, code, PIN).await?;
    let message = refusal(page).await?;
    ensure!(
        message.chars().count() > 20,
        "no clear message: «{message}»"
    );
    Ok(())
}

/// The code with its last letter changed: to another one, not from large to small.
fn mistyped(code: &str) -> String {
    let mut letters: Vec<char> = code.chars().collect();
    if let Some(last) = letters.last_mut() {
        *last = if last.eq_ignore_ascii_case(&'a') {
            'b'
        } else {
            'a'
        };
    }
    letters.into_iter().collect()
}

fn nobody_in(folder: &std::path::Path) -> anyhow::Result<bool> {
    Ok(enrolments(folder)?.is_empty())
}

fn enrolled_in(folder: &std::path::Path) -> anyhow::Result<String> {
    enrolments(folder)?.pop().context("nobody is enrolled")
}

fn enrolments(folder: &std::path::Path) -> anyhow::Result<Vec<String>> {
    let entries: Vec<_> = std::fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    let with_key = entries
        .iter()
        .filter(|entry| entry.path().join("enrolment.json").is_file());
    Ok(with_key
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect())
}
