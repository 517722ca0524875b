//! What is the same everywhere, however it came.

use programme::Document;

use crate::{
    common::{
        agency_doc,
        office::{all_views, small_world},
    },
    model::Person,
};

fn sorted<T: std::fmt::Debug>(all: &[T]) -> Vec<String> {
    let mut all: Vec<String> = all.iter().map(|one| format!("{one:?}")).collect();
    all.sort();
    all
}

/// What each change said it did, gathered, is what a fresh read says; and the world that heard
/// each of them shows what one that reads all at once does.
pub fn as_a_fresh_read(person: &Person) {
    let doc = &person.replica.doc;
    let mut gathered = person.gathered.facts();
    gathered.extend(Document::new(agency_doc()).facts());
    gathered.sort_by(|a, b| a.path.cmp(&b.path));
    assert_eq!(gathered, doc.facts());
    assert_eq!(sorted(&person.gathered.history), sorted(&doc.history()));
    let changes = doc.changes().into_iter().map(|(_, bytes)| bytes);
    let fresh = Document::load(agency_doc(), changes).unwrap();
    assert_eq!(fresh.heads(), doc.heads());
    assert_eq!(fresh.history(), doc.history());
    assert_eq!(fresh.facts(), doc.facts());
    // What a snapshot carries: the same changes, to the byte.
    let opened = Document::open(agency_doc(), &doc.save()).unwrap();
    assert_eq!(opened.heads(), doc.heads());
    assert_eq!(sorted(&opened.changes()), sorted(&doc.changes()));
    let mut model = small_world();
    model.set_facts(fresh.id(), fresh.heads(), fresh.facts());
    let (heard, read) = (all_views(&person.model, &[]), all_views(&model, &[]));
    assert!(heard == read, "the views of a fresh read differ");
}

pub fn as_another(person: &Person, other: &Person) {
    let (one, other) = (&person.replica.doc, &other.replica.doc);
    assert_eq!(one.heads(), other.heads());
    assert_eq!(one.facts(), other.facts());
    assert_eq!(sorted(&one.history()), sorted(&other.history()));
}

pub fn looked_at(person: &Person) -> String {
    let mut history = person.replica.doc.history();
    history.sort_by(|a, b| (a.time, a.change, &a.path).cmp(&(b.time, b.change, &b.path)));
    all_views(&person.model, &history)
}
