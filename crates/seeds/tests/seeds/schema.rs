//! What the reader says of bad files: each fault with its line, all of them at once.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use seeds::{Problem, SeedError, parse};

use crate::files;

/// Letters of the files, and the same taken apart.
const APART: [(&str, &str); 8] = [
    ("ế", "e\u{302}\u{301}"),
    ("ị", "i\u{323}"),
    ("ầ", "a\u{302}\u{300}"),
    ("ủ", "u\u{309}"),
    ("ư", "u\u{31b}"),
    ("ộ", "o\u{323}\u{302}"),
    ("ễ", "e\u{302}\u{303}"),
    ("ó", "o\u{301}"),
];

/// The text as some systems write it: letters and marks apart.
fn taken_apart(text: &str) -> String {
    APART.iter().fold(text.to_owned(), |text, (whole, apart)| {
        text.replace(whole, apart)
    })
}

fn faults(files: &BTreeMap<String, String>) -> Vec<SeedError> {
    parse(files).err().unwrap_or_default()
}

/// The real files with the first `from` of one of them replaced, and the line of that place.
fn with(file: &str, from: &str, to: &str) -> (BTreeMap<String, String>, usize) {
    let mut files = files();
    let text = files.get_mut(file).unwrap();
    let at = text
        .find(from)
        .unwrap_or_else(|| panic!("{file} has no {from}"));
    let line = text[..at].matches('\n').count() + 1;
    text.replace_range(at..at + from.len(), to);
    (files, line)
}

/// What is done to which file, and what must be said of it.
const CASES: &str = include_str!("../schema-cases.txt");

/// Faults of whole files, and of what one file says of another: they have tests of their own.
const ELSEWHERE: [&str; 4] = ["MissingFile", "UnknownFile", "Unreadable", "NeverCited"];

#[test]
fn every_fault_names_its_line_and_what_to_do() {
    let mut seen: BTreeSet<String> = ELSEWHERE.map(str::to_owned).into();
    for case in CASES.lines().filter(|line| !line.starts_with('#')) {
        let case = case.replace('⏎', "\n");
        let fields: Vec<&str> = case.split(" ¦ ").collect();
        let &[file, from, to, offset, words] = fields.as_slice() else {
            panic!("{case}")
        };
        let (files, line) = with(file, from, to);
        let wanted = offset.parse().ok().map(|n: isize| line.cast_signed() + n);
        let errors = faults(&files);
        let found = errors.iter().any(|error| {
            error.file == file
                && wanted.is_none_or(|line| error.line.cast_signed() == line)
                && error.to_string().contains(words)
        });
        let all: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert!(found, "{case}: wanted on line {wanted:?}, got {all:#?}");
        seen.extend(
            errors
                .iter()
                .map(|error| variant(&format!("{:?}", error.problem))),
        );
    }
    let declared = include_str!("../../src/error.rs")
        .split_once("pub enum Problem {")
        .unwrap()
        .1;
    let declared = declared
        .lines()
        .filter_map(|line| line.strip_prefix("    "));
    let declared = declared.filter(|line| line.starts_with(char::is_uppercase));
    let declared: BTreeSet<String> = declared.map(variant).collect();
    assert_eq!(seen, declared, "each kind of fault has a case");
}

/// «Word» of «Word(String)».
fn variant(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric()).collect()
}

#[test]
fn ids_are_used_once_in_all_files() {
    let mut files = files();
    let first = |text: &str, head: &str| {
        let at = text.find(head).unwrap() + head.len();
        text[at..].split('"').next().unwrap().to_owned()
    };
    let task = first(&files["tasks-1.toml"], "[[task]]\nid = \"");
    let other = first(&files["tasks-2.toml"], "[[task]]\nid = \"");
    let text = files["tasks-2.toml"].replacen(&format!("\"{other}\""), &format!("\"{task}\""), 1);
    files.insert("tasks-2.toml".to_owned(), text);
    let errors = faults(&files);
    let first = |e: &SeedError| matches!(&e.problem, Problem::DuplicateId { id, first } if *id == task && first.contains("tasks-1.toml, dòng"));
    assert!(
        errors.iter().any(|e| e.file == "tasks-2.toml" && first(e)),
        "{errors:#?}"
    );
}

#[test]
fn ids_have_their_form() {
    let mut files = files();
    let text = files["targets.toml"].replacen("id = \"ct-", "id = \"c-", 1);
    files.insert("targets.toml".to_owned(), text);
    assert!(
        faults(&files)
            .iter()
            .any(|e| matches!(e.problem, Problem::IdForm { prefix: "ct-", .. }))
    );
}

#[test]
fn all_faults_are_told_at_once_and_in_order() {
    let mut files = files();
    for (file, from, to) in [
        (
            "tasks-8.toml",
            "title = \"Thông tin, tuyên truyền\"",
            "titel = \"x\"",
        ),
        ("targets.toml", "value = \"2\"", "value = \"12a\""),
        ("targets.toml", "value = \"52\"", "value = \"1.2.3\""),
        ("agencies.toml", "short = \"Sở Y tế\"\n", ""),
    ] {
        let text = files[file].replacen(from, to, 1);
        assert_ne!(text, files[file], "{file}: {from}");
        files.insert(file.to_owned(), text);
    }
    let errors = faults(&files);
    let places: Vec<(&str, usize)> = errors.iter().map(|e| (e.file.as_str(), e.line)).collect();
    assert!(places.is_sorted());
    for file in ["agencies.toml", "targets.toml", "tasks-8.toml"] {
        assert!(
            places.iter().any(|(f, _)| *f == file),
            "{file}: {errors:#?}"
        );
    }
    assert_eq!(
        places
            .iter()
            .filter(|(file, _)| *file == "targets.toml")
            .count(),
        2
    );
    // A missing and an unknown field, and nothing that follows from them alone.
    assert_eq!(errors.len(), 5, "{errors:#?}");
}

