//! Any interleaving of edits by any number of people ends the same everywhere, and nothing that
//! anybody typed disappears.
//!
//! The model knows nothing of automerge: it keeps what each person saw when they typed, and from
//! that alone says what must stand.
// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{
    Replica, agency_doc,
    office::{Gathered, all_views, small_world},
    period, task,
};
use programme::{Document, Scalar};
use proptest::prelude::*;
use terms::{ChangeId, Decimal, Edit, Heads, ItemId, ValueField};

const PEOPLE: usize = 3;

/// The fields that people look at and write; each is looked at for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Area {
    Percent,
    Actual,
    Narrative,
    Item,
}

const AREAS: [Area; 4] = [Area::Percent, Area::Actual, Area::Narrative, Area::Item];

#[derive(Debug, Clone)]
enum Step {
    /// Somebody looks at a field again: what has arrived is on the screen now.
    Look { who: usize, area: Area },
    /// Everything that one has reaches another.
    Pull { who: usize, from: usize },
    /// Somebody writes in a field, in one of several ways.
    Write { who: usize, area: Area, way: u8 },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let who = 0..PEOPLE;
    let area = prop::sample::select(AREAS.to_vec());
    let step = prop_oneof![
        2 => (who.clone(), area.clone()).prop_map(|(who, area)| Step::Look { who, area }),
        2 => (who.clone(), who.clone()).prop_map(|(who, from)| Step::Pull { who, from }),
        4 => (who, area, any::<u8>()).prop_map(|(who, area, way)| Step::Write { who, area, way }),
    ];
    prop::collection::vec(step, 1..40)
}

/// What an edit did, in the model's words.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Did {
    /// Set or cleared a single value.
    Put(&'static str, Scalar),
    /// Wrote a sentence into a text, or struck one out of it.
    Text {
        path: &'static str,
        added: Option<char>,
        struck: Option<char>,
    },
    /// Said that the merged narrative reads well.
    Confirmed,
}

/// An edit, who made it, and every edit that stood on the screen.
#[derive(Debug, Clone)]
struct Said {
    did: Did,
    change: ChangeId,
    saw: BTreeSet<usize>,
}

/// What one person's screen shows of a field.
#[derive(Debug, Clone, Default)]
struct Screen {
    heads: Heads,
    saw: BTreeSet<usize>,
    text: String,
}

struct Person {
    replica: Replica,
    gathered: Gathered,
    /// The edits that have arrived.
    has: BTreeSet<usize>,
    screens: BTreeMap<Area, Screen>,
}

struct Office {
    people: Vec<Person>,
    said: Vec<Said>,
    /// Sentences are single characters, each typed once and thrice over, so that no diff can
    /// mistake one for another.
    sentences: u32,
}

const ITEM_TEXT: &str = "items/kk-1/text";
const REMOVED: &str = "items/kk-1/removed";
const NARRATIVE: &str = "progress/nv-1/2019-q3/narrative";
const PERCENT: &str = "progress/nv-1/2019-q3/percent";
const ACTUAL: &str = "values/ct-1/2019-q3/actual";

fn item() -> ItemId {
    "kk-1".parse().unwrap()
}

impl Office {
    /// Everybody has the obstacle that the first of them wrote.
    fn new() -> Self {
        let person = |number: usize| Person {
            replica: Replica::new(u8::try_from(number + 1).unwrap()),
            gathered: Gathered::default(),
            has: BTreeSet::new(),
            screens: BTreeMap::new(),
        };
        let mut office = Self {
            people: (0..PEOPLE).map(person).collect(),
            said: Vec::new(),
            sentences: 0,
        };
        let edit = Edit::AddObstacle {
            id: item(),
            task: task(),
            period: period(),
            text: "Thiếu vốn".to_owned(),
            waits_for: None,
        };
        let seen = office.people[0].replica.doc.heads();
        office.people[0].edit(&seen, &edit);
        for who in 0..PEOPLE {
            office.pull(who, 0);
            for area in AREAS {
                office.people[who].look(area);
            }
        }
        office
    }

    fn run(&mut self, step: &Step) {
        match *step {
            Step::Look { who, area } => self.people[who].look(area),
            Step::Pull { who, from } => self.pull(who, from),
            Step::Write { who, area, way } => self.write(who, area, way),
        }
    }

