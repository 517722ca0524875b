//! Carries out what the protocol's state machine wants, between the socket and the disk.

use std::collections::VecDeque;

use sync::{
    Inspect,
    client::{Action, Client, Event, Problem, Status},
};
use terms::{ChangeHeader, DocId};
use tokio::task::JoinSet;

use super::{End, Means, ask::Asker, begin::Beginner, link::Link, signatures};
use crate::{Connection, engine::Engine, storage::StoreError, untold::Untold};

/// The state machine over one connection after another, and how much of the disk it knows.
pub(super) struct Carrier {
    means: Means,
    client: Client,
    asker: Asker,
    beginner: Beginner,
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

impl Carrier {
    /// From what is on the disk.
    pub(super) async fn read(means: Means) -> Result<Self, End> {
        let asker =
            Asker::new(&means.enrolment.relay_url).map_err(|error| End::Cut(error.to_string()))?;
        let (relay, writer) = (means.enrolment.relay_key, means.writer.clone());
        // First this, then the reading: what is committed in between is told twice, not never.
        let coming = means.shared_model.listen();
        let setup = means
            .writer
            .call(|engine| engine.setup(env!("CARGO_PKG_VERSION")));
        let (setup, told) = setup.await.map_err(End::Store)?;
        Ok(Self {
            means,
            client: Client::new(setup),
            beginner: Beginner::new(asker.clone(), relay, writer),
            asker,
            fetching_signatures: JoinSet::new(),
            untold: Untold::new(coming, told),
        })
    }

    /// Exchanges changes until the connection ends.
    pub(super) async fn converse(&mut self, link: &mut Link, failures: &mut u32) -> End {
        let mut nonce = [0; 32];
        if let Err(error) = getrandom::fill(&mut nonce) {
            return End::Cut(error.to_string());
        }
        let mut event = Some(Event::Opened { nonce });
        loop {
            if let Some(event) = event.take()
                && let Err(end) = self.handle(event, link).await
            {
                link.close().await;
                return end;
            }
            if *self.client.status() == Status::Live {
                *failures = 0;
            }
            tokio::select! {
                frame = link.next() => match frame {
                    Ok(frame) => event = Some(Event::Frame(frame)),
                    Err(end) => return end,
                },
                begun = self.beginner.next() => match begun {
                    Ok(begun) => event = Some(begun),
                    Err(error) => return End::Store(error),
                },
                Some(Ok(Err(problem))) = self.fetching_signatures.join_next() => {
                    link.close().await;
                    return End::Problem(problem);
                }
                committed = self.untold.next() => event = Some(committed),
            }
        }
    }

    /// The connection is gone. What happened on the disk meanwhile is told before the next one.
    pub(super) fn closed(&mut self) {
        let now = self.means.clock.now();
        self.client.handle(Event::Closed, now, &HeaderReader);
        self.beginner.stop();
        self.fetching_signatures = JoinSet::new();
    }

    /// Tells the machine, while there is no connection, of local changes committed since it was told
    /// last: it keeps their headers, and reads the bytes when there is somebody to send them to.
    pub(super) async fn tell_new(&mut self) -> Result<(), End> {
        let mut answers = VecDeque::new();
        while let Some(event) = answers.pop_front().or_else(|| self.untold.try_next()) {
            let now = self.means.clock.now();
            for action in self.client.handle(event, now, &HeaderReader) {
                answers.extend(self.on_disk(action).await?);
            }
        }
        Ok(())
    }

    /// Feeds an event, and whatever carrying out its actions leads to. Where the link breaks on the
    /// way, what the machine wants of the disk is done all the same: it goes on with the next
    /// connection and counts on the answers.
    async fn handle(&mut self, event: Event, link: &mut Link) -> Result<(), End> {
        let mut events = VecDeque::from([event]);
        let mut ended = None;
        while let Some(event) = events.pop_front() {
            let now = self.means.clock.now();
            for action in self.client.handle(event, now, &HeaderReader) {
                if ended.is_some() && matches!(action, Action::Send(_)) {
                    continue;
                }
                match self.carry_out(action, link).await {
                    Ok(event) => events.extend(event),
                    // The machine begins again from what is on the disk.
                    Err(end @ End::Store(_)) => return Err(end),
                    Err(end) => ended = ended.or(Some(end)),
                }
            }
        }
        ended.map_or(Ok(()), Err)
    }

    async fn carry_out(&mut self, action: Action, link: &mut Link) -> Result<Option<Event>, End> {
        match action {
            Action::Send(frame) => link.send(frame).await?,
            Action::Close(problem) => return Err(End::Problem(problem)),
            Action::Status(status) => self.show(status).await?,
            Action::Begin { docs } => {
                if let Some(ticket) = self.client.ticket() {
                    self.beginner.begin(docs, ticket);
                }
            }
            // Nobody watches where others are yet.
            Action::Presence { .. } => {}
            action => return self.on_disk(action).await,
        }
        Ok(None)
    }

    /// The actions that read or write the database.
    async fn on_disk(&mut self, action: Action) -> Result<Option<Event>, End> {
        let live = *self.client.status() == Status::Live;
        let answer = self.call(move |engine| engine.carry_out(action, live));
        let answer = answer.await?;
        if let Some(Event::Quarantined { changes, .. }) = &answer {
            self.untold.forget(changes);
        }
        Ok(answer)
    }

    async fn show(&mut self, status: Status) -> Result<(), End> {
        let connection = status.in_words();
        if connection == Connection::Live {
            self.call(Engine::synced).await?;
            self.fetch_signatures();
        }
        self.means.shared_model.set_connection(connection);
        Ok(())
    }

    /// Now that all is here, there is time for the signatures.
    fn fetch_signatures(&mut self) {
        if let Some(ticket) = self
            .client
            .ticket()
            .filter(|_| self.fetching_signatures.is_empty())
        {
            let (asker, writer) = (self.asker.clone(), self.means.writer.clone());
            self.fetching_signatures
                .spawn(signatures::fetch(asker, writer, ticket));
        }
    }

    async fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Engine) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, End> {
        self.means.writer.call(work).await.map_err(End::Store)
    }
}

#[cfg(test)]
#[path = "carry_tests.rs"]
mod tests;
