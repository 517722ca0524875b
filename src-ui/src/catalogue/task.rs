//! What «Nhiệm vụ» says.

use terms::{Date, Timestamp, rows::ItemKind};

/// The texts of «Nhiệm vụ».
pub struct Task {
    /// Before anything is there.
    pub heading: &'static str,
    /// The task is not in the programme (any more).
    pub missing: &'static str,
    /// A heading has no progress of its own.
    pub is_heading: &'static str,
    /// Before anybody writes of military or police work.
    pub may_be_secret: &'static str,
    /// The text's own words for who leads.
    pub text_of_leads: fn(&str) -> String,
    /// «Hạn 31/12/2019 · theo chương trình năm».
    pub due: fn(Date, &str) -> String,
    /// Before the leads.
    pub leads: &'static str,
    /// Before the supporters.
    pub supporting: &'static str,
    /// Nobody leads by the text.
    pub no_lead: &'static str,
    /// «phân công bởi …, 11/09 14:05».
    pub assigned_by: fn(&str, Timestamp) -> String,
    /// «thêm bởi …».
    pub named_by: fn(&str, Timestamp) -> String,
    /// Opens the assigning.
    pub assign: &'static str,
    /// The box for the agency to assign.
    pub assign_to: &'static str,
    /// Takes an assignment back.
    pub unassign: &'static str,
    /// Opens the naming of a supporter.
    pub name_supporter: &'static str,
    /// The box for the agency to name.
    pub supporter: &'static str,
    /// Documents cited.
    pub citations: fn(usize) -> String,
    /// The person's own part.
    pub own: &'static str,
    /// What others wrote.
    pub others: &'static str,
    /// Shows agencies that have written nothing.
    pub show_silent: fn(usize) -> String,
    /// Hides them again.
    pub hide_silent: &'static str,
    /// Nothing written in the period.
    pub silent: &'static str,
    /// Supporters can't close the task.
    pub supporter_hint: &'static str,
    /// Opens a card.
    pub open_part: &'static str,
    /// Opens the form of another agency's card.
    pub write_for: &'static str,
    /// Closes a card.
    pub close_part: &'static str,
    /// The field for a reviewer's reason.
    pub reason: &'static str,
    /// What it is for.
    pub reason_hint: fn(&str) -> String,
    /// Field.
    pub status: &'static str,
    /// Field.
    pub done_on: &'static str,
    /// Field.
    pub percent: &'static str,
    /// Field.
    pub narrative: &'static str,
    /// The previous period's text.
    pub before: &'static str,
    /// The lists of items.
    pub items: fn(ItemKind) -> &'static str,
    /// Nothing in a list of items.
    pub no_items: fn(ItemKind) -> &'static str,
    /// Adds an item.
    pub add_item: fn(ItemKind) -> &'static str,
    /// The text of an item.
    pub item_text: fn(ItemKind) -> &'static str,
    /// Who is asked to act.
    pub waits_for: &'static str,
    /// «chờ Sở TN&MT».
    pub waiting: fn(&str) -> String,
    /// Nobody in particular.
    pub nobody: &'static str,
    /// Out of the way since.
    pub resolved_on: fn(Date) -> String,
    /// Marks it as out of the way.
    pub resolve: &'static str,
    /// It is not.
    pub reopen: &'static str,
    /// Strikes it out.
    pub remove: &'static str,
    /// Puts it back.
    pub put_back: &'static str,
    /// It is struck out.
    pub removed: &'static str,
    /// Struck-out items.
    pub show_removed: fn(usize) -> String,
    /// «thêm bởi …, 11/09 14:05».
    pub added_by: fn(&str, Timestamp) -> String,
    /// Milestones.
    pub milestones: &'static str,
    /// None.
    pub no_milestones: &'static str,
    /// Adds one.
    pub add_milestone: &'static str,
    /// Field of a milestone.
    pub milestone_title: &'static str,
    /// Field of a milestone.
    pub milestone_due: &'static str,
    /// Field of a milestone.
    pub milestone_source: &'static str,
    /// Opens the fields of a milestone.
    pub correct_milestone: &'static str,
    /// The day a milestone was reached.
    pub milestone_done: &'static str,
    /// The programme itself sets it.
    pub by_programme: &'static str,
    /// Reached on.
    pub reached_on: fn(Date) -> String,
    /// Marks it as reached.
    pub reach: &'static str,
    /// It is not.
    pub not_reached: &'static str,
    /// Targets of the clause.
    pub targets: &'static str,
    /// Goal of a target.
    pub goal: fn(&str) -> String,
    /// All that was said of the task.
    pub timeline: &'static str,
    /// Saves a form.
    pub save: &'static str,
    /// Closes a form.
    pub cancel: &'static str,
}

