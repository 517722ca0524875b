//! The main job: without a network in the district, then with one.

use super::{DISTRICT, OFFICER, PROVINCE, TARGET, TASK};
use crate::{
    drive::{Key, Session},
    page::{Field, TaskPage, await_status, go, status_text},
    world::World,
};

/// The window opens, knows who is there, and lists the district's work.
pub(super) async fn opens(world: &mut World) -> anyhow::Result<()> {
    let district = world.open(DISTRICT).await?;
    let page = district.page();
    page.await_element("a.work-row").await?;
    await_status(page, &[status_text::LIVE]).await?;
    go(page, "#/chuong-trinh").await?;
    page.await_element("a.tree-row").await?;
    Ok(())
}

/// The district writes offline, the province edits the same narrative and another figure
/// meanwhile; back online both see both, without a reload, and nothing is lost.
pub(super) async fn merges(world: &mut World) -> anyhow::Result<()> {
    // On a second laptop, whose cable can be cut while the province goes on through its own.
    let (laptop, cable) = world.laptop("laptop", OFFICER).await?;
    let province = world.open(PROVINCE).await?;

    let ours = TaskPage::open(laptop.page(), TASK, DISTRICT).await?;
    ours.field("narrative").write("Mở 6 lớp nghề.").await?;
    let theirs = TaskPage::open(province.page(), TASK, DISTRICT).await?;
    theirs
        .field("narrative")
        .await_all(&["Mở 6 lớp nghề."])
        .await?;

    cable.cut();
    await_status(laptop.page(), &[status_text::OFFLINE, status_text::WAITING]).await?;
    ours.set_status("in-progress").await?;
    ours.field("percent").write("45").await?;
    ours.field("narrative").append(" Có 174 học viên.").await?;
    ours.field("narrative").leave().await?;
    ours.add_obstacle("Thiếu giáo viên dạy nghề may.").await?;
    contribution(laptop.page()).await?.write("0,08").await?;
    await_status(laptop.page(), &[status_text::WAITING]).await?;

    theirs.give_reason("Bổ sung theo biên bản làm việc").await?;
    theirs.field("narrative").enter().await?;
    province.page().press(Key::Home).await?;
    province.page().type_text("Sở đã khảo sát. ").await?;
    theirs.field("narrative").leave().await?;
    let figure = value(province.page(), PROVINCE, TARGET).await?;
    figure.write("42").await?;
    await_status(province.page(), &[status_text::LIVE]).await?;
    let theirs = TaskPage::open(province.page(), TASK, DISTRICT).await?;
    let ours = TaskPage::open(laptop.page(), TASK, DISTRICT).await?;

    cable.join();
    for page in [&ours, &theirs] {
        let parts = ["Sở đã khảo sát.", "Mở 6 lớp nghề.", "Có 174 học viên."];
        page.field("narrative").await_all(&parts).await?;
        page.field("percent").await_all(&["45"]).await?;
        page.await_words("Thiếu giáo viên dạy nghề may.").await?;
    }
    // Two wrote one narrative: that is what the line says now, since nothing waits any more.
    await_status(laptop.page(), &[status_text::LIVE, status_text::CHOOSE]).await?;
    for page in [laptop.page(), province.page()] {
        contribution(page).await?.await_all(&["0,08"]).await?;
        let figure = value(page, PROVINCE, TARGET).await?;
        figure.await_all(&["42"]).await?;
    }
    Ok(())
}

/// What the district adds to the rice of the province.
async fn contribution(page: &Session) -> anyhow::Result<Field> {
    value(page, DISTRICT, "ct-15dz").await
}

/// What an agency says of a target, where the target is open.
async fn value(page: &Session, agency: &str, target: &str) -> anyhow::Result<Field> {
    go(page, &format!("#/chi-tieu/{target}")).await?;
    let place = format!("values/{target}/2019-q3/actual");
    Ok(Field::new(page, &format!("agency/2019/{agency}"), &place))
}
