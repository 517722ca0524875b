//! What a field does while others write in it: it is left alone under the hands, says how safe it
//! is, and is found from elsewhere.

use anyhow::ensure;
use serde_json::Value;

use super::{DISTRICT, OFFICER, PROVINCE, TASK};
use crate::{
    drive::{Element, Session, until},
    page::{Field, TaskPage, await_status, find_by_words, go, status_text},
    world::World,
};

/// A row of «Việc của tôi» that has the focus shows what arrives where it stands, and goes to its
/// new group only when the focus has gone. A field that has the focus stays the same element with
/// what is typed in it, and the colleague's words are offered beside it.
pub(super) async fn left_alone(world: &mut World) -> anyhow::Result<()> {
    let district = world.open(DISTRICT).await?;
    let province = world.open(PROVINCE).await?;
    let page = district.page();
    let theirs = TaskPage::open(province.page(), TASK, DISTRICT).await?;
    theirs.give_reason("Bổ sung theo báo cáo").await?;

    go(page, "#/viec").await?;
    let row_of = format!("a.work-row[href*='{TASK}']");
    let row = page.await_element(&row_of).await?;
    row.focus().await?;
    let stands = place(page, &row).await?;
    theirs.field("percent").write("45").await?;
    until("the row says the new figure", || async {
        Ok(row.text().await?.contains("45 %").then_some(()))
    })
    .await?;
    ensure!(row.has_focus().await?, "the row has lost the focus");
    ensure!(
        place(page, &row).await? == stands,
        "the row was moved under the hands"
    );
    page.await_element("#work-filter").await?.focus().await?;
    until("the row goes to its new group", || async {
        let row = page.await_element(&row_of).await?;
        Ok((place(page, &row).await? != stands).then_some(()))
    })
    .await?;

    let words = TaskPage::open(page, TASK, DISTRICT)
        .await?
        .field("solution");
    words.append("Mở thêm lớp").await?;
    let field = words.element().await?;
    theirs.field("solution").write("Sở cử giáo viên.").await?;
    words.await_offer("Sở cử giáo viên.").await?;
    still_in(&words, &field, "Mở thêm lớp").await?;
    let typed = "Mở thêm lớp ở Trung Bình.";
    field.type_text(" ở Trung Bình.").await?;
    still_in(&words, &field, typed).await?;
    words.leave().await?;
    for words in [&words, &theirs.field("solution")] {
        words.await_all(&[typed, "Sở cử giáo viên."]).await?;
    }
    Ok(())
}

/// What the district wrote is held up on its way while the province's arrives: a line, where the
/// two values stand against each other until one is chosen, and a text, where both are merged. No
/// field of the district says «Đã lên tỉnh» before the relay has its own words, too.
pub(super) async fn least_safe(world: &mut World) -> anyhow::Result<()> {
    let (laptop, cable) = world.laptop("laptop", OFFICER).await?;
    let province = world.open(PROVINCE).await?;
    let ours = TaskPage::open(laptop.page(), TASK, DISTRICT).await?;
    let theirs = TaskPage::open(province.page(), TASK, DISTRICT).await?;
    theirs.give_reason("Theo biên bản làm việc").await?;
    let [our_line, our_text] = ["funding", "solution"].map(|name| ours.field(name));
    let [their_line, their_text] = ["funding", "solution"].map(|name| theirs.field(name));

    cable.hold();
    our_line.write("Ngân sách huyện").await?;
    our_text.write("Mời giáo viên tỉnh bạn.").await?;
    for field in [&our_line, &our_text] {
        field.await_note(status_text::DEVICE).await?;
    }
    their_line.write("Ngân sách tỉnh").await?;
    their_text.write("Sở cử giáo viên.").await?;
    for field in [&their_line, &their_text] {
        field.await_note(status_text::LIVE).await?;
    }

    let both = ["Ngân sách huyện", "Ngân sách tỉnh"];
    let values = our_line.await_conflict().await?;
    ensure!(values == both, "the values offered are {values:?}");
    let texts = ["Mời giáo viên tỉnh bạn.", "Sở cử giáo viên."];
    our_text.await_all(&texts).await?;
    for field in [&our_line, &our_text] {
        let note = field.note().await?;
        ensure!(
            note.contains(status_text::DEVICE),
            "{} says «{note}» of words that the province does not have",
            field.address()
        );
    }

    cable.release();
    for field in [&our_line, &our_text, &their_line, &their_text] {
        field.await_note(status_text::LIVE).await?;
    }
    ensure!(their_line.await_conflict().await? == both);
    their_line.choose("Ngân sách huyện").await?;
    for field in [&our_line, &their_line] {
        field.await_agreement().await?;
        field.await_all(&["Ngân sách huyện"]).await?;
    }
    Ok(())
}

/// «Nguồn kinh phí» and «Giải pháp», written in the district, stand in the province's window and
/// are found there with Ctrl+K, typed without marks.
pub(super) async fn found(world: &mut World) -> anyhow::Result<()> {
    let district = world.open(DISTRICT).await?;
    let province = world.open(PROVINCE).await?;
    let said = [
        ("funding", "Vốn vay ADB đợt hai", "von vay adb"),
        ("solution", "Thuê máy gặt liên huyện", "may gat lien huyen"),
    ];
    let ours = TaskPage::open(district.page(), TASK, DISTRICT).await?;
    for (name, words, _) in said {
        ours.field(name).write(words).await?;
    }
    await_status(district.page(), &[status_text::LIVE]).await?;
    let theirs = TaskPage::open(province.page(), TASK, DISTRICT).await?;
    for (name, words, typed) in said {
        theirs.field(name).await_all(&[words]).await?;
        go(province.page(), "#/tong-quan").await?;
        province.page().await_gone("[data-screen='task']").await?;
        find_by_words(province.page(), typed, words).await?;
        TaskPage::await_shown(province.page(), TASK, DISTRICT).await?;
    }
    Ok(())
}

/// Where a row of «Việc của tôi» stands: in which group, and where there.
async fn place(page: &Session, row: &Element) -> anyhow::Result<Value> {
    let script = "const group = arguments[0].closest('.work-group'); \
                  const groups = [...document.querySelectorAll('.work-group')]; \
                  const rows = [...group.querySelectorAll('a.work-row')]; \
                  return [groups.indexOf(group), rows.indexOf(arguments[0])]";
    page.script(script, &[row.reference()]).await
}

/// The field is the element that it was, has the focus, and holds what was typed.
async fn still_in(field: &Field, element: &Element, typed: &str) -> anyhow::Result<()> {
    let now = field.element().await?;
    let same = now.reference() == element.reference();
    ensure!(same, "{} was mounted again", field.address());
    ensure!(now.has_focus().await?, "the focus has jumped");
    let value = now.value().await?;
    ensure!(value == typed, "typing was disturbed: «{value}»");
    Ok(())
}
