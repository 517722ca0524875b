//! The words around what was found, in one line.

use terms::text::fold;

/// How many characters stand before the place in an excerpt, and in all.
const BEFORE: usize = 30;
const EXCERPT: usize = 120;

/// The words around the first place where one of `words` begins, in one line.
pub(super) fn excerpt(text: &str, words: &[String]) -> String {
    let line: Vec<char> = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    // A letter has at most two marks of its own beside it.
    let longest = 3 * words.iter().map(String::len).max().unwrap_or(0);
    let begins = |at: usize| {
        let starts_word = at == 0 || !line[at - 1].is_alphanumeric();
        let ahead = || fold(&line[at..].iter().take(longest).collect::<String>());
        starts_word && words.iter().any(|word| ahead().starts_with(word.as_str()))
    };
    let place = (0..line.len())
        .find(|&at| line[at].is_alphanumeric() && begins(at))
        .unwrap_or(0);
    let mut start = place.saturating_sub(BEFORE);
    if start > 0 {
        // From the beginning of a word.
        start = (start..=place)
            .find(|&at| line[at - 1] == ' ')
            .unwrap_or(place);
    }
    let end = line.len().min(start + EXCERPT);
    let cut = |there: bool| if there { "…" } else { "" };
    let shown: String = line[start..end].iter().collect();
    format!(
        "{}{}{}",
        cut(start > 0),
        shown.trim(),
        cut(end < line.len())
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_shows_the_place() {
        let long = format!("{}Đường tránh {}", "chữ ".repeat(50), "sau ".repeat(50));
        let shown = excerpt(&long, &["duong".to_owned()]);
        assert!(shown.starts_with("…chữ") && shown.ends_with('…'), "{shown}");
        assert!(shown.contains("Đường tránh"), "{shown}");
        assert_eq!(excerpt("Hoà\nbình", &["binh".to_owned()]), "Hoà bình");
        assert_eq!(excerpt("", &["binh".to_owned()]), "");
    }
}
