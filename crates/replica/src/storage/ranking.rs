//! Which of what was found is nearest to what was asked, as far as marks go: who types «lúa» means
//! «lúa» rather than «lùa», and who types «đ» means «đê» rather than «dân».

use terms::text::{fold, nfc, sort_key};

/// The words asked for, with their marks.
pub(super) struct SearchTerms(Vec<Word>);

struct Word {
    typed: String,
    /// Equal however the tone is placed: «hoà» is «hòa».
    key: String,
    /// With marks a beginning says something too; «lua» is not nearer to «luân» than to «lúa».
    marked: bool,
}

impl SearchTerms {
    pub(super) fn of(text: &str) -> Self {
        let word = |typed: &str| Word {
            typed: typed.to_owned(),
            key: sort_key(typed),
            marked: fold(typed) != typed,
        };
        Self(split(&lower(text)).map(word).collect())
    }

    /// How many of the words do not stand in a text with the marks that were typed.
    pub(super) fn other_marks(&self, text: &str) -> usize {
        let text = lower(text);
        let stands = |word: &&Word| split(&text).any(|there| word.is(there));
        self.0.len() - self.0.iter().filter(stands).count()
    }
}

impl Word {
    fn is(&self, there: &str) -> bool {
        // Making a key is slow, so lengths are compared first: moving the tone mark does not change
        // a word's length.
        self.marked && there.starts_with(&self.typed)
            || there.len() == self.typed.len() && sort_key(there) == self.key
    }
}

fn lower(text: &str) -> String {
    nfc(text).to_lowercase()
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart_by_their_marks() {
        for (asked, text, others) in [
            ("lúa", "Diện tích LÚA", 0),
            ("lúa", "Lùa bò về chuồng", 1),
            ("lua", "Diện tích lúa", 1),
            ("lua", "Nguyễn Văn Luanh", 1),
            ("hoà bình", "xã Hòa Bình", 0),
            ("thuỷ sản", "ngành thủy sản", 0),
            ("đương", "đường huyện", 1),
            ("đường tỉnh", "đường tính bằng mét", 1),
            ("đ", "đê biển", 0),
            ("đ", "dân số", 1),
            ("luậ", "kỷ luật", 0),
            ("ky\u{309}", "kỷ luật", 0),
        ] {
            assert_eq!(
                SearchTerms::of(asked).other_marks(text),
                others,
                "{asked} in {text}"
            );
        }
    }
}
