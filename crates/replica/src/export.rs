//! What a replica holds, for others to read.

use programme::Fact;
use rusqlite::Connection;
use serde_json::{Value, json};
use terms::DocId;

use crate::{
    engine,
    storage::{StoreError, projection},
};

/// Everything that the documents say, by document and path.
pub(crate) fn json(db: &Connection) -> Result<Value, StoreError> {
    // One moment: what is written meanwhile is in none of it.
    let db = db.unchecked_transaction()?;
    let mut documents = serde_json::Map::new();
    for (doc, heads) in projection::heads(&db)? {
        let facts: serde_json::Map<String, Value> =
            projection::read(&db, &doc)?.into_iter().map(fact).collect();
        documents.insert(doc.to_string(), json!({ "heads": heads, "facts": facts }));
    }
    Ok(json!({ "documents": documents }))
}

fn fact(fact: Fact) -> (String, Value) {
    (fact.path, json!(fact.values))
}

/// Every document as Automerge's own library opens it.
pub(crate) fn documents(db: &Connection) -> Result<Vec<(DocId, Vec<u8>)>, StoreError> {
    let db = db.unchecked_transaction()?;
    let docs = projection::heads(&db)?.into_keys();
    docs.map(|doc| Ok((doc.clone(), engine::load(&db, &doc)?.save())))
        .collect()
}
