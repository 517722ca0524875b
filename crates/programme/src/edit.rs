//! An edit: made against what its writer saw, exactly one change.

use std::collections::BTreeMap;

use automerge::{
    ActorId, Author, AutomergeError, ChangeHash, ObjId, ObjType, PatchLog, ReadDoc as _,
    transaction::{CommitOptions, Transactable as _, Transaction},
};
use terms::{ChangeId, DocId, Edit, Heads, Timestamp};

use crate::{
    Document, EditOutcome, InspectError, LocalActor, Scalar, birth, decode,
    document::New,
    graph::Index,
    inspect::inspect,
    local_actor::EditBase,
    path,
    reading::scalar,
    rules::{self, RuleError},
    splice,
    writing::{Confirm, Put, Writing},
};

/// From how many letters on a text is a long one: below, counting costs less than a copy.
const LONG: usize = 500;

/// Why an edit is not made. The document is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// It breaks a rule.
    #[error("{0}")]
    Rule(#[from] RuleError),
    /// It was made against a change that is not here.
    #[error("phần đang xem chưa có trên máy này; đợi đồng bộ xong rồi lưu lại")]
    UnknownHeads(ChangeId),
    /// The item or milestone is not among what its writer saw.
    #[error("không tìm thấy mục cần sửa («{0}»); mở lại nhiệm vụ rồi thử lại")]
    NotThere(String),
    /// Its id is taken.
    #[error("mục «{0}» đã có; mở lại nhiệm vụ để xem")]
    Exists(String),
    /// A programme is there already.
    #[error("chương trình của năm này đã có; sửa từng mục thay vì nhập lại")]
    HasProgramme,
    /// The change would be larger than any may be.
    #[error("nội dung quá lớn để lưu một lần ({0} byte); chia thành nhiều phần")]
    TooLarge(usize),
    /// Too many edits of this writer that do not know each other.
    #[error("có quá nhiều bản sửa song song; mở lại nhiệm vụ rồi lưu lại")]
    NoBranch,
    /// Automerge could not do it.
    #[error("không ghi được vào tài liệu {0}: {1}; đóng rồi mở lại ứng dụng")]
    Internal(DocId, String),
}

impl Document {
    /// Makes one edit at `seen`: what its writer saw, not what has arrived since.
    pub fn edit(
        &mut self,
        local_actor: &LocalActor,
        seen: &Heads,
        edit: &Edit,
        reason: Option<&str>,
        now: Timestamp,
    ) -> Result<EditOutcome, EditError> {
        let edit = rules::check(&self.id, edit)?;
        let reason = rules::check_reason(reason)?;
        self.write(local_actor, seen, Writing::of(&edit), reason, now)
    }

    /// Makes one change of what is to be written, leaving out what stands there already.
    pub(crate) fn write(
        &mut self,
        local_actor: &LocalActor,
        seen: &Heads,
        writing: Writing,
        reason: Option<String>,
        now: Timestamp,
    ) -> Result<EditOutcome, EditError> {
        let seen = self.indices(seen)?;
        let edit_base = local_actor.edit_base(&self.graph, &seen, &writing.observed);
        let edit_base = edit_base.ok_or(EditError::NoBranch)?;
        self.check_maps(&writing, &edit_base.base)?;
        let writing = self.differing(writing, &edit_base.base);
        if writing.puts.is_empty() && writing.texts.is_empty() {
            let heads = self.heads_of(&seen);
            return Ok(EditOutcome {
                changes: Vec::new(),
                applied: Vec::new(),
                heads,
            });
        }
        let before = self.graph.nodes().len();
        let made = self.make(local_actor, &seen, &edit_base, &writing, reason, now);
        if made.is_err() {
            self.go_back(before);
        }
        made
    }

    /// The birth changes that are needed, then the change itself. If it fails, the caller must undo
    /// what it has begun.
    fn make(
        &mut self,
        local_actor: &LocalActor,
        seen: &[Index],
        edit_base: &EditBase,
        writing: &Writing,
        reason: Option<String>,
        now: Timestamp,
    ) -> Result<EditOutcome, EditError> {
        let mut made = EditOutcome {
            changes: Vec::new(),
            applied: Vec::new(),
            heads: Heads::default(),
        };
        let mut base = edit_base.base.clone();
        for birth in &writing.births {
            base.push(self.create_cell(birth, &mut made)?);
        }
        let edit_base = EditBase {
            actor: edit_base.actor,
            base: self.graph.maximal(&base),
        };
        let index = self.commit(local_actor, &edit_base, writing, reason, now, &mut made)?;
        made.heads = self.heads_of(&[seen, &[index]].concat());
        Ok(made)
    }

    fn indices(&self, seen: &Heads) -> Result<Vec<Index>, EditError> {
        let find = |id: &ChangeId| self.graph.find(id).ok_or(EditError::UnknownHeads(*id));
        let mut seen: Vec<Index> = seen.as_slice().iter().map(find).collect::<Result<_, _>>()?;
        // Whoever saw nothing saw the root, which comes first in every document.
        if seen.is_empty() {
            seen.push(0);
        }
        Ok(seen)
    }

