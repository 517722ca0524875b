//! What is kept, what is refused, what search and order make of it.

use proptest::prelude::*;

use super::*;

#[test]
fn text_is_stored_in_nfc_and_otherwise_as_it_is() {
    for (typed, kept) in [
        ("Tie\u{302}\u{301}n đo\u{302}\u{323}", "Tiến độ"),
        ("  hai dòng\n\tthụt  ", "  hai dòng\n\tthụt  "),
        ("", ""),
        ("\u{2066}abc\u{2069}", "\u{2066}abc\u{2069}"),
        ("ភាសាខ្មែរ", "ភាសាខ្មែរ"),
        ("Xong ☎\u{fe0f} 1\u{20e3}", "Xong ☎\u{fe0f} 1\u{20e3}"),
    ] {
        assert_eq!(clean(typed, Limit::NARRATIVE).as_deref(), Ok(kept));
    }
}

#[test]
fn what_cannot_stand_is_refused() {
    let long = |n| TextError::TooLong {
        is: n,
        limit: 64_000,
    };
    let control = |line, code| TextError::Control { line, code };
    let turn = |line, code| TextError::Direction { line, code };
    let alone = |line, code| TextError::LoneMark { line, code };
    for (typed, error) in [
        ("a".repeat(64_001), long(64_001)),
        ("a".repeat(900_000), long(900_000)),
        ("a\0".to_owned(), control(1, 0)),
        ("a\r\nb".to_owned(), control(1, 13)),
        ("a\nb\u{85}".to_owned(), control(2, 0x85)),
        ("\u{202e}lừa\u{202c}".to_owned(), turn(1, 0x202e)),
        ("a\n\u{2067}b".to_owned(), turn(2, 0x2067)),
        ("\u{2067}a\n\u{2069}".to_owned(), turn(1, 0x2067)),
        ("a\u{202c}".to_owned(), turn(1, 0x202c)),
        (
            "\u{202a}\u{2066}a\u{202c}\u{2069}".to_owned(),
            turn(1, 0x202c),
        ),
        ("\u{301}a".to_owned(), alone(1, 0x301)),
        ("a\n\u{323}b".to_owned(), alone(2, 0x323)),
        ("Thiếu \u{309}vốn".to_owned(), alone(1, 0x309)),
        ("a\u{2028}\u{301}".to_owned(), alone(1, 0x301)),
    ] {
        assert_eq!(clean(&typed, Limit::NARRATIVE), Err(error));
    }
    for two in ["a\nb", "a\u{2028}b", "a\u{2029}b"] {
        assert_eq!(clean(two, Limit::LINE), Err(TextError::NewLine));
    }
    // Bytes are counted in the form that is stored.
    assert!(clean(&"e\u{302}\u{301}".repeat(333), Limit::LINE).is_ok());
}

#[test]
fn search_knows_no_marks() {
    for (text, folded) in [
        ("Đường", "duong"),
        ("ĐẠI NGÃI", "dai ngai"),
        ("hoà", "hoa"),
        ("hòa", "hoa"),
        ("Kế Sách 15/3", "ke sach 15/3"),
        ("ខ្មែរ", "ខ្មែរ"),
    ] {
        assert_eq!(fold(text), folded);
        assert_eq!(fold(&text.nfd().collect::<String>()), folded);
    }
}

#[test]
fn names_sort_the_vietnamese_way() {
    for names in [
        vec![
            "an", "àn", "ản", "ãn", "án", "ạn", "ăn", "ân", "bà", "da", "đa", "e", "ê",
        ],
        vec!["o", "ô", "ơ", "u", "ư", "v"],
        vec![
            "Sở Công Thương",
            "Sở Nội vụ",
            "Sở Tài chính",
            "Sở Tư pháp",
            "Sở Y tế",
        ],
        vec!["ba", "bà ba", "bá bà", "bac"],
        vec![
            "Châu Thành",
            "Cù Lao Dung",
            "Kế Sách",
            "Long Phú",
            "Mỹ Tú",
            "Mỹ Xuyên",
        ],
        vec!["Dân", "Đài", "Đạt", "Em"],
    ] {
        let mut sorted = names.clone();
        sorted.reverse();
        sorted.sort_by_key(|name| sort_key(name));
        assert_eq!(sorted, names);
    }
    assert_eq!(sort_key("HOÀ"), sort_key("hòa"));
}

proptest! {
    #[test]
    fn what_is_clean_stays_clean(text in any::<String>()) {
        if let Ok(kept) = clean(&text, Limit::NARRATIVE) {
            prop_assert_eq!(clean(&kept, Limit::NARRATIVE), Ok(kept.clone()));
            prop_assert_eq!(nfc(&kept), kept);
        }
    }

    #[test]
    fn folding_and_keys_see_one_normal_form(text in any::<String>()) {
        let apart: String = text.nfd().collect();
        prop_assert_eq!(fold(&apart), fold(&text));
        prop_assert_eq!(sort_key(&apart), sort_key(&text));
        let folded = fold(&text);
        prop_assert_eq!(fold(&folded), folded);
    }
}

#[test]
fn a_text_that_nobody_can_see_says_nothing() {
    for (text, blank) in [
        ("", true),
        ("  \n\t", true),
        ("\u{200b}", true),
        ("\u{feff} \u{200e}\u{2060}", true),
        ("\u{a0}\u{3000}", true),
        ("a", false),
        ("\u{200b}-", false),
        ("…", false),
    ] {
        assert_eq!(is_blank(text), blank, "{text:?}");
    }
}
