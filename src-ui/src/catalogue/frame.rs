//! What stands around every screen.

use ipc::{Pill, PillKind};
use terms::{Date, Timestamp};

/// The texts around every screen.
pub struct Frame {
    /// The app's name.
    pub app: &'static str,
    /// Navigation.
    pub my_work: &'static str,
    /// Navigation.
    pub tree: &'static str,
    /// Navigation.
    pub targets: &'static str,
    /// Navigation.
    pub overview: &'static str,
    /// What the navigation is called.
    pub navigation: &'static str,
    /// Jumps over the navigation.
    pub skip: &'static str,
    /// Signs out.
    pub lock: &'static str,
    /// «Chương trình 2019».
    pub programme: fn(u16) -> String,
    /// The demonstration clock.
    pub demonstration: fn(Date) -> String,
    /// The same where there is little room.
    pub demonstration_short: fn(Date) -> String,
    /// What the period switch is called.
    pub period: &'static str,
    /// The search button.
    pub find: &'static str,
    /// The search box's hint.
    pub find_hint: &'static str,
    /// Nothing typed yet.
    pub find_start: &'static str,
    /// Nothing found.
    pub find_nothing: fn(&str) -> String,
    /// Kind of hit.
    pub found_task: &'static str,
    /// Kind of hit.
    pub found_target: &'static str,
    /// Kind of hit.
    pub found_agency: &'static str,
    /// Kind of hit.
    pub found_text: &'static str,
    /// Kind of hit: a command.
    pub found_command: &'static str,
    /// Where a screen is meant.
    pub found_screen: &'static str,
    /// The status line: what matters most, and the rest.
    pub pill: fn(&Pill) -> (String, &'static str),
    /// The sign before it.
    pub pill_sign: fn(PillKind) -> &'static str,
    /// Before anything is known.
    pub pill_waiting: &'static str,
    /// «Đồng bộ ngay».
    pub sync_now: &'static str,
    /// Heading of what has not been sent.
    pub unsent: &'static str,
    /// Nothing waits.
    pub unsent_none: &'static str,
    /// When all was last exchanged.
    pub synced_at: fn(Option<Timestamp>) -> String,
    /// Before the reason of a refusal.
    pub refused: &'static str,
}

/// Vietnamese.
pub static VI: Frame = Frame {
    app: "Tiến Độ",
    my_work: "Việc của tôi",
    tree: "Chương trình",
    targets: "Chỉ tiêu",
    overview: "Tổng quan",
    navigation: "Các màn hình",
    skip: "Đến nội dung",
    lock: "Khóa",
    programme: |year| format!("Chương trình {year}"),
    demonstration: |today| format!("Trình diễn · hôm nay {}", today.format_screen()),
    demonstration_short: |today| format!("Trình diễn {}", today.format_screen()),
    period: "Kỳ báo cáo",
    find: "Tìm…",
    find_hint: "Tìm nhiệm vụ, chỉ tiêu, đơn vị, nội dung",
    find_start: "Gõ không dấu cũng được: «duong» tìm thấy «đường».",
    find_nothing: |text| format!("Không có gì khớp với «{text}». Thử ít chữ hơn."),
    found_task: "Nhiệm vụ",
    found_target: "Chỉ tiêu",
    found_agency: "Đơn vị",
    found_text: "Nội dung",
    found_command: "Lệnh",
    found_screen: "Màn hình",
    pill: |pill| {
        let n = pill.count;
        match pill.kind {
            PillKind::Quarantined => (format!("Bị từ chối {n}"), "vẫn giữ trên máy"),
            PillKind::Refused if n > 0 => (format!("Chưa gửi được {n}"), "bấm để xem vì sao"),
            PillKind::Refused => ("Tỉnh từ chối kết nối".into(), "bấm để xem vì sao"),
            PillKind::Conflicts => (format!("Cần chọn {n}"), "đã lưu trên máy"),
            PillKind::PendingOffline => (format!("Chờ gửi {n}"), "ngoại tuyến, đã lưu trên máy"),
            PillKind::Sending => (format!("Đang gửi {n}"), "đã lưu trên máy"),
            PillKind::Offline => ("Ngoại tuyến".into(), "đã lưu trên máy"),
            PillKind::CatchingUp => ("Đang nhận".into(), "đã lưu trên máy"),
            PillKind::Live => ("Đã lên tỉnh".into(), "trực tuyến"),
        }
    },
    pill_sign: |kind| match kind {
        PillKind::Quarantined | PillKind::Refused => "!",
        PillKind::Conflicts => "≠",
        PillKind::PendingOffline | PillKind::Sending => "↑",
        PillKind::Offline => "○",
        PillKind::CatchingUp => "↓",
        PillKind::Live => "✓",
    },
    pill_waiting: "Đang xem kết nối",
    sync_now: "Đồng bộ ngay",
    unsent: "Chưa lên tỉnh",
    unsent_none: "Mọi thay đổi trên máy này đã lên tỉnh.",
    synced_at: |at| match at {
        Some(at) => format!("Trao đổi đầy đủ lần cuối {}", at.format_day_time()),
        None => "Máy này chưa trao đổi với tỉnh lần nào.".into(),
    },
    refused: "Lý do:",
};
