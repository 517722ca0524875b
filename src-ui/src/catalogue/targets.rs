//! What «Chỉ tiêu» says.

use terms::{Kind, Timestamp};

/// The texts of «Chỉ tiêu».
pub struct Targets {
    /// The heading.
    pub heading: &'static str,
    /// «26 chỉ tiêu · 12 đạt hoặc vượt · 3 chưa đạt · 11 chưa đánh giá».
    pub summary: fn([usize; 3]) -> String,
    /// Only the person's agency.
    pub mine: &'static str,
    /// All targets.
    pub all: &'static str,
    /// What the two buttons choose.
    pub which: &'static str,
    /// How one moves in the table.
    pub keys: &'static str,
    /// No target at all.
    pub empty: &'static str,
    /// No target of the person's agency.
    pub empty_mine: &'static str,
    /// Column.
    pub number: &'static str,
    /// Column.
    pub name: &'static str,
    /// Column.
    pub unit: &'static str,
    /// Column.
    pub goal: &'static str,
    /// Column.
    pub same_period: &'static str,
    /// Column.
    pub actual: &'static str,
    /// Column.
    pub estimate: &'static str,
    /// Column.
    pub cumulative: &'static str,
    /// Column.
    pub of_goal: &'static str,
    /// Column.
    pub of_same_period: &'static str,
    /// Column.
    pub verdict: &'static str,
    /// Column.
    pub note: &'static str,
    /// The table's name for a screen reader.
    pub table: fn(&str) -> String,
    /// «Sản lượng lúa: Thực hiện, Trần Đề».
    pub cell: fn(&str, &str, Option<&str>) -> String,
    /// Before a part of the whole above.
    pub part: &'static str,
    /// Before an agency that adds its share.
    pub contribution: fn(&str) -> String,
    /// One click: known only at the year's end.
    pub yearly: &'static str,
    /// Why a cell takes nothing.
    pub not_writable: &'static str,
    /// Opens a target.
    pub open: fn(&str) -> String,
    /// Back to the table.
    pub back: &'static str,
    /// How a target's figures behave.
    pub kind: fn(Kind) -> &'static str,
    /// Who owns it.
    pub owner: &'static str,
    /// Nobody does.
    pub no_owner: &'static str,
    /// «phân công bởi …».
    pub assigned_by: fn(&str, Timestamp) -> String,
    /// Another condition of the same sentence: its name, its goal, its verdict.
    pub together: fn(&str, &str, &str) -> String,
    /// Assigns it.
    pub assign: &'static str,
    /// To whom.
    pub assign_to: &'static str,
    /// Saves.
    pub save: &'static str,
    /// Clauses that state it.
    pub clauses: &'static str,
    /// What others say beside it.
    pub contributions: &'static str,
    /// They are not summed.
    pub contributions_hint: &'static str,
    /// Column of the contributions.
    pub agency: &'static str,
    /// No figure, with the reason.
    pub marks: &'static str,
    /// All that was said of it.
    pub timeline: &'static str,
    /// The chart's places.
    pub columns: [&'static str; 4],
    /// Before an estimate.
    pub expected: &'static str,
    /// Of the chart.
    pub plan: &'static str,
    /// Nothing to draw.
    pub nothing: &'static str,
    /// «Thực hiện 76.250; kế hoạch 279.800».
    pub bullet: fn(&str, &str) -> String,
    /// A reason, to write for others.
    pub reason: &'static str,
}

/// Vietnamese.
pub static VI: Targets = Targets {
    heading: "Chỉ tiêu",
    summary: |[met, missed, open]| {
        let all = met + missed + open;
        format!("{all} chỉ tiêu · {met} đạt hoặc vượt · {missed} chưa đạt · {open} chưa đánh giá")
    },
    mine: "Của đơn vị mình",
    all: "Tất cả",
    which: "Chỉ tiêu nào",
    keys: "Mũi tên, Tab, Enter để đi · gõ để thay · F2 để sửa · Esc để bỏ · dán cả cột từ Excel",
    empty: "Chương trình chưa có chỉ tiêu nào.",
    empty_mine: "Đơn vị không chủ trì hoặc đóng góp chỉ tiêu nào. Bấm «Tất cả» để xem các chỉ tiêu khác.",
    number: "TT",
    name: "Chỉ tiêu",
    unit: "Đơn vị tính",
    goal: "Kế hoạch năm",
    same_period: "Cùng kỳ năm trước",
    actual: "Thực hiện",
    estimate: "Ước thực hiện",
    cumulative: "Lũy kế",
    of_goal: "% kế hoạch",
    of_same_period: "% cùng kỳ",
    verdict: "Đánh giá",
    note: "Ghi chú",
    table: |period| format!("Chỉ tiêu, {period}"),
    cell: |target, column, agency| match agency {
        Some(agency) => format!("{target}: {column}, {agency}"),
        None => format!("{target}: {column}"),
    },
    part: "trong đó",
    contribution: |agency| format!("{agency} đóng góp"),
    yearly: "số năm",
    not_writable: "Ô này do đơn vị khác ghi hoặc do máy tính ra",
    open: |name| format!("Mở chỉ tiêu {name}"),
    back: "Bảng chỉ tiêu",
    kind: |kind| match kind {
        Kind::Flow => "cộng dồn qua các kỳ",
        Kind::Level => "mức tại thời điểm, không cộng dồn",
        Kind::Yearly => "số năm, kỳ trong năm để trống là thường",
        Kind::SchoolYear => "số theo năm học",
        Kind::Ratio => "tỷ lệ, không cộng dồn",
    },
    owner: "Đơn vị báo cáo",
    no_owner: "văn bản chưa nêu đơn vị",
    assigned_by: |who, at| format!("phân công bởi {who}, {}", at.format_day_time()),
    together: |name, goal, verdict| format!("Phải đạt cả: {name}, {goal} – {verdict}."),
    assign: "Phân công đơn vị",
    assign_to: "Đơn vị được phân công",
    save: "Lưu",
    clauses: "Nêu tại",
    contributions: "Các đơn vị đóng góp",
    contributions_hint: "Đứng bên cạnh, không tự cộng vào số của đơn vị báo cáo.",
    agency: "Đơn vị",
    marks: "Không có số vì",
    timeline: "Quá trình của chỉ tiêu",
    columns: ["Quý I", "6 tháng", "9 tháng", "Cả năm"],
    expected: "ước",
    plan: "Kế hoạch",
    nothing: "chưa có số liệu",
    bullet: |figure, goal| format!("{figure}; kế hoạch {goal}"),
    reason: "Lý do ghi thay",
};
