//! What the data must cover, without the source's sentences: its places, figures, documents,
//! agencies and recipients. Committed, so that the check works where the source is not.

use std::{collections::BTreeSet, fs, path::PathBuf};

use seeds::Clause;
use terms::{Date, text::fold};

use crate::source::Places;

/// One line each of `soc-trang-2019.fingerprint`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Print {
    /// A place that says something.
    Place(Clause),
    /// A figure, as often as it stands there.
    Figure(Clause, String),
    /// A document with a number.
    Document(Clause, String, Option<Date>),
    /// A document without one, by words of its name.
    Unnumbered(Clause, String),
    /// An agency, by the beginning of its name.
    Agency(String),
    /// A line of «Nơi nhận».
    Recipient(String),
}

/// Words by which documents without a number are known.
const UNNUMBERED: [&str; 14] = [
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

/// The fingerprint of a text.
pub(crate) fn of(places: &Places) -> Vec<Print> {
    let mut prints = Vec::new();
    let mut agencies = BTreeSet::new();
    for (clause, text) in places.iter().filter(|(_, text)| !text.is_empty()) {
        if *clause == Clause::Recipients {
            prints.extend(
                text.strip_prefix("- ").map(|line| {
                    Print::Recipient(line.trim_end_matches([';', ',', '.']).to_owned())
                }),
            );
            continue;
        }
        if !prints.contains(&Print::Place(clause.clone())) {
            prints.push(Print::Place(clause.clone()));
        }
        let (documents, rest) = documents(text);
        for (number, date) in documents {
            let print = Print::Document(clause.clone(), number, date);
            if !prints.contains(&print) {
                prints.push(print);
            }
        }
        prints.extend(
            figures(&rest)
                .into_iter()
                .map(|f| Print::Figure(clause.clone(), f)),
        );
        let named = UNNUMBERED
            .iter()
            .filter(|words| fold(text).contains(&fold(words)));
        prints.extend(named.map(|words| Print::Unnumbered(clause.clone(), (*words).to_owned())));
        agencies.extend(self::agencies(text));
    }
    prints.extend(agencies.into_iter().map(Print::Agency));
    prints
}

/// Documents by number, with the date that follows, and the text without them.
fn documents(text: &str) -> (Vec<(String, Option<Date>)>, String) {
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
        found.push((number, date));
        tail = after;
    }
    rest.push_str(tail);
    (found, rest)
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

fn agencies(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (head, words) in AGENCIES {
        for (at, _) in text.match_indices(head) {
            let from = &text[at..];
            let named = !head.ends_with(' ') || from[head.len()..].starts_with(char::is_uppercase);
            if named {
                let name: Vec<&str> = from.split(' ').take(words).collect();
                out.push(name.join(" ").trim_end_matches([',', ';', '.']).to_owned());
            }
            // «Ban Quản lý dự án 1 và 2»
            if head.ends_with('1') && from[head.len()..].starts_with(" và 2") {
                out.push("Ban Quản lý dự án 2".to_owned());
            }
        }
    }
    out
}

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/soc-trang-2019.fingerprint")
}

/// The committed one.
pub(crate) fn committed() -> Vec<Print> {
    let text = fs::read_to_string(path()).unwrap();
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .map(print_of)
        .collect()
}

fn print_of(line: &str) -> Print {
    let fields: Vec<&str> = line.split('\t').collect();
    match fields.as_slice() {
        ["place", place] => Print::Place(place.parse().unwrap()),
        ["figure", place, figure] => Print::Figure(place.parse().unwrap(), (*figure).to_owned()),
        ["document", place, number, date] => {
            let date = (!date.is_empty()).then(|| date.parse().unwrap());
            Print::Document(place.parse().unwrap(), (*number).to_owned(), date)
        }
        ["unnumbered", place, words] => {
            Print::Unnumbered(place.parse().unwrap(), (*words).to_owned())
        }
        ["agency", name] => Print::Agency((*name).to_owned()),
        ["recipient", text] => Print::Recipient((*text).to_owned()),
        other => panic!("no fingerprint: {other:?}"),
    }
}

fn line_of(print: &Print) -> String {
    match print {
        Print::Place(place) => format!("place\t{place}"),
        Print::Figure(place, figure) => format!("figure\t{place}\t{figure}"),
        Print::Document(place, number, date) => {
            let date = date.map(|d| d.to_string()).unwrap_or_default();
            format!("document\t{place}\t{number}\t{date}")
        }
        Print::Unnumbered(place, words) => format!("unnumbered\t{place}\t{words}"),
        Print::Agency(name) => format!("agency\t{name}"),
        Print::Recipient(text) => format!("recipient\t{text}"),
    }
}

/// Run by hand where the source or a reading has changed:
/// `cargo test -p seeds -- --ignored write_the_fingerprint`.
#[test]
#[ignore = "writes a file"]
fn write_the_fingerprint() {
    let places = crate::source::read(&crate::programme().readings).unwrap();
    let mut text =
        "# Made by write_the_fingerprint from the source's text: what the data must cover.\n"
            .to_owned();
    for print in of(&places) {
        text.push_str(&line_of(&print));
        text.push('\n');
    }
    fs::write(path(), text).unwrap();
}

#[test]
fn documents_figures_and_agencies_are_told_apart() {
    let text = "Sở Y tế theo Nghị quyết số 13-NQ/TU ngày 17 tháng 7 năm 2017 và 1168/UBND-NC ngày 28/6/2017 giai đoạn 2016-2020 đạt 47,5%.";
    let (documents, rest) = documents(text);
    let dates: Vec<_> = documents
        .iter()
        .map(|(n, d)| (n.as_str(), d.unwrap().to_string()))
        .collect();
    assert_eq!(
        dates,
        [
            ("13-NQ/TU", "2017-07-17".into()),
            ("1168/UBND-NC", "2017-06-28".into())
        ]
    );
    assert_eq!(figures(&rest), ["2016", "2020", "47,5"]);
    assert_eq!(agencies(text), ["Sở Y tế"]);
}
