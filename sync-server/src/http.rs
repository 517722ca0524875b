//! What the relay answers over HTTP: health, enrolment, what a new device reads, and the upgrade to
//! the live connection.
//!
//! Every answer, also to a question that makes no sense here, says that this is a relay of Tiến Độ:
//! whoever typed a wrong address learns it from the lack of that.

mod caller;
mod documents;
mod problem;

use std::{sync::Arc, time::Instant};

use axum::{
    Json, Router,
    extract::{
        ConnectInfo, DefaultBodyLimit, State, WebSocketUpgrade, rejection::JsonRejection,
        ws::rejection::WebSocketUpgradeRejection,
    },
    http::StatusCode,
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use database::causes;
use serde::Serialize;
use sync::{
    enrol::{EnrolReply, EnrolRequest},
    frame::MAX_FRAME,
};
use tracing::{error, info, warn};

use self::problem::Problem;
use crate::{connection, enrol::EnrolError, listener::Caller, random, relay::Relay};

/// What every answer calls the service.
pub const SERVICE: &str = "tiendo-relay";

/// How much is read from a socket at once. What is not filled has to be cleared each time, and every
/// connection keeps it: much larger than what is usual costs both.
const READ_AT_ONCE: usize = 8 * 1024;

/// The longest request to enrol, in bytes.
const MAX_ENROL: usize = 16 * 1024;

pub(crate) fn router(relay: Arc<Relay>) -> Router {
    Router::new()
        .route("/health", get(health))
        .route(
            "/v1/enrol",
            post(enrol).layer(DefaultBodyLimit::max(MAX_ENROL)),
        )
        .route("/v1/ws", get(live))
        .merge(documents::router())
        .fallback(unknown)
        .method_not_allowed_fallback(wrong_method)
        .layer(middleware::from_fn(caller::see_through_proxy))
        .with_state(relay)
}

/// How the relay is.
#[derive(Debug, Serialize)]
struct Health {
    service: &'static str,
    version: &'static str,
    /// Whether everything is well.
    ok: bool,
    /// Whether the database can be written.
    writable: bool,
    /// The last entry of the directory.
    directory: u64,
    /// How many replicas are connected.
    connections: usize,
}

async fn health(State(relay): State<Arc<Relay>>) -> Response {
    let writable = relay.writer.is_writable().await;
    let health = Health {
        service: SERVICE,
        version: env!("CARGO_PKG_VERSION"),
        ok: writable,
        writable,
        directory: relay.hub.directory().tail().seq,
        connections: relay.hub.connections(),
    };
    let status = if writable {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (status, Json(health)).into_response()
}

async fn enrol(
    State(relay): State<Arc<Relay>>,
    ConnectInfo(caller): ConnectInfo<Caller>,
    request: Result<Json<EnrolRequest>, JsonRejection>,
) -> Result<Json<EnrolReply>, Problem> {
    let from = caller.addr;
    let enrolled = ask_to_enrol(&relay, &caller, request).await;
    match &enrolled {
        Ok(reply) => {
            info!(%from, enrolment = %reply.enrolment, "enrolled");
            // The directory is long, and the network perhaps slow.
            caller.extend();
        }
        Err(error) => warn!(%from, code = error.code(), "not enrolled"),
    }
    Ok(Json(enrolled?))
}

async fn ask_to_enrol(
    relay: &Relay,
    caller: &Caller,
    request: Result<Json<EnrolRequest>, JsonRejection>,
) -> Result<EnrolReply, EnrolError> {
    // Before anything is looked at: whoever guesses learns nothing from this answer.
    if !relay.enrol.allows(caller.addr.ip(), Instant::now()) {
        return Err(EnrolError::TooOften);
    }
    let Json(request) = request.map_err(|_| EnrolError::Unreadable)?;
    let enrolment = relay.writer.enrol(request).await?;
    // The directory is long: others who write must not wait for it to be read. Should that fail, the
    // same device may ask again with the same code.
    let entries = relay.readers.read(|tx| tx.entries_after(0)).await;
    let entries = entries.map_err(|error| {
        error!(error = %causes(&error), "the directory could not be read");
        EnrolError::Trouble
    })?;
    Ok(EnrolReply { enrolment, entries })
}

async fn live(
    State(relay): State<Arc<Relay>>,
    ConnectInfo(caller): ConnectInfo<Caller>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    let upgrade = upgrade.map_err(|_| Problem::not_a_websocket())?;
    let slot = Arc::clone(&relay.slots)
        .try_acquire_owned()
        .map_err(|_| Problem::full())?;
    let nonce = random::bytes().map_err(|error| {
        error!(%error, "no random bytes");
        Problem::full()
    })?;
    let alive = relay.alive.clone();
    let upgrade = upgrade
        .read_buffer_size(READ_AT_ONCE)
        .max_message_size(MAX_FRAME)
        .max_frame_size(MAX_FRAME);
    Ok(upgrade.on_upgrade(move |socket| async move {
        connection::serve(socket, relay, nonce, caller).await;
        drop((slot, alive));
    }))
}

async fn unknown() -> Problem {
    Problem::unknown()
}

async fn wrong_method() -> Problem {
    Problem::wrong_method()
}
