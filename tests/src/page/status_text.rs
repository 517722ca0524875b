//! What the status line says, as far as anybody waits for it.

/// Everything is at the province.
pub const LIVE: &str = "Đã lên tỉnh";
/// Something is half typed, and everything else is at the province.
pub const TYPED: &str = "Gõ dở";
/// No relay is reached; «Ngoại tuyến», or within «Chờ gửi 2 · ngoại tuyến».
pub const OFFLINE: &str = "goại tuyến";
/// Something waits to be sent.
pub const WAITING: &str = "Chờ gửi";
/// The relay refuses this device.
pub const REFUSED: &str = "Chưa kết nối được";
/// Everything is exchanged, and something wants a person: values to choose between, or a narrative
/// that two wrote at once.
pub const CHOOSE: &str = "Cần chọn";
/// Saved on this computer and not at the province: what the line under a field says.
pub const DEVICE: &str = "Đã lưu trên máy";
