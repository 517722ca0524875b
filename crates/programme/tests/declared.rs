//! What holds of every field because it is declared: written, cleaned, limited, in its year, merged
//! or in conflict, in history and in news.
// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use common::{
    Replica, agency_doc,
    office::{content, model, today, viewer},
    period,
    say::{agency, say},
    task,
};
use programme::{
    rules::{self, RuleError},
    views,
};
use terms::{
    DocId, DocKind, Edit, Field, Record, RecordKind, Role, Value, ValueType,
    rows::{TaskRow, Topic},
};

fn progress() -> Record {
    Record::Progress(task(), period())
}

/// The words that an agency writes of a task.
fn words() -> Vec<Field> {
    let fields = Field::of(RecordKind::Progress);
    fields
        .filter(|field| field.declaration().value.is_text())
        .collect()
}

#[test]
fn words_are_stored_in_nfc_and_no_longer_than_declared() {
    for field in words() {
        let decomposed = Edit::text(progress(), field, "đã gieo".replace('ã', "a\u{303}"));
        let cleaned = rules::check(&agency_doc(), &decomposed).unwrap();
        assert_eq!(
            cleaned,
            Edit::text(progress(), field, "đã gieo"),
            "{field:?}"
        );

        let ValueType::Text(limit) = field.declaration().value else {
            panic!("{field:?} is no text");
        };
        let long = Edit::text(progress(), field, "x".repeat(limit.bytes + 1));
        let refused = rules::check(&agency_doc(), &long);
        assert!(
            matches!(refused, Err(RuleError::Text(_))),
            "{field:?}: {refused:?}"
        );
        let lines = rules::check(&agency_doc(), &Edit::text(progress(), field, "a\nb"));
        assert_eq!(lines.is_err(), limit.one_line, "{field:?}");
    }
}

#[test]
fn a_field_stands_in_its_own_documents_records_and_year() {
    let docs: [DocId; 3] = [
        "programme/2019".parse().unwrap(),
        agency_doc(),
        "review/2019/huyen-tran-de".parse().unwrap(),
    ];
    for field in words() {
        for doc in &docs {
            let holds = doc.kind() == DocKind::Agency;
            let is = rules::check(doc, &Edit::text(progress(), field, "x")).is_ok();
            assert_eq!(is, holds, "{field:?} in {doc}");
        }
        let elsewhere = Record::Item("vm-1".parse().unwrap());
        assert!(rules::check(&agency_doc(), &Edit::text(elsewhere, field, "x")).is_err());
        let other_year = Record::Progress(task(), "2018-q3".parse().unwrap());
        let refused = rules::check(&agency_doc(), &Edit::text(other_year, field, "x"));
        assert!(matches!(refused, Err(RuleError::WrongYear(_))), "{field:?}");
        let wrong = Edit::set(progress(), field, Some(Value::Flag(true)));
        assert!(rules::check(&agency_doc(), &wrong).is_err(), "{field:?}");
    }
}

#[test]
fn what_only_so_khdt_says_no_other_role_says() {
    let lead = Edit::set(Record::Lead(task()), Field::Lead, None);
    let narrative = Edit::text(progress(), Field::Narrative, "Đã gieo.");
    for (role, assigns, writes) in [
        (Role::Officer, false, true),
        (Role::Head, false, true),
        (Role::Reviewer, true, true),
        (Role::Leader, false, false),
        (Role::Administrator, false, false),
    ] {
        assert_eq!(rules::check_role(&lead, role).is_ok(), assigns, "{role:?}");
        assert_eq!(
            rules::check_role(&narrative, role).is_ok(),
            writes,
            "{role:?}"
        );
    }
}

#[test]
fn two_lines_written_at_once_stand_against_each_other_and_two_texts_are_merged() {
    for field in words() {
        let (mut a, mut b) = (Replica::new(1), Replica::new(2));
        a.edit(&Edit::text(progress(), field, "Ngân sách tỉnh."));
        b.take(&a);
        a.edit(&Edit::text(progress(), field, "Ngân sách tỉnh. Vốn vay."));
        b.edit(&Edit::text(progress(), field, "Đã có. Ngân sách tỉnh."));
        a.take(&b);
        b.take(&a);
        let path = progress().path(field);
        assert_eq!(a.fact(&path), b.fact(&path), "{field:?}");
        let values = a.values(&path);
        assert_eq!(values.len(), 2, "{field:?}");
        if field.is_merged_text() {
            let merged = "Đã có. Ngân sách tỉnh. Vốn vay.";
            assert!(
                values.iter().all(|value| value.as_str() == Some(merged)),
                "{values:?}"
            );
            let confirm = Edit::Confirm {
                record: progress(),
                field,
            };
            a.edit(&confirm);
            assert_eq!(a.values(&path).len(), 1, "{field:?} was read again");
        }
    }
}

/// Two replicas create the same text without knowing of each other: it is one text.
#[test]
fn a_text_first_written_by_two_people_at_once_is_one_text() {
    for field in words().into_iter().filter(|field| field.is_merged_text()) {
        let (mut a, mut b) = (Replica::new(1), Replica::new(2));
        a.edit(&Edit::text(progress(), field, "Một."));
        b.edit(&Edit::text(progress(), field, "Hai."));
        a.take(&b);
        b.take(&a);
        let (ours, theirs) = (
            a.values(&progress().path(field)),
            b.values(&progress().path(field)),
        );
        assert_eq!(ours, theirs);
        let text = ours[0].as_str().unwrap();
        assert!(
            text.contains("Một.") && text.contains("Hai."),
            "{field:?}: {text}"
        );
    }
}

#[test]
fn every_word_written_is_on_the_card_in_history_and_in_the_news() {
    for field in words() {
        let (mut model, mut doc) = (model(&content()), agency("huyen-tran-de"));
        let before = doc.history().len();
        say(
            &mut model,
            &mut doc,
            &Edit::text(progress(), field, "Vốn vay ODA"),
        );
        let rows = views::task(&model, &viewer("huyen-tran-de"), &task(), period(), today());
        let card = rows.into_iter().find_map(|(_, row)| match row {
            TaskRow::Progress(part) if part.agency.id.as_str() == "huyen-tran-de" => Some(part),
            _ => None,
        });
        let card = card.unwrap();
        assert!(!card.is_silent(), "{field:?}");
        let line = card.line(field).and_then(|line| line.value.agreed());
        let text = card.text(field).map(|text| &text.text.text);
        assert_eq!(
            line.or(text).map(String::as_str),
            Some("Vốn vay ODA"),
            "{field:?}"
        );

        let steps = doc.history();
        let news: Vec<_> = steps[before..]
            .iter()
            .filter_map(|step| views::news(&model, doc.id(), step))
            .collect();
        assert_eq!(news.len(), 1, "{field:?}");
        assert_eq!(news[0].what, Topic::Field(field));
        assert_eq!(news[0].to.as_deref(), Some("Vốn vay ODA"));
        assert_eq!(news[0].task, Some(task()));
    }
}
