//! Who takes part: read from `people.toml`.

use anyhow::Context;
use serde::Deserialize;
use terms::{AgencyId, PersonId, Role};

const PEOPLE: &str = include_str!("../people.toml");

/// An invented person.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Person {
    /// The id in the directory.
    pub(crate) id: PersonId,
    /// The name.
    pub(crate) name: String,
    /// Where they work.
    pub(crate) agency: AgencyId,
    /// What they may say.
    pub(crate) role: Role,
    /// Their position, for signatures.
    pub(crate) position: String,
    /// Whether their window opens when nobody is named.
    #[serde(default)]
    pub(crate) window: bool,
}

/// All of them. The first of an agency is the one who is signed in.
pub(crate) fn all() -> anyhow::Result<Vec<Person>> {
    #[derive(Deserialize)]
    struct File {
        person: Vec<Person>,
    }
    let file: File = toml::from_str(PEOPLE).context("people.toml")?;
    Ok(file.person)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn people_are_read_and_two_have_windows() {
        let people = all().unwrap();
        let ids: BTreeSet<_> = people.iter().map(|person| &person.id).collect();
        assert_eq!(ids.len(), people.len());
        let windows: Vec<_> = people
            .iter()
            .filter(|person| person.window)
            .map(|p| p.agency.as_str())
            .collect();
        assert_eq!(windows, ["huyen-tran-de", "so-khdt"]);
    }
}
