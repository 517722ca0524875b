//! Half typed words: kept, counted, listed, and there again.

use super::{DISTRICT, PROVINCE, TASK};
use crate::{
    page::{Drafts, TaskPage, await_draft, await_status, go, sign_out, status_text, unlock},
    world::{PIN, World},
};

/// A figure that is none, a text in which somebody still is, and a form that is not saved are
/// drafts: they are counted in the status line and listed behind it, are back after the page was
/// loaded anew, and go only when they are saved or let go.
pub(super) async fn half_typed(world: &mut World) -> anyhow::Result<()> {
    let district = world.open(DISTRICT).await?;
    let page = district.page();
    let ours = TaskPage::open(page, TASK, DISTRICT).await?;
    let words = ["mười hai", "Thiếu giáo viên dạy", "Đang mời giáo viên"];
    let [figure, obstacle, text] = words;
    ours.field("percent").write(figure).await?;
    ours.begin_obstacle(obstacle).await?;
    ours.field("solution").append(text).await?;
    await_status(page, &["Gõ dở 3"]).await?;
    await_draft(page, text).await?;

    page.reload().await?;
    await_status(page, &["Gõ dở 3"]).await?;
    Drafts::open(page).await?.await_only(&words).await?;
    // The page is loaded anew where one was, and nothing was saved on the way.
    page.reload().await?;
    go(page, "#/chuong-trinh").await?;
    page.await_element("a.tree-row").await?;
    let sheet = Drafts::open(page).await?;
    sheet.await_only(&words).await?;
    sheet.go_to("/solution").await?;
    let ours = TaskPage::await_shown(page, TASK, DISTRICT).await?;
    ours.field("percent").await_all(&[figure]).await?;
    ours.field("solution").await_all(&[text]).await?;
    ours.await_new_obstacle(obstacle).await?;

    let sheet = Drafts::open(page).await?;
    sheet.let_go("/percent").await?;
    sheet.await_only(&[obstacle, text]).await?;
    sheet.go_to("/solution").await?;
    ours.field("percent").await_value("").await?;
    ours.field("solution").save().await?;
    ours.field("solution").await_note(status_text::LIVE).await?;
    await_status(page, &["Gõ dở 1"]).await?;
    ours.save_obstacle().await?;
    await_status(page, &[status_text::LIVE]).await?;
    ours.await_words(obstacle).await
}

/// The province writes in the district's card and says no reason: refused. The words stay, also
/// after the screen was left and after signing out, until the reason is said.
pub(super) async fn refused(world: &mut World) -> anyhow::Result<()> {
    let district = world.open(DISTRICT).await?;
    let province = world.open(PROVINCE).await?;
    let page = province.page();
    let words = "Sở đã khảo sát thực địa.";
    let theirs = TaskPage::open(page, TASK, DISTRICT).await?;
    theirs.field("narrative").write(words).await?;
    theirs.field("narrative").await_note("lý do").await?;
    await_status(page, &["Gõ dở 1"]).await?;

    go(page, "#/chi-tieu").await?;
    page.await_element("[data-row]").await?;
    await_status(page, &["Gõ dở 1"]).await?;
    let theirs = TaskPage::open(page, TASK, DISTRICT).await?;
    theirs.field("narrative").await_value(words).await?;

    sign_out(page).await?;
    unlock(page, PIN).await?;
    page.await_element(".pill").await?;
    await_status(page, &["Gõ dở 1"]).await?;
    let theirs = TaskPage::open(page, TASK, DISTRICT).await?;
    theirs.field("narrative").await_value(words).await?;
    theirs.give_reason("Theo biên bản khảo sát").await?;
    theirs.field("narrative").save().await?;
    await_status(page, &[status_text::LIVE]).await?;
    let ours = TaskPage::open(district.page(), TASK, DISTRICT).await?;
    ours.field("narrative").await_value(words).await
}
