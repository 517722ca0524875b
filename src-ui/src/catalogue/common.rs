//! What several screens say.

use terms::{
    AgencyClass, Date, OfficialStatus, Period, PeriodKind, Role, Verdict, WorkStatus,
    rows::TaskRole,
};

/// Texts that several screens share.
pub struct Common {
    /// A fault of the app itself, with its detail.
    pub internal: fn(&str) -> String,
    /// «Quý III».
    pub period_kind: fn(PeriodKind) -> &'static str,
    /// «Quý III/2019», «Năm 2019».
    pub period: fn(Period) -> String,
    /// What an agency says of its part.
    pub work_status: fn(WorkStatus) -> &'static str,
    /// The official status in full.
    pub official: fn(OfficialStatus) -> &'static str,
    /// The official status in the width of a column.
    pub official_short: fn(OfficialStatus) -> &'static str,
    /// The sign before a status: never only a colour.
    pub official_sign: fn(OfficialStatus) -> &'static str,
    /// Whether a target is met.
    pub verdict: fn(Verdict) -> &'static str,
    /// What an agency is to a task.
    pub part: fn(TaskRole) -> &'static str,
    /// A person's position.
    pub role: fn(Role) -> &'static str,
    /// A class of agency.
    pub class: fn(AgencyClass) -> &'static str,
    /// «hạn 15/09/2019, Chủ nhật».
    pub due: fn(Date) -> String,
    /// «còn 4 ngày», «hôm nay là hạn», «quá 3 ngày»: from today to the last valid day.
    pub days_left: fn(i64) -> String,
    /// «71 %».
    pub percent: fn(&str) -> String,
    /// «n nhiệm vụ».
    pub tasks: fn(usize) -> String,
    /// «n vướng mắc».
    pub obstacles: fn(usize) -> String,
    /// The same where there is no room for words.
    pub obstacles_sign: fn(usize) -> String,
    /// «phân công»: assigned rather than named by the text.
    pub assigned: &'static str,
    /// «chưa nêu tên».
    pub unnamed: &'static str,
    /// «cùng chủ trì».
    pub joint: &'static str,
    /// Two values stand against each other.
    pub conflict: &'static str,
    /// The same where there is no room for words.
    pub conflict_sign: &'static str,
    /// Back to the list.
    pub back: &'static str,
    /// Closes what is open.
    pub close: &'static str,
    /// Tries again.
    pub retry: &'static str,
    /// Heading of what could not be shown.
    pub failed: &'static str,
}

/// Vietnamese.
pub static VI: Common = Common {
    internal: |detail| {
        format!(
            "Ứng dụng gặp lỗi; dữ liệu đã lưu vẫn còn. Thử lại, hoặc mở lại ứng dụng. ({detail})"
        )
    },
    period_kind: |kind| match kind {
        PeriodKind::Q1 => "Quý I",
        PeriodKind::Q2 => "Quý II",
        PeriodKind::Q3 => "Quý III",
        PeriodKind::Q4 => "Quý IV",
        PeriodKind::Year => "Năm",
    },
    period: |period| match period.kind {
        PeriodKind::Year => format!("Năm {}", period.year),
        kind => format!("{}/{}", (VI.period_kind)(kind), period.year),
    },
    work_status: WorkStatus::words,
    official: OfficialStatus::words,
    official_short: |status| match status {
        OfficialStatus::DoneOnTime => "Xong đúng hạn",
        OfficialStatus::DoneLate => "Xong quá hạn",
        OfficialStatus::OpenInTime => "Trong hạn",
        OfficialStatus::OpenLate => "Quá hạn",
    },
    official_sign: |status| match status {
        OfficialStatus::DoneOnTime | OfficialStatus::DoneLate => "✓",
        OfficialStatus::OpenInTime => "●",
        OfficialStatus::OpenLate => "!",
    },
    verdict: |verdict| match verdict {
        Verdict::Met => "Đạt",
        Verdict::Exceeded => "Vượt",
        Verdict::NotMet => "Chưa đạt",
        Verdict::Unjudged => "Không xét",
        Verdict::NoFigure => "Chưa có số liệu",
    },
    part: |part| match part {
        TaskRole::Lead => "Chủ trì",
        TaskRole::JointLead => "Cùng chủ trì",
        TaskRole::Supporting => "Phối hợp",
        TaskRole::GroupSupporting => "Phối hợp (cùng nhóm)",
    },
    role: |role| match role {
        Role::Officer => "Cán bộ",
        Role::Head => "Thủ trưởng đơn vị",
        Role::Reviewer => "Chuyên viên tổng hợp",
        Role::Leader => "Lãnh đạo UBND tỉnh",
        Role::Administrator => "Quản trị",
    },
    class: |class| match class {
        AgencyClass::SoNganh => "Sở, ban, ngành tỉnh",
        AgencyClass::TrungUong => "Cơ quan Trung ương tại tỉnh",
        AgencyClass::TrucThuocUbnd => "Đơn vị trực thuộc UBND tỉnh",
        AgencyClass::CapHuyen => "UBND huyện, thị xã, thành phố",
    },
    due: |date| format!("hạn {}, {}", date.format_screen(), date.weekday()),
    days_left: |days| match days {
        0 => "hôm nay là ngày cuối".into(),
        1.. => format!("còn {days} ngày"),
        _ => format!("quá {} ngày", -days),
    },
    percent: |figure| format!("{figure}\u{a0}%"),
    tasks: |n| format!("{n} nhiệm vụ"),
    obstacles: |n| format!("{n} vướng mắc"),
    obstacles_sign: |n| format!("⚠ {n}"),
    assigned: "phân công",
    unnamed: "các đơn vị liên quan (chưa nêu tên)",
    joint: "cùng chủ trì",
    conflict: "Cần chọn giá trị",
    conflict_sign: "≠",
    back: "Danh sách",
    close: "Đóng",
    retry: "Thử lại",
    failed: "Chưa xem được",
};
