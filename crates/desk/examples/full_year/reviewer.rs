//! Who looks at everything: a reviewer at Sở KH&ĐT, with a directory that says so.

use std::{collections::BTreeMap, path::Path};

use replica::{Enrolment, Unlocked};
use sync::{
    Cursor, Keypair,
    directory::{DirectoryEntry, DirectoryEvent, SignedEntry, standard_grants},
};
use terms::{AgencyId, PersonId, Role};

use crate::{TODAY, content};

pub(crate) const ENROLMENT: &str = "td-khoa";
pub(crate) const SECRET: &str = "một năm đầy đủ của tỉnh";
/// What the key is made from.
pub(crate) const SEED: [u8; 32] = [1; 32];

/// The enrolment, unlocked.
pub(crate) fn unlocked(folder: &Path) -> anyhow::Result<Unlocked> {
    let relay = Keypair::from_seed(&[2; 32]);
    let person: PersonId = "khoa".parse()?;
    let agency: AgencyId = "so-khdt".parse()?;
    let enrolment = Enrolment {
        enrolment: ENROLMENT.parse()?,
        person,
        name: "Lê Anh Khoa".to_owned(),
        agency_name: agency.to_string(),
        agency,
        role: Role::Reviewer,
        relay_url: "http://127.0.0.1:9".to_owned(),
        relay_key: relay.public(),
    };
    let mut tail = Cursor::START;
    let mut entries = Vec::new();
    for fact in facts(&enrolment)? {
        let entry = SignedEntry::sign(&DirectoryEntry { time: TODAY, fact }, tail, &relay);
        tail = entry.check(tail, &relay.public())?;
        entries.push(entry);
    }
    Ok(Unlocked::new(folder, enrolment, &SEED).with_directory(entries))
}

fn facts(who: &Enrolment) -> anyhow::Result<Vec<DirectoryEvent>> {
    let mut facts = vec![
        DirectoryEvent::PersonAdded {
            id: who.person.clone(),
            name: who.name.clone(),
            agency: who.agency.clone(),
            role: who.role,
            position: String::new(),
        },
        DirectoryEvent::Enrolled {
            enrolment: who.enrolment.clone(),
            person: who.person.clone(),
            device: "máy".to_owned(),
            key: Keypair::from_seed(&SEED).public(),
        },
    ];
    let agencies = content::agencies()?;
    facts.extend(standard_grants(2019, &agencies, &BTreeMap::new()));
    Ok(facts)
}
