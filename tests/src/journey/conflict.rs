//! The same figure changed on both sides.

use anyhow::ensure;

use super::{DISTRICT, OFFICER, PROVINCE, TASK};
use crate::{
    page::{TaskPage, await_status, status_text},
    world::World,
};

/// Both windows show both values; the province chooses; both show the choice and the history.
pub(super) async fn chosen(world: &mut World) -> anyhow::Result<()> {
    let (laptop, cable) = world.laptop("laptop", OFFICER).await?;
    let province = world.open(PROVINCE).await?;
    let ours = TaskPage::open(laptop.page(), TASK, DISTRICT).await?;
    let theirs = TaskPage::open(province.page(), TASK, DISTRICT).await?;

    cable.cut();
    await_status(laptop.page(), &[status_text::OFFLINE]).await?;
    ours.field("percent").write("40").await?;
    theirs.give_reason("Theo số liệu kiểm tra").await?;
    theirs.field("percent").write("55").await?;
    await_status(province.page(), &[status_text::LIVE]).await?;
    cable.join();

    for page in [&ours, &theirs] {
        let values = page.field("percent").await_conflict().await?;
        ensure!(values == ["40", "55"], "the values offered are {values:?}");
    }
    theirs.field("percent").choose("40").await?;
    for page in [&ours, &theirs] {
        page.field("percent").await_agreement().await?;
        page.field("percent").await_all(&["40"]).await?;
        page.await_history("percent", &["40", "55"]).await?;
    }
    Ok(())
}
