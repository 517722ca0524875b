//! What a change writes, op by op, in the few forms that a document of ours knows.

use automerge::{
    ActorId, Change, ObjId, ObjType,
    legacy::{self, ElementId, Key, ObjectId, OpId, OpType},
};

/// One operation.
#[derive(Debug, Clone)]
pub(crate) struct Op {
    /// The map, list or text in which it works.
    pub(crate) object: ObjId,
    /// The key, of a map.
    pub(crate) key: Option<String>,
    /// The container that it makes.
    pub(crate) made: Option<(ObjId, ObjType)>,
    /// The earlier operations that it names.
    pub(crate) names: Vec<(u64, ActorId)>,
}

/// The operations of a change, in its order.
pub(crate) fn ops(change: &Change) -> Vec<Op> {
    let expanded = change.decode();
    let actor = expanded.actor_id.clone();
    let start = expanded.start_op.get();
    (start..)
        .zip(expanded.operations)
        .map(|(counter, op)| read(counter, &actor, op))
        .collect()
}

/// Whether a change is encoded exactly as automerge encodes it. Automerge also accepts other
/// encodings of the same change, but can't open the document that it then saves.
pub(crate) fn is_canonical(change: &Change) -> bool {
    Change::from(change.decode()).raw_bytes() == change.raw_bytes()
}

fn read(counter: u64, actor: &ActorId, op: legacy::Op) -> Op {
    let name = |id: &OpId| (id.counter(), id.actor().clone());
    let mut names: Vec<(u64, ActorId)> = op.pred.iter().map(name).collect();
    let object = match op.obj {
        ObjectId::Root => ObjId::Root,
        ObjectId::Id(id) => {
            names.push(name(&id));
            ObjId::Id(id.0, id.1, 0)
        }
    };
    let key = match op.key {
        Key::Map(key) => Some(key.to_string()),
        Key::Seq(ElementId::Head) => None,
        Key::Seq(ElementId::Id(id)) => {
            names.push(name(&id));
            None
        }
    };
    let made = match op.action {
        OpType::Make(kind) => Some((ObjId::Id(counter, actor.clone(), 0), kind)),
        _ => None,
    };
    Op {
        object,
        key,
        made,
        names,
    }
}
