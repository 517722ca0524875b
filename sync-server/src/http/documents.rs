//! What a new device reads of documents, let in by the ticket of its live connection.
//!
//! - `GET /v1/snapshots`: the documents of which it is worth asking for a snapshot, as JSON;
//! - `GET /v1/snapshots/{doc}`: one, with an `ETag`; a reader that was interrupted goes on with
//!   `Range` and `If-Range`;
//! - `GET /v1/signatures/{doc}?after=SEQ`: who signed the changes after this number.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{ConnectInfo, FromRequestParts, Path, Query, State},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use sync::{
    Ticket,
    directory::Right,
    signatures::{MAX_SIGNATURES, SignaturePage},
    snapshot::WORTHWHILE,
};
use terms::{DocId, EnrolmentId};
use tracing::error;

use super::Problem;
use crate::{listener::Caller, relay::Relay, snapshots::EncodedSnapshot, store::StoreError};

pub(super) fn router() -> Router<Arc<Relay>> {
    Router::new()
        .route("/v1/snapshots", get(list))
        .route("/v1/snapshots/{*doc}", get(snapshot))
        .route("/v1/signatures/{*doc}", get(signatures))
}

/// Who asks.
struct Requester(EnrolmentId);

impl FromRequestParts<Arc<Relay>> for Requester {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, relay: &Arc<Relay>) -> Result<Self, Problem> {
        let header = parts.headers.get(header::AUTHORIZATION);
        let ticket = header
            .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "))
            .and_then(|ticket| ticket.parse::<Ticket>().ok());
        let holder = ticket.and_then(|ticket| relay.hub.holder(&ticket));
        let enrolment = holder.ok_or_else(Problem::no_ticket)?;
        if let Some(ConnectInfo(caller)) = parts.extensions.get::<ConnectInfo<Caller>>() {
            // A snapshot may be long, and the network slow.
            caller.extend();
        }
        Ok(Self(enrolment))
    }
}

impl Requester {
    fn may_read(&self, relay: &Relay, doc: &DocId) -> bool {
        let directory = relay.hub.directory();
        directory.revoked(&self.0).is_none() && directory.may(&self.0, doc, Right::Read)
    }

    /// The document of this name, if it is one that may be read.
    fn document(&self, relay: &Relay, name: &str) -> Result<DocId, Problem> {
        let doc = name.parse().ok();
        doc.filter(|doc| self.may_read(relay, doc))
            .ok_or_else(Problem::not_granted)
    }
}

async fn list(
    State(relay): State<Arc<Relay>>,
    requester: Requester,
) -> Result<Json<Vec<DocId>>, Problem> {
    let heavy = relay.readers.read(|tx| tx.heavier_than(WORTHWHILE));
    let mut docs = heavy.await.map_err(|error| trouble(&error))?;
    docs.retain(|doc| requester.may_read(&relay, doc));
    Ok(Json(docs))
}

async fn snapshot(
    State(relay): State<Arc<Relay>>,
    requester: Requester,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let doc = requester.document(&relay, &name)?;
    let made = relay
        .snapshots
        .of(&doc, &relay.readers, &relay.key)
        .await
        .map_err(|error| trouble(&error))?
        .ok_or_else(Problem::no_snapshot)?;
    Ok(part(&made, &headers))
}

/// The snapshot, from where the reader was interrupted.
fn part(made: &EncodedSnapshot, headers: &HeaderMap) -> Response {
    let asked = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let same = asked(header::IF_RANGE) == Some(made.tag.as_str());
    let from = asked(header::RANGE)
        .and_then(|range| {
            range
                .strip_prefix("bytes=")?
                .strip_suffix('-')?
                .parse()
                .ok()
        })
        .filter(|from| same && *from < made.bytes.len())
        .unwrap_or(0_usize);
    let len = made.bytes.len();
    let range = format!("bytes {from}-{}/{len}", len.saturating_sub(1));
    let said = [
        (header::CONTENT_TYPE, "application/octet-stream"),
        (header::ETAG, &made.tag),
    ];
    let rest = made.bytes.slice(from..);
    if from == 0 {
        (said, rest).into_response()
    } else {
        let partial = StatusCode::PARTIAL_CONTENT;
        (partial, said, [(header::CONTENT_RANGE, range)], rest).into_response()
    }
}

#[derive(Deserialize)]
struct After {
    #[serde(default)]
    after: u64,
}

async fn signatures(
    State(relay): State<Arc<Relay>>,
    requester: Requester,
    Path(name): Path<String>,
    Query(After { after }): Query<After>,
) -> Result<Vec<u8>, Problem> {
    let doc = requester.document(&relay, &name)?;
    let read = relay.readers.read(move |tx| {
        let signatures = tx.signatures_after(&doc, after, MAX_SIGNATURES)?;
        let last = after.saturating_add(MAX_SIGNATURES as u64);
        let next = (tx.tail(&doc)?.seq > last).then_some(last);
        Ok(SignaturePage { signatures, next })
    });
    Ok(read.await.map_err(|error| trouble(&error))?.to_bytes())
}

fn trouble(error: &StoreError) -> Problem {
    error!(error = %database::causes(error), "the log could not be read");
    Problem::trouble()
}
