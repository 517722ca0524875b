//! What is asked about a figure that can be read in two ways, and what is said of a pasted block.

use std::fmt::Write as _;

use terms::{
    Decimal,
    paste::{Counts, Skip},
    reading::{Last, Marks, Way},
};

use super::common;

/// The texts of typed and pasted figures.
pub struct Paste {
    /// A figure has to be asked about.
    pub asked: &'static str,
    /// The question below a cell; whether there are two readings.
    pub question: fn(&str, bool) -> String,
    /// A reading as a button; whether there is another.
    pub means: fn(Decimal, bool) -> String,
    /// The last figures: «Quý II: 31.000 · cùng kỳ: 30.100».
    pub last: fn(&[Last]) -> String,
    /// The last figures and the goal.
    pub beside: fn(&[Last], &str) -> String,
    /// Heading of a pasted block.
    pub heading: fn(usize) -> String,
    /// Whether its rows went by their names.
    pub matched: fn(bool) -> &'static str,
    /// How a block is written, or that nobody can tell.
    pub marks: fn(Marks) -> &'static str,
    /// A button: the block is written this way, and so one of its figures says.
    pub written_as: fn(Way, &str) -> String,
    /// How many rows go nowhere.
    pub skipped: fn(usize) -> String,
    /// A row that goes nowhere, and why.
    pub skip: fn(&str, Skip) -> String,
    /// Column of what was pasted.
    pub text: &'static str,
    /// Column of how it is read.
    pub read: &'static str,
    /// Column of the last figures.
    pub before: &'static str,
    /// In place of a reading; whether there are two.
    pub asked_in_block: fn(bool) -> &'static str,
    /// An empty cell.
    pub blank: &'static str,
    /// Two values stand in the cell already.
    pub conflict: fn(&str) -> String,
    /// What will become of the cells.
    pub counts: fn(Counts) -> String,
    /// Stores so many.
    pub save: fn(usize) -> String,
    /// Stores nothing.
    pub cancel: &'static str,
    /// After pasting.
    pub pasted: fn(Counts) -> String,
    /// Puts everything back.
    pub undo: &'static str,
    /// What goes into history with it.
    pub undo_reason: fn(Option<&str>) -> String,
    /// After that: how many are back, how many stay as somebody wrote them since.
    pub undone: fn(usize, usize) -> String,
}

