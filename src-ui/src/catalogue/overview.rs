//! What «Tổng quan» says.

use terms::Timestamp;

/// The texts of «Tổng quan».
pub struct Overview {
    /// The heading.
    pub heading: &'static str,
    /// Nothing there yet.
    pub empty: &'static str,
    /// Card.
    pub updated: &'static str,
    /// «còn 12 nhiệm vụ chưa cập nhật».
    pub not_updated: fn(usize) -> String,
    /// Card.
    pub done: &'static str,
    /// «33 đúng hạn · 5 quá hạn».
    pub done_split: fn(usize, usize) -> String,
    /// «trong 94 nhiệm vụ».
    pub of_all: fn(usize) -> String,
    /// «quá hạn 12,5 % số đã đến hạn».
    pub late_rate: fn(Option<&str>) -> String,
    /// Card.
    pub targets: &'static str,
    /// «3 chưa đạt · 11 chưa đánh giá».
    pub targets_split: fn(usize, usize) -> String,
    /// Card.
    pub obstacles: &'static str,
    /// «4 mốc trễ · 1 giá trị cần chọn».
    pub waiting: fn(usize, usize) -> String,
    /// «38/94».
    pub of: fn(usize, usize) -> String,
    /// Section.
    pub groups: &'static str,
    /// Section.
    pub agencies: &'static str,
    /// Column.
    pub agency: &'static str,
    /// Column.
    pub agency_updated: &'static str,
    /// Column.
    pub agency_status: &'static str,
    /// Column.
    pub agency_late: &'static str,
    /// Column.
    pub agency_obstacles: &'static str,
    /// Column.
    pub agency_waited: &'static str,
    /// Column.
    pub agency_last: &'static str,
    /// An agency that has never written.
    pub never: &'static str,
    /// Where no clause names an agency.
    pub named_nowhere: &'static str,
    /// When it last wrote.
    pub last: fn(Timestamp) -> String,
    /// Opens the text for reminders.
    pub remind: fn(usize) -> String,
    /// The text's first line.
    pub remind_head: fn(&str) -> String,
    /// A line of the text.
    pub remind_line: fn(&str, usize, usize) -> String,
    /// What the text is.
    pub remind_label: &'static str,
    /// Copies it.
    pub copy: &'static str,
    /// Copied.
    pub copied: &'static str,
    /// Section.
    pub at_risk: &'static str,
    /// No target at risk.
    pub no_risk: &'static str,
    /// «11,4 · kế hoạch giảm còn 11,3».
    pub risk: fn(&str, &str) -> String,
    /// Section.
    pub milestones: &'static str,
    /// No milestone.
    pub no_milestones: &'static str,
    /// Section.
    pub waiting_obstacles: &'static str,
    /// No obstacle.
    pub no_obstacles: &'static str,
    /// Section.
    pub news: &'static str,
    /// Nothing has changed.
    pub no_news: &'static str,
    /// Shows all of a long list.
    pub show_all: fn(usize) -> String,
    /// Shows the first of it.
    pub show_few: &'static str,
}

/// Vietnamese.
pub static VI: Overview = Overview {
    heading: "Tổng quan",
    empty: "Chưa có số liệu của chương trình trên máy này. Đồng bộ rồi mở lại.",
    updated: "Đã cập nhật kỳ này",
    not_updated: |n| match n {
        0 => "đã cập nhật đủ".into(),
        n => format!("còn {n} nhiệm vụ chưa cập nhật"),
    },
    done: "Hoàn thành",
    done_split: |in_time, late| format!("{in_time} đúng hạn · {late} quá hạn"),
    of_all: |n| format!("trong {n} nhiệm vụ"),
    late_rate: |rate| match rate {
        Some(rate) => format!("tỷ lệ quá hạn {rate}\u{a0}% số đã đến hạn"),
        None => "chưa việc nào đến hạn".into(),
    },
    targets: "Chỉ tiêu đạt hoặc vượt",
    targets_split: |missed, open| format!("{missed} chưa đạt · {open} chưa đánh giá"),
    obstacles: "Vướng mắc chưa tháo gỡ",
    waiting: |milestones, conflicts| match conflicts {
        0 => format!("{milestones} mốc trễ"),
        n => format!("{milestones} mốc trễ · {n} giá trị cần chọn"),
    },
    of: |part, all| format!("{part}/{all}"),
    groups: "Theo nhóm nhiệm vụ",
    agencies: "Theo đơn vị",
    agency: "Đơn vị",
    agency_updated: "Đã cập nhật",
    agency_status: "Nhiệm vụ chủ trì",
    agency_late: "Quá hạn",
    agency_obstacles: "Vướng mắc",
    agency_waited: "Vướng mắc chờ xử lý",
    agency_last: "Ghi lần cuối",
    never: "chưa ghi",
    named_nowhere: "–",
    last: Timestamp::format_day_time,
    remind: |n| format!("Danh sách nhắc ({n} đơn vị)"),
    remind_head: |period| format!("Các đơn vị chưa cập nhật đủ tiến độ {period}:"),
    remind_line: |agency, missing, all| format!("- {agency}: còn {missing}/{all} nhiệm vụ"),
    remind_label: "Nội dung nhắc, để dán vào thư hoặc nhóm",
    copy: "Chép",
    copied: "Đã chép, dán được ở nơi khác.",
    at_risk: "Chỉ tiêu có nguy cơ không đạt",
    no_risk: "Chưa thấy chỉ tiêu nào có nguy cơ không đạt.",
    risk: |figure, goal| format!("{figure} · kế hoạch {goal}"),
    milestones: "Mốc trễ và sắp đến",
    no_milestones: "Không có mốc nào trễ hoặc sắp đến.",
    waiting_obstacles: "Vướng mắc đang chờ",
    no_obstacles: "Không có vướng mắc nào đang chờ.",
    news: "Vừa thay đổi",
    no_news: "Chưa có thay đổi nào.",
    show_all: |n| format!("Hiện cả {n}"),
    show_few: "Thu gọn",
};
