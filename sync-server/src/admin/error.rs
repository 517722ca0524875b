//! Why an administrator's command is not carried out.

use sync::code::CodeError;
use terms::{AgencyId, EnrolmentId, PersonId, text::TextError};

use super::MAX_CODE_HOURS;
use crate::store::StoreError;

/// Why something was not done: what happened and what to do next. Nothing of it is stored.
#[derive(Debug, thiserror::Error)]
pub enum AdminError {
    /// The database does not serve.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The system has no random bytes.
    #[error("hệ thống không cấp số ngẫu nhiên: {0}; hãy thử lại")]
    Random(#[from] getrandom::Error),
    /// There is no such agency.
    #[error("danh bạ chưa có đơn vị «{0}»; hãy thêm bằng «admin agency add» trước")]
    UnknownAgency(AgencyId),
    /// There is no such person.
    #[error("danh bạ chưa có người «{0}»; hãy thêm bằng «admin person add» trước")]
    UnknownPerson(PersonId),
    /// There is no such enrolment.
    #[error("không có đăng ký «{0}»; hãy xem «admin list enrolments»")]
    UnknownEnrolment(EnrolmentId),
    /// Nobody was given that.
    #[error("không có quyền nào như thế để thu lại; hãy xem «admin list grants»")]
    NotGranted,
    /// There is nobody to give the year's rights to.
    #[error("danh bạ chưa có đơn vị nào; hãy thêm đơn vị trước khi mở năm")]
    NoAgencies,
    /// The year is none.
    #[error("năm {0} không dùng được; chọn năm từ 2000 đến 2199")]
    BadYear(u16),
    /// A text cannot stand.
    #[error("«{field}»: {why}")]
    BadText {
        /// Which one, as the command names it.
        field: &'static str,
        /// Why.
        why: TextError,
    },
    /// A text is missing.
    #[error("«{0}» để trống; hãy ghi nội dung")]
    NoText(&'static str),
    /// The code would count too long, or not at all.
    #[error("mã phải có hạn từ 1 đến {MAX_CODE_HOURS} giờ, không phải {0}")]
    BadHours(u32),
    /// Nobody knows where the relay is.
    #[error(
        "chưa biết địa chỉ máy chủ để ghi vào mã; hãy thêm --url https://… hoặc đặt «public_url» \
         rồi chạy máy chủ"
    )]
    NoUrl,
    /// The address does not fit into a code.
    #[error(transparent)]
    Code(#[from] CodeError),
}
