//! Power cuts: of the app while somebody types, of the relay while it receives.

use super::{DISTRICT, TASK};
use crate::{
    page::{TaskPage, await_draft, await_status, status_text},
    world::World,
};

/// After a restart everything that was shown as saved is there, what was being typed is offered
/// again, and everything shown as «Đã lên tỉnh» is in the relay's log.
pub(super) async fn killed(world: &mut World) -> anyhow::Result<()> {
    let district = world.open(DISTRICT).await?;
    let ours = TaskPage::open(district.page(), TASK, DISTRICT).await?;
    ours.field("percent").write("31").await?;
    await_status(district.page(), &[status_text::LIVE]).await?;

    // The relay loses its power; the district goes on.
    world.kill_relay();
    await_status(district.page(), &[status_text::OFFLINE]).await?;
    ours.field("percent").write("32").await?;
    await_status(district.page(), &[status_text::WAITING]).await?;

    // So does the laptop, in the middle of a sentence that was kept as a draft.
    ours.field("narrative").append("Chưa viết xong").await?;
    await_draft(district.page(), "Chưa viết xong").await?;
    let app = district.kill()?;
    let district = world.window(app).await?;
    await_status(district.page(), &[status_text::WAITING]).await?;
    let ours = TaskPage::open(district.page(), TASK, DISTRICT).await?;
    ours.field("percent").await_all(&["32"]).await?;
    ours.field("narrative")
        .await_all(&["Chưa viết xong"])
        .await?;

    // What is half typed is not at the province, and the line says so until it is an edit.
    world.start_relay().await?;
    await_status(district.page(), &[status_text::TYPED]).await?;
    ours.field("narrative").enter().await?;
    ours.field("narrative").leave().await?;
    await_status(district.page(), &[status_text::LIVE]).await?;
    district.close().await?;
    world.kill_relay();

    // What a stranger to both processes finds: the relay alone gives everything to the province.
    world.start_relay().await?;
    let province = world.open(super::PROVINCE).await?;
    let theirs = TaskPage::open(province.page(), TASK, DISTRICT).await?;
    theirs.field("percent").await_all(&["32"]).await?;
    theirs.await_history("percent", &["31", "32"]).await
}