/// Vietnamese.
pub static VI: Task = Task {
    heading: "Nhiệm vụ",
    missing: "Chương trình không có nhiệm vụ này. Quay lại danh sách để chọn nhiệm vụ khác.",
    is_heading: "Đây là đề mục: các nhiệm vụ bên dưới được báo cáo riêng.",
    may_be_secret: "Việc quân sự, công an có thể thuộc bí mật nhà nước: không ghi nội dung mật ở đây.",
    text_of_leads: |said| format!("văn bản ghi «{said}»"),
    due: |due, source| format!("Hạn {} · {source}", due.format_screen()),
    leads: "Chủ trì",
    supporting: "Phối hợp",
    no_lead: "chưa nêu đơn vị chủ trì",
    assigned_by: |who, at| format!("phân công bởi {who}, {}", at.format_day_time()),
    named_by: |who, at| format!("nêu bởi {who}, {}", at.format_day_time()),
    assign: "Phân công chủ trì",
    assign_to: "Đơn vị được phân công",
    unassign: "Bỏ phân công",
    name_supporter: "Nêu tên đơn vị",
    supporter: "Đơn vị phối hợp",
    citations: |n| format!("Văn bản viện dẫn ({n})"),
    own: "Phần của đơn vị mình",
    others: "Các đơn vị khác ghi",
    show_silent: |n| format!("Hiện {n} đơn vị chưa ghi trong kỳ"),
    hide_silent: "Ẩn đơn vị chưa ghi",
    silent: "chưa ghi trong kỳ",
    supporter_hint: "Ghi phần việc và vướng mắc của đơn vị mình; chỉ đơn vị chủ trì kết thúc được nhiệm vụ.",
    open_part: "Mở",
    write_for: "Ghi thay",
    close_part: "Thu gọn",
    reason: "Lý do ghi thay",
    reason_hint: |agency| {
        format!("Ghi thay {agency}: lý do đi cùng mỗi sửa đổi và {agency} được biết.")
    },
    status: "Tình trạng",
    done_on: "Ngày hoàn thành",
    percent: "Tiến độ (%)",
    narrative: "Kết quả đến nay",
    before: "Kỳ trước đã viết",
    items: |kind| match kind {
        ItemKind::Obstacle => "Khó khăn, vướng mắc",
        ItemKind::Proposal => "Kiến nghị, đề xuất",
        ItemKind::Comment => "Ý kiến",
    },
    no_items: |kind| match kind {
        ItemKind::Obstacle => "Chưa có vướng mắc nào.",
        ItemKind::Proposal => "Chưa có kiến nghị nào.",
        ItemKind::Comment => "Chưa có ý kiến nào.",
    },
    add_item: |kind| match kind {
        ItemKind::Obstacle => "Thêm vướng mắc",
        ItemKind::Proposal => "Thêm kiến nghị",
        ItemKind::Comment => "Thêm ý kiến",
    },
    item_text: |kind| match kind {
        ItemKind::Obstacle => "Nội dung vướng mắc",
        ItemKind::Proposal => "Nội dung kiến nghị",
        ItemKind::Comment => "Nội dung ý kiến",
    },
    waits_for: "Đề nghị đơn vị nào xử lý",
    waiting: |agency| format!("chờ {agency}"),
    nobody: "chưa nêu đơn vị xử lý",
    resolved_on: |day| format!("đã tháo gỡ {}", day.format_screen()),
    resolve: "Đã tháo gỡ",
    reopen: "Chưa tháo gỡ",
    remove: "Gạch bỏ",
    put_back: "Lấy lại",
    removed: "đã gạch bỏ",
    show_removed: |n| format!("Mục đã gạch bỏ ({n})"),
    added_by: |who, at| format!("{who}, {}", at.format_day_time()),
    milestones: "Mốc",
    no_milestones: "Chưa có mốc nào; hạn là ngày kết thúc chương trình.",
    add_milestone: "Thêm mốc",
    milestone_title: "Việc phải xong",
    milestone_due: "Ngày cuối (ngày/tháng/năm)",
    milestone_source: "Văn bản, quyết định đặt mốc",
    correct_milestone: "Sửa mốc",
    milestone_done: "Ngày đạt",
    by_programme: "theo chương trình",
    reached_on: |day| format!("đạt {}", day.format_screen()),
    reach: "Đã đạt hôm nay",
    not_reached: "Chưa đạt",
    targets: "Chỉ tiêu của nhiệm vụ",
    goal: |goal| format!("kế hoạch {goal}"),
    timeline: "Quá trình của nhiệm vụ",
    save: "Lưu",
    cancel: "Thôi",
};