    fn heads_of(&self, of: &[Index]) -> Heads {
        let of = self.graph.maximal(of);
        Heads::new(
            of.iter()
                .map(|&i| self.graph.nodes()[i].header.id)
                .collect(),
        )
    }

    fn check_maps(&self, writing: &Writing, base: &[Index]) -> Result<(), EditError> {
        if let Some(fresh) = &writing.fresh
            && self.fields.map_at(fresh).is_some()
        {
            return Err(EditError::Exists(fresh.clone()));
        }
        let seen = |path: &str| {
            let map = self.fields.map_at(path)?;
            let change = automerge_change(self, &map)?;
            self.graph.covered(base, change).then_some(())
        };
        match &writing.known {
            Some(known) if seen(known).is_none() => Err(EditError::NotThere(known.clone())),
            _ => Ok(()),
        }
    }

    /// Leaves out what has at `base` already the value to be written. A value in conflict is
    /// written even if it equals one side, because that is the choice. A merged text that is
    /// written unchanged counts as read again.
    fn differing(&self, mut writing: Writing, base: &[Index]) -> Writing {
        let reading = self.reading();
        let at = self.graph.hashes(base);
        let stands = |(path, text): &(String, String)| {
            let stands = reading.values_at(path, &at);
            stands.iter().find_map(Scalar::as_str).unwrap_or("") == text
        };
        let (same, texts): (Vec<_>, Vec<_>) = writing.texts.into_iter().partition(stands);
        writing.texts = texts;
        let read = same.into_iter().filter_map(|(path, _)| Confirm::of(&path));
        let read = read.chain(writing.confirm.take());
        writing
            .puts
            .extend(read.filter_map(|text| self.confirmation(&text, base)));
        writing.puts.retain(|put| {
            let path = put.path();
            match reading.values_at(&path, &at).as_slice() {
                [] => !matches!(put.value, Scalar::Null | Scalar::Bool(false)),
                // Somebody may have written in the item, unseen: that contradicts striking it out,
                // although the flag itself then has one value only.
                [value] => {
                    *value != put.value
                        || path::is_strike(&path) && reading.contradicted(&path, base)
                }
                _ => true,
            }
        });
        writing
    }

    /// What is written to confirm a merged text: those of the changes seen from which it was
    /// merged. A text with one last writer needs no confirmation.
    fn confirmation(&self, confirm: &Confirm, base: &[Index]) -> Option<Put> {
        let text = &confirm.text;
        let nodes = self.graph.nodes().iter().enumerate();
        let wrote = nodes.filter(|(i, node)| {
            let here = node.written.contains(text);
            here && !node.header.birth && self.graph.covered(base, *i)
        });
        let wrote: Vec<Index> = wrote.map(|(i, _)| i).collect();
        let tips = self.graph.maximal(&wrote).into_iter();
        let tips: Vec<String> = tips
            .map(|tip| self.graph.nodes()[tip].header.id.to_string())
            .collect();
        let (map, key) = confirm.read.rsplit_once('/')?;
        (tips.len() > 1).then(|| Put {
            map: map.to_owned(),
            key: key.to_owned(),
            value: Scalar::Text(tips.join(" ")),
        })
    }

    /// Takes in the birth change of a path, if it is not here yet.
    fn create_cell(&mut self, path: &str, made: &mut EditOutcome) -> Result<Index, EditError> {
        let internal = |why: String| EditError::Internal(self.id.clone(), why);
        let bytes =
            birth::birth(&self.id, path).ok_or_else(|| internal("không có ô này".to_owned()))?;
        let id = inspect(&self.id, &bytes)
            .map_err(|e| internal(e.to_string()))?
            .id;
        if let Some(created) = self.graph.find(&id) {
            return Ok(created);
        }
        let applied = self
            .apply(&bytes)
            .map_err(|e| EditError::Internal(self.id.clone(), e.to_string()))?;
        made.changes.push((applied.header.clone(), bytes));
        made.applied.push(applied);
        Ok(self.graph.nodes().len() - 1)
    }

