//! Text: one normal form, what a narrative may hold, and Vietnamese search and order.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark, is_nfc};

/// How much text a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// The most bytes, in NFC. A Vietnamese letter has one to three.
    pub bytes: usize,
    /// Whether the field has one line only.
    pub one_line: bool,
}

impl Limit {
    /// A title, a name, a source.
    pub const LINE: Self = Self {
        bytes: 1_000,
        one_line: true,
    };
    /// A note, an obstacle, a proposal, a comment.
    pub const NOTE: Self = Self {
        bytes: 8_000,
        one_line: false,
    };
    /// A narrative: about ten pages.
    pub const NARRATIVE: Self = Self {
        bytes: 64_000,
        one_line: false,
    };
}

/// Why a text is refused. Nothing is ever stripped silently.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// More than the field takes.
    #[error(
        "văn bản quá dài: {is} byte, tối đa {limit}; rút gọn hoặc chuyển phần còn lại sang ghi chú"
    )]
    TooLong {
        /// Its length.
        is: usize,
        /// The most.
        limit: usize,
    },
    /// A control character.
    #[error(
        "dòng {line} có ký tự điều khiển U+{code:04X}; xóa ký tự đó rồi dán lại dạng văn bản thuần"
    )]
    Control {
        /// The line, from 1.
        line: usize,
        /// The character.
        code: u32,
    },
    /// More than one line where one is wanted.
    #[error("ô này chỉ ghi một dòng; bỏ dấu xuống dòng")]
    NewLine,
    /// A character that turns the direction of what follows, or is not closed on its line.
    #[error("dòng {line} có ký tự đảo chiều chữ U+{code:04X}; xóa ký tự đó")]
    Direction {
        /// The line, from 1.
        line: usize,
        /// The character.
        code: u32,
    },
    /// A tone or other mark without a letter before it.
    #[error("dòng {line} có dấu U+{code:04X} đứng một mình, không có chữ cái; gõ lại chữ đó")]
    LoneMark {
        /// The line, from 1.
        line: usize,
        /// The mark.
        code: u32,
    },
}

/// Whether a text says nothing: nobody would see a letter of it.
pub fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || c.is_control() || is_invisible(c))
}

/// A character without width: a soft hyphen, a joiner, a mark of direction, a mark of byte order.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}'
    )
}

/// The one normal form in which text is stored: NFC.
pub fn nfc(text: &str) -> String {
    if is_nfc(text) {
        text.to_owned()
    } else {
        text.nfc().collect()
    }
}

/// A text as it may be stored: NFC, and unchanged otherwise.
pub fn clean(text: &str, limit: Limit) -> Result<String, TextError> {
    // NFC of a text is at least a third of it; no need to normalise what cannot fit.
    let hopeless = text.len() / 4 > limit.bytes;
    let text = if hopeless { text.to_owned() } else { nfc(text) };
    if text.len() > limit.bytes {
        return Err(TextError::TooLong {
            is: text.len(),
            limit: limit.bytes,
        });
    }
    if limit.one_line && text.contains(['\n', LINE_SEPARATOR, PARAGRAPH_SEPARATOR]) {
        return Err(TextError::NewLine);
    }
    for (line, words) in (1..).zip(text.split('\n')) {
        check_line(line, words)?;
    }
    Ok(text)
}

const LINE_SEPARATOR: char = '\u{2028}';
const PARAGRAPH_SEPARATOR: char = '\u{2029}';

fn check_line(line: usize, words: &str) -> Result<(), TextError> {
    if let Some(bad) = words.chars().find(|&c| c.is_control() && c != '\t') {
        let code = bad.into();
        return Err(TextError::Control { line, code });
    }
    if let Some(bad) = unpaired(words) {
        let code = bad.into();
        return Err(TextError::Direction { line, code });
    }
    if let Some(bad) = lone_mark(words) {
        let code = bad.into();
        return Err(TextError::LoneMark { line, code });
    }
    Ok(())
}

/// The first mark at the start of a line or after a space, where no letter can carry it.
fn lone_mark(words: &str) -> Option<char> {
    let mut carried = false;
    words.chars().find(|&c| {
        let alone = !carried && is_combining_mark(c);
        carried = !c.is_whitespace();
        alone
    })
}

/// The first bidi override, or control without its other half, on a line.
fn unpaired(line: &str) -> Option<char> {
    let mut open: Vec<char> = Vec::new();
    for c in line.chars() {
        match c {
            '\u{202d}' | '\u{202e}' => return Some(c),
            '\u{202a}' | '\u{202b}' | '\u{2066}'..='\u{2068}' => open.push(c),
            '\u{202c}' if !matches!(open.pop(), Some('\u{202a}' | '\u{202b}')) => return Some(c),
            '\u{2069}' if !matches!(open.pop(), Some('\u{2066}'..='\u{2068}')) => return Some(c),
            _ => {}
        }
    }
    open.pop()
}

/// A letter's own mark or a tone of Latin script. Khmer vowel signs, also combining, are letters.
fn is_latin_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// What search compares: no marks, đ as d, lower case; `duong` finds `Đường`, `hòa` finds `hoà`.
pub fn fold(text: &str) -> String {
    let plain = |c| match c {
        'đ' => 'd',
        c => c,
    };
    text.nfd()
        .filter(|&c| !is_latin_mark(c))
        .flat_map(char::to_lowercase)
        .map(plain)
        .collect()
}

/// A key that sorts names the Vietnamese way: a ă â b c d đ e ê …, then tones, word by word
/// (ngang, huyền, hỏi, ngã, sắc, nặng); case and the placing of a tone make no difference.
pub fn sort_key(text: &str) -> String {
    let (mut letters, mut tones) = (String::new(), String::new());
    let (mut mark, mut tone) = ('0', '0');
    let mut base = None;
    for c in text.nfd().flat_map(char::to_lowercase) {
        match c {
            '\u{300}' => tone = '1',
            '\u{309}' => tone = '2',
            '\u{303}' => tone = '3',
            '\u{301}' => tone = '4',
            '\u{323}' => tone = '5',
            '\u{306}' => mark = '1',
            '\u{302}' => mark = '2',
            '\u{31b}' => mark = '3',
            c if is_latin_mark(c) => {}
            c => {
                letters.extend(base.map(|b| [b, mark]).into_iter().flatten());
                if c.is_whitespace() {
                    tones.push(tone);
                    tone = '0';
                }
                (base, mark) = if c == 'đ' {
                    (Some('d'), '1')
                } else {
                    (Some(c), '0')
                };
            }
        }
    }
    letters.extend(base.map(|b| [b, mark]).into_iter().flatten());
    tones.push(tone);
    format!("{letters}\0{tones}")
}

#[cfg(test)]
mod tests;