    fn pull(&mut self, who: usize, from: usize) {
        let (changes, has) = (
            self.people[from].replica.doc.changes(),
            self.people[from].has.clone(),
        );
        let person = &mut self.people[who];
        for (meta, bytes) in changes {
            if !person.replica.doc.knows(&meta.id) {
                let applied = person.replica.doc.apply(&bytes).unwrap();
                person.gathered.take(&applied);
            }
        }
        person.has.extend(has);
    }

    fn write(&mut self, who: usize, area: Area, way: u8) {
        let screen = self.people[who].screens[&area].clone();
        let (edit, did, text) = self.typed(area, way, &screen.text);
        let Some(change) = self.people[who].edit(&screen.heads, &edit) else {
            return;
        };
        let number = self.said.len();
        self.said.push(Said {
            did,
            change: change.0,
            saw: screen.saw.clone(),
        });
        let person = &mut self.people[who];
        person.has.insert(number);
        let screen = person.screens.get_mut(&area).unwrap();
        screen.saw.insert(number);
        screen.heads = change.1;
        screen.text = text;
    }

    /// An edit of a field, as its writer means it, and the text that then stands in the field.
    fn typed(&mut self, area: Area, way: u8, text: &str) -> (Edit, Did, String) {
        self.sentences += 1;
        match area {
            Area::Percent | Area::Actual => {
                let (edit, did) = self.figure(area, way);
                (edit, did, text.to_owned())
            }
            Area::Narrative if way.is_multiple_of(5) => {
                let (task, period) = (task(), period());
                let edit = Edit::ConfirmNarrative { task, period };
                (edit, Did::Confirmed, text.to_owned())
            }
            Area::Item if way.is_multiple_of(3) => {
                let (id, removed) = (item(), way.is_multiple_of(2));
                let edit = Edit::SetItemRemoved { id, removed };
                let did = Did::Put(REMOVED, Scalar::Bool(removed));
                (edit, did, text.to_owned())
            }
            Area::Narrative => {
                let (text, added, struck) = self.retyped(text, way);
                let (task, period, new) = (task(), period(), text.clone());
                let edit = Edit::SetNarrative {
                    task,
                    period,
                    text: new,
                };
                let path = NARRATIVE;
                (
                    edit,
                    Did::Text {
                        path,
                        added,
                        struck,
                    },
                    text,
                )
            }
            Area::Item => {
                let (text, added, struck) = self.retyped(text, way);
                let (id, new) = (item(), text.clone());
                let edit = Edit::SetObstacleText { id, text: new };
                let path = ITEM_TEXT;
                (
                    edit,
                    Did::Text {
                        path,
                        added,
                        struck,
                    },
                    text,
                )
            }
        }
    }

    /// A figure never typed before, or none.
    fn figure(&self, area: Area, way: u8) -> (Edit, Did) {
        let figure: Decimal = self.sentences.to_string().parse().unwrap();
        let figure = (!way.is_multiple_of(4)).then_some(figure);
        let value = figure.map_or(Scalar::Null, |f| Scalar::Text(f.to_string()));
        let period = period();
        if area == Area::Percent {
            let (task, percent) = (task(), figure);
            let edit = Edit::SetPercent {
                task,
                period,
                percent,
            };
            (edit, Did::Put(PERCENT, value))
        } else {
            let target = "ct-1".parse().unwrap();
            let field = ValueField::Actual;
            let edit = Edit::SetValue {
                target,
                period,
                field,
                value: figure,
            };
            (edit, Did::Put(ACTUAL, value))
        }
    }

    fn retyped(&self, text: &str, way: u8) -> (String, Option<char>, Option<char>) {
        let sentence = char::from_u32(0x4E00 + self.sentences).unwrap();
        let new = sentence.to_string().repeat(3);
        let old = text.chars().rfind(|c| ('\u{4E00}'..'\u{9FFF}').contains(c));
        match (way % 4, old) {
            (0, Some(old)) => (text.replace(old, ""), None, Some(old)),
            (1, _) => (format!("{new}{text}"), Some(sentence), None),
            (2, Some(old)) => (
                format!("{}{new}", text.replace(old, "")),
                Some(sentence),
                Some(old),
            ),
            _ => (format!("{text}{new}"), Some(sentence), None),
        }
    }