/// Vietnamese.
pub static VI: Paste = Paste {
    asked: "Chưa lưu: số này cần xác nhận.",
    question: |text, two| {
        if two {
            format!("«{text}» có hai cách đọc. Chọn số đúng:")
        } else {
            format!("«{text}» chênh hơn 20 lần so với các số đã biết. Có đúng không?")
        }
    },
    means: |value, two| {
        let text = value.format_vi();
        match (two, value.scale()) {
            (false, _) => format!("Đúng, ghi {text}"),
            (true, 0) => format!("{text} (hàng nghìn)"),
            (true, _) => format!("{text} (số thập phân)"),
        }
    },
    last,
    beside: |figures, goal| {
        let goal = (!goal.is_empty()).then(|| format!("kế hoạch: {goal}"));
        let last = Some(last(figures)).filter(|last| !last.is_empty());
        let all = [last, goal].into_iter().flatten();
        all.collect::<Vec<_>>().join(" · ")
    },
    heading: |cells| format!("Dán {cells} ô từ bảng tính"),
    matched: |by_name| {
        if by_name {
            "Ghép theo tên chỉ tiêu. Chưa ô nào được ghi; xem lại rồi lưu."
        } else {
            "Ghép theo thứ tự dòng. Chưa ô nào được ghi; xem lại tên từng dòng rồi lưu."
        }
    },
    marks: |marks| match marks {
        Marks::Sure(Way::English) => {
            "Khối này viết số theo lối tiếng Anh (1,234.5) và được đọc như vậy."
        }
        Marks::Sure(Way::Vietnamese) => "",
        Marks::Unclear => "Số trong khối này có hai cách đọc. Chọn cách đọc cho cả khối:",
        Marks::Mixed => {
            "Khối này lẫn cả hai lối viết số. Chọn một lối cho cả khối, hoặc xem từng ô:"
        }
    },
    written_as: |way, value| match way {
        Way::Vietnamese => format!("Lối Việt Nam: {value}"),
        Way::English => format!("Lối tiếng Anh: {value}"),
    },
    skipped: |rows| format!("{rows} dòng bỏ qua"),
    skip: |label, why| {
        let label = if label.is_empty() {
            "dòng trống"
        } else {
            label
        };
        let why = match why {
            Skip::Heading => "tiêu đề",
            Skip::Unknown => "không có chỉ tiêu tên này trong bảng",
            Skip::Several => "nhiều chỉ tiêu cùng tên",
            Skip::Again => "trùng tên với dòng trên",
            Skip::Unnamed => "không có tên chỉ tiêu",
            Skip::Beyond => "bảng không còn dòng để ghi",
        };
        format!("{label}: {why}")
    },
    text: "Trong bảng tính",
    read: "Sẽ ghi",
    before: "Số trước",
    asked_in_block: |two| {
        if two {
            "Hai cách đọc, chọn một:"
        } else {
            "Chênh hơn 20 lần so với các số đã biết:"
        }
    },
    blank: "ô trống, giữ số cũ",
    conflict: |both| format!("Ô đang có nhiều số {both}; chọn một trong bảng rồi dán lại"),
    counts: |counts| counted("Sẽ ghi", counts),
    save: |cells| format!("Lưu {cells} ô"),
    cancel: "Hủy",
    pasted: |counts| counted("Đã dán", counts),
    undo: "Hoàn tác dán",
    undo_reason: |reason| match reason {
        Some(reason) => format!("Hoàn tác dán: {reason}"),
        None => "Hoàn tác dán".to_owned(),
    },
    undone: |back, left| {
        let mut said = format!("Đã hoàn tác dán: {back} ô trở lại như trước");
        if left > 0 {
            let _ = write!(said, ", {left} ô đã sửa sau đó được giữ nguyên");
        }
        said
    },
};

/// «đã dán 11, không nhận 2, 1 ô trống bỏ qua».
fn counted(done: &str, counts: Counts) -> String {
    let mut said = format!("{done} {}", counts.stored);
    for (count, words) in [(counts.refused, "không nhận"), (counts.asked, "chờ chọn")] {
        if count > 0 {
            let _ = write!(said, ", {words} {count}");
        }
    }
    if counts.blank > 0 {
        let _ = write!(said, ", {} ô trống bỏ qua", counts.blank);
    }
    said
}

fn last(figures: &[Last]) -> String {
    let one = |last: &Last| {
        let of = last.period.map_or("cùng kỳ".to_owned(), |period| {
            (common::VI.period)(period)
        });
        format!("{of}: {}", last.value.format_vi())
    };
    figures.iter().map(one).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_of_a_block_is_counted_from_the_answers() {
        let counts = |stored, asked, refused, blank| Counts {
            stored,
            asked,
            refused,
            blank,
        };
        for (counts, said) in [
            (
                counts(11, 0, 2, 1),
                "Đã dán 11, không nhận 2, 1 ô trống bỏ qua",
            ),
            (counts(3, 0, 0, 0), "Đã dán 3"),
            (counts(1, 1, 0, 0), "Đã dán 1, chờ chọn 1"),
        ] {
            assert_eq!((VI.pasted)(counts), said);
        }
    }

    #[test]
    fn two_readings_are_told_apart_in_words() {
        let means = |text: &str| (VI.means)(text.parse().unwrap(), true);
        assert_eq!(means("1234"), "1.234 (hàng nghìn)");
        assert_eq!(means("1.234"), "1,234 (số thập phân)");
        assert_eq!(means("2.000"), "2,000 (số thập phân)");
        assert_eq!((VI.means)(Decimal::from(55), false), "Đúng, ghi 55");
    }
}
