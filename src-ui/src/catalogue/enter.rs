//! What «Vào ứng dụng» says.

/// The texts of «Vào ứng dụng».
pub struct Enter {
    /// The heading where people are enrolled.
    pub who: &'static str,
    /// The heading where nobody is yet.
    pub first: &'static str,
    /// How to begin.
    pub first_hint: &'static str,
    /// PIN or passphrase.
    pub secret: &'static str,
    /// A PIN or passphrase to be.
    pub new_secret: &'static str,
    /// What it must be.
    pub new_secret_hint: &'static str,
    /// «Trình diễn: mã PIN 2019».
    pub demonstration: fn(&str) -> String,
    /// Unlocks.
    pub unlock: &'static str,
    /// While it unlocks.
    pub unlocking: &'static str,
    /// Another person on this device.
    pub another: &'static str,
    /// Back to the people.
    pub choose: &'static str,
    /// The one-time code.
    pub code: &'static str,
    /// Where it comes from.
    pub code_hint: &'static str,
    /// The device's name.
    pub device: &'static str,
    /// Why it has one.
    pub device_hint: &'static str,
    /// Enrols.
    pub enrol: &'static str,
    /// While it enrols.
    pub enrolling: &'static str,
    /// It works without a network.
    pub offline: &'static str,
    /// Something was left empty.
    pub missing: &'static str,
}

/// Vietnamese.
pub static VI: Enter = Enter {
    who: "Bạn là ai?",
    first: "Vào ứng dụng lần đầu",
    first_hint: "Dán mã một lần do Sở Kế hoạch và Đầu tư cấp. Chỉ lần đầu cần mạng.",
    secret: "Mã PIN hoặc cụm mật khẩu",
    new_secret: "Đặt mã PIN hoặc cụm mật khẩu",
    new_secret_hint: "Dùng để mở ứng dụng trên máy này, cả khi không có mạng. Máy không có kho khóa của hệ thống thì đặt cụm mật khẩu từ 12 ký tự.",
    demonstration: |pin| format!("Trình diễn: mã PIN {pin}"),
    unlock: "Vào",
    unlocking: "Đang mở…",
    another: "Người khác dùng mã một lần",
    choose: "Chọn người đã có trên máy",
    code: "Mã một lần",
    code_hint: "Dán nguyên cả dòng; mã chỉ dùng được một lần.",
    device: "Tên máy này",
    device_hint: "Để nhận ra máy khi cần thu hồi, ví dụ «Máy tính xách tay phòng TC-KH».",
    enrol: "Ghi danh",
    enrolling: "Đang ghi danh…",
    offline: "Không cần mạng.",
    missing: "Điền đủ các ô còn trống rồi thử lại.",
};