#[test]
fn files_missing_and_strange_are_told() {
    let mut files = files();
    files.remove("readings.toml");
    files.remove("tasks-7.toml");
    for name in ["task-9.toml", "tasks-08.toml", "tasks-300.toml"] {
        files.insert(name.to_owned(), String::new());
    }
    let errors = faults(&files);
    let told = |file: &str, problem: &Problem| {
        errors
            .iter()
            .any(|e| e.file == file && e.line == 1 && e.problem == *problem)
    };
    for file in ["readings.toml", "tasks-7.toml"] {
        assert!(told(file, &Problem::MissingFile), "{file}");
    }
    for file in ["task-9.toml", "tasks-08.toml", "tasks-300.toml"] {
        assert!(told(file, &Problem::UnknownFile), "{file}");
    }
    assert!(!faults(&BTreeMap::new()).is_empty());
}

#[test]
fn parts_and_headings_hang_together() {
    let programme = crate::programme();
    let rice = programme.targets[0].id.as_str();
    let edit = |file: &str, from: &str, to: &str| {
        let (files, _) = with(file, from, to);
        faults(&files)
            .into_iter()
            .map(|e| e.problem)
            .collect::<Vec<_>>()
    };
    let itself = format!("kind = \"flow\"\npart_of = \"{rice}\"");
    assert_eq!(
        edit("targets.toml", "kind = \"flow\"", &itself).first(),
        Some(&Problem::PartOfPart)
    );
    let under: Vec<_> = programme
        .tasks
        .iter()
        .filter(|t| t.parent.is_some())
        .collect();
    let parent = format!("parent = \"{}\"", under[0].parent.as_ref().unwrap());
    let child = format!("parent = \"{}\"", under[1].id);
    assert!(
        edit("tasks-1.toml", &parent, &child)
            .iter()
            .any(|p| matches!(p, Problem::Heading(_)))
    );
    let cite = "citations = [\"";
    let at = format!("# x\n{cite}");
    assert!(edit("tasks-1.toml", cite, &at).is_empty());
    let uncited = edit("tasks-3.toml", cite, "supporting = []\nx = [\"");
    assert!(uncited.contains(&Problem::NeverCited), "{uncited:?}");
}

#[test]
fn text_that_is_not_nfc_is_made_so() {
    let apart: BTreeMap<String, String> = files()
        .into_iter()
        .map(|(name, text)| (name, taken_apart(&text)))
        .collect();
    assert_ne!(apart, files());
    assert_eq!(parse(&apart).unwrap(), parse(&files()).unwrap());
}

#[test]
fn files_of_other_systems_read_the_same() {
    let other: BTreeMap<String, String> = files()
        .into_iter()
        .map(|(name, text)| (name, format!("\u{feff}{}", text.replace('\n', "\r\n"))))
        .collect();
    assert_eq!(parse(&other).unwrap(), parse(&files()).unwrap());
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let errors = seeds::load(&crate::folder().join("none")).unwrap_err();
    assert!(matches!(errors[0].problem, Problem::Unreadable(_)));
}

#[test]
fn a_file_that_is_not_utf8_is_told() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("not-utf8");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("agencies.toml"), [0xff, 0xfe, 0x41]).unwrap();
    let errors = seeds::load(&folder).unwrap_err();
    assert!(errors[0].file.ends_with("agencies.toml"));
    assert!(errors[0].to_string().contains("lưu ở dạng UTF-8"));
}

#[test]
fn no_bytes_break_the_reader() {
    let whole = files();
    for (name, text) in &whole {
        for cut in (0..text.len())
            .step_by(1_499)
            .filter(|at| text.is_char_boundary(*at))
        {
            let mut files = whole.clone();
            files.insert(name.clone(), text[..cut].to_owned());
            let _ = parse(&files);
        }
    }
}

/// Nested deeper than any stack, longer than any field, and full of what no text may hold.
#[test]
fn hostile_files_are_told_and_do_no_harm() {
    for (text, words) in [
        (format!("x = {}", "[".repeat(100_000)), "cú pháp TOML"),
        (format!("x = {}", "{a=".repeat(100_000)), "cú pháp TOML"),
        (format!("{}x", "a.".repeat(100_000)), "cú pháp TOML"),
        (
            format!("[[figure]]\nwhy = \"{}\"", "x".repeat(1 << 20)),
            "quá dài",
        ),
        ("[[figure]]\nwhy = \"a\0b\"".to_owned(), "cú pháp TOML"),
        (
            "[[figure]]\nwhy = \"\u{301}a\"".to_owned(),
            "đứng một mình, không có chữ cái",
        ),
        (
            "[[figure]]\nwhy = \"a\u{202e}b\"".to_owned(),
            "đảo chiều chữ",
        ),
    ] {
        let mut files = files();
        files.insert("not-targets.toml".to_owned(), text);
        let errors = faults(&files);
        let told = |e: &SeedError| e.file == "not-targets.toml" && e.to_string().contains(words);
        assert!(errors.iter().any(told), "{words}: {errors:#?}");
    }
}
