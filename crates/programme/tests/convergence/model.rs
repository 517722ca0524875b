//! People, what stands on their screens, and everything that was ever said.

use std::collections::{BTreeMap, BTreeSet};

use programme::{EditOutcome, ReadModel, Scalar};
use terms::{ChangeId, Edit, Heads, Timestamp};

use crate::{
    common::{
        Replica,
        office::{Gathered, small_world},
    },
    typed::{Area, STRIKES, Typed, the_milestone, the_obstacle, typed},
};

#[derive(Debug, Clone)]
pub enum Step {
    /// Somebody looks at a field again: what has arrived is on the screen now.
    Look { who: usize, area: Area },
    /// Everything that one has reaches another.
    Pull { who: usize, from: usize },
    /// Somebody writes in a field, in one of several ways, and waits for the answer or types on
    /// while the screen still shows what it showed.
    Write {
        who: usize,
        area: Area,
        way: u8,
        answered: bool,
    },
}

/// An edit, who made it, and every edit that they knew.
#[derive(Debug, Clone)]
pub struct Written {
    pub who: usize,
    pub area: Area,
    /// What was typed; of single values only what differed from what was shown.
    pub typed: Typed,
    pub knows: BTreeSet<usize>,
    pub change: ChangeId,
    pub time: Timestamp,
}

/// What one person's screen shows of a field.
#[derive(Debug, Clone, Default)]
struct Screen {
    heads: Heads,
    saw: BTreeSet<usize>,
    text: String,
}

pub struct Person {
    pub replica: Replica,
    pub gathered: Gathered,
    /// Fed with every change as it came.
    pub model: ReadModel,
    /// The edits that have arrived.
    has: BTreeSet<usize>,
    screens: BTreeMap<Area, Screen>,
}

pub struct Office {
    pub people: Vec<Person>,
    pub written: Vec<Written>,
}

impl Office {
    /// Everybody has the obstacle and the milestone that the first of them wrote.
    pub fn new(people: usize) -> Self {
        let mut office = Self {
            people: (0..people).map(Person::new).collect(),
            written: Vec::new(),
        };
        office.begin();
        for who in 0..people {
            office.pull(who, 0);
            for area in Area::ALL {
                office.people[who].look(area);
            }
        }
        office
    }

    /// The first adds the obstacle and the milestone that all go on from.
    fn begin(&mut self) {
        for (area, typed) in [
            (Area::Milestone, the_milestone()),
            (Area::Item, the_obstacle()),
        ] {
            let first = &mut self.people[0];
            let made = first.edit(&Heads::default(), &typed.edit);
            let header = &made.changes.last().unwrap().0;
            let knows = first.has.clone();
            first.has.insert(self.written.len());
            self.written.push(Written {
                who: 0,
                area,
                typed,
                knows,
                change: header.id,
                time: header.time,
            });
        }
    }

    pub fn run(&mut self, step: &Step) {
        match *step {
            Step::Look { who, area } => self.people[who].look(area),
            Step::Pull { who, from } => self.pull(who, from),
            Step::Write {
                who,
                area,
                way,
                answered,
            } => self.write(who, area, way, answered),
        }
    }

    /// Everything reaches everybody.
    pub fn settle(&mut self) {
        let people = self.people.len();
        for _ in 0..2 {
            (0..people).for_each(|who| (0..people).for_each(|from| self.pull(who, from)));
        }
    }

    fn pull(&mut self, who: usize, from: usize) {
        let (changes, has) = (
            self.people[from].replica.doc.changes(),
            self.people[from].has.clone(),
        );
        let person = &mut self.people[who];
        for (header, bytes) in changes {
            if !person.replica.doc.knows(&header.id) {
                let applied = person.replica.doc.apply(&bytes).unwrap();
                person.hear(&applied);
            }
        }
        person.has.extend(has);
    }

    fn write(&mut self, who: usize, area: Area, way: u8, answered: bool) {
        let screen = self.people[who].screens[&area].clone();
        let number = self.written.len();
        let knows = self.knows(who, area, &screen.saw);
        let serial = self.people.iter().map(|p| p.replica.clock).sum::<i64>();
        let mut typed = typed(area, way, serial.try_into().unwrap(), &screen.text);
        let made = self.people[who].edit(&screen.heads, &typed.edit);
        self.drop_what_was_shown(&mut typed, &made, &knows);
        let person = &mut self.people[who];
        let screen = person.screens.get_mut(&area).unwrap();
        let Some((header, _)) = made.changes.last() else {
            return;
        };
        if let Some(retyped) = &typed.text {
            screen.text.clone_from(&retyped.text);
        }
        if answered {
            screen.heads = made.heads;
            screen.saw = knows.iter().copied().chain([number]).collect();
        }
        person.has.insert(number);
        self.written.push(Written {
            who,
            area,
            typed,
            knows,
            change: header.id,
            time: header.time,
        });
    }

    /// What a person knows who writes where the screen shows `saw`: that, and what they wrote
    /// themselves, unless they wrote it knowing what others wrote here, unseen.
    fn knows(&self, who: usize, area: Area, saw: &BTreeSet<usize>) -> BTreeSet<usize> {
        let unseen = |i: &usize| {
            let written = &self.written[*i];
            written.who != who && written.area == area && area != Area::New && !saw.contains(i)
        };
        let own = self
            .written
            .iter()
            .enumerate()
            .filter(|(_, written)| written.who == who);
        let own = own.filter(|(_, written)| !written.knows.iter().any(unseen));
        let mut knows = saw.clone();
        for (number, written) in own {
            knows.extend(&written.knows);
            knows.insert(number);
        }
        knows
    }

