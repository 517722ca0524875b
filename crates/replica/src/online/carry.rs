//! Carries out what the protocol's state machine wants, between the socket and the disk.

use std::{
    collections::{BTreeSet, VecDeque},
    sync::Arc,
};

use sync::{
    Inspect,
    client::{Action, Client, Event, Problem, Setup, Status},
};
use terms::{ChangeMeta, DocId};
use tokio::task::JoinSet;

use super::{End, Means, ask::Asker, begin::Beginner, link::Link, prove::prove};
use crate::{
    Connection,
    engine::Engine,
    storage::{
        StoreError,
        changes::{self, Pending},
        directory, quarantine,
    },
};

/// The state machine over one connection after another, and how much of the disk it knows.
pub(super) struct Carrier {
    means: Means,
    client: Client,
    asker: Asker,
    beginner: Beginner,
    /// Reading signatures, once all is here.
    proving: JoinSet<Result<(), Problem>>,
    /// The place of the last local change that the machine was told of.
    told: i64,
}

/// Reads the heads of changes for the protocol.
struct Reader;

impl Inspect for Reader {
    fn inspect(&self, doc: &DocId, bytes: &[u8]) -> Result<ChangeMeta, String> {
        programme::inspect(doc, bytes).map_err(|error| error.to_string())
    }
}

impl Carrier {
    /// From what is on the disk.
    pub(super) async fn read(means: Means) -> Result<Self, End> {
        let (enrolment, key) = (means.enrolment.clone(), means.key.clone());
        let asker =
            Asker::new(&enrolment.relay_url).map_err(|error| End::Cut(error.to_string()))?;
        let (relay, writer) = (enrolment.relay_key, means.writer.clone());
        let (setup, told) = means
            .writer
            .call(move |engine| {
                let pending = changes::pending_after(&engine.db, 0)?;
                let told = pending.last().map_or(0, |last| last.number);
                let setup = Setup {
                    enrolment: enrolment.enrolment,
                    key,
                    relay: enrolment.relay_key,
                    app: env!("CARGO_PKG_VERSION").to_owned(),
                    directory: engine.directory.clone(),
                    cursors: directory::cursors(&engine.db)?.into_iter().collect(),
                    pending: pending.into_iter().map(head).collect::<Result<_, _>>()?,
                    quarantined: BTreeSet::from_iter(quarantine::ids(&engine.db)?),
                };
                Ok((setup, told))
            })
            .await
            .map_err(End::Store)?;
        Ok(Self {
            means,
            client: Client::new(setup),
            beginner: Beginner::new(asker.clone(), relay, writer),
            asker,
            proving: JoinSet::new(),
            told,
        })
    }

    /// Exchanges changes until the connection ends.
    pub(super) async fn converse(&mut self, link: &mut Link, failures: &mut u32) -> End {
        let mut nonce = [0; 32];
        if let Err(error) = getrandom::fill(&mut nonce) {
            return End::Cut(error.to_string());
        }
        // What was written since the last connection woke the loop, not the machine.
        if let Err(end) = self.tell_new(link).await {
            return end;
        }
        let shown = Arc::clone(&self.means.shown);
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
                Some(Ok(Err(problem))) = self.proving.join_next() => {
                    link.close().await;
                    return End::Problem(problem);
                }
                () = shown.woken() => {
                    if let Err(end) = self.tell_new(link).await {
                        return end;
                    }
                }
            }
        }
    }

    /// The connection is gone. What happened on the disk meanwhile is told before the next one.
    pub(super) fn closed(&mut self) {
        let now = self.means.clock.now();
        self.client.handle(Event::Closed, now, &Reader);
        self.beginner.stop();
        self.proving = JoinSet::new();
    }

    /// Tells the machine of local changes committed since it was told last.
    async fn tell_new(&mut self, link: &mut Link) -> Result<(), End> {
        let told = self.told;
        let new = self
            .call(move |engine| Ok(changes::pending_after(&engine.db, told)?))
            .await?;
        for pending in new {
            self.told = pending.number;
            let change = pending.change.clone();
            let (doc, meta) = head(pending).map_err(End::Store)?;
            self.handle(Event::Committed { doc, meta, change }, link)
                .await?;
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
            for action in self.client.handle(event, now, &Reader) {
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
    async fn on_disk(&self, action: Action) -> Result<Option<Event>, End> {
        let live = *self.client.status() == Status::Live;
        self.call(move |engine| match action {
            Action::StoreDirectory(entries) => engine.store_directory(&entries).map(|()| None),
            Action::ResetDirectory => engine.reset_directory().map(|()| None),
            Action::ListDirectory { from } => {
                let entries = directory::entries(&engine.db, from)?;
                Ok(Some(Event::DirectoryListed(entries)))
            }
            Action::Store {
                doc,
                first_seq,
                entries,
                cursor,
            } => {
                engine.receive(&doc, first_seq, &entries, cursor)?;
                if live {
                    engine.synced()?;
                }
                Ok(Some(Event::Stored { doc, cursor }))
            }
            Action::Acknowledged { doc, change, seq } => {
                engine.acknowledge(&doc, &change, seq).map(|()| None)
            }
            Action::Unacknowledged { doc, changes } => {
                engine.unacknowledge(&doc, &changes).map(|()| None)
            }
            Action::Quarantine { doc, changes } => engine.quarantine(&doc, &changes).map(|()| None),
            Action::Fetch { doc, ids } => {
                let changes = changes::some(&engine.db, &doc, &ids)?;
                Ok(Some(Event::Fetched { doc, changes }))
            }
            Action::List { doc } => {
                let ids = changes::hashes(&engine.db, &doc)?;
                Ok(Some(Event::Listed { doc, ids }))
            }
            Action::Send(_)
            | Action::Begin { .. }
            | Action::Presence { .. }
            | Action::Status(_)
            | Action::Close(_) => Ok(None),
        })
        .await
    }

    async fn show(&mut self, status: Status) -> Result<(), End> {
        let connection = status.in_words();
        if connection == Connection::Live {
            self.call(Engine::synced).await?;
            self.prove();
        }
        self.means.shown.set_connection(connection);
        Ok(())
    }

    /// Now that all is here, there is time for the signatures.
    fn prove(&mut self) {
        if let Some(ticket) = self.client.ticket().filter(|_| self.proving.is_empty()) {
            let (asker, writer) = (self.asker.clone(), self.means.writer.clone());
            self.proving.spawn(prove(asker, writer, ticket));
        }
    }

    async fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Engine) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, End> {
        self.means.writer.call(work).await.map_err(End::Store)
    }
}

/// A pending change as the protocol knows it.
fn head(pending: Pending) -> Result<(DocId, ChangeMeta), StoreError> {
    let meta = programme::inspect(&pending.doc, &pending.change.bytes)
        .map_err(|error| StoreError::Damaged(format!("{}: {error}", pending.doc)))?;
    Ok((pending.doc, meta))
}

#[cfg(test)]
#[path = "carry_tests.rs"]
mod tests;
