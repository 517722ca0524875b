//! What a field says of itself.

use terms::{Date, SaveState, Timestamp};

/// The texts of fields.
pub struct Field {
    /// «Đã lưu trên máy 14:32»; «Đã lên tỉnh 09/09 14:32» where that was not today.
    pub saved: fn(&SaveState, Timestamp, Option<Date>) -> String,
    /// Being committed.
    pub saving: &'static str,
    /// Typed, not an edit yet.
    pub typing: &'static str,
    /// Typed before the app last ended.
    pub kept_draft: &'static str,
    /// Makes the kept draft an edit.
    pub save_draft: &'static str,
    /// Lets the kept draft go.
    pub drop_draft: &'static str,
    /// Somebody else changed the field meanwhile.
    pub changed_meanwhile: &'static str,
    /// Takes over what the other wrote instead of one's own.
    pub take_theirs: &'static str,
    /// Nothing chosen.
    pub none: &'static str,
    /// No share is above a hundred or below nought.
    pub percent_range: &'static str,
}

/// Vietnamese.
pub static VI: Field = Field {
    saved: |saved, at, today| {
        let when = if today == Some(at.date()) {
            at.format_time()
        } else {
            at.format_day_time()
        };
        match saved {
            SaveState::Draft => "Gõ dở, chưa lưu".into(),
            SaveState::Device => format!("Đã lưu trên máy {when}"),
            SaveState::Province { .. } => format!("Đã lên tỉnh {when}"),
            SaveState::Refused { .. } => "Bị từ chối, vẫn giữ trên máy: xem dòng trạng thái".into(),
        }
    },
    saving: "Đang lưu trên máy…",
    typing: "Chưa lưu · rời ô để lưu, Esc để bỏ",
    kept_draft: "Nội dung gõ dở lần trước, chưa lưu.",
    save_draft: "Lưu",
    drop_draft: "Bỏ",
    changed_meanwhile: "Người khác vừa sửa ô này:",
    take_theirs: "Lấy nội dung này",
    none: "— chưa chọn —",
    percent_range: "Tiến độ phải từ 0 đến 100 %; xem lại con số vừa gõ.",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_written_today_says_the_day() {
        let at = Timestamp(1_568_014_200); // 09/09/2019 14:30 in Vietnam
        let day = |day| Date::new(2019, 9, day);
        let province = || SaveState::Province { seq: Some(7) };
        let table = [
            (SaveState::Draft, day(9), "Gõ dở, chưa lưu"),
            (SaveState::Device, day(9), "Đã lưu trên máy 14:30"),
            (province(), day(9), "Đã lên tỉnh 14:30"),
            (province(), day(11), "Đã lên tỉnh 09/09 14:30"),
            (province(), None, "Đã lên tỉnh 09/09 14:30"),
        ];
        for (saved, today, text) in table {
            assert_eq!((VI.saved)(&saved, at, today), text);
        }
    }
}
