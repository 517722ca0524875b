//! Reads the source's scanned text into its places, when it lies beside the checkout.

use std::fs;

use seeds::{Clause, Place, Reading};
use terms::text::nfc;

/// The text of each place, in order; a place may come more than once.
pub(crate) type Places = Vec<(Clause, String)>;

/// The source, with what the readings say read right; `None` where it is not there.
pub(crate) fn read(readings: &[Reading]) -> Option<Places> {
    let mut places = split(&raw()?);
    for reading in readings.iter().filter(|r| !r.said.contains('|')) {
        let mut found = false;
        for (clause, text) in &mut places {
            if *clause == reading.clause && text.contains(&reading.said) {
                *text = text.replace(&reading.said, &reading.read);
                found = true;
            }
        }
        assert!(
            found,
            "the source has no «{}» at {}",
            reading.said, reading.clause
        );
    }
    Some(places)
}

/// The lines of the source without its marks of layout.
fn raw() -> Option<Vec<String>> {
    let folder = super::root().join("../shared/source");
    let mut lines = Vec::new();
    for entry in fs::read_dir(folder).ok()? {
        let path = entry.ok()?.path();
        if path.extension().is_some_and(|e| e == "txt") {
            let text = nfc(&fs::read_to_string(path).ok()?).replace('*', "");
            let plain = text.lines().map(|line| {
                line.trim_start_matches(['#', ' '])
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
            });
            lines.extend(plain.filter(|line| !line.is_empty()));
        }
    }
    (!lines.is_empty()).then_some(lines)
}

/// Paragraphs that a page broke in two go on with a small letter.
fn whole_lines(lines: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for line in lines {
        let small = line.chars().next().is_some_and(char::is_lowercase) && lettered(line).is_none();
        match out.last_mut().filter(|_| small) {
            Some(last) => *last = format!("{last} {line}"),
            None => out.push(line.clone()),
        }
    }
    out
}

/// «đ) …».
fn lettered(line: &str) -> Option<(char, &str)> {
    let (letter, rest) = line.split_once(") ")?;
    let mut chars = letter.chars();
    chars
        .next()
        .filter(|_| chars.next().is_none())
        .map(|letter| (letter, rest))
}

/// «3. …».
fn numbered(line: &str) -> Option<(u8, &str)> {
    let (number, rest) = line.split_once(". ")?;
    number.parse().ok().map(|number| (number, rest))
}

fn split(lines: &[String]) -> Places {
    let mut here = Clause::Preamble;
    let mut out = Places::new();
    for line in whole_lines(lines) {
        let (clause, text) = place(&here, &line);
        here = clause.clone();
        out.push((clause, text.to_owned()));
    }
    out
}

/// Where a line stands, after what stands before it.
fn place<'a>(here: &Clause, line: &'a str) -> (Clause, &'a str) {
    if line.starts_with("Nơi nhận") || *here == Clause::Recipients {
        return (Clause::Recipients, line);
    }
    if line.starts_with("PHẦN THỨ HAI") {
        return (Clause::PartTwo(0), "");
    }
    if let Some((number, rest)) = numbered(line) {
        let part_two = here.part() == Some(2);
        return (
            if part_two {
                Clause::PartTwo(number)
            } else {
                Clause::Group(number)
            },
            rest,
        );
    }
    for (head, clause) in [("I. ", Clause::Objective), ("II. ", Clause::Opening)] {
        if let Some(rest) = line.strip_prefix(head) {
            return (clause, rest);
        }
    }
    let group = match here {
        Clause::Group(group) | Clause::Section { group, .. } => *group,
        other => return (other.clone(), line),
    };
    if let Some((letter, rest)) = lettered(line) {
        return (
            Clause::Section {
                group,
                letter,
                place: Place::Own,
            },
            rest,
        );
    }
    let Clause::Section { letter, place, .. } = *here else {
        return (here.clone(), line);
    };
    let (place, text) = next(place, line);
    (
        Clause::Section {
            group,
            letter,
            place,
        },
        text,
    )
}

fn next(place: Place, line: &str) -> (Place, &str) {
    let bullet = match place {
        Place::Bullet(n) | Place::Sub(n, _) => n,
        Place::Own | Place::Paragraph(_) => 0,
    };
    if let Some(text) = line.strip_prefix("- ") {
        return (Place::Bullet(bullet + 1), text);
    }
    if let Some(text) = line.strip_prefix("+ ") {
        let sub = if let Place::Sub(_, sub) = place {
            sub
        } else {
            0
        };
        return (Place::Sub(bullet, sub + 1), text);
    }
    let paragraph = if let Place::Paragraph(n) = place {
        n
    } else {
        0
    };
    (Place::Paragraph(paragraph + 1), line)
}
