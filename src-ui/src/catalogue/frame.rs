//! What stands around every screen.

use ipc::{StatusSummary, SummaryKind};
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
    pub summary: fn(&StatusSummary) -> (String, String),
    /// The sign before it.
    pub summary_sign: fn(SummaryKind) -> &'static str,
    /// Before anything is known.
    pub summary_waiting: &'static str,
    /// «Đồng bộ ngay».
    pub sync_now: &'static str,
    /// Heading of what has not been sent.
    pub unsent: &'static str,
    /// Nothing waits.
    pub unsent_none: &'static str,
    /// Heading of what is typed and no edit yet.
    pub drafts: &'static str,
    /// «từ 11/09 14:05».
    pub draft_since: fn(Timestamp) -> String,
    /// Goes where it was typed.
    pub draft_open: &'static str,
    /// Lets it go, after it was asked.
    pub draft_drop: &'static str,
    /// Asks whether to let it go.
    pub draft_ask: &'static str,
    /// Lets it go.
    pub draft_yes: &'static str,
    /// Keeps it.
    pub draft_no: &'static str,
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
    summary: |summary| {
        let n = summary.count;
        let (head, rest) = match summary.kind {
            SummaryKind::Quarantined => (format!("Bị từ chối {n}"), "vẫn giữ trên máy"),
            SummaryKind::Refused if n > 0 => (format!("Chưa gửi được {n}"), "bấm để xem vì sao"),
            SummaryKind::Refused => ("Chưa kết nối được".into(), "bấm để xem vì sao"),
            SummaryKind::Conflicts => (format!("Cần chọn {n}"), "đã lưu trên máy"),
            SummaryKind::PendingOffline => (format!("Chờ gửi {n}"), "ngoại tuyến, đã lưu trên máy"),
            SummaryKind::Sending => (format!("Đang gửi {n}"), "đã lưu trên máy"),
            SummaryKind::Offline => ("Ngoại tuyến".into(), "đã lưu trên máy"),
            SummaryKind::CatchingUp => ("Đang nhận".into(), "đã lưu trên máy"),
            SummaryKind::Drafts => (format!("Gõ dở {n}"), "chưa lưu, bấm để xem"),
            SummaryKind::Live => ("Đã lên tỉnh".into(), "trực tuyến"),
        };
        let beside = [
            (summary.pending, format!(" · chờ gửi {}", summary.pending)),
            (summary.drafts, format!(" · gõ dở {}", summary.drafts)),
        ];
        let beside = beside.into_iter().filter(|(count, _)| *count > 0);
        (
            head,
            beside.fold(rest.to_owned(), |rest, (_, text)| rest + &text),
        )
    },
    summary_sign: |kind| match kind {
        SummaryKind::Quarantined | SummaryKind::Refused => "!",
        SummaryKind::Conflicts => "≠",
        SummaryKind::Drafts => "✎",
        SummaryKind::PendingOffline | SummaryKind::Sending => "↑",
        SummaryKind::Offline => "○",
        SummaryKind::CatchingUp => "↓",
        SummaryKind::Live => "✓",
    },
    summary_waiting: "Đang xem kết nối",
    sync_now: "Đồng bộ ngay",
    unsent: "Chưa lên tỉnh",
    unsent_none: "Mọi thay đổi trên máy này đã lên tỉnh.",
    drafts: "Gõ dở, chưa lưu",
    draft_since: |at| format!("từ {}", at.format_day_time()),
    draft_open: "Đến chỗ gõ",
    draft_drop: "Bỏ",
    draft_ask: "Bỏ hẳn nội dung này?",
    draft_yes: "Bỏ hẳn",
    draft_no: "Giữ lại",
    synced_at: |at| match at {
        Some(at) => format!("Trao đổi đầy đủ lần cuối {}", at.format_day_time()),
        None => "Máy này chưa trao đổi với tỉnh lần nào.".into(),
    },
    refused: "Lý do:",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_beside_the_most_pressing_is_counted_too() {
        let line = |kind, count, pending, drafts| {
            let (head, rest) = (VI.summary)(&StatusSummary {
                kind,
                count,
                pending,
                drafts,
            });
            format!("{head} · {rest}")
        };
        let table = [
            (line(SummaryKind::Live, 0, 0, 0), "Đã lên tỉnh · trực tuyến"),
            (
                line(SummaryKind::Drafts, 1, 0, 0),
                "Gõ dở 1 · chưa lưu, bấm để xem",
            ),
            (
                line(SummaryKind::Quarantined, 1, 4, 2),
                "Bị từ chối 1 · vẫn giữ trên máy · chờ gửi 4 · gõ dở 2",
            ),
            (
                line(SummaryKind::Sending, 4, 0, 2),
                "Đang gửi 4 · đã lưu trên máy · gõ dở 2",
            ),
        ];
        for (said, line) in table {
            assert_eq!(said, line);
        }
    }
}
