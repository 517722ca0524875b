//! What a place of the source says that the data must know: documents, figures, agencies, leads.

use terms::{Date, text::fold};

/// A document cited by number. What the place does not say is empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Document {
    /// «Nghị quyết».
    pub(crate) kind: String,
    /// «48/KH-UBND».
    pub(crate) number: String,
    pub(crate) date: Option<Date>,
    /// «UBND tỉnh», as far as it tells one issuer from another.
    pub(crate) issuer: String,
}

/// Kinds of document, longer ones before what ends like them.
const KINDS: [&str; 9] = [
    "Chương trình hành động",
    "Chương trình",
    "Chỉ thị",
    "Công văn",
    "Kết luận",
    "Kế hoạch",
    "Nghị quyết",
    "Quyết định",
    "Đề án",
];

/// Issuers, longer ones before what begins like them.
const ISSUERS: [&str; 14] = [
    "Ban Bí thư Trung ương",
    "Ban Chấp hành Trung ương Đảng khóa XII",
    "Ban Chấp hành Trung ương Đảng khóa XI",
    "Ban Chấp hành Đảng bộ tỉnh",
    "Ban Thường vụ Tỉnh ủy Sóc Trăng",
    "Bộ Chính trị",
    "Chính phủ",
    "Chủ tịch UBND tỉnh",
    "Hội nghị Trung ương 8 khóa XI",
    "Hội nghị lần thứ 6 Ban Chấp hành Trung ương Đảng khóa XII",
    "Hội đồng nhân dân tỉnh",
    "Thủ tướng Chính phủ",
    "Tỉnh ủy",
    "UBND tỉnh",
];

/// Words by which documents without a number are known.
pub(crate) const UNNUMBERED: [&str; 14] = [
    "Bộ tiêu chí quốc gia về y tế xã",
    "Chiến lược bảo vệ Tổ quốc",
    "Dù kê",
    "Hệ tri thức Việt số hóa",
    "Hội nhập kinh tế quốc tế của tỉnh",
    "Kế hoạch đào tạo, bồi dưỡng cán bộ",
    "Luật hòa giải ở cơ sở",
    "Luật quản lý thuế",
    "Luật tiếp công dân",
    "lâm nghiệp bền vững",
    "rừng ven biển ứng phó",
    "thi hành pháp luật về xử lý vi phạm hành chính",
    "xuất nhập khẩu hàng hóa thời kỳ",
    "Đờn ca tài tử",
];

/// How agencies' names begin, and how many words tell one from another.
const AGENCIES: [(&str, usize); 13] = [
    ("Sở ", 3),
    ("Ban Dân tộc", 3),
    ("Ban Quản lý dự án 1", 6),
    ("Bộ Chỉ huy", 5),
    ("Bộ đội biên phòng", 4),
    ("Báo Sóc", 3),
    ("Cục ", 3),
    ("Công an", 3),
    ("Ngân hàng Nhà nước Chi", 6),
    ("Thanh tra Nhà", 4),
    ("Văn phòng UBND", 4),
    ("ngành Thuế", 2),
    ("Đài Phát", 3),
];

/// The words after «chủ trì, phối hợp (với)» that say who supports.
const SUPPORTERS: [&str; 4] = [
    "các đơn vị có liên quan",
    "các Sở, ngành và cấp huyện",
    "các sở ngành và cấp huyện",
    "các Sở, Ban ngành và cấp huyện",
];

/// Documents by number, and the text without them.
pub(crate) fn documents(text: &str) -> (Vec<Document>, String) {
    let (mut found, mut rest) = (Vec::new(), String::new());
    let mut tail = text;
    while let Some(at) = tail.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = tail.split_at(at);
        rest.push_str(before);
        let end = from.find(|c: char| !(c.is_alphanumeric() || "-/:".contains(c)));
        let (word, after) = from.split_at(end.unwrap_or(from.len()));
        let standard = before.ends_with("TCVN ISO ");
        if !standard && !is_number(word) {
            rest.push_str(word);
            tail = after;
            continue;
        }
        let number = if standard {
            format!("TCVN ISO {word}")
        } else {
            word.to_owned()
        };
        let (date, after) = date(after);
        found.push(Document {
            kind: kind(before),
            number,
            date,
            issuer: issuer(after),
        });
        tail = after;
    }
    rest.push_str(tail);
    (found, rest)
}

/// «… Kế hoạch số ».
fn kind(before: &str) -> String {
    let named = before.trim_end().trim_end_matches(" số");
    let kind = KINDS.into_iter().find(|kind| named.ends_with(kind));
    kind.unwrap_or_default().to_owned()
}

