//! People who type. A text is a draft on the disk while it is typed, is handed in, and is let go of
//! as a draft only once it is a committed edit.

use programme::EditError;
use replica::{Draft, EditProblem};
use terms::{DocId, Edit, EditRequest, Field, Heads, Record, Timestamp};

use super::Network;

/// A text that somebody typed.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    /// On which device.
    pub(super) replica: usize,
    /// What nobody else typed.
    pub(super) word: String,
    /// Whether the disk was put back to before it.
    pub(super) lost: bool,
}

/// How many narratives of a document people write in.
const FIELDS: usize = 2;

/// A narrative longer than this is written anew.
const LONG: usize = 200;

impl Network {
    /// Somebody writes in one of the narratives of a document, whether they may or not. They go on
    /// from what they see there, or from what they had typed and could not hand in.
    pub fn type_somewhere(&mut self, replica: usize, doc: &DocId) {
        let task = self.random.below(FIELDS);
        let field = NarrativeField::of(doc, &format!("nv-{task}"));
        let with_reason = !self.random.chance(20);
        self.type_in(replica, &field, "", with_reason);
    }

    /// Somebody writes a text of so many letters where nothing was.
    pub fn write_large(&mut self, replica: usize, doc: &DocId, len: usize) {
        let field = NarrativeField::of(doc, &format!("nv-l{}", self.typed.len()));
        self.type_in(replica, &field, &"x".repeat(len), true);
    }

    fn type_in(&mut self, replica: usize, field: &NarrativeField, more: &str, with_reason: bool) {
        let word = format!("[{}]", self.typed.len());
        self.typed.push(Typed {
            replica,
            word: word.clone(),
            lost: false,
        });
        let typed = self.try_to_type(replica, field, &format!("{word}{more}"), with_reason);
        self.succeeded(replica, typed);
    }

    fn try_to_type(
        &mut self,
        replica: usize,
        field: &NarrativeField,
        new: &str,
        with_reason: bool,
    ) -> Result<(), String> {
        let failed = |error: replica::StoreError| error.to_string();
        let mut drafts = self.replicas[replica].replica.drafts().map_err(failed)?;
        drafts.retain(|draft| draft.doc == field.doc && draft.path == field.path);
        let (seen, before) = match drafts.pop() {
            Some(draft) => (draft.seen, draft.text),
            None => (self.seen(replica, field), String::new()),
        };
        let shown = if before.is_empty() {
            self.shown(replica, field)
        } else {
            before
        };
        let draft = Draft {
            doc: field.doc.clone(),
            path: field.path.clone(),
            seen,
            text: format!("{shown}{new}"),
            since: Timestamp::default(),
        };
        let number = self.typed.len() as u64;
        let engine = &mut self.replicas[replica].replica;
        engine.keep_draft(&draft).map_err(failed)?;
        match engine.edit(&field.request(draft, number, with_reason)) {
            Ok(edited) => {
                engine.drop_draft(&field.doc, &field.path).map_err(failed)?;
                // The field goes on to show what was written in it.
                let shown = (field.doc.clone(), edited.heads);
                self.replicas[replica].shown_once = Some(shown);
                Ok(())
            }
            Err(problem) if is_expected(&problem, with_reason) => Ok(()),
            Err(problem) => Err(format!("an edit of {}: {problem}", field.doc)),
        }
    }

    /// What the field shows, now or when somebody opened it a while ago.
    fn seen(&mut self, replica: usize, field: &NarrativeField) -> Heads {
        let now = self.replicas[replica]
            .replica
            .read(|world, _| world.heads(&field.doc));
        let (stay, keep) = (self.random.chance(60), self.random.chance(30));
        let device = &mut self.replicas[replica];
        let once = device.shown_once.clone();
        if keep || once.is_none() {
            device.shown_once = Some((field.doc.clone(), now.clone()));
        }
        once.filter(|(doc, _)| stay && *doc == field.doc)
            .map_or(now, |(_, heads)| heads)
    }

    /// The text that stands in the field, unless somebody writes it anew.
    fn shown(&mut self, replica: usize, field: &NarrativeField) -> String {
        let facts = self.replicas[replica].replica.facts(&field.doc);
        let mut facts = facts.unwrap_or_default().into_iter();
        let fact = facts.find(|fact| fact.path == field.path);
        let text = fact.and_then(|fact| Some(fact.values.first()?.value.as_str()?.to_owned()));
        let anew = self.random.chance(50);
        text.filter(|text| !anew && text.len() < LONG)
            .unwrap_or_default()
    }
}

/// A field of a document.
struct NarrativeField {
    doc: DocId,
    task: String,
    path: String,
}

impl NarrativeField {
    fn of(doc: &DocId, task: &str) -> Self {
        Self {
            doc: doc.clone(),
            task: task.to_owned(),
            path: format!("progress/{task}/2019-q3/narrative"),
        }
    }

    fn request(&self, draft: Draft, number: u64, with_reason: bool) -> EditRequest {
        EditRequest {
            doc: draft.doc,
            seen: draft.seen,
            number,
            reason: with_reason.then(|| "Theo biên bản".to_owned()),
            edit: Edit::text(
                Record::Progress(
                    self.task.parse().expect("letters and digits are an id"),
                    "2019-q3".parse().expect("a quarter"),
                ),
                Field::Narrative,
                draft.text,
            ),
        }
    }
}

/// Whether an edit may be refused so: no right, no reason, or too much; never for what was seen.
fn is_expected(problem: &EditProblem, with_reason: bool) -> bool {
    match problem {
        EditProblem::Denied(_) => true,
        EditProblem::Rule(EditError::Rule(_)) => !with_reason,
        EditProblem::Rule(_) | EditProblem::Store(_) => false,
    }
}
