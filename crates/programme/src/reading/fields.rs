//! Which fields a document has.
//!
//! Fields are found from the operations of the changes, not by walking the tree, so that a change
//! that is not ours and overwrites a map hides nothing that stands in it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use automerge::{ObjId, ObjType, ROOT};

use crate::{
    decode::Op,
    graph::{Graph, Index},
    path,
};

/// Longer paths than any of ours are not read.
const MAX_PATH: usize = 400;

/// The fields of a document.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    kinds: HashMap<ObjId, ObjType>,
    maps: HashMap<ObjId, String>,
    maps_at: BTreeMap<String, BTreeSet<ObjId>>,
    texts: HashMap<ObjId, String>,
    pub(super) by_path: BTreeMap<String, Field>,
}

/// One field: normally one key of one map, or one text.
#[derive(Debug, Clone, Default)]
pub(super) struct Field {
    pub(super) slots: BTreeSet<(ObjId, String)>,
    pub(super) texts: BTreeSet<ObjId>,
    /// The last changes of it that know nothing of each other.
    pub(super) tips: Vec<Index>,
    /// Of a text: the changes that say it reads well as merged.
    pub(super) read: Vec<Index>,
}

impl Default for Fields {
    fn default() -> Self {
        Self {
            kinds: HashMap::new(),
            maps: HashMap::from([(ROOT, String::new())]),
            maps_at: BTreeMap::from([(String::new(), BTreeSet::from([ROOT]))]),
            texts: HashMap::new(),
            by_path: BTreeMap::new(),
        }
    }
}

impl Fields {
    /// The map that stands at a path; the first, should there be several.
    pub(crate) fn map_at(&self, path: &str) -> Option<ObjId> {
        self.maps_at.get(path)?.first().cloned()
    }

    /// The text that stands at a path; the first, should there be several.
    pub(crate) fn text_at(&self, path: &str) -> Option<ObjId> {
        self.by_path.get(path)?.texts.first().cloned()
    }

    /// Every path that has a field.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &String> {
        self.by_path.keys()
    }

    /// Takes in what a change writes; the paths of the fields that it touches, sorted.
    pub(crate) fn take(&mut self, graph: &Graph, node: Index, ops: &[Op]) -> Vec<String> {
        let mut written = BTreeSet::new();
        for op in ops {
            written.extend(self.take_op(op));
        }
        // A birth says nothing yet: its texts are empty, and nobody wrote them.
        if !graph.nodes()[node].header.birth {
            for path in &written {
                self.mark_written(graph, node, path);
            }
        }
        written.into_iter().collect()
    }

    fn take_op(&mut self, op: &Op) -> Option<String> {
        if let Some((made, kind)) = &op.made {
            self.kinds.insert(made.clone(), *kind);
        }
        let Some(key) = &op.key else {
            return self.texts.get(&op.object).cloned();
        };
        let path = self.join(&op.object, key)?;
        match &op.made {
            None => {
                let field = self.by_path.entry(path.clone()).or_default();
                field.slots.insert((op.object.clone(), key.clone()));
            }
            Some((text, ObjType::Text)) => {
                self.texts.insert(text.clone(), path.clone());
                self.by_path
                    .entry(path.clone())
                    .or_default()
                    .texts
                    .insert(text.clone());
            }
            Some((map, ObjType::Map)) => {
                self.maps.insert(map.clone(), path.clone());
                self.maps_at
                    .entry(path.clone())
                    .or_default()
                    .insert(map.clone());
            }
            // Nothing of ours makes lists or tables; what is in them is not shown.
            Some(_) => {}
        }
        self.by_path.contains_key(&path).then_some(path)
    }

    /// Whether each operation works in a container that is there, in a way that it takes.
    pub(crate) fn fit(&self, ops: &[Op]) -> bool {
        let made: HashMap<&ObjId, ObjType> = ops
            .iter()
            .filter_map(|op| op.made.as_ref())
            .map(|(id, kind)| (id, *kind))
            .collect();
        ops.iter().all(|op| {
            let kind = match &op.object {
                ObjId::Root => Some(ObjType::Map),
                object @ ObjId::Id(..) => {
                    made.get(object).or_else(|| self.kinds.get(object)).copied()
                }
            };
            match kind {
                Some(ObjType::Map | ObjType::Table) => op.key.is_some(),
                Some(ObjType::List | ObjType::Text) => op.key.is_none(),
                None => false,
            }
        })
    }

    fn join(&self, map: &ObjId, key: &str) -> Option<String> {
        let path = match self.maps.get(map)?.as_str() {
            "" => key.to_owned(),
            parent => format!("{parent}/{key}"),
        };
        (path.len() <= MAX_PATH).then_some(path)
    }

    fn mark_written(&mut self, graph: &Graph, node: Index, path: &str) {
        if let Some(field) = self.by_path.get_mut(path) {
            field.tips.retain(|&tip| !graph.knows(node, tip));
            field.tips.push(node);
        }
        if let Some(text) = path::confirmed(path).and_then(|text| self.by_path.get_mut(&text)) {
            text.read.push(node);
        }
    }
}
