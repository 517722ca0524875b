//! Runs the client's state machine: does its actions on the socket and on the database, and feeds
//! it with what happens there.

use std::collections::VecDeque;

use sync::{
    Inspect,
    client::{Action, Client, Event, Problem, Status},
};
use terms::{ChangeHeader, DocId};
use tokio::task::JoinSet;

use super::{
    ConnectionEnd, SyncContext, http::HttpClient, signatures, snapshots::SnapshotFetcher,
    socket::Socket,
};
use crate::{ConnectionStatus, engine::Engine, storage::StoreError, untold::Untold};

/// The state machine, over one connection after another, and how many of the local changes it has
/// been told of.
pub(super) struct SyncDriver {
    context: SyncContext,
    client: Client,
    http: HttpClient,
    snapshot_fetcher: SnapshotFetcher,
    /// Reading signatures, once all is here.
    fetching_signatures: JoinSet<Result<(), Problem>>,
    /// Local changes that the machine was not told of.
    untold: Untold,
}

/// Reads the headers of changes for the protocol.
struct HeaderReader;

impl Inspect for HeaderReader {
    fn inspect(&self, doc: &DocId, bytes: &[u8]) -> Result<ChangeHeader, String> {
        programme::inspect(doc, bytes).map_err(|error| error.to_string())
    }
}

impl SyncDriver {
    /// From what is on the disk.
    pub(super) async fn read(context: SyncContext) -> Result<Self, ConnectionEnd> {
        let http = HttpClient::new(&context.enrolment.relay_url)
            .map_err(|error| ConnectionEnd::Cut(error.to_string()))?;
        let (relay, writer) = (context.enrolment.relay_key, context.writer.clone());
        // First this, then the reading: what is committed in between is told twice, not never.
        let coming = context.shared_model.listen();
        let setup = context
            .writer
            .call(|engine| engine.setup(env!("CARGO_PKG_VERSION")));
        let (setup, announced) = setup.await.map_err(ConnectionEnd::Store)?;
        Ok(Self {
            context,
            client: Client::new(setup),
            snapshot_fetcher: SnapshotFetcher::new(http.clone(), relay, writer),
            http,
            fetching_signatures: JoinSet::new(),
            untold: Untold::new(coming, announced),
        })
    }

    /// Exchanges changes until the connection ends.
    pub(super) async fn run_connection(
        &mut self,
        socket: &mut Socket,
        failures: &mut u32,
    ) -> ConnectionEnd {
        let mut nonce = [0; 32];
        if let Err(error) = getrandom::fill(&mut nonce) {
            return ConnectionEnd::Cut(error.to_string());
        }
        let mut event = Some(Event::Opened { nonce });
        loop {
            if let Some(event) = event.take()
                && let Err(end) = self.handle(event, socket).await
            {
                socket.close().await;
                return end;
            }
            if *self.client.status() == Status::Live {
                *failures = 0;
            }
            tokio::select! {
                frame = socket.next() => match frame {
                    Ok(frame) => event = Some(Event::Frame(frame)),
                    Err(end) => return end,
                },
                begun = self.snapshot_fetcher.next() => match begun {
                    Ok(begun) => event = Some(begun),
                    Err(error) => return ConnectionEnd::Store(error),
                },
                Some(Ok(Err(problem))) = self.fetching_signatures.join_next() => {
                    socket.close().await;
                    return ConnectionEnd::Problem(problem);
                }
                committed = self.untold.next() => event = Some(committed),
            }
        }
    }

    /// The connection is gone. What happened on the disk meanwhile is told before the next one.
    pub(super) fn closed(&mut self) {
        let now = self.context.clock.now();
        self.client.handle(Event::Closed, now, &HeaderReader);
        self.snapshot_fetcher.stop();
        self.fetching_signatures = JoinSet::new();
    }

    /// Tells the machine, while there is no connection, of local changes committed since it was told
    /// last: it keeps their headers, and reads the bytes when there is somebody to send them to.
    pub(super) async fn announce_committed(&mut self) -> Result<(), ConnectionEnd> {
        let mut answers = VecDeque::new();
        while let Some(event) = answers.pop_front().or_else(|| self.untold.try_next()) {
            let now = self.context.clock.now();
            for action in self.client.handle(event, now, &HeaderReader) {
                answers.extend(self.on_disk(action).await?);
            }
        }
        Ok(())
    }

    /// Feeds an event, and the events that its actions lead to. If the socket breaks meanwhile,
    /// actions on the database are still done: the client keeps its state for the next connection
    /// and expects their answers.
    async fn handle(&mut self, event: Event, socket: &mut Socket) -> Result<(), ConnectionEnd> {
        let mut events = VecDeque::from([event]);
        let mut ended = None;
        while let Some(event) = events.pop_front() {
            let now = self.context.clock.now();
            for action in self.client.handle(event, now, &HeaderReader) {
                if ended.is_some() && matches!(action, Action::Send(_)) {
                    continue;
                }
                match self.carry_out(action, socket).await {
                    Ok(event) => events.extend(event),
                    // The machine begins again from what is on the disk.
                    Err(end @ ConnectionEnd::Store(_)) => return Err(end),
                    Err(end) => ended = ended.or(Some(end)),
                }
            }
        }
        ended.map_or(Ok(()), Err)
    }

    async fn carry_out(
        &mut self,
        action: Action,
        socket: &mut Socket,
    ) -> Result<Option<Event>, ConnectionEnd> {
        match action {
            Action::Send(frame) => socket.send(frame).await?,
            Action::Close(problem) => return Err(ConnectionEnd::Problem(problem)),
            Action::Status(status) => self.show(status).await?,
            Action::Begin { docs } => {
                if let Some(ticket) = self.client.ticket() {
                    self.snapshot_fetcher.begin(docs, ticket);
                }
            }
            // Nobody watches where others are yet.
            Action::Presence { .. } => {}
            action => return self.on_disk(action).await,
        }
        Ok(None)
    }

    /// The actions that read or write the database.
    async fn on_disk(&mut self, action: Action) -> Result<Option<Event>, ConnectionEnd> {
        let live = *self.client.status() == Status::Live;
        let answer = self.call(move |engine| engine.carry_out(action, live));
        let answer = answer.await?;
        if let Some(Event::Quarantined { changes, .. }) = &answer {
            self.untold.forget(changes);
        }
        Ok(answer)
    }

    async fn show(&mut self, status: Status) -> Result<(), ConnectionEnd> {
        let connection = status.in_words();
        if connection == ConnectionStatus::Live {
            self.call(Engine::synced).await?;
            self.fetch_signatures();
        }
        self.context.shared_model.set_connection(connection);
        Ok(())
    }

    /// Now that all is here, there is time for the signatures.
    fn fetch_signatures(&mut self) {
        if let Some(ticket) = self
            .client
            .ticket()
            .filter(|_| self.fetching_signatures.is_empty())
        {
            let (http, writer) = (self.http.clone(), self.context.writer.clone());
            self.fetching_signatures
                .spawn(signatures::fetch(http, writer, ticket));
        }
    }

    async fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Engine) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, ConnectionEnd> {
        self.context
            .writer
            .call(work)
            .await
            .map_err(ConnectionEnd::Store)
    }
}

#[cfg(test)]
#[path = "driver_tests.rs"]
mod tests;
