//! What the data must cover, without the source's sentences: its places, figures, documents,
//! agencies and recipients. Committed, so that the check works where the source is not.

use std::{collections::BTreeSet, fs, path::PathBuf};

use seeds::Clause;
use terms::text::fold;

use crate::{
    recognise::{Document, UNNUMBERED, agencies, documents, figures, leads},
    source::Places,
};

/// One line each of `soc-trang-2019.fingerprint`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Print {
    /// A place that says something.
    Place(Clause),
    /// A figure, as often as it stands there.
    Figure(Clause, String),
    /// A document with a number.
    Document(Clause, Document),
    /// A document without one, by words of its name.
    Unnumbered(Clause, String),
    /// Who leads, by the beginning of its name, and the words for who supports.
    Lead(Clause, String, String),
    /// An agency, by the beginning of its name.
    Agency(String),
    /// A line of «Nơi nhận».
    Recipient(String),
}

/// The fingerprint of a text.
pub(crate) fn of(places: &Places) -> Vec<Print> {
    let mut prints = Vec::new();
    let mut named_agencies = BTreeSet::new();
    for (clause, text) in places.iter().filter(|(_, text)| !text.is_empty()) {
        if *clause == Clause::Recipients {
            prints.extend(
                text.strip_prefix("- ").map(|line| {
                    Print::Recipient(line.trim_end_matches([';', ',', '.']).to_owned())
                }),
            );
            continue;
        }
        if !prints.contains(&Print::Place(clause.clone())) {
            prints.push(Print::Place(clause.clone()));
        }
        let (documents, rest) = documents(text);
        for document in documents {
            let print = Print::Document(clause.clone(), document);
            if !prints.contains(&print) {
                prints.push(print);
            }
        }
        prints.extend(
            figures(&rest)
                .into_iter()
                .map(|f| Print::Figure(clause.clone(), f)),
        );
        let named = UNNUMBERED
            .iter()
            .filter(|words| fold(text).contains(&fold(words)));
        prints.extend(named.map(|words| Print::Unnumbered(clause.clone(), (*words).to_owned())));
        let leads = leads(text).into_iter();
        prints.extend(leads.map(|(lead, with)| Print::Lead(clause.clone(), lead, with)));
        named_agencies.extend(agencies(text));
    }
    prints.extend(named_agencies.into_iter().map(Print::Agency));
    prints
}

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/soc-trang-2019.fingerprint")
}

/// The committed one.
pub(crate) fn committed() -> Vec<Print> {
    let text = fs::read_to_string(path()).unwrap();
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .map(print_of)
        .collect()
}

fn print_of(line: &str) -> Print {
    let fields: Vec<&str> = line.split('\t').collect();
    match fields.as_slice() {
        ["place", place] => Print::Place(place.parse().unwrap()),
        ["figure", place, figure] => Print::Figure(place.parse().unwrap(), (*figure).to_owned()),
        ["document", place, kind, number, date, issuer] => {
            let document = Document {
                kind: (*kind).to_owned(),
                number: (*number).to_owned(),
                date: (!date.is_empty()).then(|| date.parse().unwrap()),
                issuer: (*issuer).to_owned(),
            };
            Print::Document(place.parse().unwrap(), document)
        }
        ["unnumbered", place, words] => {
            Print::Unnumbered(place.parse().unwrap(), (*words).to_owned())
        }
        ["lead", place, lead, with] => Print::Lead(
            place.parse().unwrap(),
            (*lead).to_owned(),
            (*with).to_owned(),
        ),
        ["agency", name] => Print::Agency((*name).to_owned()),
        ["recipient", text] => Print::Recipient((*text).to_owned()),
        other => panic!("no fingerprint: {other:?}"),
    }
}

fn line_of(print: &Print) -> String {
    match print {
        Print::Place(place) => format!("place\t{place}"),
        Print::Figure(place, figure) => format!("figure\t{place}\t{figure}"),
        Print::Document(place, document) => {
            let Document {
                kind,
                number,
                date,
                issuer,
            } = document;
            let date = date.map(|d| d.to_string()).unwrap_or_default();
            format!("document\t{place}\t{kind}\t{number}\t{date}\t{issuer}")
        }
        Print::Unnumbered(place, words) => format!("unnumbered\t{place}\t{words}"),
        Print::Lead(place, lead, with) => format!("lead\t{place}\t{lead}\t{with}"),
        Print::Agency(name) => format!("agency\t{name}"),
        Print::Recipient(text) => format!("recipient\t{text}"),
    }
}

/// Run by hand where the source or a reading has changed:
/// `cargo test -p seeds -- --ignored write_the_fingerprint`.
#[test]
#[ignore = "writes a file"]
fn write_the_fingerprint() {
    let places = crate::source::read(&crate::programme().readings).unwrap();
    let mut text =
        "# Made by write_the_fingerprint from the source's text: what the data must cover.\n"
            .to_owned();
    for print in of(&places) {
        text.push_str(&line_of(&print));
        text.push('\n');
    }
    fs::write(path(), text).unwrap();
}
