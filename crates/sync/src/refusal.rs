//! Why a relay closes a connection.

use serde::{Deserialize, Serialize};
use terms::Timestamp;

/// The largest difference between a device's clock and the relay's, in seconds: one day.
pub const MAX_SKEW: i64 = 24 * 3600;

/// Why the relay closes a connection: what happened and what to do next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    /// Something else than authentication came first.
    #[error("máy chủ chỉ nhận xác thực trước; hãy cập nhật ứng dụng rồi kết nối lại")]
    NotAuthenticated,
    /// The directory has no such enrolment.
    #[error("máy chủ không biết thiết bị này; hãy xin quản trị mã đăng ký mới")]
    UnknownEnrolment,
    /// The enrolment was revoked.
    #[error(
        "thiết bị này đã bị thu hồi quyền ({why}); dữ liệu trên máy vẫn còn, hãy liên hệ quản trị"
    )]
    Revoked {
        /// Why, as the administrator wrote it.
        why: String,
    },
    /// The signature does not prove the enrolment's key.
    #[error("chữ ký xác thực không đúng khóa đã đăng ký; hãy xin quản trị mã đăng ký mới")]
    BadSignature,
    /// The clocks are more than a day apart.
    #[error(
        "đồng hồ máy này ({}) lệch quá một ngày so với máy chủ ({}); hãy chỉnh lại ngày giờ",
        full(*.device),
        full(*.relay)
    )]
    ClockSkew {
        /// The device's time.
        device: Timestamp,
        /// The relay's time.
        relay: Timestamp,
    },
    /// A frame could not be read.
    #[error("máy chủ không đọc được gói tin: {0}; hãy cập nhật ứng dụng rồi kết nối lại")]
    BadFrame(String),
    /// More was sent than the relay had room for.
    #[error("thiết bị gửi quá nhiều cùng một lúc; ứng dụng sẽ tự gửi lại sau")]
    TooMuch,
    /// The relay failed to read or write its log.
    #[error("máy chủ tạm thời không ghi được dữ liệu; ứng dụng sẽ tự thử lại")]
    Trouble,
    /// The relay is being stopped.
    #[error("máy chủ đang dừng để bảo trì; ứng dụng sẽ tự kết nối lại")]
    Stopping,
}

impl Refusal {
    /// Whether connecting again later can help without a person doing anything.
    pub fn retry(&self) -> bool {
        matches!(self, Self::TooMuch | Self::Trouble | Self::Stopping)
    }
}

fn full(time: Timestamp) -> String {
    format!("{} {}", time.format_time(), time.date().format_screen())
}
