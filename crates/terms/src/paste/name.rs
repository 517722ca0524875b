//! Whose row it is: names as people write them in their own sheets.

use super::{Skip, Slot};
use crate::text::fold;

/// More words than any target's name has.
const MOST_WORDS: usize = 60;

/// The slot that a name means: without marks and case, with or without a number before it and
/// the unit behind it, with words abbreviated to their first letters. Nothing is guessed: a name
/// that is only part of a target's name means none.
pub(super) fn find(name: &str, number: &str, slots: &[Slot<'_>]) -> Result<usize, Skip> {
    let mut several = false;
    for form in forms(name) {
        for same in [exactly as Same, abbreviated] {
            let mut found: Vec<usize> = Vec::new();
            found.extend((0..slots.len()).filter(|i| same(&form, &words(slots[*i].name))));
            match found.as_slice() {
                [] => {}
                [one] => return Ok(*one),
                _ => {
                    let numbered = found
                        .iter()
                        .find(|i| !number.is_empty() && slots[**i].number == number);
                    if let Some(one) = numbered {
                        return Ok(*one);
                    }
                    several = true;
                }
            }
        }
    }
    Err(if several {
        Skip::Several
    } else {
        Skip::Unknown
    })
}

/// The ways to take a name, the whole of it first.
fn forms(name: &str) -> Vec<Vec<String>> {
    let unit_off = name
        .trim_end()
        .strip_suffix(')')
        .and_then(|name| name.rsplit_once('('))
        .map(|(name, _)| name);
    let mut forms = Vec::new();
    for name in [Some(name), unit_off].into_iter().flatten() {
        let words = words(name);
        let from = numbering(name, &words);
        if !words.is_empty() {
            forms.push(words.clone());
        }
        if (1..words.len()).contains(&from) {
            forms.push(words[from..].to_vec());
        }
    }
    forms
}

/// How many words before a name only number it or say that it is a part: «1.1», «a)», «trong đó:».
fn numbering(name: &str, words: &[String]) -> usize {
    let is_number = |word: &&String| {
        word.chars()
            .all(|c| c.is_ascii_digit() || "ivx".contains(c))
    };
    let numbers = words.iter().take_while(is_number).count();
    let lettered = name
        .trim_start()
        .chars()
        .nth(1)
        .is_some_and(|c| c == ')' || c == '.');
    let from = if numbers == 0 && lettered { 1 } else { numbers };
    let part = words
        .get(from..from + 2)
        .is_some_and(|w| w == ["trong", "do"]);
    from + if part { 2 } else { 0 }
}

fn words(name: &str) -> Vec<String> {
    fold(name)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(MOST_WORDS)
        .map(str::to_owned)
        .collect()
}

/// Whether two names are the same.
type Same = fn(&[String], &[String]) -> bool;

fn exactly(a: &[String], b: &[String]) -> bool {
    a == b
}

/// Whether both are the same where one word of one may stand for the first letters of several of
/// the other: «SL lúa» and «Sản lượng lúa».
fn abbreviated(a: &[String], b: &[String]) -> bool {
    // reached[i][j]: the first i words of one are the first j of the other.
    let mut reached = vec![vec![false; b.len() + 1]; a.len() + 1];
    reached[0][0] = true;
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            if !reached[i][j] {
                continue;
            }
            if i < a.len() && j < b.len() && a[i] == b[j] {
                reached[i + 1][j + 1] = true;
            }
            if let Some(n) = a.get(i).and_then(|word| initials(word, &b[j..])) {
                reached[i + 1][j + n] = true;
            }
            if let Some(n) = b.get(j).and_then(|word| initials(word, &a[i..])) {
                reached[i + n][j + 1] = true;
            }
        }
    }
    reached[a.len()][b.len()]
}

/// How many words an abbreviation stands for, if it is one of theirs.
fn initials(short: &str, words: &[String]) -> Option<usize> {
    let n = short.chars().count();
    let firsts = words
        .get(..n)?
        .iter()
        .filter_map(|word| word.chars().next());
    (n > 1 && firsts.eq(short.chars())).then_some(n)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 9] = [
        "Sản lượng lúa",
        "Tỷ lệ lúa đặc sản trong sản lượng lúa",
        "Thu ngân sách nhà nước trên địa bàn",
        "Thu nội địa trong cân đối",
        "Tỷ lệ lựa chọn nhà thầu qua mạng, theo số lượng gói thầu",
        "Tỷ lệ lựa chọn nhà thầu qua mạng, theo tổng giá trị gói thầu",
        "GRDP bình quân đầu người",
        "Giá trị sản xuất công nghiệp",
        "Tỷ lệ xã hoàn thành 19 tiêu chí nông thôn mới",
    ];

    fn means(name: &str) -> Result<usize, Skip> {
        let slots: Vec<Slot<'_>> = NAMES.iter().map(|name| Slot { name, number: "" }).collect();
        find(name, "", &slots)
    }

    #[test]
    fn a_name_is_known_as_people_write_it() {
        for (name, slot) in [
            ("Sản lượng lúa", 0),
            ("SẢN  LƯỢNG LÚA ", 0),
            ("san luong lua", 0),
            ("SL lúa", 0),
            ("1. Sản lượng lúa (triệu tấn)", 0),
            ("- Sản lượng lúa", 0),
            ("I.1 Sản lượng lúa:", 0),
            ("a) Thu nội địa trong cân đối", 3),
            ("Trong đó: Thu nội địa trong cân đối", 3),
            ("1.1. Trong đó: thu nội địa trong cân đối", 3),
            ("Thu NSNN trên địa bàn", 2),
            ("GTSX công nghiệp", 7),
            ("Tổng sản phẩm bình quân đầu người", 99),
            ("TL xã hoàn thành 19 TC NTM", 8),
            ("Tỷ lệ lựa chọn nhà thầu qua mạng theo số lượng gói thầu", 4),
        ] {
            let expected = if slot == 99 {
                Err(Skip::Unknown)
            } else {
                Ok(slot)
            };
            assert_eq!(means(name), expected, "{name}");
        }
    }

    #[test]
    fn nothing_is_guessed() {
        for name in [
            "",
            "lúa",
            "Sản lượng lúa đặc sản",
            "Tỷ lệ lựa chọn nhà thầu qua mạng",
            "Trần Đề đóng góp",
            "Tổng cộng",
            "1.234,5",
        ] {
            assert_eq!(means(name), Err(Skip::Unknown), "{name}");
        }
        let twice = [("Thu", "1"), ("Thu", "2")].map(|(name, number)| Slot { name, number });
        assert_eq!(find("thu", "", &twice), Err(Skip::Several));
        assert_eq!(find("thu", "2", &twice), Ok(1));
    }
}
