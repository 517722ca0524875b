//! The loop that looks for the relay and exchanges changes with it.
//!
//! That no relay can be reached is no error. Whatever goes wrong becomes a status, and the loop
//! tries again: after half a second first, after fifteen seconds at last, at once when somebody asks,
//! something new was written or the machine has another way into the network.

mod driver;
mod http;
mod network;
mod signatures;
mod snapshots;
mod socket;

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use sync::{backoff, client};
use tokio::{runtime::Handle, task::JoinHandle};

pub(crate) use self::snapshots::open as open_snapshot;
use self::{driver::SyncDriver, socket::Socket};
use crate::{
    Clock, ConnectionStatus, Enrolment, shared_model::SharedModel, storage::StoreError,
    writer::Writer,
};

/// What the loop needs.
#[derive(Clone)]
pub(crate) struct SyncContext {
    pub(crate) enrolment: Enrolment,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) writer: Writer,
    pub(crate) shared_model: Arc<SharedModel>,
}

/// Starts and stops the loop.
#[derive(Debug, Default)]
pub(crate) struct SyncLoop {
    running: Mutex<Option<JoinHandle<()>>>,
}

impl SyncLoop {
    /// Starts the loop, unless it runs already.
    pub(crate) fn start(&self, handle: &Handle, context: SyncContext) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if running.as_ref().is_none_or(JoinHandle::is_finished) {
            *running = Some(handle.spawn(run(context)));
        }
    }

    /// Stops the loop.
    pub(crate) fn stop(&self) -> Option<JoinHandle<()>> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.take().inspect(JoinHandle::abort)
    }
}

/// How a connection ended.
enum ConnectionEnd {
    /// It was cut, or there was none.
    Cut(String),
    /// This side closed it.
    Problem(client::Problem),
    /// What answers is something else.
    NotARelay(String),
    /// The disk failed: the state machine begins again from what is on it.
    Store(StoreError),
}

async fn run(context: SyncContext) {
    let mut failures = 0;
    let mut driver = None;
    loop {
        let end = connect_once(&context, &mut driver, &mut failures).await;
        failures += 1;
        show(&context.shared_model, &end);
        if matches!(end, ConnectionEnd::Store(_)) {
            driver = None;
        }
        let random = getrandom::u64().unwrap_or_default();
        let pause = Duration::from_millis(backoff::wait(failures, random));
        // What a person must solve is retried slowly.
        let urgent = !matches!(&end, ConnectionEnd::Problem(problem) if !problem.retry());
        tokio::select! {
            () = tokio::time::sleep(if urgent { pause } else { SLOWLY.max(pause) }) => {}
            () = context.shared_model.woken() => {}
            () = network::changed() => failures = 0,
        }
    }
}

/// Between attempts where a person has to do something first.
const SLOWLY: Duration = Duration::from_secs(30);

/// One connection, from looking for the relay to its end.
async fn connect_once(
    context: &SyncContext,
    driver: &mut Option<SyncDriver>,
    failures: &mut u32,
) -> ConnectionEnd {
    let driver = match driver {
        Some(driver) => driver,
        None => match SyncDriver::read(context.clone()).await {
            Ok(read) => driver.insert(read),
            Err(end) => return end,
        },
    };
    // Changes written while there was no connection woke the loop, but the client does not know
    // them yet.
    if let Err(end) = driver.announce_committed().await {
        return end;
    }
    match Socket::open(&context.enrolment.relay_url).await {
        Ok(mut socket) => {
            let end = driver.run_connection(&mut socket, failures).await;
            driver.closed();
            end
        }
        Err(end) => end,
    }
}

fn show(shared_model: &SharedModel, end: &ConnectionEnd) {
    let message = match end {
        ConnectionEnd::Cut(why) => {
            tracing::debug!(%why, "offline");
            None
        }
        ConnectionEnd::Problem(problem) => (!problem.retry()).then(|| problem.to_string()),
        ConnectionEnd::NotARelay(message) => Some(message.clone()),
        ConnectionEnd::Store(error) => Some(error.to_string()),
    };
    let refused = matches!(
        shared_model.model().status.connection,
        ConnectionStatus::Refused(_)
    );
    match message {
        Some(message) => shared_model.set_connection(ConnectionStatus::Refused(message)),
        // A message that asks a person to act stays until the relay accepts the connection.
        None if refused => {}
        None => shared_model.set_connection(ConnectionStatus::Offline),
    }
}
