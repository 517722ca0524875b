//! An obstacle and a milestone that the district wrote, put in other words by both sides.

use anyhow::ensure;

use super::{DISTRICT, OFFICER, PROVINCE, TASK};
use crate::{
    drive::Session,
    page::{Field, TaskPage, await_status, status_text},
    world::World,
};

/// The province is asked why before anything of it is taken. What both typed apart is merged and
/// confirmed, or stands against each other and is chosen.
pub(super) async fn apart(world: &mut World) -> anyhow::Result<()> {
    let (laptop, cable) = world.laptop("laptop", OFFICER).await?;
    let province = world.open(PROVINCE).await?;
    let ours = TaskPage::open(laptop.page(), TASK, DISTRICT).await?;
    ours.add_obstacle("Thiếu giáo viên.").await?;
    ours.add_milestone("Khai giảng", "20/09/2019").await?;
    TaskPage::open(province.page(), TASK, DISTRICT).await?;
    let (text, title) = (words(province.page()).await?, title(province.page()).await?);
    let [our_text, their_text] = both(laptop.page(), province.page(), &text);
    let [our_title, their_title] = both(laptop.page(), province.page(), &title);

    press(province.page(), "[data-item] [data-act='toggle-item']").await?;
    their_text.append(" Đã báo Sở.").await?;
    their_text.leave().await?;
    province
        .page()
        .await_element("[data-item] .field-note.problem")
        .await?;
    why(province.page(), "[data-item]").await?;
    press(province.page(), "[data-item] .field-note.problem .link").await?;
    our_text.await_all(&["Đã báo Sở."]).await?;

    press(laptop.page(), "[data-act='correct-milestone']").await?;
    press(province.page(), "[data-act='correct-milestone']").await?;
    cable.cut();
    await_status(laptop.page(), &[status_text::OFFLINE]).await?;
    our_text.append(" Cần 2 người.").await?;
    our_text.leave().await?;
    our_title.write("Khai giảng 6 lớp").await?;
    their_text.append(" Chờ trả lời.").await?;
    their_text.leave().await?;
    why(province.page(), "[data-milestone]").await?;
    their_title.write("Khai giảng đủ lớp").await?;
    await_status(province.page(), &[status_text::LIVE]).await?;
    cable.join();

    let merged = format!("[data-merged='{}']", our_text.address());
    for (page, title) in [(&laptop, &our_title), (&province, &their_title)] {
        page.page().await_element(&merged).await?;
        let values = title.await_conflict().await?;
        ensure!(
            values == ["Khai giảng 6 lớp", "Khai giảng đủ lớp"],
            "the titles offered are {values:?}"
        );
    }
    press(
        province.page(),
        &format!("{merged} [data-act='confirm-text']"),
    )
    .await?;
    their_title.choose("Khai giảng 6 lớp").await?;
    for (page, text, title) in [
        (&laptop, &our_text, &our_title),
        (&province, &their_text, &their_title),
    ] {
        page.page().await_gone(&merged).await?;
        text.await_all(&["Cần 2 người.", "Chờ trả lời."]).await?;
        title.await_agreement().await?;
        title.await_all(&["Khai giảng 6 lớp"]).await?;
    }
    press(laptop.page(), "[data-milestone] [data-act='strike']").await?;
    province
        .page()
        .await_element("[data-milestone].gone[hidden]")
        .await
        .map(|_| ())
}

/// The field of the one obstacle's text, as document and path.
async fn words(page: &Session) -> anyhow::Result<String> {
    let item = page.await_element("[data-item]").await?;
    Ok(format!("items/{}/text", item.attribute("data-item").await?))
}

/// The same of the one milestone's title.
async fn title(page: &Session) -> anyhow::Result<String> {
    let mark = page.await_element("[data-milestone]").await?;
    let id = mark.attribute("data-milestone").await?;
    Ok(format!("milestones/{id}/title"))
}

/// A field of the district's document in both windows.
fn both(ours: &Session, theirs: &Session, path: &str) -> [Field; 2] {
    let document = format!("agency/2019/{DISTRICT}");
    [ours, theirs].map(|page| Field::new(page, &document, path))
}

async fn press(page: &Session, what: &str) -> anyhow::Result<()> {
    page.press_when_still(what).await
}

/// Says why the province writes in the district's card.
async fn why(page: &Session, card: &str) -> anyhow::Result<()> {
    let reason = page
        .await_element(&format!("{card} [data-act='reason']"))
        .await?;
    reason.click().await?;
    reason.type_text("Theo biên bản làm việc").await
}