    /// Everything reaches everybody.
    fn settle(&mut self) {
        for _ in 0..2 {
            (0..PEOPLE).for_each(|who| (0..PEOPLE).for_each(|from| self.pull(who, from)));
        }
    }

    /// The edits of a sort that nobody who saw them went on from.
    fn last(&self, of: impl Fn(&Did) -> bool) -> Vec<usize> {
        let of: Vec<usize> = (0..self.said.len())
            .filter(|&i| of(&self.said[i].did))
            .collect();
        let seen = |i: usize| of.iter().any(|&later| self.said[later].saw.contains(&i));
        of.iter().copied().filter(|&i| !seen(i)).collect()
    }
}

impl Person {
    fn look(&mut self, area: Area) {
        let path = if area == Area::Item {
            ITEM_TEXT
        } else {
            NARRATIVE
        };
        let text = self.replica.values(path);
        let text = text
            .first()
            .and_then(Scalar::as_str)
            .unwrap_or_default()
            .to_owned();
        let heads = self.replica.doc.heads();
        self.screens.insert(
            area,
            Screen {
                heads,
                saw: self.has.clone(),
                text,
            },
        );
    }

    fn edit(&mut self, seen: &Heads, edit: &Edit) -> Option<(ChangeId, Heads)> {
        let made = self.replica.edit_at(seen, edit);
        made.applied
            .iter()
            .for_each(|applied| self.gathered.take(applied));
        Some((made.changes.last()?.0.id, made.heads))
    }
}

/// Every single value that nobody overwrote knowingly stands, and nothing else does.
fn values_stand(office: &Office, path: &'static str, doc: &Replica) {
    let last = office.last(|did| matches!(did, Did::Put(at, _) if *at == path));
    let expected: BTreeSet<Scalar> = last
        .iter()
        .filter_map(|&i| match &office.said[i].did {
            Did::Put(_, value) => Some(value.clone()),
            _ => None,
        })
        .collect();
    let mut standing: BTreeSet<Scalar> = doc.values(path).into_iter().collect();
    if path == REMOVED {
        lives(office, &last, &standing);
        // Whoever wrote in it unseen says so too; that is held above.
        if !expected.contains(&Scalar::Bool(false)) {
            standing.remove(&Scalar::Bool(false));
        }
    }
    assert_eq!(standing, expected, "{path}");
}

/// Where somebody struck the item out and somebody else, unseen by them and not having seen it,
/// wrote in it, the item lives until one of them chooses.
fn lives(office: &Office, strikes: &[usize], standing: &BTreeSet<Scalar>) {
    let texts = office.last(|did| matches!(did, Did::Text { path, .. } if *path == ITEM_TEXT));
    let struck: Vec<usize> = strikes
        .iter()
        .copied()
        .filter(|&i| office.said[i].did == Did::Put(REMOVED, Scalar::Bool(true)))
        .collect();
    let apart =
        |a: usize, b: usize| !office.said[a].saw.contains(&b) && !office.said[b].saw.contains(&a);
    let wrote = texts
        .iter()
        .any(|&text| struck.iter().all(|&strike| apart(strike, text)));
    if !struck.is_empty() && wrote {
        assert!(
            standing.contains(&Scalar::Bool(false)),
            "an edit unseen contradicts the strike"
        );
    }
}

/// Every sentence stands unless somebody who saw it struck it out.
fn sentences_stand(office: &Office, path: &'static str, doc: &Replica) {
    let text: String = doc
        .values(path)
        .first()
        .and_then(Scalar::as_str)
        .unwrap_or("")
        .to_owned();
    let of_path = |said: &&Said| matches!(said.did, Did::Text { path: at, .. } if at == path);
    let edits: Vec<&Did> = office
        .said
        .iter()
        .filter(of_path)
        .map(|said| &said.did)
        .collect();
    let struck: BTreeSet<char> = edits
        .iter()
        .filter_map(|did| match did {
            Did::Text { struck, .. } => *struck,
            _ => None,
        })
        .collect();
    for did in edits {
        let Did::Text {
            added: Some(sentence),
            ..
        } = did
        else {
            continue;
        };
        let times = text.chars().filter(|c| c == sentence).count();
        let expected = if struck.contains(sentence) { 0 } else { 3 };
        assert_eq!(times, expected, "{sentence} in {text:?}");
    }
}

