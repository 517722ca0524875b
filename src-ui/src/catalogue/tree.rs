//! What «Chương trình» says.

/// The texts of «Chương trình».
pub struct Tree {
    /// The heading.
    pub heading: &'static str,
    /// The search box's hint.
    pub search: &'static str,
    /// The agency filter.
    pub agency: &'static str,
    /// No agency in particular.
    pub all_agencies: &'static str,
    /// The person's own agency.
    pub mine: &'static str,
    /// The status filter.
    pub status: &'static str,
    /// Any status.
    pub any_status: &'static str,
    /// Only tasks of the group with this number.
    pub only_group: fn(&str) -> String,
    /// Takes off the group with this number and title.
    pub leave_group: fn(&str, &str) -> String,
    /// Only tasks with an obstacle.
    pub obstacles: &'static str,
    /// Only tasks not updated.
    pub not_updated: &'static str,
    /// Takes all filters off.
    pub clear: &'static str,
    /// Nothing passes.
    pub nothing: &'static str,
    /// Nothing chosen yet, on a wide screen.
    pub pick: &'static str,
    /// Column.
    pub column_clause: &'static str,
    /// Column.
    pub column_task: &'static str,
    /// Column.
    pub column_who: &'static str,
    /// Column.
    pub column_status: &'static str,
    /// Column.
    pub column_percent: &'static str,
    /// Column.
    pub column_due: &'static str,
    /// After «2/3»: so many of the leads have written.
    pub updated: &'static str,
    /// A group's number and title.
    pub group: fn(&str, &str) -> String,
    /// A group that leads, with how many it has.
    pub members: fn(&str, usize) -> String,
    /// «và 2 đơn vị».
    pub and_more: fn(usize) -> String,
    /// Nobody is named.
    pub nobody: &'static str,
}

/// Vietnamese.
pub static VI: Tree = Tree {
    heading: "Chương trình",
    search: "Tìm trong chương trình…",
    agency: "Đơn vị",
    all_agencies: "Tất cả đơn vị",
    mine: "Của đơn vị mình",
    status: "Tình trạng",
    any_status: "Mọi tình trạng",
    only_group: |number| format!("Nhóm {number}"),
    leave_group: |number, title| format!("Bỏ lọc theo nhóm {number}. {title}"),
    obstacles: "Có vướng mắc",
    not_updated: "Chưa cập nhật kỳ này",
    clear: "Bỏ lọc",
    nothing: "Không có nhiệm vụ nào qua được bộ lọc. Bỏ bớt điều kiện.",
    pick: "Chọn một nhiệm vụ để xem. Dùng ↑ ↓ để đi, Enter để mở.",
    column_clause: "Mục",
    column_task: "Nhiệm vụ",
    column_who: "Chủ trì",
    column_status: "Tình trạng",
    column_percent: "Tiến độ",
    column_due: "Hạn",
    updated: "đã cập nhật",
    group: |number, title| format!("{number}. {title}"),
    members: |name, count| format!("{name} ({count})"),
    and_more: |n| format!("+{n}"),
    nobody: "chưa nêu đơn vị",
};