    /// A value may be left out of an edit only where it is all that stood there for the writer.
    fn drop_what_was_shown(&self, typed: &mut Typed, made: &EditOutcome, knows: &BTreeSet<usize>) {
        let steps = made
            .applied
            .last()
            .map_or(&[][..], |applied| &applied.steps);
        let touched = |path: &str| steps.iter().any(|step| step.path == path);
        typed.puts.retain(|(path, value)| {
            if !touched(path) {
                let shown = self.shown(path, knows);
                let nothing = matches!(value, Scalar::Null | Scalar::Bool(false));
                let same = shown == BTreeSet::from([value.clone()]) || shown.is_empty() && nothing;
                let struck = STRIKES.iter().find(|(_, strike)| strike == path);
                let alive = *value == Scalar::Bool(true)
                    && struck.is_some_and(|&strike| self.lives(strike, knows));
                assert!(
                    same && !alive,
                    "{path}: {value:?} was not written over {shown:?}"
                );
            }
            touched(path)
        });
        let text = typed.text.as_ref().map(|retyped| retyped.path);
        assert!(text.is_none_or(touched), "{text:?} was not written");
        let adds = typed.adds.is_some();
        assert!(!adds || !steps.is_empty(), "nothing was added");
        if let Some(text) = typed.confirms {
            let several = self.tips(text, knows).len() > 1 && !self.read(text, knows);
            assert!(
                !several || !steps.is_empty(),
                "{text}: the reading was not written"
            );
        }
    }

    fn writes(&self, i: usize, path: &str) -> bool {
        let typed = &self.written[i].typed;
        typed.puts.iter().any(|(at, _)| *at == path)
            || typed
                .text
                .as_ref()
                .is_some_and(|retyped| retyped.path == path)
    }

    /// The edits of a path that nobody who knew them went on from, among `of`.
    pub fn tips(&self, path: &str, of: &BTreeSet<usize>) -> Vec<usize> {
        let of: Vec<usize> = of
            .iter()
            .copied()
            .filter(|&i| self.writes(i, path))
            .collect();
        let over = |i: usize| {
            of.iter()
                .any(|&later| self.written[later].knows.contains(&i))
        };
        of.iter().copied().filter(|&i| !over(i)).collect()
    }

    /// The values that stand at a path for whoever knows `of`, as they were typed.
    pub fn shown(&self, path: &str, of: &BTreeSet<usize>) -> BTreeSet<Scalar> {
        let tips = self.tips(path, of).into_iter();
        tips.filter_map(|i| self.value(i, path).cloned()).collect()
    }

    pub fn value(&self, i: usize, path: &str) -> Option<&Scalar> {
        let puts = &self.written[i].typed.puts;
        puts.iter()
            .find(|(at, _)| *at == path)
            .map(|(_, value)| value)
    }

    /// Whether somebody who knew all that was written of a text last has read it.
    pub fn read(&self, text: &str, of: &BTreeSet<usize>) -> bool {
        let tips = self.tips(text, of);
        of.iter().any(|&i| {
            let written = &self.written[i];
            written.typed.confirms == Some(text)
                && tips.iter().all(|tip| written.knows.contains(tip))
        })
    }

    /// Whether somebody wrote in what can be struck out what none of those who struck it out knew, and that
    /// without knowing of any strike.
    pub fn lives(&self, (area, strike): (Area, &str), of: &BTreeSet<usize>) -> bool {
        let struck = |&i: &usize| self.value(i, strike) == Some(&Scalar::Bool(true));
        let strikes: Vec<usize> = self.tips(strike, of).into_iter().filter(struck).collect();
        let others = area.paths().iter().filter(|path| **path != strike);
        let apart = |a: usize, b: usize| {
            !self.written[a].knows.contains(&b) && !self.written[b].knows.contains(&a)
        };
        let mut wrote = others.flat_map(|path| self.tips(path, of));
        !strikes.is_empty() && wrote.any(|i| strikes.iter().all(|&strike| apart(i, strike)))
    }

    pub fn all(&self) -> BTreeSet<usize> {
        (0..self.written.len()).collect()
    }
}

impl Person {
    fn new(number: usize) -> Self {
        Self {
            replica: Replica::new(u8::try_from(number + 1).unwrap()),
            gathered: Gathered::default(),
            model: small_world(),
            has: BTreeSet::new(),
            screens: BTreeMap::new(),
        }
    }

    fn look(&mut self, area: Area) {
        let text = area.text().map(|path| self.replica.values(path));
        let text = text.iter().flatten().find_map(Scalar::as_str);
        let screen = Screen {
            heads: self.replica.doc.heads(),
            saw: self.has.clone(),
            text: text.unwrap_or_default().to_owned(),
        };
        self.screens.insert(area, screen);
    }

    fn edit(&mut self, seen: &Heads, edit: &Edit) -> EditOutcome {
        let made = self.replica.edit_at(seen, edit);
        made.applied.iter().for_each(|applied| self.hear(applied));
        let written = made
            .changes
            .iter()
            .filter(|(header, _)| !header.birth)
            .count();
        assert!(written <= 1, "an edit is one change");
        made
    }

    fn hear(&mut self, applied: &programme::Applied) {
        self.gathered.take(applied);
        let doc = &self.replica.doc;
        self.model
            .set_facts(doc.id(), doc.heads(), applied.facts.clone());
    }
}