/// A merged narrative is marked until somebody who saw all of it says that it reads well.
fn merges_are_marked(office: &Office, doc: &Replica) {
    let tips = office.last(|did| matches!(did, Did::Text { path, .. } if *path == NARRATIVE));
    let confirmed = office
        .said
        .iter()
        .any(|said| said.did == Did::Confirmed && tips.iter().all(|tip| said.saw.contains(tip)));
    let expected = if confirmed {
        tips.len().min(1)
    } else {
        tips.len()
    };
    assert_eq!(doc.fact(NARRATIVE).len(), expected, "{NARRATIVE}");
}

/// Every edit is a step of its field's history, with what it wrote.
fn history_tells_all(office: &Office, doc: &Document) {
    let history = doc.history();
    for said in &office.said {
        let found = history.iter().any(|touch| {
            touch.change == said.change
                && match &said.did {
                    Did::Put(path, value) => touch.path == *path && touch.to == *value,
                    Did::Text {
                        path,
                        added,
                        struck,
                    } => {
                        let has = |s: &Scalar, c: &char| s.as_str().is_some_and(|s| s.contains(*c));
                        touch.path == *path
                            && added.iter().all(|c| has(&touch.to, c))
                            && struck.iter().all(|c| touch.from.iter().any(|s| has(s, c)))
                    }
                    Did::Confirmed => touch.path.ends_with("/read"),
                }
        });
        assert!(found, "{said:?} is not in the history");
    }
}

fn sorted<T: std::fmt::Debug>(all: &[T]) -> Vec<String> {
    let mut all: Vec<String> = all.iter().map(|one| format!("{one:?}")).collect();
    all.sort();
    all
}

/// What each change said it did, gathered, is what a fresh read says.
fn projection_is_a_fresh_read(person: &Person) {
    let doc = &person.replica.doc;
    let root: Vec<_> = Document::new(agency_doc()).facts();
    let mut gathered = person.gathered.facts();
    gathered.extend(root);
    gathered.sort_by(|a, b| a.path.cmp(&b.path));
    assert_eq!(gathered, doc.facts());
    assert_eq!(sorted(&person.gathered.history), sorted(&doc.history()));
    let changes = doc.changes().into_iter().map(|(_, bytes)| bytes);
    let fresh = Document::load(agency_doc(), changes).unwrap();
    assert_eq!(fresh.heads(), doc.heads());
    assert_eq!(fresh.history(), doc.history());
    assert_eq!(fresh.facts(), doc.facts());
}

fn looked_at(person: &Person) -> String {
    let mut world = small_world();
    let doc = &person.replica.doc;
    world.set_facts(doc.id(), doc.heads(), person.gathered.facts());
    let mut history = doc.history();
    history.sort_by(|a, b| (a.time, a.change, &a.path).cmp(&(b.time, b.change, &b.path)));
    all_views(&world, &history)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() })]

    #[test]
    fn nothing_typed_disappears(steps in steps()) {
        let mut office = Office::new();
        for step in &steps {
            office.run(step);
        }
        office.settle();
        for person in &office.people {
            for path in [PERCENT, ACTUAL, REMOVED] {
                values_stand(&office, path, &person.replica);
            }
            for path in [NARRATIVE, ITEM_TEXT] {
                sentences_stand(&office, path, &person.replica);
            }
            merges_are_marked(&office, &person.replica);
            history_tells_all(&office, &person.replica.doc);
        }
    }

    #[test]
    fn everybody_ends_with_the_same(steps in steps()) {
        let mut office = Office::new();
        for step in &steps {
            office.run(step);
        }
        office.people.iter().for_each(projection_is_a_fresh_read);
        office.settle();
        let first = &office.people[0];
        let views = looked_at(first);
        for person in &office.people {
            projection_is_a_fresh_read(person);
            prop_assert_eq!(person.replica.doc.heads(), first.replica.doc.heads());
            prop_assert_eq!(person.replica.doc.facts(), first.replica.doc.facts());
            prop_assert_eq!(sorted(&person.replica.doc.history()), sorted(&first.replica.doc.history()));
            prop_assert!(looked_at(person) == views, "the views differ");
        }
    }
}
