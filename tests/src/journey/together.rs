//! Two people in the same narrative at the same time.

use anyhow::ensure;

use super::{DISTRICT, PROVINCE, TASK};
use crate::{drive::until, page::TaskPage, world::World};

/// A narrative is open in a field while the other side's edit arrives: typing is not disturbed,
/// the focus does not jump, and both sentences are there after both have left.
pub(super) async fn typing(world: &mut World) -> anyhow::Result<()> {
    let district = world.open(DISTRICT).await?;
    let province = world.open(PROVINCE).await?;
    let ours = TaskPage::open(district.page(), TASK, DISTRICT).await?;
    let theirs = TaskPage::open(province.page(), TASK, DISTRICT).await?;
    let (our_words, their_words) = (ours.field("narrative"), theirs.field("narrative"));

    our_words.append("Đang mở lớp may").await?;
    theirs.give_reason("Bổ sung").await?;
    their_words.write("Sở đã thẩm định.").await?;

    // The edit has arrived as soon as it is offered beside the field.
    let field = our_words.element().await?;
    until("the other's edit is offered", || async {
        let script = "return arguments[0].closest('.field, .part-field')?.innerText ?? ''";
        let around = district.page().script(script, &[field.reference()]).await?;
        Ok(around
            .as_str()
            .is_some_and(|text| text.contains("Sở đã thẩm định."))
            .then_some(()))
    })
    .await?;
    ensure!(field.has_focus().await?, "the focus has jumped");
    ensure!(
        field.value().await? == "Đang mở lớp may",
        "typing was disturbed"
    );
    field.type_text(" ở xã Trung Bình.").await?;
    ensure!(field.has_focus().await?, "the focus has jumped");
    ensure!(
        field.value().await? == "Đang mở lớp may ở xã Trung Bình.",
        "typing was disturbed"
    );
    our_words.leave().await?;

    for words in [&our_words, &their_words] {
        words
            .await_all(&["Đang mở lớp may ở xã Trung Bình.", "Sở đã thẩm định."])
            .await?;
    }
    Ok(())
}
