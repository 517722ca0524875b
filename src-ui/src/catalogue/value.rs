//! What stands beside a value: who said it, its history, and a choice between several.

use terms::{Timestamp, ValueMark};

/// The texts beside values.
pub struct Value {
    /// «Nguyễn Văn A, Trần Đề».
    pub who: fn(&str, &str) -> String,
    /// Opens a history.
    pub history: &'static str,
    /// Closes it.
    pub close_history: &'static str,
    /// What a history is of.
    pub history_of: fn(&str) -> String,
    /// Nothing has been written.
    pub no_history: &'static str,
    /// A value that was cleared.
    pub cleared: &'static str,
    /// Several values that were written at one go.
    pub several: fn(usize) -> String,
    /// Before a reviewer's reason.
    pub reason: &'static str,
    /// Where a change has got to.
    pub device: &'static str,
    /// Where a change has got to.
    pub province: &'static str,
    /// Where a change has got to.
    pub draft: &'static str,
    /// Where a change has got to.
    pub quarantined: &'static str,
    /// «Hai giá trị cho Tiến độ».
    pub conflict: fn(usize, &str) -> String,
    /// Keeps one's own value.
    pub keep: fn(&str) -> String,
    /// Takes another's value.
    pub take: fn(&str) -> String,
    /// Types a third one.
    pub other: &'static str,
    /// When somebody wrote.
    pub at: fn(Timestamp) -> String,
    /// Why there is no figure, in the width of a cell.
    pub mark: fn(ValueMark) -> &'static str,
    /// The same in words.
    pub mark_words: fn(ValueMark) -> &'static str,
    /// A text that several wrote at once.
    pub merged: fn(&str) -> String,
    /// It reads well.
    pub confirm: &'static str,
    /// Struck out, or not.
    pub removed: fn(bool) -> &'static str,
}

/// Vietnamese.
pub static VI: Value = Value {
    who: |person, agency| match (person, agency) {
        ("", "") => "người chưa rõ tên".into(),
        ("", agency) => format!("người chưa rõ tên, {agency}"),
        (person, "") => person.into(),
        (person, agency) => format!("{person}, {agency}"),
    },
    history: "Lịch sử",
    close_history: "Đóng lịch sử",
    history_of: |what| format!("Lịch sử: {what}"),
    no_history: "Chưa có ai ghi.",
    cleared: "(xóa trống)",
    several: |n| format!("{n} mục"),
    reason: "Lý do:",
    device: "mới trên máy",
    province: "đã lên tỉnh",
    draft: "gõ dở",
    quarantined: "bị từ chối",
    conflict: |n, what| match n {
        2 => format!("Hai giá trị cho «{what}»: hãy chọn."),
        n => format!("{n} giá trị cho «{what}»: hãy chọn."),
    },
    keep: |value| format!("Giữ {value}"),
    take: |value| format!("Lấy {value}"),
    other: "Nhập khác",
    at: Timestamp::format_day_time,
    mark: |mark| match mark {
        ValueMark::NotOccurred => "-",
        ValueMark::NotCollected => "…",
        ValueMark::YearlyOnly => "số năm",
    },
    mark_words: |mark| match mark {
        ValueMark::NotOccurred => "- không phát sinh",
        ValueMark::NotCollected => "… chưa thu thập được",
        ValueMark::YearlyOnly => "chưa có số liệu trong kỳ (số năm)",
    },
    merged: |people| format!("Nhiều người cùng viết – hãy đọc lại: {people}."),
    confirm: "Đã đọc lại",
    removed: |removed| {
        if removed {
            "gạch bỏ"
        } else {
            "giữ lại"
        }
    },
};
