//! What «Việc của tôi» says.

use terms::{Date, rows::Bucket};

/// The texts of «Việc của tôi».
pub struct MyWork {
    /// The heading.
    pub heading: &'static str,
    /// «31 nhiệm vụ · 9 chưa cập nhật Quý III/2019».
    pub summary: fn(usize, usize, &str) -> String,
    /// Why rows stand together.
    pub bucket: fn(Bucket) -> &'static str,
    /// What to do about them.
    pub bucket_hint: fn(Bucket) -> &'static str,
    /// The filter's hint.
    pub filter: &'static str,
    /// Not written in the period.
    pub no_status: &'static str,
    /// A milestone that is due.
    pub milestone: fn(&str, Date) -> String,
    /// Nothing at all.
    pub empty: &'static str,
    /// Nothing that matches.
    pub no_match: &'static str,
    /// Nothing chosen yet, on a wide screen.
    pub pick: &'static str,
    /// How many more news there are.
    pub cleared: &'static str,
}

/// Vietnamese.
pub static VI: MyWork = MyWork {
    heading: "Việc của tôi",
    summary: |all, open, period| match (all, open) {
        (0, _) => String::new(),
        (_, 0) => format!("{all} nhiệm vụ · đã cập nhật đủ {period}"),
        _ => format!("{all} nhiệm vụ · {open} chưa cập nhật {period}"),
    },
    bucket: |bucket| match bucket {
        Bucket::ToChoose => "Cần chọn hoặc đọc lại",
        Bucket::OnlyMine => "Chỉ đơn vị mình nắm, chưa cập nhật",
        Bucket::Milestone => "Mốc trễ hoặc sắp đến",
        Bucket::ChangedByOthers => "Đơn vị khác vừa ghi",
        Bucket::NotUpdated => "Chưa cập nhật trong kỳ",
        Bucket::Updated => "Đã cập nhật",
    },
    bucket_hint: |bucket| match bucket {
        Bucket::ToChoose => "Hai người ghi khác nhau hoặc cùng viết một đoạn",
        Bucket::OnlyMine => "Không ai khác báo cáo thay được",
        Bucket::Milestone => "Trong 14 ngày tới hoặc đã qua",
        Bucket::ChangedByOthers => "Từ lần xem trước",
        Bucket::NotUpdated | Bucket::Updated => "",
    },
    filter: "Lọc việc…",
    no_status: "Chưa ghi",
    milestone: |title, due| format!("Mốc {}: {title}", due.format_screen()),
    empty: "Đơn vị chưa có nhiệm vụ nào trong chương trình năm nay.",
    no_match: "Không có việc nào khớp. Xóa bớt chữ trong ô lọc.",
    pick: "Chọn một việc để ghi tiến độ. Dùng ↑ ↓ để đi, Enter để mở.",
    cleared: "Không có việc nào chờ trong kỳ này.",
};
