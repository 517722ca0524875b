//! The field's words as they are typed on the command line, and written in tables.

use sync::directory::{Right, Subject};
use terms::{AgencyClass, Role};

const CLASSES: [(&str, AgencyClass); 4] = [
    ("so-nganh", AgencyClass::SoNganh),
    ("trung-uong", AgencyClass::TrungUong),
    ("truc-thuoc-ubnd", AgencyClass::TrucThuocUbnd),
    ("cap-huyen", AgencyClass::CapHuyen),
];

const ROLES: [(&str, Role); 5] = [
    ("officer", Role::Officer),
    ("head", Role::Head),
    ("reviewer", Role::Reviewer),
    ("leader", Role::Leader),
    ("administrator", Role::Administrator),
];

const RIGHTS: [(&str, Right); 2] = [("read", Right::Read), ("write", Right::Write)];

pub(super) fn class(text: &str) -> Result<AgencyClass, String> {
    find(text, &CLASSES)
}

pub(super) fn role(text: &str) -> Result<Role, String> {
    find(text, &ROLES)
}

pub(super) fn right(text: &str) -> Result<Right, String> {
    find(text, &RIGHTS)
}

/// `person:ID`, `agency:ID`, `role:ROLE` or `role:ROLE@AGENCY`.
pub(super) fn subject(text: &str) -> Result<Subject, String> {
    let wanted = || "ghi person:MÃ, agency:MÃ, role:VAI hoặc role:VAI@ĐƠN-VỊ".to_owned();
    let (kind, id) = text.split_once(':').ok_or_else(wanted)?;
    let said = |error: terms::IdError| error.to_string();
    match (kind, id.split_once('@')) {
        ("person", None) => id.parse().map(Subject::Person).map_err(said),
        ("agency", None) => id.parse().map(Subject::Agency).map_err(said),
        ("role", None) => role(id).map(Subject::Role),
        ("role", Some((id, agency))) => {
            Ok(Subject::RoleIn(role(id)?, agency.parse().map_err(said)?))
        }
        _ => Err(wanted()),
    }
}

pub(super) fn class_word(class: AgencyClass) -> &'static str {
    word(class, &CLASSES)
}

pub(super) fn role_word(role: Role) -> &'static str {
    word(role, &ROLES)
}

pub(super) fn right_word(right: Right) -> &'static str {
    word(right, &RIGHTS)
}

pub(super) fn subject_word(subject: &Subject) -> String {
    match subject {
        Subject::Person(id) => format!("person:{id}"),
        Subject::Agency(id) => format!("agency:{id}"),
        Subject::Role(role) => format!("role:{}", role_word(*role)),
        Subject::RoleIn(role, agency) => format!("role:{}@{agency}", role_word(*role)),
    }
}

fn find<T: Copy>(text: &str, words: &[(&str, T)]) -> Result<T, String> {
    let found = words.iter().find(|(word, _)| *word == text);
    found.map(|(_, value)| *value).ok_or_else(|| {
        let words: Vec<_> = words.iter().map(|(word, _)| *word).collect();
        format!("chọn một trong: {}", words.join(", "))
    })
}

fn word<T: PartialEq + Copy>(value: T, words: &[(&'static str, T)]) -> &'static str {
    words
        .iter()
        .find(|(_, known)| *known == value)
        .map_or("", |(word, _)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_read_back() {
        for text in [
            "person:a",
            "agency:so-y-te",
            "role:reviewer",
            "role:head@huyen-tran-de",
        ] {
            assert_eq!(
                subject(text)
                    .map(|subject| subject_word(&subject))
                    .as_deref(),
                Ok(text)
            );
        }
        for bad in [
            "",
            "a",
            "person",
            "person:A",
            "role:king",
            "agency:a@b",
            "role:head@",
        ] {
            assert!(subject(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_wrong_word_is_answered_with_the_right_ones() {
        assert_eq!(right("execute").unwrap_err(), "chọn một trong: read, write");
        assert_eq!(role_word(role("leader").unwrap()), "leader");
        assert_eq!(class_word(class("cap-huyen").unwrap()), "cap-huyen");
    }
}
