//! Reading a document: what stands in its fields, and what a change did to them.

mod fields;

use std::{cmp::Ordering, collections::BTreeSet};

use automerge::{Automerge, ChangeHash, ObjId, ReadDoc as _, ScalarValue, Value};
use terms::{ChangeId, Decimal};

use self::fields::Field;
pub(crate) use self::fields::Fields;
use crate::{
    Fact, HistoryStep, Scalar, Stamp,
    graph::{Graph, Index},
    path,
};

/// A document as it is read.
pub(crate) struct Reading<'a> {
    pub(crate) automerge: &'a Automerge,
    pub(crate) graph: &'a Graph,
    pub(crate) fields: &'a Fields,
}

impl Reading<'_> {
    /// What stands at the paths that a change touched, and at those that depend on them.
    pub(crate) fn facts_after(&self, written: &[String]) -> Vec<Fact> {
        let mut paths: BTreeSet<String> = written.iter().cloned().collect();
        for path in written {
            let more = path::confirmed(path)
                .into_iter()
                .chain(path::contradicted(path));
            paths.extend(more.filter(|more| self.fields.by_path.contains_key(more)));
        }
        paths.iter().map(|path| self.fact(path)).collect()
    }

    /// What stands at a path.
    pub(crate) fn fact(&self, path: &str) -> Fact {
        let values = match self.fields.by_path.get(path) {
            Some(field) => self.stamps(path, field),
            None => Vec::new(),
        };
        Fact {
            path: path.to_owned(),
            values,
        }
    }

    /// The values at a path as they stood at some heads, sorted; a text that is not there yet is
    /// none.
    pub(crate) fn values_at(&self, path: &str, heads: &[ChangeHash]) -> Vec<Scalar> {
        let Some(field) = self.fields.by_path.get(path) else {
            return Vec::new();
        };
        let mut values: Vec<Scalar> = field
            .slots
            .iter()
            .flat_map(|(map, key)| self.slot(map, key, Some(heads)))
            .map(|(value, _)| value)
            .collect();
        let texts = field
            .texts
            .iter()
            .filter_map(|text| self.automerge.text_at(text, heads).ok());
        values.extend(texts.filter(|text| !text.is_empty()).map(Scalar::Merged));
        values.sort_unstable();
        values.dedup();
        values
    }

    /// What a change did to a field.
    pub(crate) fn step(&self, node: Index, path: &str) -> HistoryStep {
        let header = &self.graph.nodes()[node].header;
        let deps: Vec<ChangeHash> = header.deps.iter().map(|d| ChangeHash(d.0)).collect();
        HistoryStep {
            path: path.to_owned(),
            change: header.id,
            author: header.author.clone(),
            time: header.time,
            from: self.values_at(path, &deps),
            to: self.written(header.id, path),
            reason: header.reason.clone(),
        }
    }

    fn written(&self, change: ChangeId, path: &str) -> Scalar {
        let at = [ChangeHash(change.0)];
        let Some(field) = self.fields.by_path.get(path) else {
            return Scalar::Null;
        };
        let own = field
            .slots
            .iter()
            .flat_map(|(map, key)| self.slot(map, key, Some(&at)))
            .find(|(_, by)| *by == Some(change));
        if let Some((value, _)) = own {
            return value;
        }
        let text = field
            .texts
            .iter()
            .find_map(|text| self.automerge.text_at(text, &at).ok());
        text.map_or(Scalar::Null, Scalar::Merged)
    }

    fn slot(
        &self,
        map: &ObjId,
        key: &str,
        at: Option<&[ChangeHash]>,
    ) -> Vec<(Scalar, Option<ChangeId>)> {
        let all = match at {
            Some(heads) => self.automerge.get_all_at(map, key, heads),
            None => self.automerge.get_all(map, key),
        };
        let by = |id: &ObjId| {
            self.automerge
                .hash_for_opid(id)
                .map(|hash| ChangeId(hash.0))
        };
        let all = all.unwrap_or_default();
        all.iter()
            .filter_map(|(value, id)| Some((scalar(value)?, by(id))))
            .collect()
    }

    fn stamps(&self, path: &str, field: &Field) -> Vec<Stamp> {
        let mut stamps: Vec<Stamp> = field
            .slots
            .iter()
            .flat_map(|(map, key)| self.slot(map, key, None))
            .filter_map(|(value, by)| Some(self.stamp(self.graph.find(&by?)?, value)))
            .collect();
        self.contradict(path, &mut stamps);
        stamps.sort_by(in_time);
        let mut seen = BTreeSet::new();
        stamps.retain(|stamp| seen.insert(sense(path, &stamp.value)));
        stamps.extend(self.text_stamps(field));
        stamps.sort_by(in_time);
        stamps
    }

    fn stamp(&self, node: Index, value: Scalar) -> Stamp {
        let header = &self.graph.nodes()[node].header;
        Stamp {
            value,
            change: header.id,
            author: header.author.clone(),
            time: header.time,
        }
    }

    fn text_stamps(&self, field: &Field) -> Vec<Stamp> {
        let mut tips = field.tips.clone();
        let reads_all = |&&read: &&Index| tips.iter().all(|&tip| self.graph.knows(read, tip));
        let order = |&&node: &&Index| {
            let header = &self.graph.nodes()[node].header;
            (header.time, header.id)
        };
        if tips.len() > 1
            && let Some(&read) = field.read.iter().filter(reads_all).min_by_key(order)
        {
            tips = vec![read];
        }
        let texts = field
            .texts
            .iter()
            .filter_map(|text| self.automerge.text(text).ok());
        let texts: Vec<String> = texts.collect();
        let each = |text: &String| {
            let text = text.clone();
            tips.iter()
                .map(move |&tip| self.stamp(tip, Scalar::Merged(text.clone())))
        };
        texts.iter().flat_map(each).collect()
    }

    /// If somebody wrote in an item or a milestone while another struck it out, both stand: the
    /// write contradicts the strike.
    fn contradict(&self, path: &str, stamps: &mut Vec<Stamp>) {
        let Some((item, _)) = path.rsplit_once('/').filter(|_| path::is_strike(path)) else {
            return;
        };
        let struck = stamps.iter().filter(|s| s.value == Scalar::Bool(true));
        let struck: Vec<Index> = struck.filter_map(|s| self.graph.find(&s.change)).collect();
        let from = format!("{item}/");
        let siblings = self.fields.by_path.range(from.clone()..);
        let siblings = siblings.take_while(|(at, _)| at.starts_with(&from));
        let alive = siblings
            .filter(|(at, _)| path::contradicted(at).as_deref() == Some(path))
            .flat_map(|(_, field)| &field.tips)
            .filter(|&&tip| self.is_concurrent(tip, &struck));
        stamps.extend(alive.map(|&tip| self.stamp(tip, Scalar::Bool(false))));
    }

    /// Whether, at `base`, somebody had written in an item that another had struck out unseen.
    pub(crate) fn contradicted(&self, strike: &str, base: &[Index]) -> bool {
        let at = self.graph.hashes(base);
        let field = self.fields.by_path.get(strike);
        let slots = field.into_iter().flat_map(|field| &field.slots);
        let struck: Vec<Index> = slots
            .flat_map(|(map, key)| self.slot(map, key, Some(&at)))
            .filter(|(value, _)| *value == Scalar::Bool(true))
            .filter_map(|(_, by)| self.graph.find(&by?))
            .collect();
        let wrote = |written: &[String]| {
            written
                .iter()
                .any(|p| path::contradicted(p).as_deref() == Some(strike))
        };
        let mut nodes = self.graph.nodes().iter().enumerate();
        nodes.any(|(i, node)| {
            wrote(&node.written) && self.graph.covered(base, i) && self.is_concurrent(i, &struck)
        })
    }

    /// Whether a change is concurrent with all of these strikes.
    fn is_concurrent(&self, change: Index, strikes: &[Index]) -> bool {
        let is_concurrent =
            |&by: &Index| !self.graph.knows(by, change) && !self.graph.knows(change, by);
        !strikes.is_empty() && strikes.iter().all(is_concurrent)
    }
}

fn in_time(a: &Stamp, b: &Stamp) -> Ordering {
    (a.time, a.change, &a.value).cmp(&(b.time, b.change, &b.value))
}

/// What a value says: 2,5 and 2,50 say the same of a figure.
fn sense(path: &str, value: &Scalar) -> (Option<Decimal>, Option<Scalar>) {
    let figure = || value.as_str()?.parse::<Decimal>().ok();
    match figure().filter(|_| path::is_figure(path)) {
        Some(figure) => (Some(figure), None),
        None => (None, Some(value.clone())),
    }
}

/// A value as a field holds it; nothing of a container, which has fields of its own.
pub(crate) fn scalar(value: &Value<'_>) -> Option<Scalar> {
    let Value::Scalar(value) = value else {
        return None;
    };
    Some(match value.as_ref() {
        ScalarValue::Null => Scalar::Null,
        ScalarValue::Boolean(yes) => Scalar::Bool(*yes),
        ScalarValue::Str(text) => Scalar::Text(text.to_string()),
        // Nothing of ours writes these; they are shown as what they are.
        other => Scalar::Text(other.to_string()),
    })
}
