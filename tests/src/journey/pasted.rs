//! A block from a spreadsheet in «Chỉ tiêu».

use super::{PROVINCE, TARGET};
use crate::{
    page::{TargetsPage, await_status, status_text},
    world::World,
};

/// Two more targets that Sở KH&ĐT itself reports on, and the names of all three.
const BY_VALUE: &str = "ct-mn98";
const GRDP: &str = "ct-edtj";
const BLOCK: &str = "Chỉ tiêu\tThực hiện\n\
    Tỷ lệ lựa chọn nhà thầu qua mạng, theo số lượng gói thầu\t42,5\n\
    Tỷ lệ lựa chọn nhà thầu qua mạng, theo tổng giá trị gói thầu\t12\n\
    GRDP bình quân đầu người\t42.200\n\
    Chỉ tiêu của tỉnh khác\t7";

/// Nothing of a block is stored before the person has seen what becomes of each cell. What can be
/// read in two ways stays in its cell and is asked there. «Hoàn tác dán» puts back what stood
/// there before, and leaves alone what was written since.
pub(super) async fn block(world: &mut World) -> anyhow::Result<()> {
    let province = world.open(PROVINCE).await?;
    let page = TargetsPage::open(province.page()).await?;
    let (by_number, by_value, grdp) = (
        page.actual(PROVINCE, TARGET),
        page.actual(PROVINCE, BY_VALUE),
        page.actual(PROVINCE, GRDP),
    );
    by_number.write("40").await?;
    // Of the goal of 50: the table knows of it.
    page.await_words("80,0").await?;
    await_status(province.page(), &[status_text::LIVE]).await?;

    page.paste(&by_number, BLOCK).await?;
    page.await_preview(&["Sẽ ghi 2", "chờ chọn 1", "Chỉ tiêu của tỉnh khác"])
        .await?;
    by_number.await_value("40").await?;
    page.store().await?;
    page.await_notice("Đã dán 2, chờ chọn 1").await?;
    by_number.await_value("42,5").await?;
    by_value.await_value("12").await?;
    grdp.await_value("42.200").await?;
    page.read_as("42.200").await?;
    grdp.await_value("42,200").await?;
    await_status(province.page(), &[status_text::LIVE]).await?;

    by_value.write("13").await?;
    page.undo().await?;
    page.await_notice("1 ô trở lại như trước, 1 ô đã sửa sau đó được giữ nguyên")
        .await?;
    by_number.await_value("40").await?;
    by_value.await_value("13").await?;
    grdp.await_value("42,200").await
}