/// « của UBND tỉnh …».
fn issuer(after: &str) -> String {
    let after = after.trim_start();
    let after = fold(after.strip_prefix("của ").unwrap_or(after));
    let issuer = ISSUERS.into_iter().find(|i| after.starts_with(&fold(i)));
    issuer.unwrap_or_default().to_owned()
}

/// «48/KH-UBND», «03-NQ/TU»: digits, a stroke, a capital.
fn is_number(word: &str) -> bool {
    let sign = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let mut chars = sign.chars();
    matches!(chars.next(), Some('-' | '/')) && chars.next().is_some_and(char::is_uppercase)
}

/// « ngày 31/12/2018», «, ngày 02 tháng 8 năm 2016».
fn date(after: &str) -> (Option<Date>, &str) {
    let Some(rest) = after.trim_start_matches(',').strip_prefix(" ngày ") else {
        return (None, after);
    };
    let flat = rest.replacen(" tháng ", "/", 1).replacen(" năm ", "/", 1);
    for (text, words) in [(rest, 1), (flat.as_str(), 5)] {
        let end = text
            .find(|c: char| !(c.is_ascii_digit() || c == '/'))
            .unwrap_or(text.len());
        if let Ok(date) = Date::parse_vi(&text[..end]) {
            let skip: usize = rest.split_inclusive(' ').take(words).map(str::len).sum();
            let skip = if words == 1 { end } else { skip };
            return (Some(date), &rest[skip..]);
        }
    }
    (None, after)
}

/// Every number that is left: «2», «47,5», «600.000», «15/11/2019».
pub(crate) fn figures(text: &str) -> Vec<String> {
    let is_part = |c: char| c.is_ascii_digit() || ".,/".contains(c);
    let words = text
        .split(|c| !is_part(c))
        .map(|word| word.trim_matches(['.', ',', '/']));
    words
        .filter(|word| !word.is_empty())
        .map(ToOwned::to_owned)
        .collect()
}

/// Agencies by the beginning of their names, in the text's order.
pub(crate) fn agencies(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (head, words) in AGENCIES {
        for (at, _) in text.match_indices(head) {
            let from = &text[at..];
            let named = !head.ends_with(' ') || from[head.len()..].starts_with(char::is_uppercase);
            if named {
                let name: Vec<&str> = from.split(' ').take(words).collect();
                let name = name.join(" ");
                out.push((at, name.trim_end_matches([',', ';', '.']).to_owned()));
            }
            // «Ban Quản lý dự án 1 và 2»
            if head.ends_with('1') && from[head.len()..].starts_with(" và 2") {
                out.push((at + 1, "Ban Quản lý dự án 2".to_owned()));
            }
        }
    }
    out.sort();
    out.into_iter().map(|(_, name)| name).collect()
}

/// Who «chủ trì, phối hợp», and the words for those with whom.
pub(crate) fn leads(text: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (at, words) in text.match_indices(" chủ trì, phối hợp ") {
        let after = &text[at + words.len()..];
        let after = after.strip_prefix("với ").unwrap_or(after);
        let with = SUPPORTERS.into_iter().find(|s| after.starts_with(s));
        let lead = agencies(&text[..at]).pop();
        out.extend(lead.zip(with.map(ToOwned::to_owned)));
    }
    out
}

#[test]
fn documents_figures_agencies_and_leads_are_told_apart() {
    let text = "Sở Y tế chủ trì, phối hợp với các Sở, ngành và cấp huyện thực hiện Nghị quyết số 13-NQ/TU ngày 17 tháng 7 năm 2017 của Tỉnh ủy và 1168/UBND-NC ngày 28/6/2017 giai đoạn 2016-2020 đạt 47,5%.";
    let (documents, rest) = documents(text);
    let said: Vec<_> = documents
        .iter()
        .map(|d| format!("{}|{}|{}|{}", d.kind, d.number, d.date.unwrap(), d.issuer))
        .collect();
    assert_eq!(
        said,
        [
            "Nghị quyết|13-NQ/TU|2017-07-17|Tỉnh ủy",
            "|1168/UBND-NC|2017-06-28|"
        ]
    );
    assert_eq!(figures(&rest), ["2016", "2020", "47,5"]);
    assert_eq!(agencies(text), ["Sở Y tế"]);
    let with = (
        "Sở Y tế".to_owned(),
        "các Sở, ngành và cấp huyện".to_owned(),
    );
    assert_eq!(leads(text), [with]);
}