    fn commit(
        &mut self,
        local_actor: &LocalActor,
        edit_base: &EditBase,
        writing: &Writing,
        reason: Option<String>,
        now: Timestamp,
        made: &mut EditOutcome,
    ) -> Result<Index, EditError> {
        let base = self.graph.hashes(&edit_base.base);
        let internal = |e: AutomergeError| EditError::Internal(self.id.clone(), e.to_string());
        let long = self.writes_long_text(writing);
        let mut copy = if long && !self.is_whole(&base) {
            Some(self.automerge.fork_at(&base).map_err(internal)?)
        } else {
            None
        };
        let automerge = copy.as_mut().unwrap_or(&mut self.automerge);
        // The author first: setting it draws a random actor, which the second line replaces.
        automerge.set_author(Some(Author::from(
            local_actor.author.as_str().as_bytes().to_vec(),
        )));
        automerge.set_actor(ActorId::from(&edit_base.actor[..]));
        let mut tx = if long {
            automerge.transaction()
        } else {
            automerge
                .transaction_at(PatchLog::inactive(), &base)
                .map_err(|e| EditError::Internal(self.id.clone(), e.to_string()))?
        };
        let mut maps = Maps {
            fields: &self.fields,
            made: BTreeMap::new(),
        };
        write_all(&mut tx, &mut maps, writing).map_err(internal)?;
        let mut options = CommitOptions::default().with_time(now.0);
        options.message = reason;
        let (hash, _) = tx.commit_with(options);
        if let (Some(copy), Some(hash)) = (&copy, &hash) {
            let made = copy.get_change_by_hash(hash);
            self.automerge.apply_changes(made).map_err(internal)?;
        }
        let lost = || EditError::Internal(self.id.clone(), "không có gì để ghi".to_owned());
        let (change, bytes) = hash
            .and_then(|hash| self.committed(hash))
            .ok_or_else(lost)?;
        let header = inspect(&self.id, &bytes).map_err(|error| match error {
            InspectError::TooLarge(size) => EditError::TooLarge(size),
            other => EditError::Internal(self.id.clone(), other.to_string()),
        })?;
        let ops = decode::ops(&change);
        let sent = bytes.clone();
        let applied = self.take(New {
            header,
            bytes,
            change,
            ops,
        });
        made.changes.push((applied.header.clone(), sent));
        made.applied.push(applied);
        Ok(self.graph.nodes().len() - 1)
    }
}

impl Document {
    /// Whether a text is written that is, or was, a long one. In a transaction at given heads
    /// automerge finds each letter that goes by counting from the text's start; in one at the
    /// document's own heads it has an index. So a long text is written there, if need be in a copy
    /// of the document as it was.
    fn writes_long_text(&self, writing: &Writing) -> bool {
        let was = |path| {
            let text = self.fields.text_at(path);
            text.map_or(0, |text| self.automerge.length(&text))
        };
        let mut texts = writing.texts.iter();
        texts.any(|(path, text)| text.len().max(was(path)) > LONG)
    }

    fn is_whole(&self, base: &[ChangeHash]) -> bool {
        let heads = self.automerge.get_heads();
        heads.len() == base.len() && heads.iter().all(|head| base.contains(head))
    }
}

fn automerge_change(document: &Document, map: &ObjId) -> Option<Index> {
    let hash = document.automerge.hash_for_opid(map)?;
    document.graph.find(&ChangeId(hash.0))
}

/// The maps to write in: those that are there and those that this change makes.
struct Maps<'a> {
    fields: &'a crate::reading::Fields,
    made: BTreeMap<String, ObjId>,
}

impl Maps<'_> {
    fn get(&mut self, tx: &mut Transaction<'_>, path: &str) -> Result<ObjId, AutomergeError> {
        let made = self.made.get(path).cloned();
        if let Some(map) = made.or_else(|| self.fields.map_at(path)) {
            return Ok(map);
        }
        let (parent, key) = path.rsplit_once('/').unwrap_or(("", path));
        let parent = self.get(tx, parent)?;
        let map = tx.put_object(&parent, key, ObjType::Map)?;
        self.made.insert(path.to_owned(), map.clone());
        Ok(map)
    }
}

fn write_all(
    tx: &mut Transaction<'_>,
    maps: &mut Maps<'_>,
    writing: &Writing,
) -> Result<(), AutomergeError> {
    for value in &writing.puts {
        let map = maps.get(tx, &value.map)?;
        put(tx, &map, &value.key, &value.value)?;
    }
    for (path, text) in &writing.texts {
        let object = if let Some(object) = maps.fields.text_at(path) {
            object
        } else {
            let (map, key) = path.rsplit_once('/').unwrap_or(("", path));
            let map = maps.get(tx, map)?;
            tx.put_object(&map, key, ObjType::Text)?
        };
        splice::update(tx, &object, text)?;
    }
    Ok(())
}

/// Writes a register. Automerge writes nothing over an equal value; where several values stand and
/// its own winner is equal, it only deletes the others. But a choice must be a value of its own, by
/// the person who chose. So another value is written first there.
fn put(
    tx: &mut Transaction<'_>,
    map: &ObjId,
    key: &str,
    value: &Scalar,
) -> Result<(), AutomergeError> {
    let favoured = tx.get(map, key)?.and_then(|(value, _)| scalar(&value));
    if favoured.as_ref() == Some(value) {
        match value {
            Scalar::Null => tx.put(map, key, false)?,
            _ => tx.put(map, key, ())?,
        }
    }
    match value {
        Scalar::Null => tx.put(map, key, ()),
        Scalar::Bool(yes) => tx.put(map, key, *yes),
        Scalar::Text(text) | Scalar::Merged(text) => tx.put(map, key, text.as_str()),
    }
}
