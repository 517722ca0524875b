//! The loop that looks for the relay and exchanges changes with it.
//!
//! That no relay can be reached is no error. Whatever goes wrong becomes a status, and the loop
//! tries again: after half a second first, after fifteen seconds at last, at once when somebody asks,
//! something new was written or the machine has another way into the network.

mod ask;
mod begin;
mod carry;
mod link;
mod network;
mod signatures;

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use sync::{backoff, client};
use tokio::{runtime::Handle, task::JoinHandle};

pub(crate) use self::begin::open as open_snapshot;
use self::{carry::Carrier, link::Link};
use crate::{
    Clock, Connection, Enrolment, shared_model::SharedModel, storage::StoreError, writer::Writer,
};

/// What the loop needs.
#[derive(Clone)]
pub(crate) struct Means {
    pub(crate) enrolment: Enrolment,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) writer: Writer,
    pub(crate) shared_model: Arc<SharedModel>,
}

/// Starts and stops the loop.
#[derive(Debug, Default)]
pub(crate) struct Online {
    running: Mutex<Option<JoinHandle<()>>>,
}

impl Online {
    /// Starts the loop, unless it runs already.
    pub(crate) fn start(&self, handle: &Handle, means: Means) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if running.as_ref().is_none_or(JoinHandle::is_finished) {
            *running = Some(handle.spawn(run(means)));
        }
    }

    /// Stops the loop.
    pub(crate) fn stop(&self) -> Option<JoinHandle<()>> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.take().inspect(JoinHandle::abort)
    }
}

/// How a connection ended.
enum End {
    /// It was cut, or there was none.
    Cut(String),
    /// This side closed it.
    Problem(client::Problem),
    /// What answers is something else.
    NotARelay(String),
    /// The disk failed: the state machine begins again from what is on it.
    Store(StoreError),
}

async fn run(means: Means) {
    let mut failures = 0;
    let mut carrier = None;
    loop {
        let end = round(&means, &mut carrier, &mut failures).await;
        failures += 1;
        show(&means.shared_model, &end);
        if matches!(end, End::Store(_)) {
            carrier = None;
        }
        let random = getrandom::u64().unwrap_or_default();
        let pause = Duration::from_millis(backoff::wait(failures, random));
        // What needs a person is not asked again and again.
        let urgent = !matches!(&end, End::Problem(problem) if !problem.retry());
        tokio::select! {
            () = tokio::time::sleep(if urgent { pause } else { SLOWLY.max(pause) }) => {}
            () = means.shared_model.woken() => {}
            () = network::changed() => failures = 0,
        }
    }
}

/// Between attempts where a person has to do something first.
const SLOWLY: Duration = Duration::from_secs(30);

/// One connection, from looking for the relay to its end.
async fn round(means: &Means, carrier: &mut Option<Carrier>, failures: &mut u32) -> End {
    let carrier = match carrier {
        Some(carrier) => carrier,
        None => match Carrier::read(means.clone()).await {
            Ok(read) => carrier.insert(read),
            Err(end) => return end,
        },
    };
    // What was written since the last connection woke the loop, not the machine.
    if let Err(end) = carrier.tell_new().await {
        return end;
    }
    match Link::open(&means.enrolment.relay_url).await {
        Ok(mut link) => {
            let end = carrier.converse(&mut link, failures).await;
            carrier.closed();
            end
        }
        Err(end) => end,
    }
}

fn show(shared_model: &SharedModel, end: &End) {
    let message = match end {
        End::Cut(why) => {
            tracing::debug!(%why, "offline");
            None
        }
        End::Problem(problem) => (!problem.retry()).then(|| problem.to_string()),
        End::NotARelay(message) => Some(message.clone()),
        End::Store(error) => Some(error.to_string()),
    };
    let refused = matches!(
        shared_model.model().status.connection,
        Connection::Refused(_)
    );
    match message {
        Some(message) => shared_model.set_connection(Connection::Refused(message)),
        // What a person has to do something about stays said until the relay lets us in.
        None if refused => {}
        None => shared_model.set_connection(Connection::Offline),
    }
}
