//! Who answers for a task, in a line.

use terms::rows::Responsible;

use crate::catalogue::words;

/// So many names stand in a line before «+n».
const NAMES: usize = 2;

/// The leads as the text says or as assigned since; groups with how many they are.
pub fn leads(responsible: &Responsible) -> String {
    let texts = words();
    let assigned = responsible
        .assigned
        .as_ref()
        .and_then(|authored| authored.value.as_ref());
    if let Some(agency) = assigned {
        return format!("{} ({})", agency.short, texts.common.assigned);
    }
    let groups = responsible.lead_groups.iter();
    let names: Vec<String> = responsible
        .leads
        .iter()
        .map(|agency| agency.short.clone())
        .chain(groups.map(|(name, count)| (texts.tree.members)(name, *count)))
        .collect();
    match names.len() {
        0 => texts.tree.nobody.to_owned(),
        n if n > NAMES => {
            format!(
                "{} {}",
                names[..NAMES].join(", "),
                (texts.tree.and_more)(n - NAMES)
            )
        }
        _ => names.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use terms::rows::AgencyName;

    use super::*;

    fn agency(id: &str, short: &str) -> AgencyName {
        AgencyName {
            id: id.parse().unwrap(),
            short: short.into(),
        }
    }

    #[test]
    fn the_leads_stand_in_a_line() {
        let names = [
            agency("a", "Sở A"),
            agency("b", "Sở B"),
            agency("c", "Sở C"),
        ];
        let table = [
            (0, false, "chưa nêu đơn vị"),
            (1, false, "Sở A"),
            (2, false, "Sở A, Sở B"),
            (3, false, "Sở A, Sở B +1"),
            (0, true, "cấp huyện (11)"),
            (1, true, "Sở A, cấp huyện (11)"),
        ];
        for (count, group, line) in table {
            let responsible = Responsible {
                leads: names[..count].to_vec(),
                lead_groups: if group {
                    vec![("cấp huyện".into(), 11)]
                } else {
                    vec![]
                },
                ..Responsible::default()
            };
            assert_eq!(leads(&responsible), line);
        }
    }
}
