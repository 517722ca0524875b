//! Words typed with the keys of Telex or VNI while no input method is on, or half-way through one:
//! `dduwowngf` and `d9u7o7ng2` mean «đường».

/// A folded word as its keys mean it, without marks. A word that has no such keys, or is too short
/// to tell, stays as it is.
pub(super) fn plain(word: &str) -> String {
    let letters: Vec<char> = word.chars().filter(char::is_ascii_alphabetic).collect();
    if letters.len() < 3 {
        return word.to_owned();
    }
    let mut plain: Vec<char> = Vec::new();
    for &key in &letters {
        match (plain.last(), key) {
            // The second of a pair puts a mark on the first.
            (Some(&last), key) if last == key && "adeo".contains(key) => {}
            (Some(last), 'w') if "aou".contains(*last) => {}
            (_, 'w') => plain.push('u'),
            _ => plain.push(key),
        }
    }
    // A tone comes last, or after its vowel.
    if plain.last().is_some_and(|last| "sfrxj".contains(*last)) {
        plain.pop();
    }
    plain.into_iter().collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn keys_mean_words_without_marks() {
        for (typed, meant) in [
            ("dduwowngf", "duong"),
            ("dduwown", "duon"),
            ("d9u7o7ng2", "duong"),
            ("hoaf", "hoa"),
            ("nuowcs", "nuoc"),
            ("wowcs", "uoc"),
            ("ngheof", "ngheo"),
            ("duong", "duong"),
            ("q3", "q3"),
            ("or", "or"),
            ("934", "934"),
        ] {
            assert_eq!(super::plain(typed), meant, "{typed}");
        }
    }
}
