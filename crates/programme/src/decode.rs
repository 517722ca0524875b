//! What a change writes, op by op, in the few forms that a document of ours knows.

use automerge::{
    ActorId, Change, ObjId, ObjType,
    legacy::{Key, ObjectId, OpType},
};

/// One operation.
#[derive(Debug, Clone)]
pub(crate) enum Op {
    /// A container comes to stand under a key of a map.
    Made { map: ObjId, key: String, made: ObjId, kind: ObjType },
    /// A single value under a key of a map is set, cleared or otherwise changed.
    Set { map: ObjId, key: String },
    /// A text (or, strangely, a list) is changed within.
    Within { object: ObjId },
}

/// The operations of a change, in its order.
pub(crate) fn ops(change: &Change) -> Vec<Op> {
    let expanded = change.decode();
    let actor = expanded.actor_id.clone();
    let start = expanded.start_op.get();
    (start..)
        .zip(expanded.operations)
        .map(|(counter, op)| read(op, || ObjId::Id(counter, actor.clone(), 0)))
        .collect()
}

fn read(op: automerge::legacy::Op, own: impl FnOnce() -> ObjId) -> Op {
    let object = match op.obj {
        ObjectId::Root => ObjId::Root,
        ObjectId::Id(id) => object(id.counter(), id.actor()),
    };
    match (op.key, op.action) {
        (Key::Map(key), OpType::Make(kind)) => {
            Op::Made { map: object, key: key.to_string(), made: own(), kind }
        }
        (Key::Map(key), _) => Op::Set { map: object, key: key.to_string() },
        (Key::Seq(_), _) => Op::Within { object },
    }
}

fn object(counter: u64, actor: &ActorId) -> ObjId {
    ObjId::Id(counter, actor.clone(), 0)
}
